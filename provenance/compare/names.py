"""Which changed words are names: of places and languages that Unicode lists, and by their company.

A word in the middle of a sentence with a capital is a name. Where every word or no word has one
(at the beginning of a sentence, in German, in Arabic, Chinese ...) it is a name on further
evidence: it is a territory, a language or a city of CLDR or an adjective of one; a title stands
before it or a verb of saying after it; it is written as a name elsewhere in the text.
Titles, verbs and endings are data (`data/names.toml`).
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import babel

from provenance.compare.wordlists import LETTER, Place, Window, code, pattern, plain, unspaced
from provenance.text.sentences import WORD

_FEWEST_LETTERS = 4  # of a stem to which an ending may be added
_FEWEST_WITHOUT_CAPITALS = 3
_MANY_LETTERS = 7  # of a stem that is hardly part of another word
_FINAL_VOWELS = re.compile(r"[aeiouyаеиіоуыэюяйьїαειουωηაეიოუաեիոուاהةىیيה]{1,2}\Z")
_LATIN_MARKS = re.compile("[\u0300-\u036f\u0653-\u0655]")
_CASED = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f\u0531-\u0587\u1e00-\u1fff]")
_KATAKANA = re.compile(r"[\u30a1-\u30ff]{3,}(?:・[\u30a1-\u30ff]+)*")
_OCCURRENCES = 12  # of a word elsewhere in the text that are looked at
_LOOK = 40  # characters on either side of a word in which a title or a verb stands
_PARTS_OF_WORLD = frozenset({"002", "003", "005", "009", "019", "142", "150", "419"})


@cache
def _table() -> dict[str, Any]:
    source = files("provenance.compare").joinpath("data/names.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


def _row(language: str | None) -> dict[str, Any]:
    row: dict[str, Any] = _table().get(code(language), {})
    return row


def fold(text: str) -> str:
    """A text in plain writing without accents (of Latin, Greek, Cyrillic and Arabic letters)."""
    bare = _LATIN_MARKS.sub("", unicodedata.normalize("NFD", plain(text)))
    return unicodedata.normalize("NFC", bare)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What CLDR knows to be a name in one language."""

    words: frozenset[str]  # folded
    adjective: re.Pattern[str]  # of a folded word: inhabitants, adjectives, inflected names
    phrase: re.Pattern[str]  # in plain text, where there are no capitals


@cache
def lexicon(language: str | None) -> Lexicon:
    """The names CLDR has in a language: territories, widely spoken languages, cities of time zones."""
    nothing = re.compile(r"(?!)")
    try:
        locale = babel.Locale.parse(code(language)) if language else None
    except (babel.UnknownLocaleError, ValueError):
        locale = None
    if locale is None:
        return Lexicon(frozenset(), nothing, nothing)
    row = _row(language)
    spoken = [locale.languages[name] for name in _table()["languages"] if name in locale.languages]
    places = [name for key, name in locale.territories.items() if key in _PARTS_OF_WORLD or key.isalpha()]
    names = {*spoken, *places, *_cities(locale), *row.get("known", [])}
    excepted = {fold(word) for word in row.get("not_names", [])}
    parts = {fold(part) for name in names for part in re.split(r"[\s()&,-]+", name)}
    known = frozenset(part for part in parts if len(part) > 2 and part not in excepted)
    adjectives = _adjectives(_single(spoken), _single([*places, *row.get("known", [])]), row, excepted)
    return Lexicon(known, adjectives, _phrases(names, row, unspaced(language)))


def _single(names: list[str]) -> list[str]:
    return [fold(name) for name in names if " " not in name]


def _cities(locale: babel.Locale) -> list[str]:
    """Cities that give time zones their names, as the language writes them."""
    zones = locale.time_zones
    return [str(zone["city"]) for zone in zones.values() if "city" in zone]


def _adjectives(
    spoken: list[str], places: list[str], row: dict[str, Any], excepted: set[str]
) -> re.Pattern[str]:
    """Words made of the names of languages (as they are, or their stem with an ending) and of
    territories (their stem with an ending, of two letters or more where the stem is short)."""
    endings = row.get("adjective")
    if not endings:
        return re.compile(r"(?!)")
    ending = re.compile(f"(?:{endings})\\Z")
    fewest = _FEWEST_LETTERS if spoken and _CASED.search(spoken[0]) else _FEWEST_WITHOUT_CAPITALS
    whole = {fold(stem) for stem in row.get("stems", [])}
    whole |= {name for name in spoken if len(name) >= fewest}
    whole |= {
        name[: found.start()] for name in spoken if (found := ending.search(name)) and found.start() >= fewest
    }
    places = [re.sub(rf"\A{row.get('article', '')}", "", name) for name in places]
    of_languages = {stem for name in spoken if len(stem := _bare(name)) >= fewest}
    of_places = {stem for name in places if len(stem := _bare(name)) >= fewest}
    long = {stem for stem in of_places if len(stem) >= _MANY_LETTERS}
    refused = _any_of(excepted)
    return re.compile(
        rf"(?!{refused}\Z)(?:{row.get('prefix', '')})"
        rf"(?:{_any_of(whole)}(?:{endings})?|{_any_of(of_languages)}(?=.)(?:{endings})"
        rf"|{_any_of(long)}(?=.)(?:{endings})|{_any_of(of_places)}(?=..)(?:{endings}))\Z"
    )


