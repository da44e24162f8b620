"""Which articles translate each other, wholly or in part, and which passages.

Articles that share rare features are taken as candidates from an inverted index; their sentences
are aligned; and what was aligned decides. Two reports of one event share names and numbers too,
but in another order and beside much that the other has not: a translation holds several sentences
in a row, each with nearly everything the other has.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from provenance.lineage.translation_alignment import SURVIVES, Chain, Sentences, chains
from provenance.lineage.translation_features import sentence_features
from provenance.model.article import Article
from provenance.model.reuse import Passage, ReusePair

# How often a key of a kind stands in a sentence of news at large, and how many sentences that
# experience counts for: a vault of two articles cannot tell what is rare.
_AT_LARGE = {"n": 0.004, "m": 0.01, "d": 0.01, "w": 0.002, "s": 0.003, "z": 0.006, "c": 0.03, "t": 0.01, "l": 0.01}
_EXPERIENCE = 300.0
_SMALL_NUMBERS = 0.03  # up to twelve
# Candidates: so many an article, and at least so much in common (cosine of weighted features).
MOST_CANDIDATES = 24
LEAST_COSINE = 0.05
# A key in more articles than this share of the vault (or this many) finds no candidates.
_COMMON_SHARE, _COMMON_LEAST = 0.2, 40
MOST_PASSAGES = 4
LEAST_PASSAGE = 6.0
LEAST_SCORE = 12.0


@dataclass(frozen=True, slots=True)
class Indexed:
    """An article with its sentences and its distinct keys."""

    article: Article
    sentences: Sentences
    language: str


def translation_pairs(articles: Sequence[Article]) -> list[ReusePair]:
    """Pairs of articles in different languages of which one translates the other, or a part of it.

    Ordered by score, best first. Articles whose language is unknown, or that have no sentence, are
    in no pair.
    """
    indexed = [index(article) for article in articles]
    chance = chance_of(indexed)
    found = []
    for first, second in candidate_pairs(indexed, chance):
        pair = translation_pair(indexed[first], indexed[second], chance)
        if pair is not None:
            found.append(pair)
    return sorted(found, key=lambda pair: (-pair.score, pair.a, pair.b))


def index(article: Article) -> Indexed:
    """Read an article's sentences and features."""
    return Indexed(article, Sentences.of(sentence_features(article)), article.language.best or "")


def chance_of(indexed: Sequence[Indexed]) -> Callable[[str], float]:
    """How probable it is that a sentence has a key: counted over all articles, with experience."""
    counts: Counter[str] = Counter()
    total = 0
    for entry in indexed:
        total += len(entry.sentences.sentences)
        for key, places in entry.sentences.places.items():
            counts[key] += len(places)
    cache: dict[str, float] = {}

    def chance(key: str) -> float:
        known = cache.get(key)
        if known is None:
            known = cache[key] = (counts[key] + _EXPERIENCE * at_large(key)) / (total + _EXPERIENCE)
        return known

    return chance


def at_large(key: str) -> float:
    """How often a sentence of news has a key of this kind, without looking at the vault."""
    if key.startswith("n:") and len(key) <= 4 and key[2:].isdigit() and int(key[2:]) <= 12:
        return _SMALL_NUMBERS
    share = _AT_LARGE[key[0]]
    # Each consonant more makes a name rarer.
    return share * 0.5 ** (len(key) - 5) if key[0] in "sz" else share


def candidate_pairs(indexed: Sequence[Indexed], chance: Callable[[str], float]) -> list[tuple[int, int]]:
    """Pairs of positions of articles in different languages that share enough rare keys."""
    numbering: dict[str, int] = {}
    entries: list[np.ndarray] = []
    for entry in indexed:
        keys = [numbering.setdefault(key, len(numbering)) for key in entry.sentences.places]
        entries.append(np.array(keys, dtype=np.int64))
    weights = np.array([max(0.0, math.log(SURVIVES[key[0]] / chance(key))) for key in numbering] or [0.0])
    document_frequency = np.bincount(np.concatenate([*entries, np.array([0])]), minlength=len(weights))
    common = max(_COMMON_LEAST, _COMMON_SHARE * len(indexed))
    weights[(document_frequency < 2) | (document_frequency > common)] = 0.0
    languages = np.array([entry.language for entry in indexed])
    return _nearest([keys[weights[keys] > 0] for keys in entries], weights**2, languages)


def _nearest(entries: list[np.ndarray], squares: np.ndarray, languages: np.ndarray) -> list[tuple[int, int]]:
    lengths = np.array([math.sqrt(squares[keys].sum()) or 1.0 for keys in entries])
    owners = np.repeat(np.arange(len(entries)), [len(keys) for keys in entries])
    every = np.concatenate(entries) if entries else np.array([], dtype=np.int64)
    order = np.argsort(every, kind="stable")
    postings = owners[order]
    begins = np.searchsorted(every[order], np.arange(len(squares) + 1))
    found = set()
    for position, keys in enumerate(entries):
        if not len(keys) or not languages[position]:
            continue
        lists = [postings[begins[key] : begins[key + 1]] for key in keys]
        weight = np.repeat(squares[keys], [len(owned) for owned in lists])
        cosine = np.bincount(np.concatenate(lists), weight, minlength=len(entries)) / lengths / lengths[position]
        cosine[(languages == languages[position]) | (languages == "")] = 0.0
        nearest = np.argsort(-cosine)[:MOST_CANDIDATES]
        for other in nearest[cosine[nearest] >= LEAST_COSINE]:
            found.add((min(position, int(other)), max(position, int(other))))
    return sorted(found)


def translation_pair(a: Indexed, b: Indexed, chance: Callable[[str], float]) -> ReusePair | None:
    """The pair of two articles, None where neither translates a part of the other."""
    found = chains(a.sentences, b.sentences, chance, LEAST_PASSAGE, MOST_PASSAGES)
    score = sum(chain.score for chain in found)
    if score < LEAST_SCORE:
        return None
    return _pair(a, b, found, score)


def _pair(a: Indexed, b: Indexed, found: list[Chain], score: float) -> ReusePair:
    passages = []
    for chain in found:
        first, last = chain.steps[0], chain.steps[-1]
        in_a = a.sentences.sentences[first.a_start : last.a_end]
        in_b = b.sentences.sentences[first.b_start : last.b_end]
        passages.append(
            Passage(
                a.article.readable.body_span(in_a[0].start, in_a[-1].end),
                b.article.readable.body_span(in_b[0].start, in_b[-1].end),
                1.0,
                False,
            )
        )
    return ReusePair(a.article.path, b.article.path, "translation", score / (score + 20), 1.0, 1.0, tuple(passages))
