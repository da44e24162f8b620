"""A web page's source -> its text in blocks, every character traceable to the source.

Evidence must point into the page source, and the HTML parsers that install as wheels do not
tell where a text node stands. So the page is read by the tokenizer rules of the HTML standard
(WHATWG HTML, 13.2.5) written as one compiled pattern, with the tree-building rules that decide
which text belongs to which block (13.2.6: implied end tags, void and raw-text elements).
A test holds the visible text against two real parsers, on the layout zoo.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from provenance.model.span import Span
from provenance.model.text import Block, Piece, ReadableText
from provenance.text.hidden import hides, telling_positions

# Text of these elements is never shown as text of the page; `svg` has drawings and their titles.
_UNSHOWN = "script|style|template|textarea|title|svg|iframe|object|canvas|audio|video|select|xmp|noembed|noframes|datalist"
_ATTRIBUTES = r"[^>=]*+(?:=[ \t\n\r\f]*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|)[^>=]*+)*+"
# Once an alternative has begun it always ends (at the latest at the end of the page), so the
# scan is linear whatever the page holds.
_TOKEN = re.compile(
    rf"<(?:(?P<unshown>{_UNSHOWN})(?=[\s/>]){_ATTRIBUTES}(?:>|\Z)(?:(?<=/>)|(?s:.*?)(?:</(?P=unshown)(?=[\s/>])[^>]*+(?:>|\Z)|\Z))"
    rf"|(?P<close>/?)(?P<name>[a-z][^\s/>]*+){_ATTRIBUTES}(?:>|\Z)"
    r"|!--(?:-?>|(?s:.*?)(?:--!?>|\Z))"
    r"|[!?/][^>]*+(?:>|\Z))",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")

_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
_BLOCK_KINDS = {
    **dict.fromkeys(
        ["html", "body", "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset", "footer", "form", "header", "hgroup", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "noscript", "search", "figure", "hr", "legend", "optgroup", "button", "amp-img", "amp-ad", "head"],
        "paragraph",
    ),
    **dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], "heading"),
    **dict.fromkeys(["li", "dd", "dt"], "list-item"),
    **dict.fromkeys(["td", "th", "caption"], "cell"),
    "figcaption": "caption",
}
# Opening one of these ends an open element of the same family (HTML standard, "implied end tags").
_ENDED_BY = {
    "li": frozenset({"li"}),
    "dd": frozenset({"dd", "dt"}),
    "dt": frozenset({"dd", "dt"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
}
_SCOPE = frozenset({"ul", "ol", "dl", "table", "td", "th", "body", "html"})

VISIBLE, NOSCRIPT, HIDDEN, JSON_LD = range(4)
PLACES = ("visible", "noscript", "hidden", "json-ld")


@dataclass(frozen=True, slots=True)
class Element:
    """A block element of the page. `parent` is its index in `Page.elements`, -1 for none.

    `tag_start..tag_end` is the start tag in the source.
    """

    name: str
    parent: int
    tag_start: int
    tag_end: int


class Page:
    """A page read into blocks of text.

    `text` is all text in source order, one line a block (`\\n`; a `<br>` is one too), hidden
    text included. Runs come from the source: `run_at[i]` is where run i begins in `text`,
    `run_start[i]`/`run_end[i]` its stretch of the source, `run_place[i]` an index into PLACES.
    Blocks are parallel lists: `block_start`, `block_end` (in `text`), `block_element` (index
    into `elements`), `block_kind`.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.run_at: list[int] = []
        self.run_start: list[int] = []
        self.run_end: list[int] = []
        self.run_length: list[int] = []
        self.run_place: list[int] = []
        self.block_start: list[int] = []
        self.block_end: list[int] = []
        self.block_element: list[int] = []
        self.block_kind: list[str] = []
        self.elements: list[Element] = []
        self._parts: list[str] = []
        self._length = 0
        self.text = ""

    @cached_property
    def readable(self) -> ReadableText:
        """The page as a `ReadableText` over its source."""
        pieces = map(Piece, self.run_at, self.run_length, self.run_start, self.run_end)
        blocks = map(Block, self.block_start, self.block_end, self.block_kind)
        return ReadableText(self.text, tuple(blocks), tuple(pieces))

    def source_span(self, start: int, end: int) -> Span:
        """The stretch of the source that encloses `text[start:end]`."""
        if not self.run_at:
            return Span(0, 0)
        return self.readable.body_span(start, end)

    def place(self, position: int) -> int:
        """The place (index into PLACES) of the character of `text` at `position`."""
        index = bisect_right(self.run_at, position) - 1
        return self.run_place[index] if index >= 0 else VISIBLE

    def block_at(self, position: int) -> int:
        """Index of the block that holds `position`, or the next one; -1 where none follows."""
        index = bisect_right(self.block_start, position) - 1
        if index >= 0 and position < self.block_end[index]:
            return index
        return index + 1 if index + 1 < len(self.block_start) else -1

    def ancestors(self, element: int) -> Iterator[int]:
        """`element` and the elements around it, innermost first."""
        while element >= 0:
            yield element
            element = self.elements[element].parent

    def start_tag(self, element: int) -> str:
        """The source of an element's start tag."""
        found = self.elements[element]
        return self.source[found.tag_start : found.tag_end]

    # -- building ----------------------------------------------------------------------------

    def _add_run(self, start: int, end: int, place: int, flat: str) -> None:
        if "&" not in flat[start:end]:
            self._append(flat[start:end], start, end, place)
            return
        position = start
        for entity in _ENTITY.finditer(flat, start, end):
            decoded = html.unescape(entity.group())
            if decoded == entity.group():
                continue
            if entity.start() > position:
                self._append(flat[position : entity.start()], position, entity.start(), place)
            self._append(decoded.replace("\n", " "), entity.start(), entity.end(), place)
            position = entity.end()
        if position < end:
            self._append(flat[position:end], position, end, place)

    def _append(self, text: str, start: int, end: int, place: int) -> None:
        self.run_at.append(self._length)
        self.run_start.append(start)
        self.run_end.append(end)
        self.run_length.append(len(text))
        self.run_place.append(place)
        self._parts.append(text)
        self._length += len(text)

    def _break_line(self) -> None:
        self._parts.append("\n")
        self._length += 1


