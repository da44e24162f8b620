"""The fingerprints of a text: hashes of a fixed choice of its shingles.

A shingle is a run of tokens, four words or the like of it in a script without spaces. Of every
few neighbours the one with the least hash is chosen (winnowing: Schleimer, Wilkerson and Aiken,
"Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD 2003), so that two texts that
share a run of SHINGLE + WINDOW - 1 words share a fingerprint, wherever the run stands.
"""

import numpy as np
import numpy.typing as npt

from provenance.text.tokens import WORD_WIDTH, hash_of, rolling

# Words in a shingle. Three make too many pairs of strangers, five miss spun text, in which every
# fourth word was swapped (measured on bench/reuse.py and tests/lineage/reuse).
SHINGLE = 4
WINDOW = 4

Fingerprints = npt.NDArray[np.int64]


def fingerprints(keys: npt.NDArray[np.uint32], widths: npt.NDArray[np.uint8]) -> Fingerprints:
    """The fingerprints of a text, each once, in order of size (as unsigned numbers).

    `keys` and `widths` are those of `text.tokens`. A text shorter than a shingle has none.
    """
    hashes, _ = _shingles(keys, widths)
    least = np.sort(_least(hashes))  # np.unique takes five times as long for so few
    return least[np.concatenate(([True], least[1:] != least[:-1]))[: len(least)]].view(np.int64)


def covered(
    keys: npt.NDArray[np.uint32], widths: npt.NDArray[np.uint8], wanted: Fingerprints
) -> npt.NDArray[np.bool_]:
    """Which tokens stand in a shingle whose fingerprint is one of `wanted` (as `fingerprints` gives them)."""
    hashes, ends = _shingles(keys, widths)
    if not len(wanted):
        return np.zeros(len(keys), dtype=np.bool_)
    known = wanted.view(np.uint64)
    of_wanted = known[np.searchsorted(known[:-1], hashes)] == hashes
    edges = np.zeros(len(keys) + 1, dtype=np.int64)
    np.add.at(edges, np.flatnonzero(of_wanted), 1)
    np.add.at(edges, ends[of_wanted], -1)
    return np.cumsum(edges[:-1]) > 0


def _shingles(
    keys: npt.NDArray[np.uint32], widths: npt.NDArray[np.uint8]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """The hash of the shingle that begins at each token, and where it ends; as many as fit."""
    total = np.zeros(len(keys) + 1, dtype=np.int64)
    np.cumsum(widths, out=total[1:])
    ends = np.searchsorted(total, total[:-1] + SHINGLE * WORD_WIDTH)
    ends = ends[ends <= len(keys)]
    return hash_of(rolling(keys), np.arange(len(ends)), ends), ends


def _least(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The least hash of every window; of all where they fill none."""
    if len(hashes) < WINDOW:
        return hashes[hashes.argmin() :][:1] if len(hashes) else hashes
    least = hashes[: len(hashes) - WINDOW + 1].copy()
    for step in range(1, WINDOW):
        np.minimum(least, hashes[step : step + len(least)], out=least)
    return least
