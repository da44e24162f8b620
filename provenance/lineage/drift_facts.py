"""Facts that an article states, each with its place and with what tells which fact it is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from provenance.lineage.translation_features import NUMBER, Sentence, sentence_features
from provenance.lineage.translation_numbers import numbers
from provenance.lineage.translation_words import Words, folded, words_of
from provenance.model.article import Article
from provenance.model.story import Place

YEARS = re.compile(r"(?<![\d.,])((?:1[5-9]|20)\d\d)([^\d.,;:()]{1,14})((?:1[5-9]|20)\d\d)(?![\d.,]\d|\d)")
_UNIT_AFTER = re.compile(r"[\s\u00a0\u202f-]{0,2}([^\W\d_]{2,}|[%‰°€$£¥₽₴])")
_MONTH_BEFORE = re.compile(r"([^\W\d_]{3,})\.?\s\Z")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_JOINED = re.compile(r"\d[:.,/–-]\Z|[\d一二三四五六七八九十百千万]\Z")
_JOINS = re.compile(r"[:/–-]\d|\d")
_WRITTEN = re.compile(r"[\w-]*")
# A name belongs to a word that stands within so many characters of it.
BESIDE = 60
LANGUAGES_FROM = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and its place. `kind` and `subject` tell which fact it may be: only facts with the same
    kind and subject are compared, and `context` (the keys of its sentence) decides."""

    kind: str  # years, number, or a kind of the table of contrasts
    subject: str
    value: str
    material: tuple[str, ...]
    place: Place
    article: int
    label: str
    context: frozenset[str]
    stated: frozenset[str]  # every number of the article, as values


@dataclass(frozen=True, slots=True)
class _Contrast:
    kind: str
    value: str
    material: str
    pattern: re.Pattern[str]


def facts_of(article: Article, number: int) -> Iterator[Fact]:
    """The facts of one article (`number` is its position), sentence by sentence."""
    text = article.readable.text
    sentences = sentence_features(article)
    stated = frozenset(key[2:] for sentence in sentences for key in sentence.keys if key[0] == "n")
    for sentence in sentences:
        written = text[sentence.start : sentence.end]
        # Only names and ideas: that two sentences share small words says nothing.
        told = {at for at, kind in sentence.expected.items() if kind != NUMBER}
        context = frozenset(key for key, at in sentence.keys.items() if at in told and key[0] != "n")
        found = _Finder(article, number, sentence, written, context, stated)
        yield from found.years()
        yield from found.numbers()
        yield from found.contrasts()


@dataclass(frozen=True, slots=True)
class _Finder:
    article: Article
    number: int
    sentence: Sentence
    written: str
    context: frozenset[str]
    stated: frozenset[str]

    def years(self) -> Iterator[Fact]:
        for found in YEARS.finditer(self.written):
            first, last = int(found.group(1)), int(found.group(3))
            if first < last and len(found.group(2).split()) <= 2:
                yield self._fact("years", "", f"{first}-{last}", ("date", "number"), "", *found.span())

    def numbers(self) -> Iterator[Fact]:
        words = words_of(self.article.language.best or "")
        spans = [found.span() for found in YEARS.finditer(self.written)]
        for start, end, value in numbers(self.written, words):
            if any(first <= start < last for first, last in spans) or not self.written[start].isdigit():
                continue
            # A part of a time of day, a score or a longer number.
            if _JOINED.search(self.written, max(0, start - 2), start) or _JOINS.match(self.written, end):
                continue
            unit = _UNIT_AFTER.match(self.written, end)
            month = _MONTH_BEFORE.search(self.written, max(0, start - 20), start)
            for word, first, last in _units(unit, month, start, end):
                for subject in _subjects(word, words):
                    date = subject.startswith("m:")
                    if first < start and not date:
                        continue
                    shown = f"{value.normalize():f}"
                    if (date and not 1 <= value <= 31) or (_YEAR.fullmatch(shown) and end - start == 4):
                        continue
                    material = ("date", "number") if date else ("number",)
                    yield self._fact("number", subject, shown, material, word, first, last)

    def contrasts(self) -> Iterator[Fact]:
        language = self.article.language.best or ""
        lowered = self.written.lower()
        if len(lowered) != len(self.written):
            return
        for contrast in _contrasts().get(language, ()):
            for found in contrast.pattern.finditer(lowered):
                for name, label in self._names_beside(*found.span()):
                    material = (contrast.material,)
                    yield self._fact(contrast.kind, name, contrast.value, material, label, *found.span())

    def _names_beside(self, start: int, end: int) -> list[tuple[str, str]]:
        """The names within reach, by their sound (three consonants at least, so that it is rare) and
        as written."""
        return [
            (key, _WRITTEN.match(self.written, position).group())  # type: ignore[union-attr]
            for key, position in self.sentence.keys.items()
            if key[0] == "s"
            and len(key) >= 5
            and start - BESIDE <= position <= end + BESIDE
            and not start <= position < end
            and self.written[position : position + 1].isupper()
        ]

    def _fact(
        self, kind: str, subject: str, value: str, material: tuple[str, ...], label: str, start: int, end: int
    ) -> Fact:
        first, last = self.sentence.start + start, self.sentence.start + end
        span = self.article.readable.body_span(first, last)
        shown = self.article.readable.text[first:last]
        place = Place(self.article.path, span.start, span.end, shown)
        return Fact(kind, subject, value, material, place, self.number, label, self.context, self.stated)


def _units(
    after: re.Match[str] | None, before: re.Match[str] | None, start: int, end: int
) -> Iterator[tuple[str, int, int]]:
    """Words that may be the unit of a number (a month may stand before it), with the whole stretch."""
    if after is not None:
        yield after.group(1), start, after.end()
    if before is not None:
        yield before.group(1), before.start(1), end


def _subjects(word: str, words: Words) -> Sequence[str]:
    if not word[0].isalpha():
        return (f"u:{word}",)
    ideas = [key for key in words.ideas(folded(word)) if key[0] in "cm"]
    return ideas[:1] or (f"{words.language}:{folded(word)[:6]}",)


@cache
def _contrasts() -> Mapping[str, Sequence[_Contrast]]:
    lines = files("provenance.lineage").joinpath("data/contrasts.psv").read_text("utf-8").splitlines()
    rows = [line.split("|") for line in lines if line and not line.startswith("#")]
    found: dict[str, list[_Contrast]] = {}
    for column, language in enumerate(rows[0][LANGUAGES_FROM:], start=LANGUAGES_FROM):
        for kind, value, material, *cells in rows[1:]:
            beginnings = cells[column - LANGUAGES_FROM].split()
            if beginnings:
                forms = "|".join(_form(each) for each in beginnings)
                found.setdefault(language, []).append(
                    _Contrast(kind, value, material, re.compile(rf"(?<!\w)(?:{forms})"))
                )
    return found


def _form(beginning: str) -> str:
    written = re.escape(beginning.removesuffix(".").replace("_", " "))
    return written + (r"(?!\w)" if beginning.endswith(".") else r"[\w-]{0,20}")
