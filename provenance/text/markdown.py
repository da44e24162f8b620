"""A Markdown body as a reader sees it, and what in it is the user's own.

CommonMark 0.31 with tables, footnotes and Obsidian's marks, read for comparing: a line break inside
a wrapped paragraph is a space, the number of a list item stays in the text (`1. Mai`), indented
text is text, and what is unclear stays text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from provenance.model.article import SetAside
from provenance.model.text import ReadableText
from provenance.text.assembly import Assembly, Run
from provenance.text.markdown_comments import without_comments
from provenance.text.markdown_inline import BREAK, FILLER, read_inline, reference_label
from provenance.text.markdown_lines import JoinedLines, Line, paragraphs, split_lines

_CALLOUT = re.compile(r"[ \t]*\[![^\[\]\n]{1,100}\]")
_ATX_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})(?:[ \t]+|$)")
_ATX_CLOSING = re.compile(r"(?:^|[ \t])#+[ \t]*$")
_SETEXT_UNDERLINE = re.compile(r"[ \t]{0,3}(?:=+|--+)[ \t]*$")
_BULLET = re.compile(r"[ \t]*[-+*•◦▪‣][ \t]+(?:\[[ xX]\][ \t]+)?")
_ORDINAL = re.compile(r"[ \t]*(?=[0-9]{1,9}[.)](?:[ \t]|$))")
_FENCE = re.compile(r"[ \t]{0,3}(`{3,}(?=[^`]*$)|~{3,})[ \t]*([^\s`]*)")
_DELIMITER_ROW = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")
_CELL_BAR = re.compile(r"\\.|\[\[[^\[\]]{1,1000}\]\]|\|")
_DEFINITION = re.compile(
    r"[ \t]{0,3}\[([^\[\]\n]{1,200})\]:[ \t]*<?(?:https?:|ftp:|mailto:|www\.|/|\.\.?/|\#)\S*"
    r"(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*$"
)
_FOOTNOTE_DEFINITION = re.compile(r"[ \t]{0,3}\[\^[^\[\]\s]{1,100}\]:[ \t]*")
# Obsidian's block ids; a number alone is an exponent.
_BLOCK_ID = re.compile(r"(?:^|[ \t])\^(?=[0-9-]*[A-Za-z])[A-Za-z0-9-]+[ \t]*$")
_SENTENCE_END = re.compile(r"[.!?…:;。！？։؟।][\"'”’»“)\]]*\s*$")
# Fenced blocks that Obsidian or a plug-in turns into something else: never the article's text.
_PLUGIN_FENCES = ("dataview", "query", "tasks", "ad-", "kanban", "button", "tracker", "meta-bind")


@dataclass(frozen=True, slots=True)
class MarkdownText:
    """The readable text, and the stretches of the body that are the user's notes or the title."""

    readable: ReadableText
    set_aside: tuple[SetAside, ...]


def read_markdown(body: str, title: str | None = None, note_sections: Iterable[str] = ()) -> MarkdownText:
    """Read a Markdown body (without front matter).

    A heading with the letters and digits of `title` is set aside as `title` and stays readable.
    Comments, callouts, embeds, block ids, plug-in blocks and the sections under a heading named
    in `note_sections` are set aside as `note` and are not in the readable text. Time is linear.
    """
    return _Reader(body, title, note_sections).read()


def heading_key(text: str) -> str:
    """Letters and digits only, case ignored: equal for headings that differ in formatting."""
    return "".join(filter(str.isalnum, text.casefold()))


