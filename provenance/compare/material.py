"""Which classes of material a change of words touches: number, date, name, negation, hedge, quote.

The contract: a changed year or day is a number and a date; names are proper names and adjectives
made from them. What stands on both sides alike is not judged. What counts as a word of a class is
data; `dates` and `names` tell what words and numbers are by what stands around them.
"""

import re
from collections import Counter
from dataclasses import dataclass

from provenance.compare.dates import calendar_words, is_date
from provenance.compare.names import is_foreign_run, is_name, known_names
from provenance.compare.negated import negates
from provenance.compare.quotation import in_quotes
from provenance.compare.wordlists import Place, likely_language, plain, unspaced, window, words
from provenance.text.sentences import WORD

__all__ = ["MATERIAL", "Place", "material"]

MATERIAL = ("number", "date", "name", "negation", "hedge", "quote")

# A number with its sign, its separators and groups of three; a word; a sign that counts.
_TOKEN = re.compile(
    r"(?:(?<![\w.,)])[-−–+])?\d+(?:[.,:/'’·٫٬]\d+|[\s\u00a0\u202f]\d{3}(?!\d))*"
    rf"|{WORD.pattern}|[%٪‰°$€£¥₽₴₪₹₩]"
)
_COMPARING = re.compile(r"[<>≤≥=±+−%٪‰°/:–-]")
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc-\u30ff]+")


@dataclass(frozen=True, slots=True)
class _Token:
    written: str
    start: int

    @property
    def is_number(self) -> bool:
        return any(map(str.isdigit, self.written)) or not any(map(str.isalpha, self.written))


def material(saved: Place, captured: Place, language: str | None) -> tuple[str, ...]:
    """The classes that a change from `captured` to `saved` touches, in the order of MATERIAL.

    `language` is the BCP 47 subtag of the saved text, None where it is unknown.
    """
    language = language or likely_language(saved.text)
    ours, theirs = _differing(_tokens(saved), _tokens(captured))
    found: set[str] = set()
    if not ours and not theirs and _signs(saved) != _signs(captured):
        found.add("number")
    listed: set[str] = set()
    for kind, hits in _listed(saved, captured, language).items():
        if hits:
            found.add(kind)
            listed.update(word for hit in hits for word in [*re.split(r"[\s\-']+", hit), hit])
    if negates(
        [plain(token.written) for token in ours], [plain(token.written) for token in theirs], language
    ):
        found.add("negation")
        listed.update(plain(token.written) for token in (*ours, *theirs))
    for place, tokens in ((saved, ours), (captured, theirs)):
        for token in tokens:
            found |= _classes(token, place, listed, language)
    if "name" not in found and _names_without_capitals(saved, captured, found, language):
        found.add("name")
    if in_quotes(saved) or in_quotes(captured):
        found.add("quote")
    return tuple(kind for kind in MATERIAL if kind in found)


def _tokens(place: Place) -> list[_Token]:
    return [
        _Token(found.group(), found.start()) for found in _TOKEN.finditer(place.text, place.start, place.end)
    ]


def _differing(ours: list[_Token], theirs: list[_Token]) -> tuple[list[_Token], list[_Token]]:
    """The tokens one side has and the other has not; all of them where only the order differs."""
    our_words = [plain(token.written) for token in ours]
    their_words = [plain(token.written) for token in theirs]
    if our_words != their_words and sorted(our_words) == sorted(their_words):
        return ours, theirs
    return _less(ours, our_words, their_words), _less(theirs, their_words, our_words)


def _less(tokens: list[_Token], written: list[str], others: list[str]) -> list[_Token]:
    left = Counter(written) - Counter(others)
    kept: list[_Token] = []
    for token, word in zip(tokens, written, strict=True):
        if left[word] > 0:
            left[word] -= 1
            kept.append(token)
    return kept


def _signs(place: Place) -> list[str]:
    """The signs beside the digits of a place."""
    text = place.text[place.start : place.end]
    return _COMPARING.findall(text) if any(map(str.isdigit, text)) else []


def _listed(saved: Place, captured: Place, language: str | None) -> dict[str, list[str]]:
    """The listed words that one side has and the other has not, by class."""
    ours, theirs = window(saved), window(captured)
    found = {
        kind: _changed(ours.hits(pattern), theirs.hits(pattern)) for kind, pattern in _patterns(language)
    }
    found["date"] = _changed(
        Counter(calendar_words(ours, saved, language)), Counter(calendar_words(theirs, captured, language))
    )
    # "thứ hai" (Monday) holds "hai" (two), and "May" is no hedge where it is the month.
    dates = {word for date in found["date"] for word in (date, *date.split())}
    for kind in ("negation", "hedge", "number"):
        found[kind] = [word for word in found[kind] if word not in dates]
    return found


def _patterns(language: str | None) -> list[tuple[str, re.Pattern[str]]]:
    return [(kind, words(language, kind)) for kind in ("negation", "hedge", "number")]


def _changed(ours: Counter[str], theirs: Counter[str]) -> list[str]:
    return list(((ours - theirs) + (theirs - ours)).elements())


def _classes(token: _Token, place: Place, listed: set[str], language: str | None) -> set[str]:
    if token.is_number:
        number = token.written.lstrip("-−–+")
        start = token.start + len(token.written) - len(number)
        end = token.start + len(token.written)
        if any(map(str.isdigit, number)) and is_date(place, start, end, language):
            return {"number", "date"}
        return {"number"}
    word = plain(token.written)
    if word in listed or any(part in listed for part in word.split("'")):
        return set()
    if unspaced(language) and not word[:1].isascii():
        return set()  # one character says nothing: these are judged by stretches
    return {"name"} if is_name(place, token.start, token.written, language) else set()


def _names_without_capitals(saved: Place, captured: Place, found: set[str], language: str | None) -> bool:
    """Names in scripts without capitals, which a change may cut anywhere."""
    ours, theirs = window(saved), window(captured)
    if Counter(known_names(ours, language)) != Counter(known_names(theirs, language)):
        return True
    if not unspaced(language) or found:
        return False
    runs = [_run(place) for place in (saved, captured)]
    if all(map(is_foreign_run, runs)) and runs[0] != runs[1]:
        return True
    return any(
        place.end > place.start and is_name(place, place.start, place.text[place.start : place.end], language)
        for place in (saved, captured)
    )


def _run(place: Place) -> str:
    """The katakana that a place stands in, or its own text."""
    low = max(0, place.start - 20)
    for found in _KATAKANA.finditer(place.text, low, place.end + 20):
        if found.start() <= place.start and found.end() >= place.end > place.start:
            return found.group()
    return place.text[place.start : place.end]
