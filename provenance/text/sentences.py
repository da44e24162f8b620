"""Sentences and words of a text in any script, as spans.

Unicode's own rules (UAX #29) need dictionaries for Thai and know no abbreviations; what is
needed here is less and must be exact on offsets: a sentence ends at terminal punctuation that
is not part of a number, an abbreviation or an initial.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import starmap

from provenance.model.span import Span

_CLOSERS = "\"'”’»›“‘)]}」』）】〉》"
_OPENERS = "\"'“‘«‹„‚([{「『（【〈《¿¡—–- "
# Terminals of scripts that write no space after a sentence, or mark its end unmistakably.
_FULL_STOPS = "。！？｡．…‽؟۔।॥։።፧၊။។៕"
_GREEK = "\u0370-\u03ff\u1f00-\u1fff"
# Closing marks and footnote numbers belong to the sentence; French sets its closing mark off by a space.
_CLOSED = rf"(?:[{re.escape(_CLOSERS)}]|\[\d{{1,3}}\]|[ \u00a0\u202f]»(?=\s|\Z))*+"
# Terminal punctuation where a sentence can end: a space or a letter follows, or nothing.
_END = re.compile(
    rf"[.!?]++{_CLOSED}(?=\s|[^\W\d_]|\Z)|[{_FULL_STOPS}]++{_CLOSED}|(?<=[{_GREEK}]);(?=\s){_CLOSED}"
)
_INK = re.compile(r"[^\W_]")
_WORD_BEFORE = re.compile(r"\w[\w.]*\Z")
_LONGEST_ABBREVIATION = 20
_BEFORE_NUMBER = "#"  # marks an abbreviation that stands before a number only
_THAI = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f]")
_THAI_SPACE = re.compile(rf"{_THAI.pattern}\s+{_THAI.pattern}")
_THAI_PHRASE = 16  # characters; a shorter phrase is joined with the next
WORD = re.compile(
    r"[\u4e00-\u9fff\u3400-\u4dbf\u3040-\u309f]"  # Han and Hiragana: each character by itself
    r"|[\u30a0-\u30ff]+"
    r"|(?:(?![\u4e00-\u9fff\u3400-\u4dbf\u3040-\u30ff])[^\W_](?:[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0e31-\u0e4e]|"
    r"\u00ad|[\u200b-\u200d]|(?<=\d)[.,:/'’·٫٬](?=\d)|['’‘ʼ](?=[^\W\d_]))*)+"
)


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of the block `text[start:end]`, trimmed of white space, none empty.

    Line breaks do not end a sentence: a block is one paragraph.
    """
    return starmap(Span, sentence_bounds(text, start, end))


def sentence_bounds(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a block as `sentences` gives them: start and end of each."""
    thai = not text.isascii() and _THAI.search(text, start, end) is not None
    begin = start
    for found in _END.finditer(text, start, end):
        after = found.end()
        if after == end or _ends(text, found, start, end):
            yield from _trimmed(text, begin, after, thai)
            begin = after
    if begin < end:
        yield from _trimmed(text, begin, end, thai)


def _trimmed(text: str, start: int, end: int, thai: bool) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if thai and _THAI.search(text, start, end):
        yield from _thai_phrases(text, start, end)
    elif _INK.search(text, start, end):
        yield start, end


def _thai_phrases(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Thai and its neighbours end a sentence with a space, and set off numbers and names with
    spaces too: cut where the space stands between two of their own letters, not too often."""
    begin = start
    for gap in _THAI_SPACE.finditer(text, start, end):
        if gap.start() + 1 - begin >= _THAI_PHRASE and end - gap.end() + 1 >= _THAI_PHRASE:
            yield begin, gap.start() + 1
            begin = gap.end() - 1
    yield begin, end


def _ends(text: str, found: re.Match[str], start: int, end: int) -> bool:
    """Whether terminal punctuation inside a block ends a sentence."""
    mark = text[found.start()]
    if mark in _FULL_STOPS and mark != "…":
        return True
    after = found.end()
    if not text[after].isspace():
        # Glued sentences: "end.Next". Two letters of lower case before ("z.B." has one), a capital after.
        before = text[max(start, found.start() - 2) : found.start()]
        return len(before) == 2 and before.isalpha() and before[1].islower() and text[after].isupper()
    if not _begins(text, after, end):
        return False
    return found.group().rstrip(_CLOSERS) != "." or not _abbreviates(text, found.start(), after, start)


def _abbreviates(text: str, stop: int, after: int, start: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation, an initial or an ordinal number."""
    found = _WORD_BEFORE.search(text, max(start, stop - _LONGEST_ABBREVIATION), stop)
    if not found:
        return False
    word = found.group()
    if word.isdigit():
        # "1." that opens a paragraph numbers it; "am 5. Mai" is an ordinal.
        opens = found.start() - start <= _LONGEST_ABBREVIATION and not text[start : found.start()].strip(
            _OPENERS
        )
        return (len(word) <= 3 and opens) or (len(word) <= 2 and _month_like(text, after))
    if len(word) == 1 and word.isupper():
        return True
    known = _abbreviations()
    if word in known or word.lower() in known:
        return True
    return f"{word.lower()}{_BEFORE_NUMBER}" in known and text[after : after + 2].strip()[:1].isdigit()


@cache
def _abbreviations() -> frozenset[str]:
    lines = files("provenance.text").joinpath("data/abbreviations.txt").read_text("utf-8").splitlines()
    return frozenset(
        word for line in lines if not line.startswith("#") for word in line.partition(":")[2].split()
    )


def _begins(text: str, position: int, end: int) -> bool:
    """Whether what follows can begin a sentence: no letter that has a capital and is none."""
    while position < end and (text[position].isspace() or text[position] in _OPENERS):
        position += 1
    # Georgian letters count as lower case in Unicode, and have no capitals in use.
    return position >= end or not text[position].islower() or "\u10d0" <= text[position] <= "\u10ff"


def _month_like(text: str, position: int) -> bool:
    """Whether a word follows, as after an ordinal of German, Czech or Finnish ("am 5. Mai")."""
    rest = text[position : position + 12].lstrip()
    return bool(rest) and rest[0].isalpha()
