"""Sentences of two articles aligned: the stretches that say the same in the same order.

Each pair of sentences gets a log-likelihood ratio (natural logarithm): how much likelier what they
share, what they do not share and their lengths are if one translates the other than if they met by
chance. Dynamic programming then finds the local alignment with the greatest sum (Smith and
Waterman 1981), in steps of one sentence to one, one to two and two to one (Gale and Church 1993).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.lineage.translation_features import IDEA, NAME, NUMBER, Sentence

Floats = npt.NDArray[np.float64]

# How often a feature of one sentence is found in its translation, by the kind of key. Fitted on
# the training part of tests/lineage/translation.
SURVIVES = {"n": 0.8, "m": 0.8, "d": 0.7, "w": 0.5, "s": 0.5, "z": 0.4, "c": 0.5, "t": 0.6, "l": 0.5}
# What it costs when a token that should leave a trace leaves none.
LOST = {NUMBER: 0.9, NAME: 0.25, IDEA: 0.2}
LEAST_GAIN, GREATEST_GAIN = 0.5, 6.0
# The logarithm of the ratio of lengths: spread for translations and for sentences that met by chance.
LENGTH_SPREAD, CHANCE_SPREAD = 0.28, 0.75
SKIPPED = 1.0  # cost of a sentence left out inside a passage
UNEQUAL = 0.7  # cost of a step of one sentence to two
# A key that stands in this many pairs of sentences of two articles says nothing about which belong
# together, and costs time.
MOST_PLACES = 30
_STEPS = ((1, 1), (1, 2), (2, 1))
_EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Step:
    """Sentences `a[a_start:a_end]` and `b[b_start:b_end]` that say the same, with their score."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    score: float


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps in order, and the sum of their scores less what was skipped between them."""

    steps: tuple[Step, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Sentences:
    """An article's sentences, and where each key stands among them: (sentence, token) each."""

    sentences: tuple[Sentence, ...]
    places: dict[str, list[tuple[int, int]]]
    letters: Floats
    lost: Floats

    @classmethod
    def of(cls, found: tuple[Sentence, ...]) -> "Sentences":
        places: dict[str, list[tuple[int, int]]] = {}
        for index, sentence in enumerate(found):
            for key, token in sentence.keys.items():
                places.setdefault(key, []).append((index, token))
        letters = np.array([max(sentence.letters, 1.0) for sentence in found], dtype=np.float64)
        costs = [sum(LOST[kind] for kind in sentence.expected.values()) for sentence in found]
        lost = np.array(costs, dtype=np.float64)
        return cls(found, places, letters, lost)


def chains(
    a: Sentences, b: Sentences, chance: Callable[[str], float], least: float, most: int
) -> list[Chain]:
    """The best chains of aligned sentences, best first, none sharing a sentence with another.

    `chance` gives the probability that a sentence of any article has a key. Chains that score
    less than `least` are left out; at most `most` are returned.
    """
    shared = shared_scores(a, b, chance)
    found: list[Chain] = []
    while len(found) < most:
        chain = _best_chain(a, b, shared, least)
        if chain is None or chain.score < least:
            break
        found.append(chain)
        for step in chain.steps:
            shared[step.a_start : step.a_end, :] = -np.inf
            shared[:, step.b_start : step.b_end] = -np.inf
    return found


def shared_scores(a: Sentences, b: Sentences, chance: Callable[[str], float]) -> Floats:
    """What each pair of sentences shares, less what either has and the other lacks (lengths aside)."""
    scores = -(a.lost[:, None] + b.lost[None, :])
    matches: dict[tuple[int, int], list[tuple[float, int, int]]] = {}
    for key in a.places.keys() & b.places.keys():
        in_a, in_b = a.places[key], b.places[key]
        gain = min(GREATEST_GAIN, float(np.log(SURVIVES[key[0]] / chance(key))))
        if gain < LEAST_GAIN or len(in_a) * len(in_b) > MOST_PLACES:
            continue
        for i, token_a in in_a:
            for j, token_b in in_b:
                matches.setdefault((i, j), []).append((gain, token_a, token_b))
    for (i, j), cell in matches.items():
        scores[i, j] += _disjoint(cell, a.sentences[i], b.sentences[j])
    return scores


