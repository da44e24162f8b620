"""Words and marks of a text, and the folding that makes spellings of one word equal."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

# Characters that are written without spaces between words: each is a word of its own here.
_UNSPACED = "\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
# Soft hyphens, zero-width characters and directional marks: no reader sees them inside a word.
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
# Accents, Hebrew points and Arabic harakat, where they follow their letter as separate characters,
# and the Armenian marks that are written inside a word.
_MARKS = (
    "\u055b\u055c\u055e"
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
)
# U+02BC is a letter to Unicode, but an apostrophe to those who write "з'ясували" with it.
_LETTER = rf"[^\W_\u02bc{_UNSPACED}]"
# Hebrew geresh and gershayim, typed with quote marks as a rule, belong to the word they stand inside
# (צה"ל, and ב"הארץ" as well: a prefix before a quoted name).
_GERSHAYIM = "(?<=[א-ת])['\"’”“\u05f3\u05f4](?=[א-ת])"
WORD = re.compile(rf"[{_UNSPACED}]|{_LETTER}(?:{_LETTER}|[{_MARKS}{_INVISIBLE}]|{_GERSHAYIM})*+")
_TOKEN = re.compile(rf"({WORD.pattern})|[^\s_{_INVISIBLE}{_MARKS}]")
INVISIBLE = re.compile(f"[{_INVISIBLE}]+")

QUOTES = frozenset("\"'ʼ`´«»“”„‟‘’‚‛‹›「」『』《》〈〉″〝〞＂❝❞״")
# French sets guillemets off by a space, which may not be broken.
_OPENING_WITH_SPACE = frozenset(f"«{space}" for space in " \u00a0\u202f\u2009")
_CLOSING_WITH_SPACE = frozenset(f"{space}»" for space in " \u00a0\u202f\u2009")
APOSTROPHES = frozenset("'’ʼ‘´`′")
_DASHES = frozenset("-‐‑‒–—―−﹘－־")
_SAME_MARK = dict(zip("：（）［］[]【】，、،՝；؛／｜·•։․", ":()()()(),,,,;;/|||::", strict=True))

_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans(
    dict(zip("ılđøħŧðёςəىیېکةۀأإآٱґ", "ildohtdеσeيييكههااااг", strict=True))
    | {"ł": "l", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
    | dict.fromkeys("ـ\u055b\u055c\u055e\u05f3\u05f4'\"’”“", "")
)
# Letters of other scripts that look like a Latin one (both ways), for words that mix two scripts.
_LATIN_LOOK = "aceopxyikjshbmtABCEHIJKMOPTXYS"
_CYRILLIC_LOOK = "асеорхуікјѕһьмтАВСЕНІЈКМОРТХУЅ"
_TO_LATIN = str.maketrans(_CYRILLIC_LOOK, _LATIN_LOOK)
_TO_CYRILLIC = str.maketrans(_LATIN_LOOK, _CYRILLIC_LOOK)
_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_GLUED_PART = re.compile(
    r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[А-ЯЁЄІЇҐЎ]+(?![а-яёєіїґў])|[А-ЯЁЄІЇҐЎ]?[а-яёєіїґў]+|\d+"
    r"|[\u0370-\u03ff]+|[\u0530-\u058f]+|[\u0590-\u05ff]+|[\u0600-\u06ff]+|[\u10a0-\u10ff]+|[^\W\d_]"
)


class Token(NamedTuple):
    """A word (`is_word`) or one mark. `folded` is what patterns compare; offsets point into the text.

    `glued`: nothing, not even a space, stands between it and the token before it.
    """

    start: int
    end: int
    raw: str
    folded: str
    is_word: bool
    glued: bool


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The form under which spellings of a word are equal: case, accents, points, invisible marks gone.

    Cyrillic keeps its breve and diaeresis (й and и are two letters), but ё is е.
    """
    if word.isascii():
        return word.lower()
    visible = INVISIBLE.sub("", unicodedata.normalize("NFKC", word)).lower()
    bare = "".join(
        part
        for character in visible
        for part in (
            character if "\u0400" <= character <= "\u04ff" else unicodedata.normalize("NFKD", character)
        )
        if not unicodedata.combining(part)
    )
    return bare.translate(_LETTERS_WITHOUT_DECOMPOSITION)


def single_script(word: str) -> str | None:
    """A word that mixes Latin and Cyrillic look-alikes, rewritten in the one script it can be read in."""
    if not (_LATIN.search(word) and _CYRILLIC.search(word)):
        return None
    latin = word.translate(_TO_LATIN)
    if not _CYRILLIC.search(latin):
        return latin
    cyrillic = word.translate(_TO_CYRILLIC)
    return None if _LATIN.search(cyrillic) else cyrillic


def glued_parts(word: str) -> list[tuple[int, str]]:
    """The parts of words that bad extraction ran together: cut where script or case changes, with offsets."""
    return [(found.start(), found.group()) for found in _GLUED_PART.finditer(word)]


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """Words and marks of `text[start:end]` in order; white space and invisible characters left out."""
    before = -1
    for found in _TOKEN.finditer(text, start, end):
        raw = found.group()
        is_word = found.group(1) is not None
        stop = found.end()
        if is_word and INVISIBLE.match(raw[-1]):
            raw = INVISIBLE.sub("", raw)
        yield Token(
            found.start(), stop, raw, fold(raw) if is_word else mark(raw), is_word, found.start() == before
        )
        before = stop


def without_elisions(words: Sequence[Token]) -> list[Token]:
    """The tokens without the apostrophes that join two words (d'information)."""
    return [
        word
        for word, following in zip_longest(words, words[1:])
        if not (
            word.raw in APOSTROPHES and word.glued and following and following.glued and following.is_word
        )
    ]


def mark(character: str) -> str:
    """One form for dashes, full-width marks and list dots."""
    if character in _DASHES:
        return "-"
    return _SAME_MARK.get(character, character)


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether quote marks stand directly around `text[start:end]`, a Hebrew prefix perhaps before them."""
    if text[max(0, start - 2) : start] in _OPENING_WITH_SPACE and text[end : end + 2] in _CLOSING_WITH_SPACE:
        return True
    if start >= end or end >= len(text) or text[end] not in QUOTES:
        return False
    return (start > 0 and text[start - 1] in QUOTES) or not QUOTES.isdisjoint(text[start : start + 3])
