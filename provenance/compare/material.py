"""Which classes of material a change of words touches: number, date, name, negation, hedge, quote.

The words are data (`data/words.toml`); the rules are the contract's: a changed year or day is
a number and a date; names are proper names and adjectives made from them. Only words that one
side has and the other has not are judged. Where a script has no capitals, and in German where
every noun has one, a name is claimed only on further evidence.
"""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from provenance.text.sentences import WORD

MATERIAL = ("number", "date", "name", "negation", "hedge", "quote")

_TOKEN = re.compile(rf"[-−+]?(?:\d[\d.,:/'’·\s\u00a0\u202f]*\d|\d)\s?[%‰°]?|{WORD.pattern}|[%‰°$€£¥₽₴]")
_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]|20|21)\d\d(?![\d%‰])")
_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?!\d)")
_QUOTES = {"«": "»", "“": "”", "„": '“”‟"', "‹": "›", "「": "」", "『": "』", '"': '"', "‟": "”", "”": "”"}
_PARAGRAPH = 4000  # characters on either side in which quotation marks are paired
_HAS_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one class: whole words, beginnings (of words hardly longer) and endings."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]

    def have(self, word: str) -> bool:
        if word in self.whole or word.endswith(self.endings):
            return True
        return any(
            word.startswith(beginning) and len(word) - len(beginning) <= 4 for beginning in self.beginnings
        )


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, list[str]]]:
    source = files("provenance.compare").joinpath("data/words.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


@lru_cache(maxsize=256)
def _words(language: str | None, kind: str) -> _Words:
    table = _table()
    rows = [table[language]] if language in table else list(table.values())
    words = [word for row in rows for word in row.get(kind, [])]
    return _Words(
        frozenset(word for word in words if "*" not in word),
        tuple(word[:-1] for word in words if word.endswith("*")),
        tuple(word[1:] for word in words if word.startswith("*")),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """One side of a change: `text[start:end]` are the words that differ."""

    text: str
    start: int
    end: int


def material(saved: Place, captured: Place, language: str | None) -> tuple[str, ...]:
    """The classes that a change from `captured` to `saved` touches, in the order of MATERIAL."""
    found: set[str] = set()
    saved_words, captured_words = _tokens(saved), _tokens(captured)
    only_saved = _less(saved_words, captured_words)
    only_captured = _less(captured_words, saved_words)
    if sorted(map(str.casefold, saved_words)) == sorted(map(str.casefold, captured_words)):
        only_saved, only_captured = saved_words, captured_words  # the same words in another order
    for place, words, others in ((saved, only_saved, only_captured), (captured, only_captured, only_saved)):
        for word in words:
            found |= _classes(word, words, others, place, language)
    if _in_quotes(saved) or _in_quotes(captured):
        found.add("quote")
    return tuple(kind for kind in MATERIAL if kind in found)


def _tokens(place: Place) -> list[str]:
    return [found.group().strip() for found in _TOKEN.finditer(place.text, place.start, place.end)]


def _less(words: list[str], others: list[str]) -> list[str]:
    left = Counter(map(str.casefold, words)) - Counter(map(str.casefold, others))
    kept: list[str] = []
    for word in words:
        if left[word.casefold()] > 0:
            left[word.casefold()] -= 1
            kept.append(word)
    return kept


def _classes(word: str, words: list[str], others: list[str], place: Place, language: str | None) -> set[str]:
    folded = word.casefold()
    if _HAS_DIGIT.search(word) or word in "%‰°$€£¥₽₴":
        return {"number", "date"} if _is_date(word, place, language) else {"number"}
    found: set[str] = set()
    if _words(language, "negation").have(folded) or _negates(folded, others, language):
        found.add("negation")
    if _words(language, "hedge").have(folded):
        found.add("hedge")
    if _words(language, "number").have(folded):
        found.add("number")
    if _words(language, "weekday").have(folded) or _is_month(word, folded, place, language):
        found.add("date")
    if not found and _is_name(word, place, language):
        found.add("name")
    return found


def _is_month(word: str, folded: str, place: Place, language: str | None) -> bool:
    if not _words(language, "month").have(folded):
        return False
    # "may" is a verb, "März" a month: where months are written with capitals, so must this be.
    return language != "en" or word[:1].isupper()


def _negates(folded: str, others: list[str], language: str | None) -> bool:
    """A word that is another word of the change with a negating prefix ("nebyl" for "byl")."""
    table = _table().get(language or "", {})
    return any(
        folded == prefix + other.casefold() or other.casefold() == prefix + folded
        for prefix in table.get("negation_prefix", [])
        for other in others
    )


def _is_date(word: str, place: Place, language: str | None) -> bool:
    if _YEAR.fullmatch(word.strip(" .,")) or (
        _YEAR.search(word) and re.fullmatch(r"\d{4}[-–—]\d{2,4}", word)
    ):
        return True
    low, high = max(0, place.start - 14), place.end + 16
    around = place.text[low:high]
    for date in _DATE.finditer(around):
        if low + date.start() < place.end and low + date.end() > place.start:
            return True
    number = re.search(r"\d{1,2}", word)
    if not number or len(re.sub(r"\D", "", word)) > 2 or "%" in word:
        return False
    months = _words(language, "month")
    after = WORD.search(place.text, place.end)
    before = [found.group() for found in WORD.finditer(place.text, max(0, place.start - 20), place.start)]
    next_word = (
        after.group()
        if after and not place.text[place.end : after.start()].strip(" .,\u00a0ndrsthº°°")
        else ""
    )
    if next_word and months.have(next_word.casefold()) and (language != "en" or next_word[:1].isupper()):
        return True
    return (
        bool(before)
        and language in ("en", None, "zh", "ja", "ka")
        and months.have(before[-1].casefold())
        and before[-1][:1].isupper()
    )


def _is_name(word: str, place: Place, language: str | None) -> bool:
    if not word[:1].isupper():
        return False
    at = place.text.find(word, place.start, place.end)
    if word.casefold() != word and re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", place.text):
        return False
    if len(word) > 1 and word.isupper():
        return True
    if language == "de" and _german_noun(word, place.text, at):
        return False
    if not _begins_sentence(place.text, at):
        return True
    # At the beginning of a sentence every word has a capital: a name is one that has it elsewhere too.
    return any(
        found.start() != at and not _begins_sentence(place.text, found.start())
        for found in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", place.text)
    )


def _begins_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t\u00a0\"'“”„«»‘’([—–-¿¡")
    return not before or before[-1] in ".!?…:\n" or text[len(before) : at].count("\n") > 0


_GERMAN_NOUN_ENDINGS = (
    "ung",
    "ungen",
    "heit",
    "keit",
    "schaft",
    "tion",
    "ität",
    "ismus",
    "ling",
    "nis",
    "chen",
    "tum",
    "eur",
    "enz",
    "anz",
    "ment",
)
_GERMAN_BEFORE_NOUN = frozenset(
    ["der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "im", "am", "zum", "zur", "vom", "beim", "ins", "kein", "keine", "keinen", "keiner", "dieser", "diese", "dieses", "diesen", "diesem", "jeder", "jede", "jedes", "sein", "seine", "seinen", "seiner", "ihr", "ihre", "ihren", "ihrer", "unser", "unsere", "viele", "mehr", "alle", "einige", "beide", "mehrere", "zwei", "drei", "vier", "fünf", "sechs"]
)  # fmt: skip


def _german_noun(word: str, text: str, at: int) -> bool:
    """Whether a German word with a capital is rather a noun than a name: an article, an adjective
    or a number before it, or an ending that makes nouns."""
    if word.lower().endswith(_GERMAN_NOUN_ENDINGS):
        return True
    before = [found.group() for found in WORD.finditer(text, max(0, at - 40), at)]
    if not before:
        return False
    last = before[-1]
    adjective = last.islower() and len(last) > 4 and last.endswith(("e", "en", "er", "es", "em"))
    return last.lower() in _GERMAN_BEFORE_NOUN or adjective or last[:1].isdigit()


def _in_quotes(place: Place) -> bool:
    """Whether a place stands inside quotation marks of its own paragraph."""
    low = place.text.rfind("\n", 0, place.start) + 1
    high = place.text.find("\n", place.end)
    high = len(place.text) if high < 0 else high
    low, high = max(low, place.start - _PARAGRAPH), min(high, place.end + _PARAGRAPH)
    paragraph = place.text[low:high]
    start, end = place.start - low, place.end - low
    opened: list[tuple[int, str]] = []
    for index, character in enumerate(paragraph):
        if opened and character in opened[-1][1]:
            begin, _ = opened.pop()
            if begin < start and index >= end:
                return True
        elif character in _QUOTES:
            opened.append((index, _QUOTES[character]))
    return False
