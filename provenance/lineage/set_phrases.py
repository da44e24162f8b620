"""Set phrases of news writing ("did not immediately respond to a request for comment"), known from a list."""

import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from provenance.text.tokens import hash_of, rolling, tokens

# Tokens that must follow one another as in a phrase. Two would take in ordinary words ("to a").
RUN = 3


def in_set_phrases(keys: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Which tokens (by their keys, see text.tokens) stand in a set phrase or a good part of one."""
    inside = np.zeros(len(keys), dtype=np.bool_)
    runs, known = _runs(keys), _known_runs()
    found = np.flatnonzero(known[np.searchsorted(known[:-1], runs)] == runs)
    for within in range(RUN):
        inside[found + within] = True
    return inside


def _runs(keys: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    starts = np.arange(max(0, len(keys) - RUN + 1))
    return hash_of(rolling(keys), starts, starts + RUN)


@cache
def _known_runs() -> npt.NDArray[np.uint64]:
    text = files("provenance.lineage").joinpath("data", "set_phrases.toml").read_text(encoding="utf-8")
    phrases = [phrase for phrases in tomllib.loads(text).values() for phrase in phrases]
    return np.unique(np.concatenate([_runs(tokens(phrase).keys) for phrase in phrases]))
