"""Who published an article, by what stands in and about its file, in order of weight."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

from provenance.model.article import SetAside
from provenance.model.outlet import PublisherClaim
from provenance.model.resource import ArchiveLink
from provenance.vault.fields import host_of

_NAME = r"(?P<outlet>[«\"“„]?[A-ZÀ-ÞА-ЯЁІЇЄҐЎ0-9][^\n.,!?;:()|]{1,40}?)"
_NAME_ENDS = r"(?=\s*(?:[.,!?;:()|\n]|$|\s(?:and|for|и|та|und)\s))"
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)[,\s]+" + _NAME + _NAME_ENDS, re.M
)
_DEBRIS_HOST = re.compile(r"(?:https?:)?//([\w.-]{3,200})/")


def url_claims(url: str | None, links: Sequence[ArchiveLink]) -> Iterator[PublisherClaim]:
    """What the article's address and the addresses inside its archive links say."""
    if url and (host := host_of(url)):
        yield PublisherClaim(host, True, "url")
    for link in links:
        if link.original and (host := host_of(link.original)):
            yield PublisherClaim(host, True, "archive-link")


def text_claims(body: str, set_aside: Iterable[SetAside]) -> Iterator[PublisherClaim]:
    """What the furniture of the saved page says: comment rules, subscriptions, rights, broken tags.

    Only furniture is looked at: in an article's own sentences an outlet names others.
    """
    for part in set_aside:
        text = body[part.start : part.end]
        if part.reason == "markup":
            if host := _DEBRIS_HOST.search(text):
                domain = host[1].lower().removeprefix("www.")
                yield _claim(domain, part.start + host.start(1), part.start + host.end(1), is_domain=True)
        elif part.reason in ("boilerplate", "share", "menu", "credit"):
            for pattern in (_COPYRIGHT, *(_templates() if part.reason != "credit" else ())):
                if (found := pattern.search(text)) and _may_be_outlet(found["outlet"]):
                    start, end = found.span("outlet")
                    yield _claim(found["outlet"].strip(' «»"“”„'), part.start + start, part.start + end)


def _claim(value: str, start: int, end: int, *, is_domain: bool = False) -> PublisherClaim:
    return PublisherClaim(value, is_domain, "text", None, start, end)


def _may_be_outlet(name: str) -> bool:
    words = name.casefold().strip(' «»"“”„').split()
    never = _knowledge()["never"]
    return bool(words) and words[0] not in never and " ".join(words) not in never


@cache
def _knowledge() -> dict[str, list[str]]:
    return tomllib.loads((files("provenance.vault") / "data" / "claims.toml").read_text("utf-8"))


@cache
def _templates() -> tuple[re.Pattern[str], ...]:
    """One pattern a sentence, its words in any letter case, the name beginning with a capital."""
    patterns = []
    for language, sentences in _knowledge().items():
        for sentence in sentences if language != "never" else ():
            before, _, after = sentence.partition("{outlet}")
            cue_before = rf"\b(?i:{re.escape(before.strip())})\s+" if before else r"(?:^|(?<=[.!?\n])\s*)"
            cue_after = rf"\s*(?i:{re.escape(after.strip())})\b" if after else _NAME_ENDS
            patterns.append(re.compile(cue_before + _NAME + cue_after))
    return tuple(patterns)
