"""The marks inside a line of Markdown: which characters a reader sees, and which are markup.

Built on CommonMark 0.31 and Obsidian's additions, with one difference that comparing needs: a
mark that does not clearly belong to a pair stays text. Every pattern is linear: none can be tried
twice over the same stretch more than a fixed number of times.
"""

import html
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

# What comments are painted over with before blocks are read (a code point that is no character,
# Unicode 16, section 23.7), so that a comment can span lines and still leave one line.
FILLER = "\ufdd0"
# Where an element such as </p> ends a block.
BREAK = "\n"

# CommonMark has no limit; no link is nested deeper than an image in a link, and a limit keeps
# ten million opening brackets from being remembered.
_OPEN_BRACKETS = 64
_LABEL_LENGTH = 200  # CommonMark allows 999; a label of a reference is a few words

_MARK = re.compile(r"[\\`\[\]<&*_~=\ufdd0\n]")
_TOKEN = re.compile(
    r"""
    (?P<escape>\\[!-/:-@\[-`{-~\n])
  | (?P<ticks>`+)
  | (?P<wiki>!?\[\[[^\[\]\n\ufdd0]{1,1000}\]\])
  | (?P<footnote>\[\^[^\[\]\s]{1,100}\])
  | (?P<open>!?\[)
  | (?P<close>\])
  | (?P<address><(?:https?|ftp|mailto):[^\s<>\ufdd0]*>)
  | (?P<tag></?[A-Za-z][A-Za-z0-9]*(?:[\s/][^<>]*)?>)
  | (?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
  | (?P<delimiter>\*+|_+|~+|=+)
  | (?P<filler>\ufdd0+)
  | (?P<newline>\n)
    """,
    re.X,
)
_DESTINATION = re.compile(
    r"""\(\s*
    (?:<[^<>\n]*>|(?:[^\s()\\]|\\.)*(?:\((?:[^\s()\\]|\\.)*\)(?:[^\s()\\]|\\.)*)*)
    (?:\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\([^()]*\)))?
    \s*\)""",
    re.X | re.S,
)
_REFERENCE = re.compile(r"\[([^\[\]\n]{0,200})\]")

_INLINE_ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        """
        a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr
        q rp rt ruby s samp small span strike strong sub sup time tt u var wbr audio video source
        picture svg button
        """,
    )
)
# Elements that notes hold as markup; `<title>` or `<form>` in a note is said of a page, not to a browser.
_BLOCK_ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        """
        address article aside blockquote center dd details div dl dt figcaption figure footer h1
        h2 h3 h4 h5 h6 header hr iframe li main nav ol p pre section summary table tbody td tfoot
        th thead tr ul
        """,
    )
)
# What stands between these tags is never shown.
_HIDDEN_ELEMENTS = frozenset({"script", "style", "template"})


@dataclass(frozen=True, slots=True)
class Edit:
    """Markup `start..end` of a source, and the text a reader sees in its place."""

    start: int
    end: int
    text: str = ""


@dataclass(slots=True)
class Inline:
    """What was found in one source: the markup, and the embeds (the user's own notes)."""

    edits: list[Edit] = field(default_factory=list)
    embeds: list[tuple[int, int]] = field(default_factory=list)


def read_inline(source: str, references: frozenset[str] = frozenset()) -> Inline:
    """Find the markup in one block of Markdown, its lines joined by line feeds.

    `references` are the labels (`reference_label`) that link definitions elsewhere give a
    meaning. The edits come in order and do not overlap.
    """
    if _MARK.search(source) is None:
        return Inline()
    return _Scan(source, references).run()


def reference_label(text: str) -> str:
    """The form in which labels of references are equal (CommonMark 0.31, section 4.7)."""
    return " ".join(text.split()).casefold()


