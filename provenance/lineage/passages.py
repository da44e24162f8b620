"""Passages: what two articles share in wording, and how much that says."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from provenance.lineage.chains import PLAIN, Kernel
from provenance.lineage.seeds import Indexed, longer_than_usual, matching_tokens
from provenance.lineage.set_phrases import in_set_phrases
from provenance.lineage.wording import QUOTED, Wording, span_of
from provenance.model.reuse import Passage
from provenance.text.tokens import NAME, NUMBER, STEM, WORD_WIDTH

# What a matching name or number counts beside any other word: reports of one event share them
# whoever wrote them.
NAME_WEIGHT = 0.25
# A word of the same stem in another form.
OTHER_FORM_WEIGHT = 0.7

# A word in a set phrase of news writing.
SET_PHRASE_WEIGHT = 0.1

# Evidence is counted in matching words. A passage of less is dropped; a pair needs one passage of
# BEST_PASSAGE or all of ALL_PASSAGES. Fitted on tests/lineage/reuse: independent first paragraphs
# of one event share up to 12.5 words' worth, the least that was taken is worth 20.
LEAST_PASSAGE = 6.0
BEST_PASSAGE = 15.0
ALL_PASSAGES = 18.0
# Set phrases are looked for where they could decide.
WORTH_LOOKING = 60.0
# So many words more are asked for in a longer text, which holds more set phrases.
CHANCE = 3.0
LEAST_SIMILARITY = 0.4
# Tokens; a longer beginning or end that two articles of one outlet share is no masthead or footer.
LONGEST_FRAME = 120
LEAST_OWN = 15
# Evidence of this many words makes a score of one half.
HALF_SCORE = 12.0
# A chain with less than a third of its matching words quoted is prose with a quotation in it, one
# with four fifths a quotation; what lies between is cut where the quotation begins and ends.
MOSTLY_PROSE, MOSTLY_QUOTED = 1 / 3, 0.8
LEAST_QUOTED = 4.0

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two articles share. `evidence` is in unquoted matching words, `score` 0 to 1 (see ReusePair)."""

    passages: tuple[Passage, ...]
    share_of_a: float
    share_of_b: float
    evidence: float
    score: float

    @property
    def is_reuse(self) -> bool:
        """Whether more is shared than quotations, names and stock phrases."""
        return self.score > 0


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A passage in tokens (first and last of each side) with its evidence."""

    a: tuple[int, int]
    b: tuple[int, int]
    similarity: float
    quoted: bool
    evidence: float


def overlap(
    longer: Indexed, shorter: Wording, kernel: Kernel = PLAIN, *, one_outlet: bool = False
) -> Overlap | None:
    """What the articles share in wording, `a` being the longer; None for nothing.

    Two articles of `one_outlet` that share no more than how they begin or end share a masthead or a
    footer, which is nothing. The work grows with the shorter text, and with the logarithm of the
    longer.
    """
    matches = matching_tokens(longer, shorter, kernel)
    if matches is None:
        return None
    stretches = list(_stretches(longer.wording, shorter, *matches))
    if one_outlet:
        text_a, text_b = longer.wording, shorter
        if all(each.quoted or _is_frame(each, text_a, text_b) for each in stretches):
            return None
    if not stretches:
        return None
    stretches.sort(key=lambda each: (each.a, each.b))
    best = max(each.evidence for each in stretches)
    evidence = sum(each.evidence for each in stretches)
    chance = CHANCE * longer_than_usual(longer.wording)
    enough = best >= BEST_PASSAGE + chance or evidence >= ALL_PASSAGES * (1 + chance)
    return Overlap(
        passages=tuple(
            Passage(
                span_of(longer.wording, *each.a),
                span_of(shorter, *each.b),
                round(each.similarity, 4),
                each.quoted,
            )
            for each in stretches
        ),
        share_of_a=_share(longer.wording, [each.a for each in stretches]),
        share_of_b=_share(shorter, [each.b for each in stretches]),
        evidence=evidence,
        score=round(evidence / (evidence + HALF_SCORE), 4) if enough else 0.0,
    )


def mirrored(found: Overlap) -> Overlap:
    """The same with `a` and `b` changed about."""
    passages = sorted(
        (Passage(each.b, each.a, each.similarity, each.quoted) for each in found.passages),
        key=lambda each: (each.a, each.b),
    )
    return Overlap(tuple(passages), found.share_of_b, found.share_of_a, found.evidence, found.score)


def _stretches(a: Wording, b: Wording, at_a: Ints, at_b: Ints, chains: Ints) -> Iterator[_Stretch]:
    """The passages in tokens. A word that several passages hold is evidence in the best one only."""
    weights, lengths = _worth(a, b, at_a, at_b)
    least = LEAST_PASSAGE + CHANCE * longer_than_usual(a)
    told_a, told_b = np.zeros(len(a), dtype=np.bool_), np.zeros(len(b), dtype=np.bool_)
    quoted = (a.kinds[at_a] & b.kinds[at_b] & np.uint8(QUOTED)) != 0
    cuts = np.flatnonzero(chains[1:] != chains[:-1]) + 1
    for first, last in pairwise((0, *cuts.tolist(), len(chains))):
        in_quotation = quoted[first:last]
        share = float(in_quotation.mean())
        if MOSTLY_PROSE < share < MOSTLY_QUOTED:
            turns = np.flatnonzero(in_quotation[1:] != in_quotation[:-1]) + 1 + first
            parts = [(*each, bool(quoted[each[0]])) for each in pairwise((first, *turns.tolist(), last))]
        else:
            parts = [(first, last, share >= MOSTLY_QUOTED)]
        for begin, end, is_quoted in parts:
            part = slice(begin, end)
            span_a = int(at_a[begin]), int(at_a[end - 1])
            span_b = int(at_b[begin]), int(at_b[end - 1])
            length = _length(a, span_a) + _length(b, span_b)
            similarity = float(lengths[part].sum()) / max(1, length)
            if similarity < LEAST_SIMILARITY:
                continue
            if is_quoted:
                if _words(a, span_a) >= LEAST_QUOTED:
                    yield _Stretch(span_a, span_b, similarity, True, 0.0)
                continue
            own = ~quoted[part]
            if least <= float(weights[part][own].sum()) < WORTH_LOOKING:
                common = in_set_phrases(a.keys[span_a[0] : span_a[1] + 1])[at_a[part] - span_a[0]]
                weights[part] *= np.where(common, SET_PHRASE_WEIGHT, 1.0)
            if float(weights[part][own].sum()) < least:
                continue
            new = own & ~told_a[at_a[part]] & ~told_b[at_b[part]]
            told_a[at_a[part]] = told_b[at_b[part]] = True
            yield _Stretch(span_a, span_b, similarity, False, float(weights[part][new].sum()))


def _is_frame(stretch: _Stretch, a: Wording, b: Wording) -> bool:
    """Whether both texts begin or end with a passage, word for word, and have text of their own."""
    (first_a, last_a), (first_b, last_b) = stretch.a, stretch.b
    begins = first_a == first_b == 0
    ends = last_a == len(a) - 1 and last_b == len(b) - 1
    length = last_a - first_a + 1
    own = min(len(a), len(b)) - length
    return (begins or ends) and stretch.similarity > 0.98 and length <= LONGEST_FRAME and own >= LEAST_OWN


def _worth(
    a: Wording, b: Wording, at_a: Ints, at_b: Ints
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """What each matching token counts as evidence, in words, and for similarity, in letters of both."""
    same_form = a.forms[at_a] == b.forms[at_b]
    named = (a.kinds[at_a] & b.kinds[at_b] & np.uint8(NAME | NUMBER)) != 0
    weights = a.widths[at_a] / WORD_WIDTH
    weights = weights * np.where(named, NAME_WEIGHT, np.where(same_form, 1.0, OTHER_FORM_WEIGHT))
    length_a, length_b = a.lengths[at_a].astype(np.int64), b.lengths[at_b].astype(np.int64)
    stem = 2 * np.minimum(np.minimum(length_a, length_b), STEM)
    return weights, np.where(same_form, length_a + length_b, stem)


def _length(wording: Wording, tokens: tuple[int, int]) -> int:
    return int(wording.lengths[tokens[0] : tokens[1] + 1].sum(dtype=np.int64))


def _words(wording: Wording, tokens: tuple[int, int]) -> float:
    return float(wording.widths[tokens[0] : tokens[1] + 1].sum(dtype=np.int64)) / WORD_WIDTH


def _share(wording: Wording, stretches: list[tuple[int, int]]) -> float:
    """The share of the letters that stand in any of the stretches."""
    inside = np.zeros(len(wording), dtype=np.bool_)
    for first, last in stretches:
        inside[first : last + 1] = True
    return round(float(wording.lengths[inside].sum(dtype=np.int64)) / _length(wording, (0, len(wording))), 4)