def _bare(name: str) -> str:
    """A name without its last vowels: what endings are added to."""
    return _FINAL_VOWELS.sub("", name)


def _any_of(words: set[str]) -> str:
    longest = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest)) or '(?!)'})"


def _phrases(names: set[str], row: dict[str, Any], inside: bool) -> re.Pattern[str]:
    """Names in text without capitals: with the prefixes and endings that such a script glues on."""
    fewest = 2 if inside or "two_letters" in row else _FEWEST_WITHOUT_CAPITALS
    excepted = row.get("not_names", [])
    usable = [name for name in names if len(name) >= fewest and name not in excepted]
    if inside:
        return pattern(usable, excepted, inside)
    usable = [name for name in usable if not _CASED.search(name)]
    if not usable:
        return re.compile(r"(?!)")
    longest = "|".join(re.escape(plain(name)) for name in sorted(usable, key=len, reverse=True))
    before, after = row.get("prefix", ""), row.get("ending", "")
    return re.compile(rf"(?<!{LETTER})(?:{before})(?:{longest})(?:{after})(?!{LETTER})")


def known_names(around: Window, language: str | None) -> list[str]:
    """Names of territories, languages and cities at a place of a script without capitals."""
    if all(_CASED.match(letter) for letter in around.text[around.start : around.end] if letter.isalpha()):
        return []
    return list(around.hits(lexicon(language).phrase).elements())


def is_name(place: Place, at: int, word: str, language: str | None) -> bool:
    """Whether the changed word `text[at:at + len(word)]` is a name or an adjective made from one."""
    if not _CASED.match(word):
        return _is_name_without_capitals(place, at, word, language)
    folded = fold(word).partition("'")[0] if language != "fr" else fold(word).rpartition("'")[2]
    row = _row(language)
    if folded in row.get("not_names", []) or word in row.get("not_names", []):
        return False
    if not word[:1].isupper():
        return bool(row.get("adjective")) and lexicon(language).adjective.match(folded) is not None
    if folded in lexicon(language).words or _from_name(folded, language):
        return True
    if re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", place.text):
        return False
    if row.get("nouns_have_capitals"):
        return _is_name_among_nouns(place, at, word, language)
    if not (begins_sentence(place.text, at, language) or _in_title(place.text, at)):
        return True
    return _is_name_at_beginning(place, at, word, language)


def _from_name(folded: str, language: str | None) -> bool:
    return lexicon(language).adjective.match(folded) is not None


# -- scripts with capitals ---------------------------------------------------------------------


def _is_name_at_beginning(place: Place, at: int, word: str, language: str | None) -> bool:
    """A first word is a name when it has its capital elsewhere too, or the company of a name."""
    text = place.text
    stem = word if len(word) <= _FEWEST_LETTERS else word[: max(_FEWEST_LETTERS, len(word) - 3)]
    for number, found in enumerate(re.finditer(rf"(?<!\w){re.escape(stem)}\w{{0,4}}(?!\w)", text)):
        if number >= _OCCURRENCES:
            break
        if found.start() != at and not begins_sentence(text, found.start(), language):
            return True
    if _function_words(language).fullmatch(plain(word)):
        return False
    after = WORD.search(text, at + len(word))
    if after is None or text[at + len(word) : after.start()].strip(" \u00a0-") or len(word) < 3:
        return False
    if _says(plain(after.group()), language):
        return True
    follows = after.group()
    return follows[:1].isupper() and follows[1:].islower() and not _titles(language).fullmatch(plain(word))


def _is_name_among_nouns(place: Place, at: int, word: str, language: str | None) -> bool:
    """Where every noun has a capital: not after an article, adjective or number, nor with an ending
    that makes nouns; yes after a title, a given name, or another such word."""
    row, text = _row(language), place.text
    before = [found.group() for found in WORD.finditer(text, max(0, at - _LOOK), at)]
    last = before[-1] if before and not text[:at].rstrip(" \u00a0").endswith((",", ".", ":", ";")) else ""
    if last and _titles(language).fullmatch(plain(last)):
        return True
    if word.isupper() and len(word) > 1:
        return True
    if word.lower().endswith(tuple(row["noun_endings"])) or last.lower() in row["before_noun"]:
        return False
    if last[:1].isdigit() or (last.islower() and re.search(row["adjective_before_noun"], last)):
        return False
    if last[:1].isupper() and last.lower() not in row["measures"]:
        return True
    if begins_sentence(text, at, language):
        after = WORD.search(text, at + len(word))
        return after is not None and (
            _says(plain(after.group()), language) and not word.lower().endswith(("er", "en", "e", "ter"))
        )
    return bool(last)


