"""Words that make a change material, looked for where the change stands.

The words are data (`data/words.toml`). They are looked for in the text around a change, not in
the changed words alone, because a change may cut a word of a script that writes no spaces, or
one half of a phrase.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from provenance.text.sentences import WORD

WINDOW = 24  # characters on either side of a change in which a word may begin or end
_HIDDEN = re.compile("[\u00ad\u0640\u200b-\u200d\u2060\ufeff\u0591-\u05c7\u064b-\u0652\u0670]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "ё": "е", "\u0307": "", "ي": "ی", "ك": "ک"})
# Letters and the vowel signs that Python's \w leaves out: no word ends between two of these.
LETTER = r"[\w\u0300-\u036f\u0900-\u0dff\u0e31-\u0e4e]"
_SAMPLE = 20_000  # characters in which listed words are counted
_ENDING = 4  # letters that may follow a beginning (`word*`)
_SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "bs": "hr", "sh": "sr", "mo": "ro", "ji": "yi"}


@dataclass(frozen=True, slots=True)
class Place:
    """One side of a change: `text[start:end]` are the words that differ."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """The surroundings of a place in plain writing, with the place in them."""

    text: str
    start: int
    end: int

    def hits(self, pattern: re.Pattern[str]) -> Counter[str]:
        """How often each match that touches the place stands there; none where nothing stands there.

        A pattern's group `no` marks what only looks like a match.
        """
        if self.start == self.end:
            return Counter()
        return Counter(
            found.group()
            for found in pattern.finditer(self.text)
            if found.lastgroup != "no" and found.start() < self.end and found.end() > self.start
        )


def plain(text: str) -> str:
    """A text as words are looked up: composed, lower case, without points and invisible characters."""
    return _HIDDEN.sub("", unicodedata.normalize("NFC", text)).casefold().translate(_APOSTROPHES)


def window(place: Place) -> Window:
    """What stands around a place, in plain writing."""
    before = plain(place.text[max(0, place.start - WINDOW) : place.start])
    words = plain(place.text[place.start : place.end])
    after = plain(place.text[place.end : place.end + WINDOW])
    return Window(before + words + after, len(before), len(before) + len(words))


@cache
def table() -> dict[str, Any]:
    """Everything in `data/words.toml`, by language."""
    source = files("provenance.compare").joinpath("data/words.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


def code(language: str | None) -> str:
    """The subtag under which a language stands in the data; empty where it is unknown."""
    subtag = (language or "").lower().partition("-")[0]
    return _SAME.get(subtag, subtag)


@cache
def words(language: str | None, kind: str) -> re.Pattern[str]:
    """A pattern for the words of one class; a language without a list has none."""
    row = table().get(code(language), {})
    return pattern(row.get(kind, []), row.get(f"not_{kind}", []), bool(row.get("unspaced")))


@lru_cache(maxsize=8)
def likely_language(text: str) -> str | None:
    """The language whose listed words are most frequent in a text that no detector could place."""
    sample = plain(text[:_SAMPLE])
    counts = Counter(found.group() for found in WORD.finditer(sample))
    marks = {name: sum(counts[word] for word in listed) for name, listed in _marks().items()}
    best = max(marks, key=lambda name: marks[name])
    return best if marks[best] else None


@cache
def _marks() -> dict[str, frozenset[str]]:
    """The words that tell languages apart: what each lists as negation, hedge and number."""
    return {
        name: frozenset(plain(word) for kind in ("negation", "hedge", "number") for word in row.get(kind, []))
        for name, row in table().items()
    }


def unspaced(language: str | None) -> bool:
    """Whether a language writes no spaces between words."""
    return bool(table().get(code(language), {}).get("unspaced"))


def pattern(listed: list[str], excepted: list[str], inside: bool) -> re.Pattern[str]:
    """A pattern for listed words: `word`, `beginning*`, `*ending`, `*anywhere*`; a space stands for a
    space or hyphen. `excepted` words are taken first, as group `no`. `inside`: words have no borders."""
    if not listed:
        return re.compile(r"(?!)")
    longest = sorted(listed, key=len, reverse=True)
    found = "|".join(_written(word, inside) for word in longest)
    if not excepted:
        return re.compile(found)
    first = "|".join(_written(word, inside) for word in sorted(excepted, key=len, reverse=True))
    return re.compile(f"(?P<no>{first})|(?:{found})")


def _written(word: str, inside: bool) -> str:
    core = re.escape(plain(word.strip("*"))).replace(r"\ ", r"[\s\-]+").replace(" ", r"[\s\-]+")
    if inside:
        return core
    before = rf"{LETTER}*" if word.startswith("*") else rf"(?<!{LETTER})"
    if not word.endswith("*"):
        after = rf"(?!{LETTER})"
    elif word.startswith("*"):
        after = rf"{LETTER}*"
    else:
        after = rf"{LETTER}{{0,{_ENDING}}}(?!{LETTER})"
    return before + core + after
