"""A web page's source -> its text in blocks, every character traceable to the source.

Evidence must point into the page source, and the HTML parsers that install as wheels do not
tell where a text node stands. So the page is read by the rules of the HTML standard themselves:
`html_tokens` cuts the source, `html_tree` knows which block a text belongs to, `hidden` what a
reader does not see. A test holds the visible text against two real parsers, on the layout zoo.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from provenance.model.span import Span
from provenance.model.text import Block, Piece, ReadableText
from provenance.text.hidden import HIDDEN, JSON_LD, NOSCRIPT, PLACES, VISIBLE, hiding_tags, is_note_mark
from provenance.text.html_tokens import Token, token_batches
from provenance.text.html_tree import BLOCK_KINDS, VOID, Element, OpenElements

__all__ = [
    "HIDDEN",
    "JSON_LD",
    "NOSCRIPT",
    "PLACES",
    "VISIBLE",
    "Element",
    "Page",
    "read_page",
    "read_plain_page",
]

_ENTITY = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")
# Unshown elements that stand between paragraphs; text runs on around the others.
_UNSHOWN_BLOCKS = frozenset(("select", "video", "object", "iframe"))

# What a tag does to the text, by its name in either case and with the slash of an end tag.
_INLINE, _OPEN, _CLOSE, _VOID_BLOCK, _BREAK, _NOTE = range(6)


class _Actions(dict[str, int]):
    def __missing__(self, name: str) -> int:
        lower = name.lower()
        return _INLINE if lower == name else self.get(lower, _INLINE)


_ACTIONS = _Actions(
    {
        **dict.fromkeys(BLOCK_KINDS, _OPEN),
        **{f"/{name}": _CLOSE for name in BLOCK_KINDS},
        **dict.fromkeys(VOID & BLOCK_KINDS.keys(), _VOID_BLOCK),
        "br": _BREAK,
        "/br": _BREAK,
        "sup": _NOTE,
        # The inline tags that pages are full of.
        **dict.fromkeys(("a", "span", "img", "strong", "em", "b", "i", "link", "meta", "input"), _INLINE),
        **dict.fromkeys(("/a", "/span", "/strong", "/em", "/b", "/i"), _INLINE),
    }
)


class Page:
    """A page read into blocks of text.

    `text` is all text in source order, one line a block (`\\n`; a `<br>` is one too), hidden
    text included. Runs come from the source: `run_at[i]` is where run i begins in `text`,
    `run_length[i]` its length there, `run_start[i]`/`run_end[i]` its stretch of the source,
    `run_place[i]` an index into PLACES. Blocks are parallel lists: `block_start`, `block_end`
    (in `text`), `block_element` (index into `elements`, -1 for none), `block_kind`.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = ""
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


def read_page(source: str) -> Page:
    """Read page source into blocks. Linear in the source; never raises on malformed markup."""
    # White space in source is a space; line breaks of the text are made by tags alone.
    flat = source.replace("\n", " ").replace("\r", " ").replace("\t", " ")
    tree = OpenElements()
    text = _TextBuilder(tree)
    position = 0
    for batch in token_batches(flat):
        position = _read_tokens(batch, position, flat, tree, text)
    text.end_block()
    return text.page(source)


