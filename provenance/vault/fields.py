"""What front matter says, whatever its fields are called."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from provenance.model.outlet import PublisherClaim
from provenance.model.problem import Problem
from provenance.model.resource import ArchiveLink
from provenance.text.archive_urls import parse_archive_link
from provenance.vault.dates import read_date

# Names in order of weight, as clippers and people write them; compared without case, `-` and space.
URL_FIELDS = (
    "url", "source_url", "original_url", "article_url", "page_url", "canonical", "canonical_url",
    "permalink",
    "link", "links", "original", "source", "sources", "uri", "href", "web", "website",
)  # fmt: skip
ARCHIVE_FIELDS = (
    "archive", "archives", "archived", "archive_url", "archive_urls", "archived_url", "archive_link",
    "archive_links", "archivelink", "archiveurl", "wayback", "wayback_url", "wayback_machine", "web_archive",
    "webarchive", "snapshot", "snapshot_url", "memento", "perma", "permacc", "perma_cc", "archive_today",
    "archive_org", "archiveorg", "archive_is", "archive_ph",
)  # fmt: skip
PUBLISHED_FIELDS = (
    "published", "date_published", "datepublished", "published_at", "published_on", "published_time",
    "publish_date", "publishdate", "publication_date", "pubdate", "pub_date", "article_date", "issued",
    "date",
)  # fmt: skip
TITLE_FIELDS = ("title", "headline", "name")
AUTHOR_FIELDS = ("author", "authors", "byline", "creator", "by", "writer")
LANGUAGE_FIELDS = ("language", "lang", "languages", "locale", "inlanguage", "in_language")
# `source`, `site` and `original` may hold a name or an address.
OUTLET_FIELDS = (
    "publication", "publisher", "outlet", "newspaper", "media", "medium", "site", "site_name", "sitename",
    "website", "container_title", "source_name", "source", "sources", "domain", "hostname", "host",
)  # fmt: skip
# Fields whose value says that there is an archived copy without saying where.
_NOT_A_LINK = re.compile(r"(?i)(?:true|false|yes|no|done|todo|none|null|n/?a|[-—x✓✔0-9.:/TZ +]{0,40})$")

_WIKILINK = re.compile(r"!?\[\[([^\[\]|#]{1,300})(?:#[^\[\]|]{0,300})?(?:\|([^\[\]]{0,300}))?\]\]$")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]{0,500})\]\(\s*<?([^\s<>]{1,4000}?)>?\s*\)$")
_URL_IN_TEXT = re.compile(r"https?://[^\s<>\"'\[\]]{1,4000}", re.I)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]{1,59})$", re.I)
_NAMES_A_YEAR = re.compile(r"(?<!\d)(?:1[89]|2[01])\d\d(?!\d)")
_WRONG_NUMBERS = re.compile(r"\d{4}[-.]\d+[-.]\d+|\d{1,2}\.\d{1,2}\.\d{4}")
_FILE_ENDINGS = frozenset({"md", "txt", "html", "htm", "pdf", "jpg", "png"})


@dataclass(frozen=True, slots=True)
class Stated:
    """What front matter states of its article, and what in it needs a look."""

    url: str | None = None
    archive_links: tuple[ArchiveLink, ...] = ()
    title: str | None = None
    published: datetime | None = None
    published_text: str | None = None
    author: str | None = None
    language: str | None = None
    publisher_claims: tuple[PublisherClaim, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_fields(fields: Mapping[str, object]) -> Stated:
    """Read the fields of one article's front matter (or of one line of a `.jsonl` corpus)."""
    named = {_field_key(name): (name, value) for name, value in reversed(list(fields.items()))}
    links, problems = _archive_links(named)
    url = _url(named)
    if url is None:
        url = next((link.original for link in links if link.original), None)
    published_text, published, date_problems = _published(named)
    return Stated(
        url=url,
        archive_links=links,
        title=_first(named, TITLE_FIELDS),
        published=published,
        published_text=published_text,
        author=", ".join(_all(named, AUTHOR_FIELDS)) or None,
        language=language_subtag(_first(named, LANGUAGE_FIELDS)),
        publisher_claims=tuple(_claims(named)),
        problems=(*problems, *date_problems),
    )


def host_of(url: str) -> str | None:
    """The host name of a URL, without `www.`; None where there is none."""
    try:
        host = urlsplit(url if "//" in url else "//" + url).hostname
    except ValueError:
        return None
    host = (host or "").rstrip(".").removeprefix("www.")
    return host if _HOST.match(host) or (host and not host.isascii()) else None