def begins_sentence(text: str, at: int, language: str | None) -> bool:
    """Whether a sentence (or a line, or speech) begins at a place."""
    before = (
        text[:at].rstrip(" \t\u00a0\"'“”„«»‘’([—–-¿¡")
        if at < 400
        else text[at - 400 : at].rstrip(" \t\u00a0\"'“”„«»‘’([—–-¿¡")
    )
    if not before or text[max(0, at - 8) : at].count("\n") > 0:
        return True
    if before[-1] != ".":
        return before[-1] in "!?…:\n։;•|"
    short = re.search(r"(?<!\w)(\w{1,4}(?:\.\w)*)\.\Z", before)
    if short is None:
        return True
    return not (
        (len(short[1]) == 1 and short[1].isupper())
        or _titles(language).fullmatch(plain(short[1])) is not None
    )


def _in_title(text: str, at: int) -> bool:
    """Whether most words around have capitals, as in English headlines."""
    low = max(text.rfind("\n", 0, at), text.rfind(". ", 0, at)) + 1
    ends = [end for end in (text.find("\n", at), text.find(". ", at)) if end >= 0]
    line = text[max(low, at - 150) : min([*ends, at + 150])]
    long = [word.group() for word in WORD.finditer(line) if len(word.group()) > 3]
    return len(long) >= 6 and sum(word[:1].isupper() for word in long) >= 0.8 * len(long)


@cache
def _function_words(language: str | None) -> re.Pattern[str]:
    return pattern(_row(language).get("not_names", []), [], False)


@cache
def _titles(language: str | None) -> re.Pattern[str]:
    return pattern([*_table()["titles"], *_row(language).get("title", [])], [], False)


@cache
def _sayings(language: str | None) -> re.Pattern[str]:
    return pattern(_row(language).get("says", []), [], unspaced(language))


def _says(word: str, language: str | None) -> bool:
    return _sayings(language).match(word) is not None


# -- scripts without capitals ------------------------------------------------------------------


def _is_name_without_capitals(place: Place, at: int, word: str, language: str | None) -> bool:
    row = _row(language)
    if code(language) in ("zh", "ja", "th"):
        return _in_unspaced(place, at, at + len(word), language)
    folded = fold(word)
    if folded in map(fold, row.get("not_names", [])):
        return False
    if _from_name(folded, language) or re.search(row.get("surname", r"(?!)"), folded):
        return True
    if _has_company(place.text, at, word, language):
        return True
    if len(word) < _FEWEST_WITHOUT_CAPITALS:
        return False
    others = re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", place.text)
    return any(
        _has_company(place.text, found.start(), word, language)
        for number, found in enumerate(others)
        if number < _OCCURRENCES and found.start() != at
    )


def _has_company(text: str, at: int, word: str, language: str | None) -> bool:
    """A title directly before, or before a given name; a verb of saying or a title directly after."""
    row = _row(language)
    before = text[max(0, at - _LOOK) : at]
    stop = max(before.rfind(mark) for mark in '.,،;:؛!?؟।\n()"«»“”')
    previous = [found.group() for found in WORD.finditer(plain(before[stop + 1 :]))]
    titles, common = _titles(language), _function_words(language)
    if previous and titles.fullmatch(previous[-1]):
        return not word.startswith(tuple(row.get("common_prefix", ["\0"])))
    second = len(previous) > 1 and titles.fullmatch(previous[-2]) is not None
    if second and not common.fullmatch(previous[-1]) and not _says(previous[-1], language):
        return True
    after = [found.group() for found in WORD.finditer(plain(text[at + len(word) : at + len(word) + _LOOK]))]
    if not after or row.get("verb_first"):
        return False
    gap = text[at + len(word) :].lstrip(" ")[:1]
    if gap in ".,،:;!?؟।":
        return False
    return _title_after(after[0], language)


def _title_after(word: str, language: str | None) -> bool:
    return pattern_after(language).fullmatch(word) is not None


@cache
def pattern_after(language: str | None) -> re.Pattern[str]:
    """Titles that stand after a name (Korean 씨, 대통령)."""
    return pattern(_row(language).get("title_after", []), [], False)


@cache
def _shapes(language: str | None) -> re.Pattern[str]:
    """What names look like in a script without spaces: a surname with a title, a place with its kind."""
    return re.compile("|".join(_row(language).get("shapes", [])) or r"(?!)")


def _in_unspaced(place: Place, start: int, end: int, language: str | None) -> bool:
    """Whether a name of such a shape stands at a place, or a foreign name in katakana."""
    low = max(0, start - _LOOK)
    stretch = place.text[low : end + _LOOK]
    for found in _shapes(language).finditer(stretch):
        first, last = next((span for span in found.regs[1:] if span[0] >= 0), found.span())
        if low + first < end and low + last > start:
            return True
    return False


def is_foreign_run(text: str) -> bool:
    """Whether a stretch is one run of katakana, in which Japanese writes foreign names."""
    return _KATAKANA.fullmatch(text.strip()) is not None