class _Reader:
    def __init__(self, body: str, title: str | None, note_sections: Iterable[str]) -> None:
        self.painted, comments = without_comments(body)
        self.title_key = heading_key(title or "")
        self.section_keys = frozenset(filter(None, map(heading_key, note_sections)))
        self.assembly = Assembly()
        self.set_aside = [SetAside(start, end, "note") for start, end in comments]
        self.references = self._labels()
        self.open: list[Line] = []  # the lines of the block being read
        self.kind = "paragraph"
        self.section: tuple[int, int] | None = None  # start and level of the note section we are in
        self.end = len(body)

    def read(self) -> MarkdownText:
        lines = list(split_lines(self.painted))
        at = 0
        while at < len(lines):
            at = self._read_block(lines, at)
        self._close()
        self._leave_section(len(self.painted))
        self.set_aside.sort(key=lambda stretch: (stretch.start, -stretch.end))
        return MarkdownText(self.assembly.build(), tuple(_outermost(self.set_aside)))

    def _labels(self) -> frozenset[str]:
        if "]:" not in self.painted:
            return frozenset()
        found = (_DEFINITION.match(line.text) for line in split_lines(self.painted))
        return frozenset(reference_label(match[1]) for match in found if match)

    def _read_block(self, lines: list[Line], at: int) -> int:
        """Take in the line at `at` (for callouts, code and tables the lines after it, too)."""
        line = lines[at]
        stripped = line.text.strip(" \t" + FILLER)
        if not stripped:
            self._close()
            return at + 1
        if self.open and line.quotes != self.open[-1].quotes and (line.quotes or self.kind == "quote"):
            self._close()
        first = stripped[0]
        if line.quotes and first == "[" and _CALLOUT.match(line.text):
            return self._callout(lines, at)
        if first in "`~" and (fence := _FENCE.match(line.text)):
            return self._code(lines, at, fence[1], fence[2])
        if first == "#" and (heading := _ATX_HEADING.match(line.text)):
            self._heading(line, heading)
            return at + 1
        if self.open and first in "=-" and _SETEXT_UNDERLINE.match(line.text):
            self._underlined(line)
            return at + 1
        if first in "*-_" and len(stripped) > 2 and set(stripped) <= {first, " ", "\t"}:
            self._close()
            return at + 1
        if first == "[" and self._definition(line):
            return at + 1
        if "|" in stripped and at + 1 < len(lines) and _is_delimiter_row(lines[at + 1].text):
            return self._table(lines, at)
        self._text(line)
        return at + 1

    def _text(self, line: Line) -> None:
        bullet = _BULLET.match(line.text)
        ordinal = None if bullet else _ORDINAL.match(line.text)
        if bullet or (ordinal and self._may_begin_item()):
            self._close()
            self.kind = "list-item"
            mark = bullet or ordinal
            assert mark is not None
            self.open.append(line.cut(mark.end()))
            return
        if not self.open:
            self.kind = "quote" if line.quotes else "paragraph"
        self.open.append(line)

    def _may_begin_item(self) -> bool:
        """A number begins an item unless it stands in the middle of a wrapped sentence."""
        if not self.open or (self.kind == "list-item" and _ORDINAL.match(self.open[0].text)):
            return True
        return _SENTENCE_END.search(self.open[-1].text[-20:]) is not None

    def _definition(self, line: Line) -> bool:
        if _DEFINITION.match(line.text):
            self._close()
            return True
        footnote = _FOOTNOTE_DEFINITION.match(line.text)
        if footnote is None:
            return False
        self._close()
        self.kind = "paragraph"
        self.open.append(
            Line(line.start + footnote.end(), line.end, line.text[footnote.end() :], line.quotes)
        )
        return True

    def _heading(self, line: Line, mark: re.Match[str]) -> None:
        self._close()
        text = line.text[mark.end() :]
        closing = _ATX_CLOSING.search(text)
        end = mark.end() + (closing.start() if closing else len(text))
        self._add_heading([line.cut(mark.end(), end)], len(mark[1]), line.start, line.end)

    def _underlined(self, line: Line) -> None:
        if len(self.open) > 1 or self.kind == "list-item":  # a line across the page, no underline
            self._close()
            return
        content, self.open = self.open, []
        level = 1 if "=" in line.text else 2
        self._add_heading(content, level, content[0].start, content[0].end)

    def _add_heading(self, content: list[Line], level: int, start: int, end: int) -> None:
        texts = [run.text for block in self._runs(content) for run in block]
        key = heading_key("".join(texts))
        if self.section is not None and level <= self.section[1]:
            self._leave_section(start)
        if self.section is None and key and key in self.section_keys:
            self.section = (start, level)
        if key and key == self.title_key and self.section is None:
            self.set_aside.append(SetAside(start, end, "title"))
        self._add(content, "heading")

    def _leave_section(self, end: int) -> None:
        if self.section is not None:
            self.set_aside.append(SetAside(self.section[0], end, "note"))
            self.section = None

    def _callout(self, lines: list[Line], at: int) -> int:
        self._close()
        after = at + 1
        while after < len(lines) and lines[after].quotes >= lines[at].quotes:
            after += 1
        self.set_aside.append(SetAside(lines[at].begin, lines[after - 1].end, "note"))
        return after

    def _code(self, lines: list[Line], at: int, fence: str, language: str) -> int:
        self._close()
        closing = re.compile(rf"[ \t]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
        after = at + 1
        while after < len(lines) and not closing.match(lines[after].text):
            after += 1
        if language.lower().startswith(_PLUGIN_FENCES):
            last = lines[min(after, len(lines) - 1)]
            self.set_aside.append(SetAside(lines[at].start, last.end, "note"))
        elif self.section is None:
            for line in lines[at + 1 : after]:
                self.assembly.add(_as_it_stands(line), "code")
        return after + 1

    def _table(self, lines: list[Line], at: int) -> int:
        self._close()
        self._row(lines[at])
        at += 2
        while at < len(lines) and "|" in lines[at].text:
            self._row(lines[at])
            at += 1
        return at

    def _row(self, line: Line) -> None:
        begin = 0
        for bar in _CELL_BAR.finditer(line.text):
            if bar[0] == "|":
                self._add(
                    [Line(line.start + begin, line.start + bar.start(), line.text[begin : bar.start()])],
                    "cell",
                )
                begin = bar.end()
        self._add([Line(line.start + begin, line.end, line.text[begin:])], "cell")

    def _close(self) -> None:
        """The block being read ends here."""
        content, self.open = self.open, []
        if not content:
            return
        block_id = _BLOCK_ID.search(content[-1].text) if "^" in content[-1].text else None
        if block_id is not None:
            last = content[-1]
            mark = self.painted.index("^", last.start + block_id.start())
            self.set_aside.append(SetAside(mark, last.end, "note"))
            content[-1] = last.cut(0, block_id.start())
        for part in paragraphs(content):
            self._add(part, self.kind)

    def _add(self, content: list[Line], kind: str) -> None:
        if self.section is None:
            for runs in self._runs(content, note_embeds=True):
                self.assembly.add(runs, kind)

    def _runs(self, content: list[Line], note_embeds: bool = False) -> Iterator[list[Run]]:
        """The readable runs of some lines, as one block or, where tags end blocks, several."""
        sources = JoinedLines(content)
        inline = read_inline(sources.text, self.references)
        if note_embeds:
            for start, end in inline.embeds:
                self.set_aside.append(SetAside(sources.in_body(start), sources.in_body(end), "note"))
        runs: list[Run] = []
        at = 0
        for edit in inline.edits:
            runs.extend(sources.copied(at, edit.start))
            if edit.text == BREAK:
                yield runs
                runs = []
            elif edit.text:
                runs.append(Run(edit.text, sources.in_body(edit.start), sources.in_body(edit.end)))
            at = edit.end
        runs.extend(sources.copied(at, len(sources.text)))
        yield runs


def _as_it_stands(line: Line) -> list[Run]:
    parts = re.finditer(f"[^{FILLER}]+", line.text)
    return [Run(part[0], line.start + part.start(), line.start + part.end()) for part in parts]


def _is_delimiter_row(text: str) -> bool:
    return "|" in text and "-" in text and _DELIMITER_ROW.match(text.strip(" \t")) is not None


def _outermost(stretches: list[SetAside]) -> Iterator[SetAside]:
    """Of stretches in order, those that lie in no other (a block id inside a callout)."""
    reached = -1
    for stretch in stretches:
        if stretch.end > reached:
            yield stretch
            reached = stretch.end