def _disjoint(cell: list[tuple[float, int, int]], a: Sentence, b: Sentence) -> float:
    """The gains of a pair of sentences, each token counted once, with the costs its match takes back."""
    cell.sort(reverse=True)
    used_a: set[int] = set()
    used_b: set[int] = set()
    total = 0.0
    for gain, token_a, token_b in cell:
        if token_a in used_a or token_b in used_b:
            continue
        used_a.add(token_a)
        used_b.add(token_b)
        total += gain
        if token_a in a.expected:
            total += LOST[a.expected[token_a]]
        if token_b in b.expected:
            total += LOST[b.expected[token_b]]
    return total


def length_score(letters_a: Floats, letters_b: Floats) -> Floats:
    """The log-likelihood ratio of the lengths of each sentence of one article and each of another."""
    difference = np.log(letters_a)[:, None] - np.log(letters_b)[None, :]
    return np.asarray(
        np.log(CHANCE_SPREAD / LENGTH_SPREAD)
        - difference**2 / 2 * (1 / LENGTH_SPREAD**2 - 1 / CHANCE_SPREAD**2)
    )


def _best_chain(a: Sentences, b: Sentences, shared: Floats, least: float) -> Chain | None:
    """The chain with the greatest score, None where none can reach `least`."""
    steps = steps_of(a, b, shared)
    if _bound(steps) < least:
        return None
    rows, columns = shared.shape
    best = np.zeros((rows + 1, columns + 1))
    slope = SKIPPED * np.arange(columns + 1)
    for i in range(1, rows + 1):
        row = np.maximum(best[i - 1] - SKIPPED, 0.0)
        for (down, right), table in zip(_STEPS, steps.tables, strict=True):
            if i >= down and columns >= right:
                reached = best[i - down, : columns + 1 - right] + table[i - down]
                np.maximum(row[right:], reached, out=row[right:])
        # Skipping to the right costs the same for each sentence: a running maximum does them all.
        best[i] = np.maximum.accumulate(row + slope) - slope
    top = np.unravel_index(int(best.argmax()), best.shape)
    return Chain(_walk_back(int(top[0]), int(top[1]), best, steps), float(best[top]))


def _bound(steps: "StepScores") -> float:
    """More than any chain can score: the best step that begins at each sentence, wherever it leads."""
    bound = np.zeros(len(steps.tables[0]))
    for table in steps.tables:
        if table.size:
            np.maximum(bound[: len(table)], table.max(axis=1), out=bound[: len(table)])
    return float(bound.sum())


@dataclass(frozen=True, slots=True)
class StepScores:
    """The score of a step that begins at each pair of sentences: one to one, one to two, two to one."""

    tables: tuple[Floats, ...]

    def at(self, step: Step) -> float:
        """The score of one step."""
        kind = _STEPS.index((step.a_end - step.a_start, step.b_end - step.b_start))
        return float(self.tables[kind][step.a_start, step.b_start])


def steps_of(a: Sentences, b: Sentences, shared: Floats) -> StepScores:
    """The scores of all steps, from what each pair of sentences shares and from their lengths."""
    single = shared + length_score(a.letters, b.letters)
    double_a = a.letters[:-1] + a.letters[1:]
    double_b = b.letters[:-1] + b.letters[1:]
    # What the one sentence lost is in both cells: it counts once.
    wide = shared[:, :-1] + shared[:, 1:] + length_score(a.letters, double_b) - UNEQUAL + a.lost[:, None]
    tall = shared[:-1, :] + shared[1:, :] + length_score(double_a, b.letters) - UNEQUAL + b.lost[None, :]
    return StepScores((single, wide, tall))


def _walk_back(i: int, j: int, best: Floats, scores: StepScores) -> tuple[Step, ...]:
    """The steps that lead to cell (i, j), found by asking which of its neighbours explains its value."""
    steps: list[Step] = []
    while best[i, j] > _EPSILON:
        for (down, right), table in zip(_STEPS, scores.tables, strict=True):
            if i >= down and j >= right:
                score = float(table[i - down, j - right])
                if abs(best[i - down, j - right] + score - best[i, j]) < _EPSILON:
                    steps.append(Step(i - down, i, j - right, j, score))
                    i, j = i - down, j - right
                    break
        else:
            if i and abs(best[i - 1, j] - SKIPPED - best[i, j]) < _EPSILON:
                i -= 1
            else:
                j -= 1
    return tuple(reversed(steps))
