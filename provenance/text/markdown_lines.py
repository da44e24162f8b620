"""The lines of a Markdown body, and lines joined for reading with the way back to the body."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from provenance.text.assembly import Run

# A paragraph with a longer line was not wrapped by hand or editor: its line breaks end paragraphs.
WIDEST_WRAP = 120

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_QUOTE_MARKS = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on a line after its quote marks: `painted[start:end] == text`."""

    start: int
    end: int
    text: str
    quotes: int = 0
    begin: int = 0  # where the line itself begins

    def cut(self, start: int, end: int | None = None) -> "Line":
        """A part of it, by positions in `text`."""
        text = self.text[start:end]
        return Line(self.start + start, self.start + start + len(text), text, self.quotes, self.begin)


def split_lines(painted: str) -> Iterator[Line]:
    """The lines of a body (any line end), their quote marks counted and left out."""
    for match in _LINE.finditer(painted):
        start, end = match.span(1)
        text = match[1]
        marks = _QUOTE_MARKS.match(text) if ">" in text else None
        if marks is None:
            yield Line(start, end, text, 0, start)
        else:
            quotes = marks[0].count(">")
            yield Line(start + marks.end(), end, text[marks.end() :], quotes, start)


def paragraphs(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines without a blank one between them: one paragraph, or one each where they are not wrapped."""
    if all(line.end - line.start <= WIDEST_WRAP for line in lines):
        yield lines
        return
    part = lines[:1]
    for line in lines[1:]:
        if line.text.lstrip()[:1].islower():  # a sentence goes on
            part.append(line)
        else:
            yield part
            part = [line]
    yield part


class JoinedLines:
    """Lines joined for reading, and the way back from the joined text to the body."""

    def __init__(self, lines: list[Line]) -> None:
        texts = [line.text.strip(" \t") for line in lines]
        self.text = "\n".join(texts)
        self._lengths = [len(text) for text in texts]
        self._begins: list[int] = []
        self._starts: list[int] = []
        begin = 0
        for line, text in zip(lines, texts, strict=True):
            self._begins.append(begin)
            self._starts.append(line.start + line.text.index(text))
            begin += len(text) + 1

    def in_body(self, offset: int) -> int:
        line = bisect_right(self._begins, offset) - 1
        return self._starts[line] + offset - self._begins[line]

    def copied(self, start: int, end: int) -> Iterator[Run]:
        """The run of `start..end`, which lies in one line because line breaks are edits."""
        if start < end:
            begin = self.in_body(start)
            yield Run(self.text[start:end], begin, begin + end - start)
