"""Plain text as it was saved: its paragraphs, and the remains of markup in it.

One rule decides for a whole text whether a line break inside a paragraph ends it. In hard-wrapped
text every line is full: the first word of the next line would not have fitted. So a text is taken
for hard-wrapped where no line is wider than `WIDEST_WRAP` and nearly all lines that another one
follows are full; then a full line goes on in the next. In any other text a line is a paragraph,
unless the next one begins in the middle of a sentence (with a small letter, after no full stop).
"""

import html
import re
from dataclasses import dataclass

from provenance.model.article import SetAside
from provenance.model.text import ReadableText
from provenance.text.assembly import Assembly, Run

# Mail and typewriters wrap at 65 to 80 characters, editors at up to 120.
WIDEST_WRAP = 120
# A short line says nothing about where lines are wrapped.
NARROWEST_WRAP = 50
FEWEST_FULL_LINES = 4
FULL_SHARE = 0.8
# A sentence broken in the middle is at least this long before the break; a list of words is shorter.
LEAST_BROKEN_LINE = 40

_LINE = re.compile(r"[^\r\n]+")
# A tag with an attribute, a bare one of the commonest, the end of an address whose tag was cut off
# up to its quote mark and `>`. Any other bare tag may be what the article is about.
_DEBRIS = re.compile(
    r"</?(?:a|b|i|u|p|br|em|strong|sup|sub)[ \t]?/?>"
    r"|<(?:a|p|img|div|span|figure|figcaption|iframe|picture|source|video|table|td|tr|h[1-6]|font)\s[^<>=\r\n]{1,100}=[^<>\r\n]*>"
    r"|(?:https?:)?//[\w.-]{3,200}/[^\s<>\"″”“]{0,2000}[\"″”“'’]\s?/?>",
    re.I,
)
_INLINE_TAG = re.compile(r"</?(?:a|b|i|u|em|span|strong|sup|sub|font)[\s/>]", re.I)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_GOES_ON_AFTER = re.compile(r"[\w,–—-]\s*$")


@dataclass(frozen=True, slots=True)
class PlainText:
    """The readable text, and the remains of markup set aside."""

    readable: ReadableText
    set_aside: tuple[SetAside, ...]


def read_plain_text(body: str) -> PlainText:
    """Read a plain-text body into paragraphs. Time is linear."""
    lines = [_Line(match[0], match.start()) for match in _LINE.finditer(body) if not match[0].isspace()]
    blank_before = [
        _is_blank_between(body, before, line) for before, line in zip([None, *lines], lines, strict=False)
    ]
    wrap = _wrap_width(lines, blank_before)
    reader = _Reader(body)
    for position, line in enumerate(lines):
        goes_on = (
            position > 0
            and not blank_before[position]
            and (_is_full(lines[position - 1], line, wrap) if wrap else _is_broken(lines[position - 1], line))
        )
        reader.take(line, goes_on)
    return reader.finish()


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class _Reader:
    def __init__(self, body: str) -> None:
        self.body = body
        self.assembly = Assembly()
        self.set_aside: list[SetAside] = []
        self.runs: list[Run] = []

    def take(self, line: _Line, goes_on: bool) -> None:
        if not goes_on:
            self._end_block()
        elif self.runs:
            self.runs.append(Run(" ", self.runs[-1].end, line.start))
        at = 0
        for debris in _DEBRIS.finditer(line.text) if ">" in line.text else ():
            self._copy(line, at, debris.start())
            self.set_aside.append(SetAside(line.start + debris.start(), line.start + debris.end(), "markup"))
            if _INLINE_TAG.match(debris[0]) is None:
                self._end_block()
            at = debris.end()
        self._copy(line, at, len(line.text))

    def finish(self) -> PlainText:
        self._end_block()
        return PlainText(self.assembly.build(), tuple(self.set_aside))

    def _copy(self, line: _Line, start: int, end: int) -> None:
        at = start
        for entity in _ENTITY.finditer(line.text, start, end) if "&" in line.text else ():
            character = html.unescape(entity[0])
            if character == entity[0] or not character:
                continue
            self._append(line, at, entity.start())
            shown = " " if character.isspace() else character
            self.runs.append(Run(shown, line.start + entity.start(), line.start + entity.end()))
            at = entity.end()
        self._append(line, at, end)

    def _append(self, line: _Line, start: int, end: int) -> None:
        if start < end:
            self.runs.append(Run(line.text[start:end], line.start + start, line.start + end))

    def _end_block(self) -> None:
        self.assembly.add(self.runs)
        self.runs = []


def _is_blank_between(body: str, before: _Line | None, line: _Line) -> bool:
    if before is None:
        return True
    between = body[before.end : line.start]
    return between.count("\n") + between.count("\r") - between.count("\r\n") > 1


def _wrap_width(lines: list[_Line], blank_before: list[bool]) -> int:
    """The width at which a hard-wrapped text is wrapped; 0 for a text that is not."""
    width = max((len(line.text.rstrip()) for line in lines), default=0)
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return 0
    followed = [
        (line, after)
        for line, after, blank in zip(lines, lines[1:], blank_before[1:], strict=False)
        if not blank and len(line.text) > width // 2
    ]
    full = sum(_is_full(line, after, width) for line, after in followed)
    return width if full >= FEWEST_FULL_LINES and full >= FULL_SHARE * len(followed) else 0


def _is_full(line: _Line, after: _Line, width: int) -> bool:
    next_word = after.text.split(maxsplit=1)[0]
    return len(line.text.rstrip()) + 1 + len(next_word) > width


def _is_broken(line: _Line, after: _Line) -> bool:
    return (
        len(line.text) >= LEAST_BROKEN_LINE
        and after.text.lstrip()[:1].islower()
        and _GOES_ON_AFTER.search(line.text[-8:]) is not None
    )
