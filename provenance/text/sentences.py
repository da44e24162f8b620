"""Sentences and words of a text in any script, as spans.

Unicode's own rules (UAX #29) need dictionaries for Thai and know no abbreviations; what is
needed here is less and must be exact on offsets: a sentence ends at terminal punctuation that
is not part of a number, an abbreviation or an initial.
"""

import re
from collections.abc import Iterator

from provenance.model.span import Span

_CLOSERS = "\"'”’»›“‘)]}」』）】〉》"
_OPENERS = "\"'“‘«‹„‚([{「『（【〈《¿¡—–- "
# Terminals of scripts that write no space after a sentence, or mark its end unmistakably.
_FULL_STOPS = "。！？｡．…‽؟۔।॥։።፧၊။។៕"
_END = re.compile(rf"(?:[.!?]+|[{_FULL_STOPS}]+|;(?=\s))(?:[{re.escape(_CLOSERS)}]|\[\d{{1,3}}\])*")
_WORD_BEFORE = re.compile(r"(\w[\w.]*)$")
# Abbreviations that stand before a capital or a number, of the languages news is written in. A
# wrong entry joins two sentences, a missing one splits one: neither loses text.
_ABBREVIATIONS = frozenset(
    ["mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "vs", "gen", "col", "lt", "maj", "sgt", "capt", "rep", "sen", "gov", "pres", "rev", "hon", "inc", "ltd", "co", "corp", "no", "nos", "vol", "fig", "approx", "dept", "est", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "ca", "bzw", "nr", "str", "sog", "usw", "etc", "evtl", "ggf", "inkl", "mio", "mrd", "tel", "abs", "art", "mme", "mlle", "mm", "me", "av", "bd", "sra", "dña", "ud", "uds", "ee", "uu", "dott", "sig", "avv", "ing", "on", "pag", "г", "гг", "в", "вв", "г-н", "г-жа", "ул", "им", "тыс", "млн", "млрд", "руб", "коп", "стр", "проф", "акад", "св", "см", "рис", "т", "тт", "д", "п", "пп", "ст", "ч", "р", "м", "о", "с", "ред", "мін", "вул", "грн", "тис", "р-н", "пр", "prof", "inż", "ul", "al", "św", "ks", "tzw", "np", "itd", "itp", "m.in", "n.e", "dl", "gl", "hl", "nt", "č", "tzv", "např", "mj", "atd", "str", "str", "nám", "ul", "bl", "art", "nr", "lit", "pct", "loc", "jud", "sf", "dl", "dna", "u.s", "u.k", "u.n", "e.u", "d.c", "a.m", "p.m", "i.e", "e.g", "z.b", "d.h", "u.a", "s.o", "т.е", "т.д", "т.п", "т.к", "и.о", "н.э"]
)  # fmt: skip
_GREEK_LETTER = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
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
    begin = start
    for found in _END.finditer(text, start, end):
        if found.end() < end and not _ends(text, found, start, end):
            continue
        yield from _trimmed(text, begin, found.end())
        begin = found.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    if _THAI.search(text, start, end):
        yield from _thai_phrases(text, start, end)
    elif any(character.isalnum() for character in text[start:end]):
        yield Span(start, end)


def _thai_phrases(text: str, start: int, end: int) -> Iterator[Span]:
    """Thai and its neighbours end a sentence with a space, and set off numbers and names with
    spaces too: cut where the space stands between two of their own letters, not too often."""
    begin = start
    for gap in _THAI_SPACE.finditer(text, start, end):
        if gap.start() + 1 - begin >= _THAI_PHRASE and end - gap.end() + 1 >= _THAI_PHRASE:
            yield Span(begin, gap.start() + 1)
            begin = gap.end() - 1
    yield Span(begin, end)


def _ends(text: str, found: re.Match[str], start: int, end: int) -> bool:
    """Whether terminal punctuation inside a block ends a sentence."""
    mark = text[found.start()]
    if mark in _FULL_STOPS and mark != "…":
        return True
    after = found.end()
    if mark == ";":
        return bool(_GREEK_LETTER.match(text, found.start() - 1)) and _begins(text, after, end)
    spaced = text[after].isspace()
    if not spaced:
        # Glued sentences: "end.Next". A letter of lower case before, a capital after.
        before = text[found.start() - 1] if found.start() > start else " "
        return before.islower() and text[after].isupper() and not text[found.start() :].startswith(".co")
    if not _begins(text, after, end):
        return False
    if mark == "." and found.group().rstrip(_CLOSERS) == ".":
        word = _WORD_BEFORE.search(text, max(start, found.start() - 20), found.start())
        if word:
            last = word.group().lower()
            initial = len(last) == 1 and word.group().isupper()
            # "1." that opens a paragraph numbers it.
            numbers = last.isdigit() and len(last) <= 3 and not text[start : word.start()].strip(_OPENERS)
            if (
                initial
                or numbers
                or last in _ABBREVIATIONS
                or (last.isdigit() and len(last) <= 2 and _month_like(text, after))
            ):
                return False
    return True


def _begins(text: str, position: int, end: int) -> bool:
    """Whether what follows can begin a sentence: no letter that has a capital and is none."""
    while position < end and (text[position].isspace() or text[position] in _OPENERS):
        position += 1
    # Georgian letters count as lower case in Unicode, and have no capitals in use.
    return position >= end or not text[position].islower() or "\u10d0" <= text[position] <= "\u10ff"


def _month_like(text: str, position: int) -> bool:
    """An ordinal as German, Czech, Finnish write it ("am 5. Mai"): a one- or two-digit number, then a word."""
    rest = text[position : position + 12].lstrip()
    return bool(rest) and rest[0].isalpha()
