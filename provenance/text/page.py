"""A web page's source -> its text in blocks, every character traceable to the source.

Evidence must point into the page source, and the HTML parsers that install as wheels do not
tell where a text node stands. So the page is read by the rules of the HTML standard themselves:
`html_tokens` cuts the source, `html_tree` knows which block a text belongs to, `hidden` what a
reader does not see. A test holds the visible text against two real parsers, on the layout zoo.

Most of a page is tags, so nothing here is called for every tag: a page is columns, one entry a
token, and what follows from them is worked out for all tokens at once.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from provenance.model.span import Span
from provenance.model.text import Block, Piece, ReadableText
from provenance.text.hidden import HIDDEN, JSON_LD, NOSCRIPT, PLACES, VISIBLE, hiding_tags, is_note_mark
from provenance.text.html_tokens import Batch, token_batches
from provenance.text.html_tree import (
    BLOCK_KINDS,
    BLOCK_TAG,
    ENDS_BLOCK,
    HIDES,
    VOID,
    Element,
    Tree,
    kind_of,
    read_tree,
)

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

Offsets = npt.NDArray[np.int64]

_ENTITY = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")
# Unshown elements that stand between paragraphs; text runs on around the others.
_UNSHOWN_BLOCKS = frozenset(("select", "video", "object", "iframe"))

# What a tag does to the text: nothing, nothing but that it may be a footnote mark, a line break, the
# end of a block; tags of block elements are in the tree besides.
_INLINE, _NOTE, _BREAK, _ENDS_BLOCK, _BLOCK_TAG = range(5)


class _Actions(dict[str | None, int]):
    """What a tag does by its name as written, in either case and with the slash of an end tag."""

    def __missing__(self, name: str | None) -> int:
        lower = name.lower() if name else None
        return _INLINE if lower == name else self.get(lower, _INLINE)


_NAMED: dict[str | None, int] = {
    None: _INLINE,
    **dict.fromkeys(BLOCK_KINDS, _BLOCK_TAG),
    **{f"/{name}": _BLOCK_TAG for name in BLOCK_KINDS},
    **dict.fromkeys(VOID & BLOCK_KINDS.keys(), _ENDS_BLOCK),
    "br": _BREAK,
    "/br": _BREAK,
    "sup": _NOTE,
    # The inline tags that pages are full of.
    **dict.fromkeys(("a", "span", "img", "strong", "em", "b", "i", "link", "meta", "input"), _INLINE),
    **dict.fromkeys(("/a", "/span", "/strong", "/em", "/b", "/i"), _INLINE),
}
_ACTIONS = _Actions(_NAMED)


class Runs(NamedTuple):
    """Stretches of a page's text that come from the source, in order, in columns.

    `text[at : at + length]` comes from `source[start:end]`.
    """

    at: Offsets
    length: Offsets
    start: Offsets
    end: Offsets


class Page:
    """A page read into blocks of text.

    `text` is all text in source order, one line a block (`\\n`; a `<br>` is one too), hidden
    text included; block i is `text[block_start[i]:block_end[i]]`. What is asked of few pages or
    few of their blocks is worked out when it is asked for.
    """

    def __init__(
        self,
        source: str,
        text: str,
        block_start: list[int],
        block_end: list[int],
        runs: Runs,
        tree: Callable[[], Tree],
        tokens: "_Tokens | None" = None,
        place: int = VISIBLE,
    ) -> None:
        self.source, self.text = source, text
        self.block_start, self.block_end = block_start, block_end
        self.runs = runs
        self._read_tree, self._tokens, self._place = tree, tokens, place

    @cached_property
    def tree(self) -> Tree:
        """The elements around the blocks."""
        return self._read_tree()

    @property
    def elements(self) -> list[Element]:
        """The block elements that hold text; a parent comes before its children."""
        return self.tree.elements

    @property
    def block_element(self) -> list[int]:
        """For each block the index of its element in `elements`, -1 for none."""
        return self.tree.block_element

    @cached_property
    def block_kind(self) -> list[str]:
        """For each block its kind (see model.text.Block)."""
        return [kind_of(self.elements, element) for element in self.block_element]

    @cached_property
    def run_place(self) -> npt.NDArray[np.uint8]:
        """For each run the place where its text stands (index into PLACES)."""
        places = np.full(len(self.runs.at), self._place, dtype=np.uint8)
        if self._tokens is not None and self.tree.turns:
            tags, turned = zip(*self.tree.turns, strict=True)
            first = np.searchsorted(self.runs.start, self._tokens.tag_end[list(tags)]).tolist()
            for low, high, place in zip(first, [*first[1:], len(places)], turned, strict=True):
                places[low:high] = place
        return places

    @cached_property
    def readable(self) -> ReadableText:
        """The page as a `ReadableText` over its source."""
        at, length, start, end = (column.tolist() for column in self.runs)
        blocks = map(Block, self.block_start, self.block_end, self.block_kind)
        return ReadableText(self.text, tuple(blocks), tuple(map(Piece, at, length, start, end)))

    def source_span(self, start: int, end: int) -> Span:
        """The stretch of the source that encloses `text[start:end]`."""
        if not len(self.runs.at):
            return Span(0, 0)
        around = [self._run_at(start), *([self._run_at(end - 1)] if end > start else [])]
        pieces = tuple(Piece(*(int(column[run]) for column in self.runs)) for run in dict.fromkeys(around))
        return ReadableText(self.text, (), pieces).body_span(start, end)

    def _run_at(self, position: int) -> int:
        """The run that holds a position of the text, or the last one before it."""
        return max(int(np.searchsorted(self.runs.at, position, side="right")) - 1, 0)

    def place(self, position: int) -> int:
        """The place (index into PLACES) of the character of `text` at `position`."""
        if not len(self.runs.at) or position < self.runs.at[0]:
            return VISIBLE
        return int(self.run_place[self._run_at(position)])

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
        if self._tokens is None:
            return ""
        tag = self.elements[element].tag
        return self.source[self._tokens.source_start(tag) : self._tokens.source_end(tag)]


class _Tokens:
    """The tokens of a page in columns: `texts` and `names` as in `html_tokens.Batch`, what each
    tag does, where in the source each text begins and ends, and the numbers of the tags that hide."""

    def __init__(self, flat: str) -> None:
        self.texts: list[str] = []
        self.names: list[str | None] = []
        self.hiding: list[int] = []
        actions: list[npt.NDArray[np.uint8]] = []
        lengths: list[npt.NDArray[np.int64]] = []
        for batch in token_batches(flat):
            first = len(self.texts)
            self.texts += batch.texts
            self.names += batch.names
            self.hiding += [first + tag for tag in _hiding(batch)]
            actions.append(_actions(batch))
            lengths.append(_lengths(batch))
        self.actions = np.concatenate(actions) if len(actions) > 1 else actions[0]
        self.actions[-1] = _ENDS_BLOCK  # the end of the page
        # Text and markup take turns.
        bounds = np.cumsum(np.concatenate(lengths) if len(lengths) > 1 else lengths[0])
        self.text_end, self.tag_end = bounds[0::2], bounds[1::2]
        self.text_start = np.concatenate((np.zeros(1, dtype=np.int64), self.tag_end[:-1]))
        for tag in np.flatnonzero(self.actions == _NOTE).tolist():
            if is_note_mark(flat, self.source_start(tag), self.source_end(tag)):
                self.hiding.append(tag)

    def source_start(self, tag: int) -> int:
        """Where a tag begins in the source."""
        return int(self.text_end[tag])

    def source_end(self, tag: int) -> int:
        """Where a tag ends in the source."""
        return int(self.tag_end[tag])


def _hiding(batch: Batch) -> list[int]:
    """The numbers of the tags of a batch that hide what their elements hold."""
    distinct = dict(zip(batch.markups, batch.names, strict=True))
    # The shortest is <dialog>.
    tags = hiding_tags(
        markup for markup, name in distinct.items() if name and len(markup) >= 8 and name not in VOID
    )
    return [tag for tag, markup in enumerate(batch.markups) if markup in tags] if tags else []


def _actions(batch: Batch) -> npt.NDArray[np.uint8]:
    """What the tags of a batch do to the text."""
    actions = bytearray(map(_ACTIONS.__getitem__, batch.names))
    for tag in [tag for tag, name in enumerate(batch.unshown) if name]:
        if str(batch.unshown[tag]).lower() in _UNSHOWN_BLOCKS:
            actions[tag] = _ENDS_BLOCK
    return np.frombuffer(actions, dtype=np.uint8)


def _lengths(batch: Batch) -> npt.NDArray[np.int64]:
    """The lengths of the texts and markups of a batch, in turns."""
    lengths = np.empty(2 * len(batch.texts), dtype=np.int64)
    lengths[0::2] = list(map(len, batch.texts))
    lengths[1::2] = list(map(len, batch.markups))
    return lengths


def read_page(source: str) -> Page:
    """Read page source into blocks. Linear in the source; never raises on malformed markup."""
    # White space in source is a space; line breaks of the text are made by tags alone.
    tokens = _Tokens(source.replace("\n", " ").replace("\r", " ").replace("\t", " "))
    texts = tokens.texts
    length = tokens.text_end - tokens.text_start
    blank = np.frombuffer(bytes(map(str.isspace, texts)), dtype=np.bool_)
    has_ink = length.astype(np.bool_) & ~blank
    # White space between tags parts words and is evidence of nothing: one space, and no run.
    for number in np.flatnonzero(blank).tolist():
        texts[number] = " "
    length[blank] = 1
    ink = np.flatnonzero(has_ink)
    decoded = _decode_entities(texts, ink, tokens.text_start, length)
    line_ends, block_ends = _line_ends(tokens.actions, has_ink)
    for number in line_ends.tolist():
        texts[number] += "\n"
    after = length.copy()
    after[line_ends] += 1
    after = np.cumsum(after)  # where the text of the next token begins
    at = after - length
    at[line_ends] -= 1
    block_end = (after[block_ends] - 1).tolist()
    block_start = [0, *(end + 1 for end in block_end[:-1])] if block_end else []
    text = "".join(texts)
    texts.clear()
    roles = np.where(tokens.actions == _BLOCK_TAG, BLOCK_TAG, 0).astype(np.uint8)
    roles[tokens.hiding] |= HIDES
    roles[block_ends] |= ENDS_BLOCK

    def tree() -> Tree:
        return read_tree(tokens.names, roles)

    runs = _runs(ink, decoded, at, length, tokens)
    return Page(source, text, block_start, block_end, runs, tree, tokens)


def _line_ends(actions: npt.NDArray[np.uint8], has_ink: npt.NDArray[np.bool_]) -> tuple[Offsets, Offsets]:
    """The tokens whose tags end a line of the text, and those of them that end a block.

    Of the tags between two texts the first ends the block, or is a line break; a second one after
    a line break ends the block (a `<br>` is a line break, two with nothing between them part
    paragraphs). All others find nothing to end.
    """
    tags = np.flatnonzero(actions >= _BREAK)
    breaks = actions[tags] == _BREAK
    texts_before = np.cumsum(has_ink)[tags]
    first = np.diff(texts_before, prepend=-1) > 0
    second = np.zeros_like(first)
    second[1:] = first[:-1] & ~first[1:] & breaks[:-1]
    ends_block = ((first & ~breaks) | second) & (texts_before > 0)
    ends_line = ends_block | (first & breaks)
    # Before any text only a line break ends a line, the first one.
    leading = np.flatnonzero(breaks & (texts_before == 0))
    ends_line[leading[:1]] = True
    return tags[ends_line], tags[ends_block]


# A text with entities, as the runs it is made of: length, and stretch of the source.
_Decoded = dict[int, list[tuple[int, int, int]]]


def _decode_entities(texts: list[str], ink: Offsets, starts: Offsets, length: Offsets) -> _Decoded:
    """Decode the entities of `texts` in place, `length` with them; tells the runs of those that had any."""
    found: _Decoded = {}
    for number in ink.tolist():
        text = texts[number]
        if "\x00" in text:
            text = texts[number] = text.replace("\x00", " ")
        if "&" not in text:
            continue
        parts, runs = _decoded(text, int(starts[number]))
        if len(runs) > 1 or parts[0] != text:
            texts[number] = "".join(parts)
            length[number] = len(texts[number])
            found[number] = runs
    return found


def _decoded(text: str, start: int) -> tuple[list[str], list[tuple[int, int, int]]]:
    """The parts of a text that begins at `start` of the source, entities decoded, and their runs."""
    parts: list[str] = []
    runs: list[tuple[int, int, int]] = []
    done = 0
    for entity in _ENTITY.finditer(text):
        written = entity.group()
        character = html.unescape(written)
        if character == written:
            continue
        if entity.start() > done:
            parts.append(text[done : entity.start()])
            runs.append((entity.start() - done, start + done, start + entity.start()))
        done = entity.end()
        parts.append(character.replace("\n", " "))
        runs.append((len(character), start + entity.start(), start + done))
    if done < len(text):
        parts.append(text[done:])
        runs.append((len(text) - done, start + done, start + len(text)))
    return parts, runs


def _runs(ink: Offsets, decoded: _Decoded, at: Offsets, length: Offsets, tokens: _Tokens) -> Runs:
    """The runs of a page: one for each text, several for one with entities."""
    runs = Runs(at[ink], length[ink], tokens.text_start[ink], tokens.text_end[ink])
    if not decoded:
        return runs
    whole = np.isin(ink, np.fromiter(decoded, np.int64, len(decoded)), invert=True)
    rows: list[tuple[int, int, int, int]] = []
    for number, inner in decoded.items():
        position = int(at[number])
        for run_length, start, end in inner:
            rows.append((position, run_length, start, end))
            position += run_length
    inner_runs = np.array(rows, dtype=np.int64).T
    columns = [np.concatenate((column[whole], more)) for column, more in zip(runs, inner_runs, strict=True)]
    order = np.argsort(columns[0], kind="stable")
    return Runs(*(column[order] for column in columns))


def read_plain_page(source: str) -> Page:
    """Read a `text/plain` capture: paragraphs are what blank lines part."""
    paragraphs = [
        found.span() for found in re.finditer(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", source.replace("\r", " "))
    ]
    lines = [source[start:end].replace("\r", " ").replace("\n", " ") + "\n" for start, end in paragraphs]
    starts = np.array([start for start, _ in paragraphs], dtype=np.int64)
    ends = np.array([end for _, end in paragraphs], dtype=np.int64)
    length = ends - starts
    at = np.cumsum(length + 1) - length - 1
    runs = Runs(at, length, starts, ends)
    tree = Tree([Element("body", -1, 0)], [0] * len(paragraphs), [])
    return Page(source, "".join(lines), at.tolist(), (at + length).tolist(), runs, lambda: tree)
