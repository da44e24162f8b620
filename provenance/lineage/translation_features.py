"""What of a sentence survives its translation: numbers, dates, names, words that are written alike,
ideas that the language tables know.

A feature is a key (text that means the same in every language) and the token it comes from; one
token may have several keys (Genf is a place of the tables, and a name by its consonants), of which
at most one is counted when two sentences are compared.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from provenance.lineage.translation_names import coarse, consonants, spelled_names
from provenance.lineage.translation_numbers import numbers
from provenance.lineage.translation_words import UNSPACED, Words, folded, unspaced_words, words_of
from provenance.model.article import Article
from provenance.model.span import Span
from provenance.text.sentences import sentences

# Beyond this an article is read no further: a book is not compared sentence by sentence.
MOST_SENTENCES = 600
# A sentence longer than this (a list, a table, text without full stops) is cut into pieces.
LONGEST_SENTENCE = 1_000
_WORD = re.compile(r"[^\W_]+(?:['’ʼ‘\u0300-\u036f\u064b-\u0652-][^\W_]+)*")
_LATIN = re.compile(r"[a-zA-ZÀ-ɏ]")
_HAS_DIGIT = re.compile(r"\d")
# Scripts that do not tell b from p, or vowels at all.
_COARSE_SCRIPT = re.compile(r"[\u0590-\u06ff\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff]")
_CHINESE_MONTH = re.compile(r"(1[0-2]|[1-9])月")
# Consonants that a capitalised word, any other word, and a word in a coarse script must have.
_LEAST_NAME, _LEAST_WORD, _LEAST_COARSE = 2, 4, 3
_LATIN_IN_OTHER_SCRIPT_LETTERS = 2

NUMBER, NAME, IDEA = "number", "name", "idea"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article's own text.

    `start` and `end` point into the readable text; `letters` is its length in letters of English.
    `keys` gives for each key the first token that has it, `expected` for each token of which a
    translation should show a trace the kind of trace.
    """

    start: int
    end: int
    letters: float
    keys: dict[str, int]
    expected: dict[int, str]


def sentence_features(article: Article) -> tuple[Sentence, ...]:
    """The sentences of an article with their features, without what is set aside."""
    language = article.language.best or ""
    words = words_of(language)
    text = article.readable.text
    found: list[Sentence] = []
    for block in article.readable.blocks:
        for span in sentences(text, block.start, block.end):
            if _is_set_aside(article, span):
                continue
            for start in range(span.start, span.end, LONGEST_SENTENCE):
                end = min(span.end, start + LONGEST_SENTENCE)
                found.append(_features(text[start:end], start, words))
                if len(found) == MOST_SENTENCES:
                    return tuple(found)
    return tuple(found)


def _is_set_aside(article: Article, span: Span) -> bool:
    if not article.set_aside:
        return False
    body = article.readable.body_span(span.start, span.end)
    covered = sum(max(0, min(body.end, part.end) - max(body.start, part.start)) for part in article.set_aside)
    return 2 * covered > len(body)


def _features(text: str, at: int, words: Words) -> Sentence:
    keys: dict[str, int] = {}
    expected: dict[int, str] = {}
    months = _months(text, words, keys)
    taken = bytearray(len(text))
    for start, end, value in numbers(text, words):
        if start in months:
            continue
        keys.setdefault(f"n:{value.normalize():f}", start)
        if _HAS_DIGIT.match(text, start):
            expected[start] = NUMBER
        taken[start:end] = b"\1" * (end - start)
    if words.language in UNSPACED:
        _unspaced(text, words, keys, expected)
    else:
        for found in _WORD.finditer(text):
            if not taken[found.start()]:
                _word(found.group(), found.start(), words, keys, expected)
    letters = sum(map(str.isalnum, text)) / words.length
    return Sentence(at, at + len(text), letters, keys, expected)


def _months(text: str, words: Words, keys: dict[str, int]) -> set[int]:
    """Months written as numbers in Chinese and Japanese dates; the places of their digits."""
    if words.language not in UNSPACED:
        return set()
    places = set()
    for found in _CHINESE_MONTH.finditer(text):
        keys.setdefault(f"m:{int(found.group(1))}", found.start())
        places.add(found.start())
    return places


def _word(word: str, at: int, words: Words, keys: dict[str, int], expected: dict[int, str]) -> None:
    found, kind = _keys_of(word, words.language)
    for key in found:
        keys.setdefault(key, at)
    if kind == IDEA or (kind == NAME and at > 0):
        expected[at] = kind


@lru_cache(maxsize=300_000)
def _keys_of(word: str, language: str) -> tuple[tuple[str, ...], str]:
    """The keys of a word, and the kind of trace it should leave in a translation (may be empty)."""
    words = words_of(language)
    lowered = folded(word)
    found = list(words.ideas(lowered))
    capital = word[0].isupper()
    kind = IDEA if found else NAME if capital else ""
    if _LATIN.match(word):
        form = words.bare_forms(lowered)[-1]
        if len(form) >= 3 or capital:
            found.append(f"w:{form}")
    for part in word.split("-"):
        if part:
            found += _sounds(part, capital, words)
    return tuple(dict.fromkeys(found)), kind


def _sounds(word: str, capital: bool, words: Words) -> list[str]:
    """The keys of a word by its consonants."""
    only_coarse = bool(_COARSE_SCRIPT.match(word))
    least = _LEAST_COARSE if only_coarse else _LEAST_NAME if capital else _LEAST_WORD
    found = []
    for form in words.bare_forms(folded(word)):
        for stem in (form, words.stem(form)):
            skeleton = consonants(stem, words.language)
            if len(skeleton) < least:
                continue
            if not only_coarse:
                found.append(f"s:{_beginning(form)}{skeleton}")
            rough = coarse(skeleton)
            if len(rough) >= _LEAST_COARSE:
                found.append(f"z:{rough}")
    return found


def _beginning(form: str) -> str:
    """A mark for names that begin with a vowel: Obama is not Bama."""
    return "" if consonants(form[0], "") else "0"


def _unspaced(text: str, words: Words, keys: dict[str, int], expected: dict[int, str]) -> None:
    covered = bytearray(len(text))
    for start, end, ideas in unspaced_words(words, text):
        for idea in ideas:
            keys.setdefault(idea, start)
        expected.setdefault(start, IDEA)
        if end - start > 1:
            covered[start:end] = b"\1" * (end - start)
    for found in re.finditer(r"[A-Za-z][A-Za-z0-9-]+", text):
        if len(found.group()) >= _LATIN_IN_OTHER_SCRIPT_LETTERS:
            keys.setdefault(f"w:{found.group().lower()}", found.start())
            expected[found.start()] = NAME
            for key in _sounds(found.group(), True, words):
                keys.setdefault(key, found.start())
    spelled = "".join(" " if hidden else character for character, hidden in zip(text, covered, strict=True))
    for start, skeleton in spelled_names(spelled):
        keys.setdefault(f"z:{skeleton}", start)
