"""Page source to an article: a file saved from a browser, or a record of a web archive file."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer

from provenance.model.article import Article, SetAside
from provenance.model.outlet import PublisherClaim
from provenance.text.page import HIDDEN, NOSCRIPT, Page, read_page
from provenance.text.page_metadata import read_metadata
from provenance.vault.article import Reading, Source, build_article
from provenance.vault.dates import read_date
from provenance.vault.fields import Stated, language_subtag, read_fields
from provenance.vault.furniture import SENTENCE_WORDS, find_furniture
from provenance.vault.settings import FileRule

# The article's element is the innermost one with this share of the page's sentences; under a half
# there could be two such elements, and teasers and comments rarely make up a third.
ARTICLE_SHARE = 0.7
# Characters of a page in which its metadata is looked for.
METADATA_REACH = 1_000_000
LARGEST_JSON_LD = 500_000

_REASONS = {
    **dict.fromkeys(("nav", "footer", "menu", "aside", "header", "dialog"), "menu"),
    **dict.fromkeys(("form", "button", "fieldset"), "share"),
    **dict.fromkeys(("figcaption", "figure"), "caption"),
}
_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[぀-ヿ㐀-鿿฀-๿]")
_SENTENCE_END = re.compile(r"[.!?…。！？։።؟][\"'”’»“)\]]*\s*$")

# SingleFile's comment, and the one that browsers write on `Save page as`.
_SINGLE_FILE = re.compile(r"<!--\s{0,9}Page saved with SingleFile(.{0,4000}?)-->", re.S)
_SAVED_FROM = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,6}\)(\S{1,4000})\s{0,9}-->")
_COMMENT_FIELD = re.compile(r"^\s*([a-z][a-z ]{1,30}):[ \t]*(\S.{0,4000})$", re.M)
_COMMENT_REACH = 10_000


def read_saved_page(
    source: Source, page_source: str, rule: FileRule, known: Mapping[str, object] | None = None
) -> Article:
    """Read decoded page source. `known` holds fields that the file around the page states."""
    fields = {**_comment_fields(page_source), **(known or {})}
    stated = read_fields(fields)
    reading = _read_body(page_source)
    stated, claims = _with_metadata(stated, page_source)
    return build_article(source, page_source, replace(reading, claims=claims), fields, stated, rule)


def _comment_fields(page_source: str) -> dict[str, object]:
    head = page_source[:_COMMENT_REACH]
    if comment := _SINGLE_FILE.search(head):
        return dict(_COMMENT_FIELD.findall(comment[1]))
    if comment := _SAVED_FROM.search(head):
        return {"url": comment[1]}
    return {}


def _with_metadata(stated: Stated, page_source: str) -> tuple[Stated, tuple[PublisherClaim, ...]]:
    """What the page says of itself, where nothing outside it says so."""
    page = read_metadata(page_source)
    more = _Metadata.read(page_source)
    published = stated.published or (read_date(page.published) if page.published else None)
    names = dict.fromkeys(name for name in (page.site_name, more.publisher) if name)
    completed = replace(
        stated,
        url=stated.url or _web_address(page.canonical) or _web_address(more.url),
        title=stated.title or page.title,
        published=published,
        published_text=stated.published_text or page.published,
        author=stated.author or more.author,
        language=stated.language or language_subtag(page.language),
    )
    return completed, tuple(PublisherClaim(name, False, "page-metadata") for name in names)


def _web_address(url: str | None) -> str | None:
    return url if url and re.match(r"https?://[^/]", url, re.I) else None


@dataclass(frozen=True, slots=True)
class _Metadata:
    """What only forgiving parsing finds: author, publisher and address."""

    author: str | None = None
    publisher: str | None = None
    url: str | None = None

    @classmethod
    def read(cls, page_source: str) -> "_Metadata":
        soup = BeautifulSoup(
            page_source[:METADATA_REACH], "lxml", parse_only=SoupStrainer(["meta", "script"])
        )
        metas: dict[str, str] = {}
        for tag in soup.find_all("meta"):
            name = str(tag.get("property") or tag.get("name") or "").lower()
            metas.setdefault(name, " ".join(str(tag.get("content") or "").split()))
        described = next(_described(soup), {})
        author = metas.get("author") or metas.get("article:author") or _name(described.get("author"))
        return cls(
            author=author if author and "://" not in author else None,
            publisher=_name(described.get("publisher")),
            url=metas.get("og:url"),
        )


def _described(soup: BeautifulSoup) -> Iterator[Mapping[str, Any]]:
    """The articles that JSON-LD describes, the first one first."""
    for script in soup.find_all("script", type="application/ld+json"):
        text = script.get_text() if isinstance(script, Tag) else ""
        if len(text) > LARGEST_JSON_LD:
            continue
        try:
            loaded = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        waiting = [loaded]
        for node in waiting:
            if isinstance(node, list):
                waiting.extend(node[:1000])
            elif isinstance(node, dict):
                if "Article" in str(node.get("@type")):
                    yield node
                waiting.extend(value for key, value in node.items() if key == "@graph")


def _name(described: object) -> str | None:
    if isinstance(described, list):
        return ", ".join(filter(None, map(_name, described[:10]))) or None
    if isinstance(described, Mapping):
        described = described.get("name")
    return " ".join(described.split()) if isinstance(described, str) and described.strip() else None


def _read_body(page_source: str) -> Reading:
    page = read_page(page_source)
    readable = page.readable
    outside = list(_outside_article(page))
    cued = find_furniture(readable, page_source, is_page_text=False)
    aside = [SetAside(*_span(page, block), reason) for block, reason in outside]
    taken = {part.start for part in aside}
    aside += [part for part in cued if part.start not in taken]
    return Reading(readable, tuple(_joined(page_source, sorted(aside, key=lambda part: part.start))))


def _span(page: Page, block: int) -> tuple[int, int]:
    span = page.source_span(page.block_start[block], page.block_end[block])
    return span.start, span.end


def _outside_article(page: Page) -> Iterator[tuple[int, str]]:
    """The blocks that are not of the article, with the reason."""
    texts = [page.text[start:end] for start, end in zip(page.block_start, page.block_end, strict=True)]
    prose = [_is_prose(text) for text in texts]
    hidden = [page.place(start) in (HIDDEN, NOSCRIPT) for start in page.block_start]
    inside = _within(page, _article_element(page, texts, prose, hidden))
    reasons = _reasons_of_elements(page)
    for block, element in enumerate(page.block_element):
        if hidden[block]:
            yield block, "markup"
        elif not inside[element]:
            is_main_heading = element >= 0 and page.elements[element].name == "h1"
            yield block, "title" if is_main_heading else "menu"
        elif reasons[element] is not None and not prose[block]:
            yield block, reasons[element] or "menu"


# An element's parent may be -1, the page itself: the lists below keep a last place for it.


def _article_element(page: Page, texts: list[str], prose: list[bool], hidden: list[bool]) -> int:
    """The innermost element with most of the page's sentences, or the <article> around it."""
    weights = [0] * (len(page.elements) + 1)
    for block, element in enumerate(page.block_element):
        if prose[block] and not hidden[block]:
            weights[element] += len(texts[block])
    total = sum(weights)
    for element in range(len(page.elements) - 1, -1, -1):
        weights[page.elements[element].parent] += weights[element]
    # Elements with over half of the whole lie one in another: the last one is the innermost.
    enough = (e for e, weight in enumerate(weights[:-1]) if total and weight >= ARTICLE_SHARE * total)
    found = max(enough, default=-1)
    around = [e for e in page.ancestors(found) if page.elements[e].name == "article"]
    return around[-1] if around else found


