"""Which articles translate each other, wholly or in part, and which passages.

Articles that share rare features are candidates; their sentences are aligned; each alignment is
weighed; and one that is far weaker than what another article of the same language offers for the
same sentences is left out: it is the same event or subject, told by someone else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.lineage.quotation import quoted_stretches
from provenance.lineage.translation_alignment import Chain, chains
from provenance.lineage.translation_candidates import Chance, Indexed, candidate_pairs, chance_of, index
from provenance.lineage.translation_evidence import Evidence, evidence, share_found
from provenance.model.article import Article
from provenance.model.reuse import Passage, ReusePair

MOST_PASSAGES = 4
LEAST_CHAIN = 10.0
# A chain must have this share of the best score that its sentences reach in any article of the
# other's language.
LEAST_OF_BEST = 0.5
MOSTLY_QUOTED = 0.8

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Aligned:
    """An alignment of two articles (positions) that is more likely translation than not."""

    a: int
    b: int
    chain: Chain
    evidence: Evidence


def translation_pairs(articles: Sequence[Article]) -> list[ReusePair]:
    """Pairs of articles in different languages of which one translates the other, or a part of it.

    Ordered by score (the probability that it is a translation), best first. Articles whose language
    is unknown, or that have no sentence, are in no pair. Which of the two is the original is not
    decided here.
    """
    indexed = [index(article) for article in articles]
    chance = chance_of(indexed)
    found: list[Aligned] = []
    for a, b in candidate_pairs(indexed, chance):
        found.extend(_aligned(a, b, indexed, chance))
    best = _best_scores(found, indexed)
    kept: dict[tuple[int, int], list[Aligned]] = {}
    for aligned in found:
        if _holds_its_own(aligned, indexed, best):
            kept.setdefault((aligned.a, aligned.b), []).append(aligned)
    pairs = [_pair(indexed[a], indexed[b], alignments, chance) for (a, b), alignments in kept.items()]
    return sorted(pairs, key=lambda pair: (-pair.score, pair.a, pair.b))


def _aligned(a: int, b: int, indexed: Sequence[Indexed], chance: Chance) -> Iterator[Aligned]:
    in_a, in_b = indexed[a].sentences, indexed[b].sentences
    for chain in chains(in_a, in_b, chance, LEAST_CHAIN, MOST_PASSAGES):
        weighed = evidence(in_a, in_b, chain, chance)
        if weighed.log_odds > 0:
            yield Aligned(a, b, chain, weighed)


def _best_scores(found: Sequence[Aligned], indexed: Sequence[Indexed]) -> dict[tuple[int, str], Floats]:
    """For each article and other language, the best score each of its sentences has in a step."""
    best: dict[tuple[int, str], Floats] = {}
    for aligned in found:
        for here, there, scores in _by_sentence(aligned, indexed):
            known = best.setdefault((here, there), np.zeros(len(scores)))
            np.maximum(known, scores, out=known)
    return best


def _by_sentence(aligned: Aligned, indexed: Sequence[Indexed]) -> Iterator[tuple[int, str, Floats]]:
    """The score of each sentence of either article in its step: (article, other's language, scores)."""
    in_a = np.zeros(len(indexed[aligned.a].sentences.sentences))
    in_b = np.zeros(len(indexed[aligned.b].sentences.sentences))
    for step in aligned.chain.steps:
        in_a[step.a_start : step.a_end] = step.score / (step.a_end - step.a_start)
        in_b[step.b_start : step.b_end] = step.score / (step.b_end - step.b_start)
    yield aligned.a, indexed[aligned.b].language, in_a
    yield aligned.b, indexed[aligned.a].language, in_b


def _holds_its_own(aligned: Aligned, indexed: Sequence[Indexed], best: dict[tuple[int, str], Floats]) -> bool:
    first, last = aligned.chain.steps[0], aligned.chain.steps[-1]
    spans = (slice(first.a_start, last.a_end), slice(first.b_start, last.b_end))
    for (here, there, scores), span in zip(_by_sentence(aligned, indexed), spans, strict=True):
        if scores[span].sum() < LEAST_OF_BEST * best[here, there][span].sum():
            return False
    return True


def _pair(a: Indexed, b: Indexed, alignments: list[Aligned], chance: Chance) -> ReusePair:
    alignments.sort(key=lambda aligned: aligned.chain.steps[0].a_start)
    steps = [step for aligned in alignments for step in aligned.chain.steps]
    letters_a = sum(a.sentences.letters[step.a_start : step.a_end].sum() for step in steps)
    letters_b = sum(b.sentences.letters[step.b_start : step.b_end].sum() for step in steps)
    return ReusePair(
        a.article.path,
        b.article.path,
        "translation",
        round(max(aligned.evidence.probability for aligned in alignments), 4),
        round(float(letters_a / a.sentences.letters.sum()), 4),
        round(float(letters_b / b.sentences.letters.sum()), 4),
        tuple(_passage(a, b, aligned, chance) for aligned in alignments),
    )


def _passage(a: Indexed, b: Indexed, aligned: Aligned, chance: Chance) -> Passage:
    first, last = aligned.chain.steps[0], aligned.chain.steps[-1]
    start_a, end_a = _place(a, first.a_start, last.a_end)
    start_b, end_b = _place(b, first.b_start, last.b_end)
    return Passage(
        a.article.readable.body_span(start_a, end_a),
        b.article.readable.body_span(start_b, end_b),
        round(share_found(a.sentences, b.sentences, aligned.chain, chance), 4),
        _is_quoted(a.article, start_a, end_a) and _is_quoted(b.article, start_b, end_b),
    )


def _place(indexed: Indexed, first: int, end: int) -> tuple[int, int]:
    """Where sentences stand in the readable text."""
    sentences = indexed.sentences.sentences
    return sentences[first].start, sentences[end - 1].end


def _is_quoted(article: Article, start: int, end: int) -> bool:
    quoted = sum(
        max(0, min(end, stretch.end) - max(start, stretch.start))
        for stretch in quoted_stretches(article.readable)
    )
    return quoted >= MOSTLY_QUOTED * (end - start)
