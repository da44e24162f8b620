"""Postings in, candidate pairs out: in memory, or by candidates.sql on DuckDB."""

from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

Int64 = npt.NDArray[np.int64]

# Pairs that are expanded at a time; 16 bytes each, a few times over while they are sorted.
_EXPANDED = 1 << 22


@dataclass(frozen=True, slots=True)
class Postings:
    """Which document holds which fingerprint: each combination once, in order of documents.

    `recurring` marks the fingerprints of text that recurs throughout the document's outlet; where
    both documents of a pair have a fingerprint so, it does not count.
    """

    documents: Int64
    fingerprints: Int64
    recurring: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Limits:
    """What makes a pair a candidate (see candidates.sql for what each limit does)."""

    most_documents: int = 100
    least_shared: int = 2
    least_share: float = 0.2


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs: numbers of two documents, the smaller first, and the fingerprints they share."""

    a: Int64
    b: Int64
    shared: Int64

    def __len__(self) -> int:
        return len(self.a)


# From here on DuckDB is the quicker (0.3 s of start-up and its threads pay off).
LARGE = 2_000_000


def candidate_pairs(postings: Postings, limits: Limits = Limits()) -> Pairs:
    """The pairs of documents that may share text, in order.

    Large input is joined by DuckDB where it is installed (extra `scale`); the pairs are the same.
    """
    if len(postings.documents) >= LARGE and find_spec("duckdb"):
        return join_on_duckdb(postings, limits)
    return join_in_memory(postings, limits)


def candidates_sql() -> str:
    """The SQL text that joins postings into candidate pairs, for any engine."""
    return files("provenance.candidates").joinpath("candidates.sql").read_text(encoding="utf-8")


def join_on_duckdb(postings: Postings, limits: Limits) -> Pairs:
    """candidates.sql on DuckDB. Raises ImportError where it is not installed."""
    import duckdb

    with duckdb.connect(":memory:") as connection:
        # The order of results is asked for in the SQL; keeping that of the input costs memory.
        connection.execute("SET preserve_insertion_order = false")
        given: dict[str, dict[str, npt.NDArray[Any]]] = {
            "postings": {
                "document": postings.documents,
                "fingerprint": postings.fingerprints,
                "recurring": postings.recurring.astype(np.int8),
            },
            "limits": {
                "most_documents": np.array([limits.most_documents]),
                "least_shared": np.array([limits.least_shared]),
                "least_share": np.array([limits.least_share]),
            },
        }
        for name, columns in given.items():
            connection.register(name, columns)
        found = connection.execute(candidates_sql()).fetchnumpy()
    return Pairs(*(np.asarray(found[name], dtype=np.int64) for name in ("a", "b", "shared")))


def join_in_memory(postings: Postings, limits: Limits) -> Pairs:
    """The same as candidates.sql, by sorting."""
    order = np.argsort(postings.fingerprints, kind="stable")
    documents = postings.documents[order]
    prints = postings.fingerprints[order]
    recurring = postings.recurring[order]
    count = int(documents.max()) + 1 if len(documents) else 0
    begins = np.flatnonzero(np.concatenate(([True], prints[1:] != prints[:-1]))) if count else np.empty(0, int)
    sizes = np.diff(np.append(begins, len(prints)))
    common = sizes > limits.most_documents
    rare = (sizes > 1) & ~common
    by_rare = _counted(_rare_pairs(documents, recurring, begins[rare], sizes[rare], count), limits.least_shared)
    by_common = _counted(
        [_common_pairs(documents, recurring, begins[common], sizes[common], count)], limits.least_shared
    )
    of_document = np.bincount(postings.documents, minlength=count)
    enough = by_common[1] >= limits.least_share * of_document[by_common[0] % count] if count else slice(0)
    codes = np.concatenate((by_rare[0], by_common[0][enough]))
    shared = np.concatenate((by_rare[1], by_common[1][enough]))
    codes, where = np.unique(codes, return_inverse=True)
    total = np.bincount(where, weights=shared, minlength=len(codes)).astype(np.int64)
    return Pairs(codes // max(count, 1), codes % max(count, 1), total)


def _rare_pairs(
    documents: Int64, recurring: npt.NDArray[np.bool_], begins: Int64, sizes: Int64, count: int
) -> list[Int64]:
    """Pairs (as first * count + second) once for every fingerprint they share; parts of bounded size."""
    parts: list[Int64] = []
    for size in np.unique(sizes):
        groups = begins[sizes == size]
        first, second = np.triu_indices(int(size), 1)
        step = max(1, _EXPANDED // len(first))
        for at in range(0, len(groups), step):
            a = (groups[at : at + step, None] + first).ravel()
            b = (groups[at : at + step, None] + second).ravel()
            counts = ~(recurring[a] & recurring[b])
            parts.append(documents[a[counts]] * count + documents[b[counts]])
    return parts


def _common_pairs(
    documents: Int64, recurring: npt.NDArray[np.bool_], begins: Int64, sizes: Int64, count: int
) -> Int64:
    firsts = np.repeat(documents[begins], sizes)
    within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    at = np.repeat(begins, sizes) + within
    kept = (within > 0) & ~recurring[at]
    return firsts[kept] * count + documents[at[kept]]


def _counted(parts: list[Int64], least: int) -> tuple[Int64, Int64]:
    """The pairs that occur `least` times or more in all parts, and how often."""
    codes, counts = np.unique(np.concatenate([np.empty(0, np.int64), *parts]), return_counts=True)
    enough = counts >= least
    return codes[enough], counts[enough]
