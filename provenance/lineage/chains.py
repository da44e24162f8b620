"""Runs of matching words in two texts: sparse local alignment.

Seeds (places where two neighbouring words agree) are chained in the order of both texts: each
chained word adds one, each word skipped between two seeds takes PRICE away, a chain begins anew
where that is better. This is the recurrence of Smith and Waterman ("Identification of Common
Molecular Subsequences", 1981) over seeds instead of cells, with a linear gap price.

Both functions are written in the part of Python that numba compiles, and work on lists as well
as on arrays: a small vault pays no compiling.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

# A swapped word must not end a chain, a stretch of a dozen strange words should: with a price of
# 0.3 a match pays for three words skipped.
PRICE = 0.3
# Words a chain may skip at once, in either text.
GAP = 12
# A chain that scores less says nothing: names, numbers and stock phrases score as much.
LEAST = 6.0

Numbers = Any  # a list of int, or an array of them
Scores = Any


def score_seeds(
    seeds_a: Numbers, seeds_b: Numbers, size: int, gap: int, scores: Scores, links: Numbers
) -> None:
    """Fill `scores` and `links`: the score of the best chain that ends in each seed, and the seed before.

    `seeds_a[s], seeds_b[s]` is where `size` tokens agree, in order of a; `gap` is the most tokens
    that may be skipped. A link of -1 begins a chain.
    """
    nearest = 0
    for s in range(len(seeds_a)):
        at_a = seeds_a[s]
        at_b = seeds_b[s]
        while at_a - seeds_a[nearest] > gap:
            nearest += 1
        best = float(size)
        link = -1
        for p in range(s - 1, nearest - 1, -1):
            step_a = at_a - seeds_a[p]
            step_b = at_b - seeds_b[p]
            if step_a < 1 or step_b < 1 or step_b > gap:
                continue
            longer = max(step_a, step_b)
            new = min(step_a, step_b, size)
            score = scores[p] + new - PRICE * (longer - new)
            if score > best:
                best = score
                link = p
                if longer == 1:
                    break
        scores[s] = best
        links[s] = link


def chain_words(
    keys_a: Numbers,
    keys_b: Numbers,
    seeds_a: Numbers,
    seeds_b: Numbers,
    size: int,
    least: float,
    ends: Numbers,
    scores: Scores,
    links: Numbers,
    out_a: Numbers,
    out_b: Numbers,
    out_chain: Numbers,
) -> int:
    """Write the matching tokens of the chains that score `least` or more; gives the number written.

    `ends` are the seeds to end chains in, best first. A seed belongs to one chain only; what a
    later chain shares with an earlier one does not count for it. Of every matching token `out_a`
    and `out_b` get the place and `out_chain` the seed its chain ends in; `scores` is used up.
    """
    written = 0
    for end in ends:
        top = scores[end]
        lost = 0.0
        seeds = [end]
        s = end
        while s >= 0:
            if scores[s] < 0:
                lost = -scores[s]
                break
            seeds.append(s)
            scores[s] = -scores[s]
            s = links[s]
        if top - lost < least:
            continue
        last_a = seeds_a[seeds[len(seeds) - 1]] - 1
        last_b = seeds_b[seeds[len(seeds) - 1]] - 1
        for k in range(len(seeds) - 1, 0, -1):
            at_a = seeds_a[seeds[k]]
            at_b = seeds_b[seeds[k]]
            # What agrees, token by token, in the gap between two seeds.
            y = last_b + 1
            for x in range(last_a + 1, at_a):
                z = y
                while z < at_b and keys_b[z] != keys_a[x]:
                    z += 1
                if z < at_b:
                    out_a[written] = x
                    out_b[written] = z
                    out_chain[written] = end
                    written += 1
                    y = z + 1
            for within in range(size):
                if at_a + within > last_a and at_b + within > last_b:
                    last_a = at_a + within
                    last_b = at_b + within
                    out_a[written] = last_a
                    out_b[written] = last_b
                    out_chain[written] = end
                    written += 1
    return written


@dataclass(frozen=True, slots=True)
class Kernel:
    """The two functions of this module, as they are or compiled."""

    score_seeds: Callable[..., None]
    chain_words: Callable[..., int]
    compiled: bool


PLAIN = Kernel(score_seeds, chain_words, compiled=False)


@cache
def compiled() -> Kernel:
    """The kernel compiled by numba (extra `scale`); the plain one where that is not installed.

    The first call on a machine compiles for some seconds; numba keeps the result beside the module.
    """
    if find_spec("numba") is None:
        return PLAIN
    import numba

    try:
        compiler = numba.njit(cache=True, nogil=True)
        return Kernel(compiler(score_seeds), compiler(chain_words), compiled=True)
    except RuntimeError:  # nowhere to keep the compiled code
        compiler = numba.njit(nogil=True)
        return Kernel(compiler(score_seeds), compiler(chain_words), compiled=True)
