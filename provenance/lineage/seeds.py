"""Where two texts agree: seeds (a few neighbouring words), and the words of the chains made of them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.lineage.chains import GAP, LEAST, Kernel
from provenance.lineage.wording import RECURRING, Wording
from provenance.text.tokens import WORD_WIDTH, hash_of, rolling

# A seed is two words, or as much text in a script that writes no spaces; in a longer text, where
# two words recur by chance, three or four.
SEED_WORDS = 2
LONG_TEXTS = (20_000, 200_000)
# Where two texts have more seeds than this, one of them repeats itself, and of every seed only the
# first places in the longer text are taken: of a passage that recurs there the first few.
MOST_SEEDS = 20_000
MOST_PLACES = 4

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Indexed:
    """A wording and where in it each seed stands.

    A seed is `size` tokens; seed `hashes[i]` stands at `places[firsts[i] : firsts[i + 1]]`.
    """

    wording: Wording
    size: int
    hashes: npt.NDArray[np.uint64]
    firsts: Ints
    places: Ints


def indexed(wording: Wording) -> Indexed:
    """Index `wording` for `matching_tokens`: worth keeping for a long text that many are compared with."""
    size = _seed_size(wording)
    hashes = _seeds(wording, size)
    places = np.argsort(hashes, kind="stable")
    hashes = hashes[places]
    firsts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1]))) if len(hashes) else places
    return Indexed(wording, size, hashes[firsts], np.append(firsts, len(places)), places)


def matching_tokens(longer: Indexed, shorter: Wording, kernel: Kernel) -> tuple[Ints, Ints, Ints] | None:
    """The matching tokens of all chains, best chain first; None where there are none.

    Gives the places of the tokens in the longer and in the shorter text, and for each the number of
    its chain.
    """
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
    out = np.empty((3, _room(at, to, links, size)), dtype=np.int64)
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
    room = _room(at, to, np.array(links), size)
    out = [[0] * room for _ in range(3)]
    count = kernel.chain_words(
        short.keys.tolist(), long.keys, seeds_at, seeds_to, size, least, ends, scores, links, *out
    )
    if not count:
        return None
    words, to_words, chains = (np.array(each[:count]) for each in out)
    return to_words, words, chains


def _room(at: Ints, to: Ints, links: Ints, size: int) -> int:
    """How many tokens all chains can have at most."""
    linked = np.flatnonzero(links >= 0)
    before = links[linked]
    steps = np.minimum(at[linked] - at[before], to[linked] - to[before])
    return int(np.maximum(steps, size).sum()) + size * (len(links) - len(linked))


def _ends(scores: npt.NDArray[np.float64], least: float) -> Ints:
    """The seeds a chain may end in, best first; of equals the later, which ends a longer chain."""
    enough = np.flatnonzero(scores >= least)[::-1]
    return enough[np.argsort(-scores[enough], kind="stable")]


def _seed_size(wording: Wording) -> int:
    """Tokens in a seed: two words, four ideographs, six characters of Thai; more in long texts."""
    return max(2, round((SEED_WORDS + longer_than_usual(wording)) * _tokens_a_word(wording)))


def longer_than_usual(wording: Wording) -> int:
    """0 for an article, 1 for a long report, 2 for a book: by the steps of LONG_TEXTS."""
    return sum(len(wording) >= long for long in LONG_TEXTS)


def _tokens_a_word(wording: Wording) -> float:
    """Tokens in the place of a word: 1 in most scripts, 2 in ideographs, 3 in Thai, less in Korean."""
    width = int(wording.widths.sum(dtype=np.int64))
    return WORD_WIDTH * len(wording) / width if width else 1.0


def _seeds(wording: Wording, size: int) -> npt.NDArray[np.uint64]:
    starts = np.arange(max(0, len(wording) - size + 1))
    return hash_of(rolling(wording.keys), starts, starts + size)
