"""Which articles may translate each other: those in different languages that share rare features.

An inverted index over the features of whole articles, weighted by how rare they are; never all
pairs.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.lineage.translation_alignment import SURVIVES, Sentences
from provenance.lineage.translation_features import sentence_features
from provenance.model.article import Article

Chance = Callable[[str], float]
Ints = npt.NDArray[np.int64]

# How often a key of a kind stands in a sentence of news at large, and how many sentences that
# experience counts for: a vault of two articles cannot tell what is rare.
_AT_LARGE = {
    "n": 0.004, "m": 0.01, "d": 0.01, "w": 0.002, "s": 0.003, "z": 0.006, "c": 0.03, "t": 0.01, "l": 0.01,
}  # fmt: skip
_EXPERIENCE = 300.0
_SMALL_NUMBER, _SMALL_NUMBER_AT_LARGE = 12, 0.03
_SHORT_NAME = 5  # letters of a key for a name of three consonants

# Candidates: so many an article (fewer in a vault of more than LARGE), and at least so much in common
# (cosine of weighted features).
MOST_CANDIDATES, MOST_IN_LARGE, LARGE = 32, 12, 2_000
LEAST_COSINE = 0.04
# A key in more articles than this (copies of one text count once) finds no candidates.
COMMON = 400


@dataclass(frozen=True, slots=True)
class Indexed:
    """An article with its sentences and their features. `language` is empty where unknown."""

    article: Article
    sentences: Sentences
    language: str


def index(article: Article) -> Indexed:
    """Read an article's sentences and features."""
    return Indexed(article, Sentences.of(sentence_features(article)), article.language.best or "")


def chance_of(indexed: Sequence[Indexed]) -> Chance:
    """How probable it is that a sentence has a key: counted over all articles, with experience.

    A sentence that stands in several articles counts once, so that copies make nothing common.
    """
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    for entry in indexed:
        text = entry.article.readable.text
        for sentence in entry.sentences.sentences:
            wording = text[sentence.start : sentence.end]
            if wording not in seen:
                seen.add(wording)
                counts.update(sentence.keys.keys())
    total = len(seen)
    known: dict[str, float] = {}

    def chance(key: str) -> float:
        if key not in known:
            known[key] = (counts[key] + _EXPERIENCE * at_large(key)) / (total + _EXPERIENCE)
        return known[key]

    return chance


def at_large(key: str) -> float:
    """How often a sentence of news has a key of this kind, without looking at the vault."""
    kind, _, value = key.partition(":")
    if kind == "n" and value.isdigit() and len(value) <= 2 and int(value) <= _SMALL_NUMBER:
        return _SMALL_NUMBER_AT_LARGE
    share = _AT_LARGE[kind]
    if kind in "sz":
        # Each consonant more makes a name rarer.
        return float(share * 0.5 ** (len(key) - _SHORT_NAME))
    return share


def candidate_pairs(indexed: Sequence[Indexed], chance: Chance) -> list[tuple[int, int]]:
    """Pairs of positions of articles in different languages that share enough rare keys, in order."""
    numbering: dict[str, int] = {}
    entries: list[Ints] = []
    for entry in indexed:
        keys = [numbering.setdefault(key, len(numbering)) for key in entry.sentences.places]
        entries.append(np.array(keys, dtype=np.int64))
    if not numbering:
        return []
    gains = np.array([max(0.0, math.log(SURVIVES[key[0]] / chance(key))) for key in numbering])
    distinct = {entry.article.readable.text: keys for entry, keys in zip(indexed, entries, strict=True)}
    frequency = np.bincount(np.concatenate(list(distinct.values())), minlength=len(gains))
    gains[(frequency < 2) | (frequency > COMMON)] = 0.0
    languages = np.array([entry.language for entry in indexed])
    return _nearest([keys[gains[keys] > 0] for keys in entries], gains**2, languages)


def _nearest(
    entries: list[Ints], weights: npt.NDArray[np.float64], languages: npt.NDArray[np.str_]
) -> list[tuple[int, int]]:
    """For each article its nearest neighbours in other languages by the cosine of weighted keys."""
    lengths = np.array([math.sqrt(weights[keys].sum()) or 1.0 for keys in entries])
    owners = np.repeat(np.arange(len(entries)), [len(keys) for keys in entries])
    every = np.concatenate(entries)
    order = np.argsort(every, kind="stable")
    postings = owners[order]
    begins = np.searchsorted(every[order], np.arange(len(weights) + 1))
    most = MOST_CANDIDATES if len(entries) <= LARGE else MOST_IN_LARGE
    found = set()
    for position, keys in enumerate(entries):
        if not len(keys) or not languages[position]:
            continue
        lists = [postings[begins[key] : begins[key + 1]] for key in keys]
        weight = np.repeat(weights[keys], [len(owned) for owned in lists])
        shared = np.bincount(np.concatenate(lists), weight, minlength=len(entries))
        cosine = shared / lengths / lengths[position]
        cosine[(languages == languages[position]) | (languages == "")] = 0.0
        near = np.flatnonzero(cosine >= LEAST_COSINE)
        for other in near[np.argsort(-cosine[near], kind="stable")][:most]:
            found.add((min(position, int(other)), max(position, int(other))))
    return sorted(found)