def written(value: object) -> Iterator[str]:
    """The texts in a value: lists flattened, wikilinks and links undressed, numbers as digits."""
    if isinstance(value, str):
        text = _undressed(value.strip())
        if text:
            yield text
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, (int, float)):
        yield str(value)
    elif isinstance(value, Mapping):
        for key in ("name", "title", "url", "href", "value"):
            yield from written(value.get(key))
    elif isinstance(value, Sequence):
        for element in value:
            yield from written(element)


def _undressed(text: str) -> str:
    if wikilink := _WIKILINK.match(text):
        return (wikilink[2] or wikilink[1]).strip()
    return text


def _urls(value: object) -> Iterator[str]:
    """The addresses in a value: of Markdown links the target, of other text the text itself."""
    for text in written(value):
        if link := _MARKDOWN_LINK.match(text):
            yield link[2]
        else:
            yield text.strip("<>")


def _field_key(name: str) -> str:
    return re.sub(r"[\s\-.]+", "_", name.strip().lower())


_Named = Mapping[str, tuple[str, object]]


def _all(named: _Named, keys: Sequence[str]) -> list[str]:
    """All texts of the first of these fields that holds any."""
    for key in keys:
        if key in named and (found := list(written(named[key][1]))):
            return [link[1] if (link := _MARKDOWN_LINK.match(text)) else text for text in found]
    return []


def _first(named: _Named, keys: Sequence[str]) -> str | None:
    return next(iter(_all(named, keys)), None)


def _archive_links(named: _Named) -> tuple[tuple[ArchiveLink, ...], list[Problem]]:
    links: dict[str, ArchiveLink] = {}
    problems = []
    for key in ARCHIVE_FIELDS:
        name, value = named.get(key, (key, None))
        for text in _urls(value):
            found = [parse_archive_link(part) for part in _URL_IN_TEXT.findall(text) or [text]]
            links.update((link.verbatim, link) for link in found if link is not None)
            if not any(found) and not _NOT_A_LINK.match(text):
                message = f"{_shortened(text)} is no link to an archived copy."
                problems.append(Problem("not-an-archive-url", message, name))
    for key in URL_FIELDS:  # an archive link given as the source
        for text in _urls(named.get(key, (key, None))[1]):
            link = parse_archive_link(text) if _is_address(text) else None
            if link is not None:
                links.setdefault(link.verbatim, link)
    return tuple(links.values()), problems


def _url(named: _Named) -> str | None:
    for key in URL_FIELDS:
        for text in _urls(named.get(key, (key, None))[1]):
            if _is_address(text):
                link = parse_archive_link(text)
                if link is None:
                    return text if "//" in text else "https://" + text
                if link.original:
                    return link.original
    return None


def _is_address(text: str) -> bool:
    if any(character.isspace() for character in text):
        return False
    if re.match(r"https?://[^/]", text, re.I):
        return True
    host, slash, _ = text.partition("/")
    return bool(slash) and _is_host(host)


def _is_host(text: str) -> bool:
    return _HOST.match(text) is not None and text.rsplit(".", 1)[1].lower() not in _FILE_ENDINGS


def _published(named: _Named) -> tuple[str | None, datetime | None, list[Problem]]:
    unread = None
    for key in PUBLISHED_FIELDS:
        name, value = named.get(key, (key, None))
        for text in written(value):
            published = read_date(text)
            if published is not None:
                return text, published, []
            unread = unread or (name, text)
    if unread is None:
        return None, None, []
    name, text = unread
    if _NAMES_A_YEAR.search(text) and not _WRONG_NUMBERS.match(text):
        return text, None, []  # a date, in words we do not know or with day and month unclear
    return text, None, [Problem("bad-date", f"{_shortened(text)} is no date that can be read.", name)]


def language_subtag(text: str | None) -> str | None:
    """The BCP 47 primary subtag of a tag such as `ro-MD` or `pt_BR`; None for anything else."""
    found = re.match(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*$", text or "")
    return found[1].lower() if found else None


def _claims(named: _Named) -> Iterator[PublisherClaim]:
    for key in OUTLET_FIELDS:
        name, value = named.get(key, (key, None))
        for text in written(value):
            if link := _MARKDOWN_LINK.match(text):
                text = link[1] or link[2]
            if _is_host(text):
                yield PublisherClaim(text.lower().removeprefix("www."), True, "front-matter", name)
            elif _is_address(text):
                if key in ("site", "website", "publisher", "publication", "outlet", "domain") and (
                    host := host_of(text)
                ):
                    yield PublisherClaim(host, True, "front-matter", name)
            elif re.search(r"[^\W\d_]", text):
                yield PublisherClaim(text, False, "front-matter", name)


def _shortened(text: str) -> str:
    shown = " ".join(text.split())
    return f"{shown[:80]!r}" if len(shown) <= 80 else f"{shown[:77]!r}..."
