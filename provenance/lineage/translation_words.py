"""What the language tables know of a word: ideas, months, places, number words, endings.

The tables are `data/translation` (our own) and CLDR's names of territories, languages, months,
weekdays and currencies (Unicode, through babel). A language that no table knows is compared by
numbers and names alone.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

import babel

# A beginning of a word must be this long to be looked for inside a German compound.
_LEAST_INNER = 5
_COMPOUNDING = frozenset({"de"})
# Written without spaces: words are looked for anywhere in the text.
UNSPACED = frozenset({"zh", "ja"})
_ARABIC = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ـًٌٍَُِّْٰ")
_LONGEST_UNSPACED = 8
_MAXIMUM_BEGINNING = 16


def folded(word: str) -> str:
    """A word as the tables have it: lower case, composed, Arabic letters in their plain forms."""
    if word.isascii():
        return word.lower()
    lowered = unicodedata.normalize("NFC", word.replace("İ", "i").lower())
    return lowered.translate(_ARABIC)


@dataclass(slots=True)
class Words:
    """The tables of one language. Keys are `c:...` (an idea), `m:4` (a month), `d:1` (a weekday)."""

    language: str
    whole: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    beginnings: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    number_whole: dict[str, int] = field(default_factory=dict)
    number_beginnings: dict[str, int] = field(default_factory=dict)
    endings: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    cut_at: str = ""
    length: float = 1.0
    decimal: str = "."
    group: str = ","
    _ideas: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def ideas(self, word: str) -> tuple[str, ...]:
        """The keys of a folded word, several where a table gives it several meanings."""
        known = self._ideas.get(word)
        if known is None:
            known = self._ideas[word] = self._look_up(word)
        return known

    def entered(self, form: str) -> bool:
        """Whether a folded form is known by itself or by its beginning, with or without particles."""
        return any(
            bare in self.whole or any(bare[:length] in self.beginnings for length in range(2, len(bare) + 1))
            for bare in self.bare_forms(form)
        )

    def number(self, word: str) -> int | None:
        """The value of a folded number word, None for any other word."""
        for form in self.bare_forms(word):
            if form in self.number_whole:
                return self.number_whole[form]
            for length in range(min(len(form), _MAXIMUM_BEGINNING), 3, -1):
                if form[:length] in self.number_beginnings:
                    return self.number_beginnings[form[:length]]
        return None

    def bare_forms(self, word: str) -> list[str]:
        """The word, and what is left of it without the particles that may be written before it."""
        if self.cut_at:
            cut = [word.find(mark) for mark in self.cut_at if mark in word[1:]]
            if cut and min(cut) > 0:
                word = word[: min(cut)]
        forms = [word]
        for particle in self.particles:
            if word.startswith(particle) and len(word) - len(particle) >= 2:
                forms.append(word[len(particle) :])
        return forms

    def stem(self, form: str) -> str:
        """The word without the longest known ending that leaves three letters."""
        for ending in self.endings:
            if form.endswith(ending) and len(form) - len(ending) >= 3:
                return form[: -len(ending)]
        return form

    def _look_up(self, word: str) -> tuple[str, ...]:
        for form in self.bare_forms(word):
            if form in self.whole:
                return tuple(self.whole[form])
            for length in range(min(len(form), _MAXIMUM_BEGINNING), 1, -1):
                if form[:length] in self.beginnings:
                    return (*self.beginnings[form[:length]], *self._inner(form, length))
            inner = self._inner(form, 3)
            if inner:
                return tuple(inner)
        return ()

    def _inner(self, form: str, start: int) -> list[str]:
        """The ideas of the later parts of a compound."""
        if self.language not in _COMPOUNDING:
            return []
        found: list[str] = []
        begin = start
        while begin <= len(form) - _LEAST_INNER:
            for length in range(len(form) - begin, _LEAST_INNER - 1, -1):
                ideas = self.beginnings.get(form[begin : begin + length])
                if ideas:
                    found += ideas
                    begin += length
                    break
            else:
                begin += 1
        return found


@lru_cache(maxsize=1)
def _rows() -> dict[str, tuple[tuple[str, dict[str, list[str]]], ...]]:
    """Each table as rows of (name of the row, cells by language)."""
    tables = {}
    for name in ("words", "places", "numbers"):
        text = _source(f"{name}.psv")
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        columns = lines[0].split("|")
        rows = []
        for line in lines[1:]:
            cells = dict(zip(columns, line.split("|"), strict=True))
            label = cells.pop("value", None) or cells["en"].split()[0].rstrip(".")
            rows.append((label, {language: cell.split() for language, cell in cells.items()}))
        tables[name] = tuple(rows)
    return tables


def _source(name: str) -> str:
    return files("provenance.lineage").joinpath("data", "translation", name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _languages() -> dict[str, dict[str, object]]:
    return tomllib.loads(_source("languages.toml"))


@lru_cache(maxsize=64)
def words_of(language: str) -> Words:
    """The tables of a language (BCP 47 primary subtag); nearly empty ones where none are kept."""
    settings = _languages().get(language, {})
    words = Words(
        language,
        endings=tuple(sorted(_strings(settings.get("endings")), key=len, reverse=True)),
        particles=tuple(folded(particle) for particle in _strings(settings.get("particles"))),
        cut_at=str(settings.get("cut_at", "")),
        length=float(str(settings.get("length", 1.0))),
    )
    for table in ("places", "words"):
        for label, cells in _rows()[table]:
            for cell in cells.get(language, ()):
                _add(words, cell, f"c:{label}")
    for label, cells in _rows()["numbers"]:
        for cell in cells.get(language, ()):
            form = folded(cell.rstrip(".").replace("_", " "))
            (words.number_whole if cell.endswith(".") else words.number_beginnings)[form] = int(label)
    _add_cldr(words)
    return words


def _strings(value: object) -> list[str]:
    return [str(entry) for entry in value] if isinstance(value, list) else []


def _add(words: Words, cell: str, key: str) -> None:
    """Enter one cell of a table. An abbreviation in capitals is entered as it sounds in lower case."""
    form = folded(cell.rstrip("."))
    if not form or "_" in form:
        # Written as several words: looked for where a language writes no spaces, else left out.
        return
    target = words.whole if cell.endswith(".") or (len(form) < 3 and words.language not in UNSPACED) else None
    (words.beginnings if target is None else target)[form].append(key)


def _add_cldr(words: Words) -> None:
    """Months, weekdays, territories and languages whose name is one word."""
    try:
        locale = babel.Locale.parse(words.language)
    except (babel.UnknownLocaleError, ValueError):
        return
    symbols = locale.number_symbols.get("latn", {})
    words.decimal = str(symbols.get("decimal", "."))
    words.group = str(symbols.get("group", ","))
    for kind, table in (("m", locale.months), ("d", locale.days)):
        for context in table:
            for number, name in table[context]["wide"].items():
                _add_name(words, str(name), f"{kind}:{number}")
    for kind, names in (("t", locale.territories), ("l", locale.languages)):
        for code, name in names.items():
            if len(code) == 2:
                _add_name(words, str(name), f"{kind}:{code}")


def _add_name(words: Words, name: str, key: str) -> None:
    form = folded(name)
    if re.search(r"[\s\d(]", form) or len(form) < 2 or (key[0] in "tl" and words.entered(form)):
        return
    if words.language not in UNSPACED and len(form) >= 5:
        # Inflected names share all but their last letters.
        form = form[: max(4, len(form) - 2)]
        words.beginnings[form].append(key)
    elif words.language in UNSPACED:
        words.beginnings[form].append(key)
    else:
        words.whole[form].append(key)


def unspaced_words(words: Words, text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """The known words of a text without spaces, longest first from left to right: (start, end, keys)."""
    found = []
    position = 0
    while position < len(text):
        for length in range(min(_LONGEST_UNSPACED, len(text) - position), 0, -1):
            keys = words.beginnings.get(text[position : position + length])
            if keys:
                found.append((position, position + length, tuple(keys)))
                position += length
                break
        else:
            position += 1
    return found
