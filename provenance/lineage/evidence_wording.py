"""What the wording of two texts of a story says of which has it from which.

All of it is counted in grams (words by their stem, and runs of two and three of them), each weighed by
how few texts of the story have it: what only two share is what one of them has from the other, as a
shared error is in textual criticism (Maas 1927).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.lineage.wording import QUOTED, Wording, wording
from provenance.model.article import Article
from provenance.text.tokens import NAME, NUMBER

Floats = npt.NDArray[np.float64]

LONGEST_RUN = 3
_MIX = np.uint64(0x9E3779B97F4A7C15)
# A text is read no further than this: a book is not an article.
MOST_TOKENS = 6_000
# From so many texts on, grams share columns by chance, so that memory stays bounded.
MANY, COLUMNS = 300, np.uint64(1 << 15)
_SENTENCE_END = re.compile(r"[.!?。！？]\s*\Z")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How the texts of a story stand to each other; every square is [taker, giver].

    `kept`: the share of the taker's grams (weighed) that the giver has; `dice`: the same of both, of
    runs of three words, unweighed; `private`: of what few texts have. `details` is what the giver has
    of numbers, names and quoted words, less what the taker has, as a share of both; `length` the
    logarithm of the giver's length over the taker's; `new_details` the share of the taker's details that
    the giver lacks. `own_dice` is `dice` without quoted speech.
    """

    kept: Floats
    private: Floats
    dice: Floats
    length: Floats
    details: Floats
    new_details: Floats
    own_dice: Floats


def likeness(articles: Sequence[Article]) -> Likeness:
    """Compare the texts of some articles (work grows with the square of their number)."""
    found = [wording(article) for article in articles]
    grams = [_grams(each.keys[:MOST_TOKENS].astype(np.uint64)) for each in found]
    details = [_details(article, each) for article, each in zip(articles, found, strict=True)]
    words = np.array([max(1, len(each)) for each in found], dtype=np.float64)
    count = len(articles)
    every = np.concatenate([np.concatenate(each) for each in grams] or [np.zeros(0, np.uint64)])
    if count > MANY:
        every = every % COLUMNS
    unique, numbers_in = np.unique(every, return_inverse=True)
    present = np.zeros((count, len(unique)), dtype=np.float32)
    runs, own_words = np.zeros(len(unique), dtype=bool), np.zeros(len(unique), dtype=bool)
    for words_of_one in found:
        unquoted = words_of_one.keys[words_of_one.kinds & np.uint8(QUOTED) == 0][:MOST_TOKENS]
        last = _grams(unquoted.astype(np.uint64))[-1]
        last = last % COLUMNS if count > MANY else last
        own_words[np.searchsorted(unique, last[np.isin(last, unique)])] = True
    at = 0
    for row, by_length in enumerate(grams):
        for length, each in enumerate(by_length, start=1):
            columns = numbers_in[at : at + len(each)]
            present[row, columns] = 1.0
            if length == LONGEST_RUN:
                runs[columns] = True
            at += len(each)
    frequency = present.sum(axis=0)
    rarity = (1.0 + np.log(max(count, 2) / np.maximum(frequency, 1.0))).astype(np.float32)
    few = (frequency >= 2) & (frequency <= max(2.0, 0.25 * count))
    shared = (present * rarity) @ present.T
    private = (present * (rarity * few)) @ present.T
    both, own = (three @ three.T for three in (present[:, runs], present[:, runs & own_words]))
    own_size = np.maximum(np.diag(own), 1e-6)
    size = np.maximum(np.diag(shared), 1e-6)
    three_size = np.maximum(np.diag(both), 1e-6)
    scale = np.maximum(private - np.diag(np.diag(private)), 0).max(axis=1)
    return Likeness(
        kept=_square(shared / size[:, None]),
        private=_square(private / np.maximum(scale, 1e-6)[:, None] * (scale[:, None] > 0)),
        dice=_square(2 * both / (three_size[:, None] + three_size[None, :])),
        length=np.log(words[None, :] / words[:, None]),
        details=_details_lost(details),
        new_details=_new_details(details),
        own_dice=_square(2 * own / (own_size[:, None] + own_size[None, :])),
    )


def _square(values: npt.NDArray[np.float32]) -> Floats:
    made = values.astype(np.float64)
    np.fill_diagonal(made, 0.0)
    return made


def _grams(keys: npt.NDArray[np.uint64]) -> list[npt.NDArray[np.uint64]]:
    """The distinct grams of one, two and three words."""
    made = []
    run = keys
    for length in range(1, LONGEST_RUN + 1):
        if length > 1:
            run = (run[:-1] * _MIX) ^ keys[length - 1 :] if len(run) > 1 else run[:0]
        made.append(np.unique(run * _MIX + np.uint64(length)))
    return made


def _details(article: Article, found: Wording) -> frozenset[int]:
    """Numbers, names that do not begin a sentence, and quoted words, as keys."""
    kept = found.kinds & np.uint8(NUMBER | QUOTED) != 0
    for index in np.flatnonzero(found.kinds & np.uint8(NAME)).tolist():
        start = int(found.starts[index])
        before = article.body[max(0, start - 3) : start]
        kept[index] |= before.endswith(" ") and not _SENTENCE_END.search(before)
    return frozenset(found.keys[kept].tolist())


def _details_lost(details: Sequence[frozenset[int]]) -> Floats:
    sizes = np.array([len(each) for each in details], dtype=np.float64)
    return np.asarray(
        (sizes[None, :] - sizes[:, None]) / (sizes[None, :] + sizes[:, None] + 4.0), dtype=np.float64
    )


def _new_details(details: Sequence[frozenset[int]]) -> Floats:
    """The share of the taker's details that the giver does not have."""
    count = len(details)
    numbering = {key: number for number, key in enumerate(sorted(frozenset().union(*details)))}
    present = np.zeros((count, max(1, len(numbering))), dtype=np.float32)
    for row, keys in enumerate(details):
        present[row, [numbering[key] for key in keys]] = 1.0
    sizes = present.sum(axis=1)
    return np.asarray((sizes[:, None] - present @ present.T) / (sizes[:, None] + 2.0), dtype=np.float64)
