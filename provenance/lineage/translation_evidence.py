"""How strongly an alignment speaks for translation, against reports of one event or one subject.

What two texts on one event share (names, numbers, the words of the subject) gives them a good score
wherever it stands. Only in a translation does it stand in the same order, sentence by sentence. So
an alignment is weighed twice: against sentences of any article, and against the other sentences of
the same two articles, where a key that stands in every second sentence says nothing.
"""

import math
from dataclasses import dataclass

from provenance.lineage.translation_alignment import (
    GREATEST_GAIN,
    SURVIVES,
    Chain,
    Sentences,
    shared_scores,
    steps_of,
)
from provenance.lineage.translation_candidates import Chance
from provenance.lineage.translation_features import Sentence

# A logistic model of a chain: constant, scores of its steps, score by order, sentences skipped on either
# side. One step counts up to a limit: a single sentence that two reports have in common, full of names
# and numbers, is no translation. Fitted by regression on the fitting part of tests/lineage/translation
# (with all and with half of words.psv, alone and among technical manuals in nine languages).
_CONSTANT, _STEPS, _ORDER, _SKIPPED = -8.2, 0.31, 0.22, -2.0
_MOST_STEP = 16.0
# What it adds when the chain is nearly all of both articles: short texts that say the same whole.
_WHOLE, _NEARLY_ALL = 3.0, 0.8


@dataclass(frozen=True, slots=True)
class Evidence:
    """The log-odds that a chain is translation rather than anything else."""

    log_odds: float

    @property
    def probability(self) -> float:
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.log_odds))))


def evidence(a: Sentences, b: Sentences, chain: Chain, chance: Chance) -> Evidence:
    """Weigh a chain of aligned sentences."""
    first, last = chain.steps[0], chain.steps[-1]
    sentences = last.a_end - first.a_start + last.b_end - first.b_start
    aligned = sum(step.a_end - step.a_start + step.b_end - step.b_start for step in chain.steps)
    log_odds = (
        _CONSTANT
        + _STEPS * sum(min(step.score, _MOST_STEP) for step in chain.steps)
        + _ORDER * _order(a, b, chain, chance)
        + _SKIPPED * (sentences - aligned)
        + _WHOLE * (_covered(a, b, chain) >= _NEARLY_ALL)
    )
    return Evidence(log_odds)


def _covered(a: Sentences, b: Sentences, chain: Chain) -> float:
    """The share of letters that a chain takes up in the article of which it takes up less."""
    first, last = chain.steps[0], chain.steps[-1]
    in_a = a.letters[first.a_start : last.a_end].sum() / a.letters.sum()
    in_b = b.letters[first.b_start : last.b_end].sum() / b.letters.sum()
    return float(min(in_a, in_b))


def share_found(a: Sentences, b: Sentences, chain: Chain, chance: Chance) -> float:
    """How much of the numbers, names and known words of either stretch the other has (0 to 1, by rarity)."""
    first, last = chain.steps[0], chain.steps[-1]
    in_a = sum(_worth(sentence, chance) for sentence in a.sentences[first.a_start : last.a_end])
    in_b = sum(_worth(sentence, chance) for sentence in b.sentences[first.b_start : last.b_end])
    return min(1.0, chain.score / max(1.0, math.sqrt(in_a * in_b)))


def _order(a: Sentences, b: Sentences, chain: Chain, chance: Chance) -> float:
    """The score of a chain where the chance of a key is its share among these two articles' sentences."""

    def within(key: str) -> float:
        here = (len(a.places[key]) / (len(a.sentences) + 1) + len(b.places[key]) / (len(b.sentences) + 1)) / 2
        return max(chance(key), here)

    scores = steps_of(a, b, shared_scores(a, b, within))
    return sum(scores.at(step) for step in chain.steps)


def _worth(sentence: Sentence, chance: Chance) -> float:
    """The most that finding every expected token of a sentence again can score."""
    best: dict[int, float] = {}
    for key, token in sentence.keys.items():
        if token in sentence.expected:
            gain = min(GREATEST_GAIN, math.log(SURVIVES[key[0]] / chance(key)))
            best[token] = max(best.get(token, 0.0), gain)
    return sum(best.values())