def read_plain_page(source: str) -> Page:
    """Read a `text/plain` capture: paragraphs are what blank lines part."""
    tree = OpenElements()
    tree.elements.append(Element("body", -1, 0, 0))
    tree.element = 0
    text = _TextBuilder(tree)
    for paragraph in re.finditer(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", source.replace("\r", " ")):
        text.add_run(paragraph.group().replace("\n", " "), paragraph.start(), paragraph.end())
        text.end_block()
    return text.page(source)


def _read_tokens(
    tokens: list[Token], position: int, flat: str, tree: OpenElements, text: "_TextBuilder"
) -> int:
    """Read `tokens`, the first of which stands at `position`; returns where they end."""
    hiding = hiding_tags({markup for _, markup, _, name in tokens if name and name not in VOID})
    for characters, markup, unshown, name in tokens:
        start = position + len(characters)
        end = start + len(markup)
        if characters.isspace():
            text.add_space()
        elif characters:
            text.add(characters, position, start)
        position = end
        if name is None:
            if unshown and unshown.lower() in _UNSHOWN_BLOCKS:
                text.end_block()
            continue
        action = _ACTIONS[name]
        if action in (_INLINE, _NOTE):
            hides = markup in hiding or (action == _NOTE and is_note_mark(flat, start, end))
            if hides or tree.hidden_inline:
                name = name.lower()
                if name.startswith("/"):
                    tree.close_inline(name[1:])
                else:
                    tree.open_inline(name, hides)
        elif action == _BREAK:
            text.break_line()
        else:
            if text.has_ink:
                text.end_block()
            if action == _OPEN:
                tree.open_block(name.lower(), start, end, markup in hiding)
            elif action == _CLOSE:
                tree.close_block(name[1:].lower())
    return position


class _TextBuilder:
    """The text of a page while it is read, in parts.

    Runs and blocks are kept by the number of their parts and get their offsets at the end.
    """

    def __init__(self, tree: OpenElements) -> None:
        self.has_ink = False  # whether the block has any text yet
        self._blank_line = False  # whether there was nothing but white space since a line break
        self._tree = tree
        self._parts: list[str] = []
        self._runs: list[tuple[int, int, int, int]] = []  # part, stretch of the source, place
        self._blocks: list[tuple[int, int, int, str]] = []  # first and last part, element, kind
        self._block_begin = 0

    def add_space(self) -> None:
        """White space between tags parts words and is evidence of nothing: it gets no run."""
        self._parts.append(" ")

    def add(self, characters: str, start: int, end: int) -> None:
        """Add the text `start..end` of the source; entities are decoded."""
        if "\x00" in characters:
            characters = characters.replace("\x00", " ")
        if "&" not in characters:
            self.add_run(characters, start, end)
            return
        done = 0
        for entity in _ENTITY.finditer(characters):
            decoded = html.unescape(entity.group())
            if decoded == entity.group():
                continue
            if entity.start() > done:
                self.add_run(characters[done : entity.start()], start + done, start + entity.start())
            done = entity.end()
            self.add_run(decoded.replace("\n", " "), start + entity.start(), start + done)
        if done < len(characters):
            self.add_run(characters[done:], start + done, end)

    def add_run(self, characters: str, start: int, end: int) -> None:
        """Add characters that stand for the stretch `start..end` of the source."""
        self._runs.append((len(self._parts), start, end, self._tree.place))
        self._parts.append(characters)
        self.has_ink = True
        self._blank_line = False

    def break_line(self) -> None:
        """A `<br>` is a line break; a second one with nothing between them ends the block."""
        if self._blank_line:
            self.end_block()
        else:
            self._parts.append("\n")
            self._blank_line = True

    def end_block(self) -> None:
        """End the block, if it has any text."""
        if self.has_ink:
            self._blocks.append((self._block_begin, len(self._parts), self._tree.element, self._tree.kind()))
            self._parts.append("\n")
            self._block_begin = len(self._parts)
            self._blank_line = True
            self.has_ink = False

    def page(self, source: str) -> Page:
        """The page of what was added."""
        page = Page(source)
        page.text = "".join(self._parts)
        page.elements = self._tree.elements
        lengths = list(map(len, self._parts))
        offsets = list(accumulate(lengths, initial=0))
        page.run_at = [offsets[part] for part, _, _, _ in self._runs]
        page.run_length = [lengths[part] for part, _, _, _ in self._runs]
        page.run_start = [start for _, start, _, _ in self._runs]
        page.run_end = [end for _, _, end, _ in self._runs]
        page.run_place = [place for _, _, _, place in self._runs]
        page.block_start = [offsets[first] for first, _, _, _ in self._blocks]
        page.block_end = [offsets[last] for _, last, _, _ in self._blocks]
        page.block_element = [element for _, _, element, _ in self._blocks]
        page.block_kind = [kind for _, _, _, kind in self._blocks]
        return page