def read_page(source: str) -> Page:
    """Read page source into blocks. Linear in the source; never raises on malformed markup."""
    return _Reader(source).read()


def read_plain_page(source: str) -> Page:
    """Read a `text/plain` capture: paragraphs are what blank lines part."""
    page = Page(source)
    page.elements.append(Element("body", -1, 0, 0))
    for paragraph in re.finditer(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", source.replace("\r", " ")):
        start = page._length
        flat = paragraph.group().replace("\n", " ")
        page._append(flat, paragraph.start(), paragraph.end(), VISIBLE)
        page.block_start.append(start)
        page.block_end.append(page._length)
        page.block_element.append(0)
        page.block_kind.append("paragraph")
        page._break_line()
    page.text = "".join(page._parts)
    return page


class _Reader:
    """The tree-building state while one page is read."""

    def __init__(self, source: str) -> None:
        self.page = Page(source)
        # White space in source is a space; line breaks of the text are made by tags alone.
        self.flat = source.replace("\n", " ").replace("\r", " ").replace("\t", " ").replace("\x00", " ")
        self.telling = telling_positions(source)
        self.next_telling = 0
        # Open elements: (name, element index or -1 for inline, place of its text).
        self.open: list[tuple[str, int, int]] = []
        self.open_count: dict[str, int] = {}
        self.place = VISIBLE
        self.element = -1
        self.hidden_inline = 0
        self.block_begin = 0
        self.has_ink = False

    def read(self) -> Page:
        page, flat = self.page, self.flat
        position = 0
        for token in _TOKEN.finditer(page.source):
            start, end = token.span()
            if start > position:
                self._text(position, start)
            position = end
            name = token["name"]
            if name is None:
                if token["unshown"] and token["unshown"].lower() in ("select", "video", "object", "iframe"):
                    self._end_block()
                continue
            name = name.lower()
            if token["close"]:
                self._close(name)
            else:
                self._open(name, start, end)
        if position < len(flat):
            self._text(position, len(flat))
        self._end_block()
        page.text = "".join(page._parts)
        return page

    def _text(self, start: int, end: int) -> None:
        if self.flat[start:end].isspace():
            # White space between tags parts words and is evidence of nothing: it gets no run.
            self.page._parts.append(" ")
            self.page._length += 1
        else:
            self.has_ink = True
            self.page._add_run(start, end, self.place, self.flat)

    def _hides(self, start: int, end: int) -> bool:
        telling, index = self.telling, self.next_telling
        while index < len(telling) and telling[index] < start:
            index += 1
        self.next_telling = index
        return index < len(telling) and telling[index] < end and hides(self.page.source, start, end)

    def _open(self, name: str, start: int, end: int) -> None:
        if name == "br":
            self._line_break()
            return
        hidden = self._hides(start, end)
        kind = _BLOCK_KINDS.get(name)
        if kind is None:
            if (hidden or self.hidden_inline) and name not in _VOID:
                self.hidden_inline += 1
                self._push(name, -1, HIDDEN if hidden else self.place)
            return
        self._end_block()
        if name in _VOID:
            return
        self._imply_ends(name)
        page = self.page
        page.elements.append(Element(name, self.element, start, end))
        place = self.place
        if hidden:
            place = HIDDEN
        elif name == "noscript":
            place = NOSCRIPT if place == VISIBLE else place
        self._push(name, len(page.elements) - 1, place)

    def _push(self, name: str, element: int, place: int) -> None:
        self.open.append((name, element, place))
        self.open_count[name] = self.open_count.get(name, 0) + 1
        self.place = place
        if element >= 0:
            self.element = element

    def _imply_ends(self, name: str) -> None:
        if self.open_count.get("p") and name not in ("button", "noscript"):
            self._close_within("p", frozenset({"p"}))
        family = _ENDED_BY.get(name)
        if family and any(self.open_count.get(member) for member in family):
            self._close_within(name, family)

    def _close_within(self, name: str, family: frozenset[str]) -> None:
        """Close the innermost element of `family`, unless a scope of its own holds it."""
        for depth in range(len(self.open) - 1, -1, -1):
            opened = self.open[depth][0]
            if opened in family:
                self._close_to(depth)
                return
            if opened in _SCOPE and opened != name:
                return

    def _close(self, name: str) -> None:
        if name == "br":
            self._line_break()
            return
        block = name in _BLOCK_KINDS
        if block:
            self._end_block()
        if not self.open_count.get(name):
            return
        for depth in range(len(self.open) - 1, -1, -1):
            opened, element, _ = self.open[depth]
            if opened == name:
                self._close_to(depth)
                return
            # A stray inline end tag does not reach over a block element.
            if not block and element >= 0:
                return

    def _close_to(self, depth: int) -> None:
        while len(self.open) > depth:
            name, element, _ = self.open.pop()
            self.open_count[name] -= 1
            if element < 0:
                self.hidden_inline -= 1
            else:
                self.element = self.page.elements[element].parent
        self.place = self.open[-1][2] if self.open else VISIBLE

    def _line_break(self) -> None:
        """A `<br>` is a line break; a second one with nothing between them ends the block."""
        page = self.page
        if "".join(page._parts[-3:]).rstrip(" ").endswith("\n"):
            self._end_block()
        else:
            page._break_line()

    def _end_block(self) -> None:
        page = self.page
        if not self.has_ink:
            return
        page.block_start.append(self.block_begin)
        page.block_end.append(page._length)
        page.block_element.append(self.element)
        page.block_kind.append(self._kind())
        page._break_line()
        self.block_begin = page._length
        self.has_ink = False

    def _kind(self) -> str:
        """The kind the nearest telling ancestor gives (a `<p>` in an `<li>` is a list item)."""
        element, steps = self.element, 0
        while element >= 0 and steps < 3:
            found = self.page.elements[element]
            kind = _BLOCK_KINDS[found.name]
            if kind != "paragraph":
                return kind
            if found.name in ("blockquote", "pre"):
                return "quote" if found.name == "blockquote" else "code"
            element, steps = found.parent, steps + 1
        return "paragraph"
