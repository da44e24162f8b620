"""What a page says of itself in its head: title, date, language, site, canonical URL."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from provenance.model.verification import CapturedPage

_ATTRIBUTE = re.compile(r"([a-z][a-z:._-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
# Letters are spelled in both cases where a search begins: ignoring case by a flag makes it slow to find.
_META = re.compile(r"<(?:[mM][eE][tT][aA]|[lL][iI][nN][kK])\s[^>]{1,2000}>")
_TITLE = re.compile(r"<[tT][iI][tT][lL][eE](?:\s[^>]{0,300})?>([^<]{1,2000})")
_HTML = re.compile(r"<[hH][tT][mM][lL]\s[^>]{1,2000}")
# Tags that say something of what is read have one of these in them, in small letters.
_TELLS = ("title", "date", "pub", "site_name", "canonical", "&")
_LANGUAGE = re.compile(r"\slang\s*=\s*[\"']?([A-Za-z-]{2,16})", re.IGNORECASE)
_JSON_LD = re.compile(r"<[sS][cC][rR][iI][pP][tT](?i:[^>]{0,300}application/ld\+json[^>]{0,300}>)")
_SCRIPT_END = re.compile(r"</[sS][cC][rR][iI][pP][tT]")
_JSON_LIMIT = 2_000_000  # characters; a larger block is no metadata
_HEAD_LIMIT = 500_000  # characters of the source in which a head is looked for
_TITLES = ("og:title", "twitter:title")
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date",
    "dc.date.issued", "pubdate", "parsely-pub-date", "sailthru.date", "publish-date", "publication_date",
)  # fmt: skip


def read_metadata(source: str) -> CapturedPage:
    """Read a page's own metadata; nothing is guessed, what it does not say is None."""
    head = source[:_HEAD_LIMIT]
    meta: dict[str, str] = {}
    canonical = None
    for tag in _META.finditer(head):
        small = tag.group().lower()
        if not any(word in small for word in _TELLS):
            continue
        attributes = {
            found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
            for found in _ATTRIBUTE.finditer(tag.group())
        }
        name = (
            attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        ).lower()
        if name and attributes.get("content"):
            meta.setdefault(name, attributes["content"].strip())
        if attributes.get("rel", "").lower() == "canonical":
            canonical = canonical or attributes.get("href")
    title = _TITLE.search(head)
    opening = _HTML.search(head)
    language = _LANGUAGE.search(opening.group()) if opening else None
    headline, published = _first(meta, _TITLES), _first(meta, _DATES)
    if not headline or not published:
        described = _described(head)
        headline = headline or described.get("headline")
        published = published or described.get("datePublished")
    return CapturedPage(
        title=headline or (html.unescape(title[1]).strip() if title else None),
        published=published,
        language=language[1].lower() if language else None,
        site_name=meta.get("og:site_name"),
        canonical=canonical,
    )


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if meta.get(name)), None)


def json_ld(source: str) -> Iterator[tuple[int, str]]:
    """The JSON-LD blocks of a page: offset of each in the source, and its text."""
    opening = _JSON_LD.search(source)
    while opening:
        closing = _SCRIPT_END.search(source, opening.end())
        if not closing:
            return
        if closing.start() - opening.end() <= _JSON_LIMIT:
            yield opening.end(), source[opening.end() : closing.start()]
        opening = _JSON_LD.search(source, closing.end())


def _described(source: str) -> dict[str, str]:
    """Headline and date of the first article that JSON-LD describes."""
    for _, block in json_ld(source):
        try:
            loaded = json.loads(block, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(loaded):
            kinds = node.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(
                isinstance(name, str) and name.endswith(("Article", "Posting", "Report")) for name in names
            ):
                wanted = {key: node.get(key) for key in ("headline", "datePublished")}
                return {key: value for key, value in wanted.items() if isinstance(value, str) and value}
    return {}


def _nodes(loaded: Any) -> Iterator[dict[str, Any]]:
    waiting = [loaded]
    seen = 0
    while waiting and seen < 1000:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            yield node
            waiting += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]