class _Scan:
    def __init__(self, source: str, references: frozenset[str]) -> None:
        self.source = source
        self.references = references
        self.found = Inline()
        self.position = 0  # tokens before it are inside something already read
        self.brackets: deque[tuple[int, int, bool]] = deque(maxlen=_OPEN_BRACKETS)
        self.openers: dict[str, list[list[int]]] = {"*": [], "_": [], "~": [], "=": []}
        self.closing_ticks: dict[int, int] | None = None
        self.unclosed_elements: set[str] = set()

    def run(self) -> Inline:
        for token in _TOKEN.finditer(self.source):
            if token.start() >= self.position:
                assert token.lastgroup is not None
                getattr(self, "_" + token.lastgroup)(token)
        self.found.edits = list(_without_overlap(self.found.edits))
        return self.found

    def _remove(self, start: int, end: int, text: str = "") -> None:
        self.found.edits.append(Edit(start, end, text))

    def _escape(self, token: re.Match[str]) -> None:
        self._remove(token.start(), token.start() + 1)
        if token[0] == "\\\n":
            self._remove(token.start() + 1, token.end(), " ")
        self.position = token.end()

    def _newline(self, token: re.Match[str]) -> None:
        self._remove(token.start(), token.end(), " ")

    def _filler(self, token: re.Match[str]) -> None:
        self._remove(token.start(), token.end())

    def _ticks(self, token: re.Match[str]) -> None:
        if self.closing_ticks is None:
            self.closing_ticks = following_ticks(self.source)
        closing = self.closing_ticks.get(token.start())
        if closing is None:
            return
        length = token.end() - token.start()
        self._remove(token.start(), token.end())
        for part in re.finditer(f"\n|{FILLER}+", self.source[token.end() : closing]):
            shown = " " if part[0] == "\n" else ""
            self._remove(token.end() + part.start(), token.end() + part.end(), shown)
        self._remove(closing, closing + length)
        self.position = closing + length

    def _wiki(self, token: re.Match[str]) -> None:
        self.position = token.end()
        if token[0].startswith("!"):
            self._remove(token.start(), token.end())
            self.found.embeds.append(token.span())
            return
        target, bar, label = token[0][2:-2].partition("|")
        shown = len(target) + 1 if bar and label.strip() else 0
        length = len(token[0]) - 4 if not bar or shown else len(target)
        begin = token.start() + 2
        self._remove(token.start(), begin + shown)
        end = begin + length
        if self.source[end - 1] == "\\":  # `\|` keeps a bar from ending a table cell
            end -= 1
        self._remove(end, token.end())

    def _footnote(self, token: re.Match[str]) -> None:
        self._remove(token.start(), token.end())
        self.position = token.end()

    def _open(self, token: re.Match[str]) -> None:
        self.brackets.append((token.start(), token.end(), token[0].startswith("!")))

    def _close(self, token: re.Match[str]) -> None:
        if not self.brackets:
            return
        start, label_start, is_image = self.brackets.pop()
        end = self._end_of_link(label_start, token)
        if end is None:
            return
        self.position = end
        if is_image:
            self._remove(start, end)
        else:
            self._remove(start, label_start)
            self._remove(token.start(), end)

    def _end_of_link(self, label_start: int, token: re.Match[str]) -> int | None:
        destination = _DESTINATION.match(self.source, token.end())
        if destination is not None:
            return destination.end()
        if not self.references:
            return None
        reference = _REFERENCE.match(self.source, token.end())
        if reference is not None and reference[1]:
            return reference.end() if reference_label(reference[1]) in self.references else None
        if token.start() - label_start > _LABEL_LENGTH:
            return None
        if reference_label(self.source[label_start : token.start()]) not in self.references:
            return None
        return reference.end() if reference is not None else token.end()

    def _address(self, token: re.Match[str]) -> None:
        self._remove(token.start(), token.start() + 1)
        self._remove(token.end() - 1, token.end())
        self.position = token.end()

    def _tag(self, token: re.Match[str]) -> None:
        name_match = re.match(r"</?([A-Za-z0-9]+)", token[0])
        assert name_match is not None
        name = name_match[1].lower()
        if name in _HIDDEN_ELEMENTS:
            self._remove_element(name, token)
        elif name == "br":
            self._remove(token.start(), token.end(), " ")
        elif name in _BLOCK_ELEMENTS:
            self._remove(token.start(), token.end(), BREAK)
        elif name in _INLINE_ELEMENTS:
            self._remove(token.start(), token.end())
        else:
            return
        self.position = token.end() if name not in _HIDDEN_ELEMENTS else self.position

    def _remove_element(self, name: str, token: re.Match[str]) -> None:
        end = token.end()
        if not token[0].startswith("</") and name not in self.unclosed_elements:
            closing = re.compile(rf"</{name}\s*>", re.I).search(self.source, end)
            if closing is None:
                self.unclosed_elements.add(name)
            else:
                end = closing.end()
        self._remove(token.start(), end, BREAK)
        self.position = end

    def _entity(self, token: re.Match[str]) -> None:
        character = html.unescape(token[0])
        if character != token[0]:
            self._remove(token.start(), token.end(), " " if character.isspace() else character)

    def _delimiter(self, token: re.Match[str]) -> None:
        mark, length = token[0][0], len(token[0])
        before = self.source[token.start() - 1] if token.start() else " "
        after = self.source[token.end()] if token.end() < len(self.source) else " "
        may_open, may_close = _flanks(mark, length, before, after)
        begin = token.start()
        openers = self.openers[mark]
        while may_close and length and openers:
            opener = openers[-1]  # [end, marks left]
            paired = min(length, opener[1])
            if mark in "~=" and paired != 2:
                return
            self._remove(opener[0] - paired, opener[0])
            self._remove(begin, begin + paired)
            opener[0] -= paired
            opener[1] -= paired
            begin += paired
            length -= paired
            if not opener[1]:
                openers.pop()
        if may_open and length:
            openers.append([token.end(), length])


def _flanks(mark: str, length: int, before: str, after: str) -> tuple[bool, bool]:
    """Whether a run of marks may open and may close emphasis, by its neighbours.

    Looser than CommonMark about punctuation (clipped text has marks glued to quotation marks),
    stricter inside words and numbers (`2*3*4`, `snake_case`), where a mark is the author's own.
    """
    may_open, may_close = not after.isspace(), not before.isspace()
    if mark in "~=":
        return (may_open, may_close) if length == 2 else (False, False)
    inside = before.isalnum() and after.isalnum()
    if inside and (mark == "_" or length == 1 or (before.isdigit() and after.isdigit())):
        return False, False
    if mark == "_":
        return may_open and not before.isalnum(), may_close and not after.isalnum()
    return may_open, may_close


def following_ticks(source: str) -> dict[int, int]:
    """For each run of backticks, where the next run of the same length begins."""
    following: dict[int, int] = {}
    last_seen: dict[int, int] = {}
    for run in reversed([match.span() for match in re.finditer("`+", source)]):
        length = run[1] - run[0]
        if length in last_seen:
            following[run[0]] = last_seen[length]
        last_seen[length] = run[0]
    return following


def _without_overlap(edits: list[Edit]) -> Iterator[Edit]:
    """In order; what lies inside a longer edit (the marks in an image's description) is left out."""
    reached = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if edit.start >= reached:
            yield edit
            reached = edit.end