def _within(page: Page, region: int) -> list[bool]:
    inside = [False] * len(page.elements) + [region == -1]
    for element, found in enumerate(page.elements):
        inside[element] = element == region or inside[found.parent]
    return inside


def _reasons_of_elements(page: Page) -> list[str | None]:
    """For each element the reason that its name, or the name of one around it, gives."""
    reasons: list[str | None] = [None] * (len(page.elements) + 1)
    for element, found in enumerate(page.elements):
        reasons[element] = (
            _REASONS.get(found.name, reasons[found.parent]) if found.name != "article" else None
        )
    return reasons


def _is_prose(text: str) -> bool:
    if _SENTENCE_END.search(text[-12:]) is None:
        return False
    return len(_WORD.findall(text)) >= SENTENCE_WORDS or len(_UNSPACED.findall(text)) >= 2 * SENTENCE_WORDS


def _joined(page_source: str, parts: list[SetAside]) -> Iterator[SetAside]:
    """Neighbours of one reason become one stretch where only tags and space part them."""
    last: SetAside | None = None
    for part in parts:
        if last is not None and part.start < last.end:
            continue
        if last is not None and part.reason == last.reason and _only_tags(page_source[last.end : part.start]):
            last = SetAside(last.start, part.end, part.reason)
            continue
        if last is not None:
            yield last
        last = part
    if last is not None:
        yield last


def _only_tags(between: str) -> bool:
    return len(between) < 20_000 and not re.sub(r"<[^<>]*>", "", between).strip()
