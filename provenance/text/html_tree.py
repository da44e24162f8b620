"""Which element a text of the page belongs to, by the tree-building rules of the HTML standard.

Only what decides blocks is kept of WHATWG HTML, 13.2.6: block elements, implied end tags, and
inline elements that hide their text.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from provenance.text.hidden import HIDDEN, NOSCRIPT, VISIBLE

BLOCK_KINDS = {
    **dict.fromkeys(
        (
            "html", "head", "body", "address", "article", "aside", "blockquote", "center", "details",
            "dialog", "dir", "div", "dl", "fieldset", "footer", "form", "header", "hgroup", "main",
            "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead",
            "tr", "ul", "noscript", "search", "figure", "hr", "legend", "optgroup", "button", "amp-img",
            "amp-ad",
        ),
        "paragraph",
    ),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dd", "dt"), "list-item"),
    **dict.fromkeys(("td", "th", "caption"), "cell"),
    "figcaption": "caption",
}  # fmt: skip
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
# Opening one of these ends an open element of the same family (HTML standard, "implied end tags").
_ENDED_BY = {
    "li": frozenset({"li"}),
    "dd": frozenset({"dd", "dt"}),
    "dt": frozenset({"dd", "dt"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
}
_PARAGRAPH = frozenset({"p"})
_INSIDE_PARAGRAPHS = frozenset({"button", "noscript"})
_SCOPE = frozenset({"ul", "ol", "dl", "table", "td", "th", "body", "html"})
# Browsers nest no deeper either (Blink and WebKit: 512). It bounds every walk up the tree.
DEEPEST = 512
_KIND_STEPS = 3


class Element(NamedTuple):
    """A block element of the page that holds text. `parent` is its index in `Page.elements`, -1 for none.

    `tag` is the number of its start tag among the page's tokens.
    """

    name: str
    parent: int
    tag: int


class Tree(NamedTuple):
    """The elements that hold the blocks of a page.

    `block_element[i]` is the index in `elements` of the innermost element around block i (-1 for
    none). `turns` tells the places of the texts: the text that follows the tag `turns[i][0]`
    stands in the place `turns[i][1]`, up to the next turn; before the first one it is visible.
    """

    elements: list[Element]
    block_element: list[int]
    turns: list[tuple[int, int]]


# What a token is to the tree; a token can be all three.
BLOCK_TAG, HIDES, ENDS_BLOCK = 1, 2, 4
# Of an open element in place of its index in the tree.
_NO_TEXT, _INLINE = -1, -2


def read_tree(names: Sequence[str | None], roles: npt.NDArray[np.uint8]) -> Tree:
    """Build the tree of a page from its tokens.

    `names` are their names (None for what is no tag). `roles` tells of each whether it is the start
    or end tag of a block element (BLOCK_TAG), a start tag that hides what its element holds (HIDES),
    and whether a block of text ends before it (ENDS_BLOCK).
    """
    tree = _OpenElements()
    read_up_to = 0
    told = np.flatnonzero(roles)
    for tag, role in zip(told.tolist(), roles[told].tolist(), strict=True):
        if tag < read_up_to:
            continue
        tree.read_tag(names[tag], tag, role)
        if tree.hidden_inline:
            # In an inline element that hides every tag counts, as one may end it.
            read_up_to = tag + 1
            while tree.hidden_inline and read_up_to < len(names):
                tree.read_tag(names[read_up_to], read_up_to, int(roles[read_up_to]))
                read_up_to += 1
    return Tree(tree.elements, tree.block_element, tree.turns)


class _OpenElements:
    """The elements that are open while a page is read.

    `hidden_inline` is how many inline elements are open that hide their text or stand in one that
    does: no other inline elements are kept.
    """

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.block_element: list[int] = []
        self.turns: list[tuple[int, int]] = []
        self.hidden_inline = 0
        # The open elements in columns, outermost first: name, start tag, the place around it, and its
        # index in the tree, which is _NO_TEXT as long as it holds no text _INLINE for an inline one.
        self._names: list[str] = []
        self._tags: list[int] = []
        self._places: list[int] = []
        self._elements: list[int] = []
        self._count: defaultdict[str, int] = defaultdict(int)  # open elements by name
        self._beyond = 0  # block elements open beyond DEEPEST
        self._place = VISIBLE

    def _end_block(self) -> None:
        """A block of text ends: it is in the innermost open block element."""
        elements = self._elements
        element, first_new = -1, 0
        for depth in range(len(elements) - 1, -1, -1):
            if elements[depth] >= 0:
                element, first_new = elements[depth], depth + 1
                break
        for depth in range(first_new, len(elements)):
            if elements[depth] == _NO_TEXT:
                self.elements.append(Element(self._names[depth], element, self._tags[depth]))
                element = elements[depth] = len(self.elements) - 1
        self.block_element.append(element)

    def read_tag(self, name: str | None, tag: int, role: int) -> None:
        """Read one tag: a block of text may end before it, an element be opened or closed."""
        if role & ENDS_BLOCK:
            self._end_block()
        if name is None:
            return
        name = name.lower()
        if role & BLOCK_TAG:
            if name[0] == "/":
                self._close_block(name[1:], tag)
            else:
                self._open_block(name, tag, role)
        elif name[0] == "/":
            self._close_inline(name[1:], tag)
        elif (self.hidden_inline or role & HIDES) and name not in VOID and len(self._names) < DEEPEST:
            self._open(name, tag, role, _INLINE)
            self.hidden_inline += 1

    def _open_block(self, name: str, tag: int, role: int) -> None:
        count = self._count
        if count["p"] and name not in _INSIDE_PARAGRAPHS:
            self._close_family(name, _PARAGRAPH, tag)
        if name in _ENDED_BY and any(map(count.__getitem__, _ENDED_BY[name])):
            self._close_family(name, _ENDED_BY[name], tag)
        if len(self._names) >= DEEPEST:
            self._beyond += 1
            return
        self._open(name, tag, role, _NO_TEXT)
        if name == "noscript" and self._place == VISIBLE:
            self._turn(tag, NOSCRIPT)

    def _open(self, name: str, tag: int, role: int, element: int) -> None:
        self._names.append(name)
        self._tags.append(tag)
        self._places.append(self._place)
        self._elements.append(element)
        self._count[name] += 1
        if role & HIDES:
            self._turn(tag, HIDDEN)

    def _close_block(self, name: str, tag: int) -> None:
        """Close the innermost open block element `name` and all that is open in it."""
        if self._beyond:
            self._beyond -= 1
        elif self._count[name]:
            while self._close_innermost(tag) != name:
                pass

    def _close_inline(self, name: str, tag: int) -> None:
        """Close the innermost open inline element `name`; a stray end tag reaches over no block."""
        if not self._count[name]:
            return
        for depth in range(len(self._names) - 1, -1, -1):
            if self._elements[depth] != _INLINE:
                return
            if self._names[depth] == name:
                self._close_to(depth, tag)
                return

    def _close_family(self, name: str, family: frozenset[str], tag: int) -> None:
        """Close the innermost element of `family`, unless a scope of its own holds it."""
        for depth in range(len(self._names) - 1, -1, -1):
            opened = self._names[depth]
            if opened in family:
                self._close_to(depth, tag)
                return
            if opened in _SCOPE and opened != name:
                return

    def _close_to(self, depth: int, tag: int) -> None:
        """Close the open element at `depth` and all that is open in it."""
        while len(self._names) > depth:
            self._close_innermost(tag)

    def _close_innermost(self, tag: int) -> str:
        """Close the innermost open element; the place around it holds again."""
        name, place = self._names.pop(), self._places.pop()
        self._tags.pop()
        if self._elements.pop() == _INLINE:
            self.hidden_inline -= 1
        self._count[name] -= 1
        if place != self._place:
            self._turn(tag, place)
        return name

    def _turn(self, tag: int, place: int) -> None:
        """Text after `tag` stands in `place`."""
        if place != self._place:
            self._place = place
            self.turns.append((tag, place))


def kind_of(elements: Sequence[Element], element: int) -> str:
    """The kind of a block in `element`: that of the nearest telling ancestor (a `<p>` in an `<li>`
    is a list item)."""
    for _ in range(_KIND_STEPS):
        if element < 0:
            break
        name, element, _ = elements[element]
        kind = BLOCK_KINDS[name]
        if kind != "paragraph":
            return kind
        if name in ("blockquote", "pre"):
            return "quote" if name == "blockquote" else "code"
    return "paragraph"
