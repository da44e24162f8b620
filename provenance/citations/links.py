"""Evidence beyond the words: where a link leads, and what footnotes give as a source."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from provenance.citations.classify import Role
from provenance.citations.find import NameFound
from provenance.citations.languages import Language, Rule
from provenance.citations.names import Alias
from provenance.citations.outlets import OutletEntry, OutletName, OutletTable
from provenance.citations.tokens import tokens
from provenance.model.article import Article
from provenance.model.span import Span
from provenance.model.text import Piece

_MARKDOWN = re.compile(r"\[([^\[\]]{1,300})\]\((https?://[^\s()<>]{1,2000})")
_ANCHOR = re.compile(
    r"<a\s[^<>]{0,2000}?href\s?=\s?[\"']?(https?://[^\s\"'<>]{1,2000})[^<>]{0,2000}>", re.IGNORECASE
)
_LONGEST_LINK_TEXT = 300
_FOOTNOTE = re.compile(r"^\[\^[^\]\n]{1,40}\]:[ \t]*([^\n]{1,2000})", re.MULTILINE)
# Classes of words under which a link is given for what is said, and not merely for reading on.
_CREDITING_CLASSES = ("report", "report_noun", "according", "citing", "obtained")

LINKED = Rule("any:linked", "source", (), ())
FOOTNOTE = Rule("any:footnote", "source", (), ())


@dataclass(frozen=True, slots=True)
class Link:
    """Words of the readable text that lead to an outlet's site."""

    start: int
    end: int
    entry: OutletEntry


def links_in(article: Article, outlets: OutletTable) -> tuple[Link, ...]:
    """Links of Markdown and page source to outlets that are known, in the order of the body."""
    found = []
    by_start = sorted(article.readable.pieces, key=lambda piece: piece.start)
    for start, end, address in sorted(_body_links(article.body)):
        entry = outlets.at_domain(address)
        span = _readable_span(by_start, start, end) if entry else None
        if entry and span:
            found.append(Link(span.start, span.end, entry))
    return tuple(found)


def footnotes(body: str) -> Iterator[tuple[int, str]]:
    """The texts of Markdown footnotes, with where they begin in the body."""
    for found in _FOOTNOTE.finditer(body):
        yield found.start(1), found.group(1)


def led_by(name: NameFound, links: Sequence[Link]) -> NameFound:
    """The name, settled by a link around it that leads to one of the outlets it may stand for."""
    for link in _overlapping(links, name.start, name.end):
        if any(alias.entry is link.entry for alias in name.aliases):
            sure = Alias(
                link.entry, OutletName(name.aliases[0].name.text), needs_capitals=False, begins_small=True
            )
            return replace(name, aliases=(sure,), small=False)
    return name


def led_beside(name: NameFound, span: Span, links: Sequence[Link]) -> NameFound:
    """A name that several outlets share, settled by a link in its sentence that leads to one of them.

    It says which outlet is meant; that the word is an outlet's name at all is for the sentence to show.
    """
    if len({alias.entry.outlet.name for alias in name.aliases}) < 2:
        return name
    there = sorted(_overlapping(links, span.start, span.end), key=lambda link: _distance(link, name))
    for link in there:
        meant = tuple(alias for alias in name.aliases if alias.entry is link.entry)
        if meant:
            return replace(name, aliases=meant)
    return name


def _distance(link: Link, name: NameFound) -> int:
    return max(link.start - name.end, name.start - link.end, 0)


def linked_roles(
    text: str, span: Span, roles: Sequence[Role], links: Sequence[Link], language: Language
) -> list[Role]:
    """Outlets that a sentence credits by a link alone ("as was [reported](https://...)")."""
    classes = [language.classes[name] for name in _CREDITING_CLASSES if name in language.classes]
    crediting = reduce(or_, (one.first_bits for one in classes), 0)
    credited = {
        alias.entry.outlet.name for role in roles if role.kind == "source" for alias in role.name.aliases
    }
    found = []
    for link in _overlapping(links, span.start, span.end):
        if any(role.name.start < link.end and link.start < role.name.end for role in roles):
            continue
        if link.entry.outlet.name in credited:
            continue
        words = tokens(text, link.start, link.end)
        if any(word.is_word and language.vocabulary.bits(word.folded) & crediting for word in words):
            alias = Alias(link.entry, link.entry.names[0], needs_capitals=False, begins_small=True)
            linked = NameFound(link.start, link.end, (alias,), address=True)
            found.append(
                Role(linked, "source", LINKED, Span(link.start, link.end), pattern="reporting words")
            )
    return found


def _overlapping(links: Sequence[Link], start: int, end: int) -> Iterator[Link]:
    index = bisect_right(links, start, key=lambda link: link.end)
    while index < len(links) and links[index].start < end:
        yield links[index]
        index += 1


def _body_links(body: str) -> Iterator[tuple[int, int, str]]:
    for found in _MARKDOWN.finditer(body):
        yield found.start(1), found.end(1), found.group(2)
    for found in _ANCHOR.finditer(body):
        close = body.find("</a", found.end(), found.end() + _LONGEST_LINK_TEXT)
        if close > 0:
            yield found.end(), close, found.group(1)


def _readable_span(pieces: Sequence[Piece], start: int, end: int) -> Span | None:
    """The readable characters that come from `body[start:end]`; None where there are none."""
    index = max(bisect_right(pieces, start, key=lambda piece: piece.start) - 1, 0)
    first = last = None
    while index < len(pieces) and pieces[index].start < end:
        piece = pieces[index]
        if piece.end > start:
            same = piece.length == piece.end - piece.start
            begin = piece.at + (max(0, start - piece.start) if same else 0)
            stop = piece.at + (min(piece.length, end - piece.start) if same else piece.length)
            first = begin if first is None else min(first, begin)
            last = stop if last is None else max(last, stop)
        index += 1
    return Span(first, last) if first is not None and last is not None and last > first else None
