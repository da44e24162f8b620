"""Which element a text of the page belongs to, by the tree-building rules of the HTML standard.

Only what decides blocks is kept of WHATWG HTML, 13.2.6: block elements, implied end tags, and
inline elements that hide their text.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

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


def read_tree(
    names: Sequence[str | None],
    block_tags: Collection[int],
    hiding: Collection[int],
    block_ends: Collection[int],
) -> Tree:
    """Build the tree of a page from its tags, given by their numbers among the page's tokens.

    `names` are the names of all tokens (None for what is no tag), `block_tags` the start and end
    tags of block elements, `hiding` the start tags that hide what their elements hold,
    `block_ends` the tokens before which a block of text ends.
    """
    tree = _OpenElements()
    read_up_to = 0
    for tag in sorted({*block_tags, *hiding, *block_ends}):
        if tag < read_up_to:
            continue
        if tag in block_ends:
            tree.end_block()
        written = names[tag]
        if written is None:
            continue
        name = written.lower()
        if tag in block_tags:
            tree.read_block_tag(name, tag, hidden=tag in hiding)
        elif tag in hiding:
            tree.open_inline(name, tag, hidden=True)
            read_up_to = tag + 1
            # In it every tag counts, as an inline element may end it.
            while tree.hidden_inline and read_up_to < len(names):
                tag, written = read_up_to, names[read_up_to]
                read_up_to += 1
                if tag in block_ends:
                    tree.end_block()
                if written is not None:
                    name = written.lower()
                    if tag in block_tags:
                        tree.read_block_tag(name, tag, hidden=tag in hiding)
                    else:
                        tree.read_inline_tag(name, tag, hidden=tag in hiding)
    return Tree(tree.elements, tree.block_element, tree.turns)


class _Open:
    """An open element. `place` is the one around it, `element` its index in the tree, -1 as long as
    it holds no text."""

    __slots__ = ("element", "inline", "name", "place", "tag")

    def __init__(self, name: str, tag: int, place: int, inline: bool) -> None:
        self.name = name
        self.tag = tag
        self.place = place
        self.inline = inline
        self.element = -1


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
        self._open: list[_Open] = []
        self._count: defaultdict[str, int] = defaultdict(int)  # open elements by name
        self._beyond = 0  # block elements open beyond DEEPEST
        self._place = VISIBLE

    def end_block(self) -> None:
        """A block of text ends: it is in the innermost open block element."""
        new: list[_Open] = []
        element = -1
        for opened in reversed(self._open):
            if opened.element >= 0:
                element = opened.element
                break
            if not opened.inline:
                new.append(opened)
        for opened in reversed(new):
            self.elements.append(Element(opened.name, element, opened.tag))
            element = opened.element = len(self.elements) - 1
        self.block_element.append(element)

    def read_block_tag(self, name: str, tag: int, *, hidden: bool) -> None:
        """Read the start or end tag (`/p`) of a block element."""
        if name[0] == "/":
            self._close_block(name[1:], tag)
            return
        if self._count["p"] and name not in _INSIDE_PARAGRAPHS:
            self._close_family(name, _PARAGRAPH, tag)
        family = _ENDED_BY.get(name)
        if family and any(map(self._count.__getitem__, family)):
            self._close_family(name, family, tag)
        if len(self._open) >= DEEPEST:
            self._beyond += 1
            return
        self._open.append(_Open(name, tag, self._place, False))
        self._count[name] += 1
        if hidden:
            self._turn(tag, HIDDEN)
        elif name == "noscript" and self._place == VISIBLE:
            self._turn(tag, NOSCRIPT)

    def _close_block(self, name: str, tag: int) -> None:
        """Close the innermost open block element `name` and all that is open in it."""
        if self._beyond:
            self._beyond -= 1
        elif self._count[name]:
            while self._close_innermost(tag) != name:
                pass

    def read_inline_tag(self, name: str, tag: int, *, hidden: bool) -> None:
        """Read a tag that stands in an inline element that hides."""
        if name[0] == "/":
            self._close_inline(name[1:], tag)
        else:
            self.open_inline(name, tag, hidden=hidden)

    def open_inline(self, name: str, tag: int, *, hidden: bool) -> None:
        """Open an inline element that hides its text or stands in one that does."""
        if name in VOID or len(self._open) >= DEEPEST:
            return
        self._open.append(_Open(name, tag, self._place, True))
        self._count[name] += 1
        self.hidden_inline += 1
        if hidden:
            self._turn(tag, HIDDEN)

    def _close_inline(self, name: str, tag: int) -> None:
        """Close the innermost open inline element `name`; a stray end tag reaches over no block."""
        if not self._count[name]:
            return
        for depth in range(len(self._open) - 1, -1, -1):
            opened = self._open[depth]
            if not opened.inline:
                return
            if opened.name == name:
                self._close_to(depth, tag)
                return

    def _close_family(self, name: str, family: frozenset[str], tag: int) -> None:
        """Close the innermost element of `family`, unless a scope of its own holds it."""
        for depth in range(len(self._open) - 1, -1, -1):
            opened = self._open[depth].name
            if opened in family:
                self._close_to(depth, tag)
                return
            if opened in _SCOPE and opened != name:
                return

    def _close_to(self, depth: int, tag: int) -> None:
        """Close the open element at `depth` and all that is open in it."""
        while len(self._open) > depth:
            self._close_innermost(tag)

    def _close_innermost(self, tag: int) -> str:
        """Close the innermost open element; the place around it holds again."""
        closed = self._open.pop()
        self._count[closed.name] -= 1
        if closed.inline:
            self.hidden_inline -= 1
        if closed.place != self._place:
            self._turn(tag, closed.place)
        return closed.name

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
