"""Passages: what two articles share in wording, and how much that says."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from provenance.lineage.chains import GAP, LEAST, PLAIN, Kernel
from provenance.lineage.set_phrases import in_set_phrases
from provenance.lineage.wording import QUOTED, RECURRING, Wording, span_of
from provenance.model.reuse import Passage
from provenance.text.tokens import NAME, NUMBER, STEM, WORD_WIDTH, hash_of, rolling

# A seed is two words, or as much text in a script that writes no spaces; in a longer text, where
# two words recur by chance, three or four.
SEED_WORDS = 2
LONG_TEXTS = (20_000, 200_000)
# Where two texts have more seeds than this, one of them repeats itself, and of every seed only the
# first places in the longer text are taken: of a passage that recurs there the first few.
MOST_SEEDS = 20_000
MOST_PLACES = 4
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
# Evidence of this many words makes a score of one half.
HALF_SCORE = 12.0
# A chain with less than a third of its matching words quoted is prose with a quotation in it, one
# with four fifths a quotation; what lies between is cut where the quotation begins and ends.
MOSTLY_PROSE, MOSTLY_QUOTED = 1 / 3, 0.8
LEAST_QUOTED = 4.0

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Indexed:
    """A wording and where in it each seed stands."""

    wording: Wording
    size: int
    hashes: npt.NDArray[np.uint64]  # each once, in order
    firsts: Ints  # where in `places` those of each begin, and the end
    places: Ints


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


def indexed(wording: Wording) -> Indexed:
    """Index `wording` for `overlap`: worth keeping for a long text that many are compared with."""
    size = _seed_size(wording)
    hashes = _seeds(wording, size)
    places = np.argsort(hashes, kind="stable")
    hashes = hashes[places]
    firsts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1]))) if len(hashes) else places
    return Indexed(wording, size, hashes[firsts], np.append(firsts, len(places)), places)


def overlap(longer: Indexed, shorter: Wording, kernel: Kernel = PLAIN) -> Overlap | None:
    """What the articles share in wording, `a` being the longer; None for nothing.

    The work grows with the shorter text, and with the longer only as its logarithm.
    """
    matches = _matches(longer, shorter, kernel)
    if matches is None:
        return None
    stretches = list(_stretches(longer.wording, shorter, *matches))
    if not stretches:
        return None
    stretches.sort(key=lambda each: (each.a, each.b))
    best = max(each.evidence for each in stretches)
    evidence = sum(each.evidence for each in stretches)
    chance = CHANCE * _longer_than_usual(longer.wording)
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


def _seed_size(wording: Wording) -> int:
    """Tokens in a seed: two words, four ideographs, six characters of Thai; more in long texts."""
    return max(2, round((SEED_WORDS + _longer_than_usual(wording)) * _tokens_a_word(wording)))


def _longer_than_usual(wording: Wording) -> int:
    return sum(len(wording) >= long for long in LONG_TEXTS)


def _tokens_a_word(wording: Wording) -> float:
    """Tokens in the place of a word: 1 in most scripts, 2 in ideographs, 3 in Thai, less in Korean."""
    width = int(wording.widths.sum(dtype=np.int64))
    return WORD_WIDTH * len(wording) / width if width else 1.0


def _seeds(wording: Wording, size: int) -> npt.NDArray[np.uint64]:
    starts = np.arange(max(0, len(wording) - size + 1))
    return hash_of(rolling(wording.keys), starts, starts + size)


def _matches(longer: Indexed, shorter: Wording, kernel: Kernel) -> tuple[Ints, Ints, Ints] | None:
    """The matching tokens of all chains: places in the longer and shorter text, and the chain."""
    long_text = longer.wording
    if len(long_text) == len(shorter) and np.array_equal(long_text.keys, shorter.keys):
        free = _not_recurring_in_both(long_text.kinds, shorter.kinds)
        every = np.flatnonzero(free)
        return (every, every, np.zeros(len(every), dtype=np.int64)) if len(every) else None
    hashes = _seeds(shorter, longer.size)
    if not len(hashes) or not len(longer.hashes):
        return None
    which = np.searchsorted(longer.hashes[:-1], hashes)
    first = longer.firsts[which]
    counts = np.where(longer.hashes[which] == hashes, longer.firsts[which + 1] - first, 0)
    if int(counts.sum()) > MOST_SEEDS:
        counts = np.minimum(counts, MOST_PLACES)
    at_b = np.repeat(np.arange(len(hashes)), counts)
    if not len(at_b):
        return None
    within = np.arange(len(at_b)) - np.repeat(np.cumsum(counts) - counts, counts)
    at_a = longer.places[np.repeat(first, counts) + within]
    free = _not_recurring_in_both(long_text.kinds[at_a], shorter.kinds[at_b])
    if not free.all():
        at_a, at_b = at_a[free], at_b[free]
    per_word = _tokens_a_word(long_text)
    gap, least = round(GAP * per_word), LEAST * per_word
    # The kernel goes along the shorter text.
    if kernel.compiled:
        return _compiled_chains(kernel, shorter, long_text, at_b, at_a, longer.size, gap, least)
    return _plain_chains(kernel, shorter, long_text, at_b, at_a, longer.size, gap, least)


def _not_recurring_in_both(a: npt.NDArray[np.uint8], b: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    free: npt.NDArray[np.bool_] = (a & b & np.uint8(RECURRING)) == 0
    return free


def _compiled_chains(
    kernel: Kernel, short: Wording, long: Wording, at: Ints, to: Ints, size: int, gap: int, least: float
) -> tuple[Ints, Ints, Ints] | None:
    scores, links = np.empty(len(at)), np.empty(len(at), dtype=np.int64)
    kernel.score_seeds(at, to, size, gap, scores, links)
    ends = _ends(scores, least)
    if not len(ends):
        return None
    room = len(at) * (size + gap)
    out = np.empty((3, room), dtype=np.int64)
    count = kernel.chain_words(short.keys, long.keys, at, to, size, least, ends, scores, links, *out)
    return (out[1, :count], out[0, :count], out[2, :count]) if count else None


def _plain_chains(
    kernel: Kernel, short: Wording, long: Wording, at: Ints, to: Ints, size: int, gap: int, least: float
) -> tuple[Ints, Ints, Ints] | None:
    seeds_at, seeds_to = at.tolist(), to.tolist()
    scores, links = [0.0] * len(at), [0] * len(at)
    kernel.score_seeds(seeds_at, seeds_to, size, gap, scores, links)
    ends = _ends(np.array(scores), least).tolist()
    if not ends:
        return None
    out = [[0] * (len(at) * (size + gap)) for _ in range(3)]
    count = kernel.chain_words(
        short.keys.tolist(), long.keys, seeds_at, seeds_to, size, least, ends, scores, links, *out
    )
    if not count:
        return None
    words, to_words, chains = (np.array(each[:count]) for each in out)
    return to_words, words, chains


def _ends(scores: npt.NDArray[np.float64], least: float) -> Ints:
    """The seeds a chain may end in, best first; of equals the later, which ends a longer chain."""
    enough = np.flatnonzero(scores >= least)[::-1]
    return enough[np.argsort(-scores[enough], kind="stable")]


def _stretches(a: Wording, b: Wording, at_a: Ints, at_b: Ints, chains: Ints) -> Iterator[_Stretch]:
    """The passages in tokens. A word that several passages hold is evidence in the best one only."""
    weights, lengths = _worth(a, b, at_a, at_b)
    least = LEAST_PASSAGE + CHANCE * _longer_than_usual(a)
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
