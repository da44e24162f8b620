"""Which element a text of the page belongs to, by the tree-building rules of the HTML standard.

Only what decides blocks is kept of WHATWG HTML, 13.2.6: block elements, implied end tags, and
inline elements that hide their text.
"""

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
_SCOPE = frozenset({"ul", "ol", "dl", "table", "td", "th", "body", "html"})
# Browsers nest no deeper either (Blink and WebKit: 512). It bounds every walk up the tree.
DEEPEST = 512
_KIND_STEPS = 3


class Element(NamedTuple):
    """A block element of the page. `parent` is its index in `Page.elements`, -1 for none.

    `tag_start..tag_end` is the start tag in the source.
    """

    name: str
    parent: int
    tag_start: int
    tag_end: int


class OpenElements:
    """The elements that are open while a page is read.

    `element` is the innermost open block element (index into `elements`, -1 for none), `place`
    the place of text that stands here, `hidden_inline` how many inline elements are open that
    hide their text or stand in one that does: no other inline elements are kept.
    """

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.element = -1
        self.place = VISIBLE
        self.hidden_inline = 0
        # Name, whether inline, and the element and place that hold again once it is closed.
        self._open: list[tuple[str, bool, int, int]] = []
        self._count: dict[str, int] = {}  # open elements by name
        self._beyond = 0  # block elements open beyond DEEPEST

    def open_block(self, name: str, start: int, end: int, hidden: bool) -> None:
        """Open the block element `name`, whose start tag is `start..end` of the source."""
        if self._count.get("p") and name not in ("button", "noscript"):
            self._close_family(name, _PARAGRAPH)
        if name in _ENDED_BY:
            self._close_family(name, _ENDED_BY[name])
        if len(self._open) >= DEEPEST:
            self._beyond += 1
            return
        self._open.append((name, False, self.element, self.place))
        self._count[name] = self._count.get(name, 0) + 1
        self.elements.append(Element(name, self.element, start, end))
        self.element = len(self.elements) - 1
        if hidden:
            self.place = HIDDEN
        elif name == "noscript" and self.place == VISIBLE:
            self.place = NOSCRIPT

    def close_block(self, name: str) -> None:
        """Close the innermost open block element `name` and all that is open in it."""
        if self._beyond:
            self._beyond -= 1
        elif self._count.get(name):
            while self._close_innermost() != name:
                pass

    def open_inline(self, name: str, hidden: bool) -> None:
        """Open an inline element that hides its text or stands in one that does."""
        if name in VOID or len(self._open) >= DEEPEST:
            return
        self._open.append((name, True, self.element, self.place))
        self._count[name] = self._count.get(name, 0) + 1
        self.hidden_inline += 1
        if hidden:
            self.place = HIDDEN

    def close_inline(self, name: str) -> None:
        """Close the innermost open inline element `name`; a stray end tag reaches over no block."""
        if not self._count.get(name):
            return
        for depth in range(len(self._open) - 1, -1, -1):
            opened, inline, _, _ = self._open[depth]
            if not inline:
                return
            if opened == name:
                self._close_to(depth)
                return

    def kind(self) -> str:
        """The kind the nearest telling ancestor gives (a `<p>` in an `<li>` is a list item)."""
        element = self.element
        for _ in range(_KIND_STEPS):
            if element < 0:
                break
            name, element, _, _ = self.elements[element]
            kind = BLOCK_KINDS[name]
            if kind != "paragraph":
                return kind
            if name in ("blockquote", "pre"):
                return "quote" if name == "blockquote" else "code"
        return "paragraph"

    def _close_family(self, name: str, family: frozenset[str]) -> None:
        """Close the innermost element of `family`, unless a scope of its own holds it."""
        if not any(map(self._count.get, family)):
            return
        for depth in range(len(self._open) - 1, -1, -1):
            opened = self._open[depth][0]
            if opened in family:
                self._close_to(depth)
                return
            if opened in _SCOPE and opened != name:
                return

    def _close_to(self, depth: int) -> None:
        """Close the open element at `depth` and all that is open in it."""
        while len(self._open) > depth:
            self._close_innermost()

    def _close_innermost(self) -> str:
        name, inline, self.element, self.place = self._open.pop()
        self._count[name] -= 1
        if inline:
            self.hidden_inline -= 1
        return name
