"""Postings in, candidate pairs out: in memory, or by candidates.sql on DuckDB."""

from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from tempfile import TemporaryDirectory
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

    documents: npt.NDArray[np.signedinteger]
    fingerprints: Int64
    recurring: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Limits:
    """What makes a pair a candidate (see candidates.sql for what each limit does)."""

    few_documents: int = 10
    most_documents: int = 100
    least_points: int = 4
    least_share: float = 0.2


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs: numbers of two documents, the smaller first, and their points."""

    a: Int64
    b: Int64
    points: Int64

    def __len__(self) -> int:
        return len(self.a)


# From so many postings on (some 20,000 news articles) DuckDB joins: in memory it would take 100 bytes
# a posting.
LARGE = 5_000_000
# What DuckDB may take beside the postings.
MEMORY = "800MB"


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

    with TemporaryDirectory() as folder, duckdb.connect(":memory:") as connection:
        # The order of results is asked for in the SQL; keeping that of the input costs memory.
        connection.execute("SET preserve_insertion_order = false")
        # What does not fit is joined on disk, in hardly more time (measured with a third of this).
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute("SET temp_directory = ?", [folder])
        given: dict[str, dict[str, npt.NDArray[Any]]] = {
            "postings": {
                "document": postings.documents,
                "fingerprint": postings.fingerprints,
                "recurring": postings.recurring.astype(np.int8),
            },
            "limits": {
                "few_documents": np.array([limits.few_documents]),
                "most_documents": np.array([limits.most_documents]),
                "least_points": np.array([limits.least_points]),
                "least_share": np.array([limits.least_share]),
            },
        }
        for name, columns in given.items():
            connection.register(name, columns)
        found = connection.execute(candidates_sql()).fetchnumpy()
    return Pairs(*(np.asarray(found[name], dtype=np.int64) for name in ("a", "b", "points")))


def join_in_memory(postings: Postings, limits: Limits) -> Pairs:
    """The same as candidates.sql, by sorting."""
    order = np.argsort(postings.fingerprints, kind="stable")
    documents = postings.documents[order].astype(np.int64)
    prints = postings.fingerprints[order]
    recurring = postings.recurring[order]
    count = int(documents.max()) + 1 if len(documents) else 0
    begins = (
        np.flatnonzero(np.concatenate(([True], prints[1:] != prints[:-1]))) if count else np.empty(0, int)
    )
    sizes = np.diff(np.append(begins, len(prints)))
    few = (sizes > 1) & (sizes <= limits.few_documents)
    some = (sizes > limits.few_documents) & (sizes <= limits.most_documents)
    common = sizes > limits.most_documents
    by_few = _counted(_pairs(documents, recurring, begins[few], sizes[few], count))
    by_some = _counted(_pairs(documents, recurring, begins[some], sizes[some], count))
    by_rare = _summed((by_few[0], 2 * by_few[1]), by_some)
    by_common = _counted([_common_pairs(documents, recurring, begins[common], sizes[common], count)])
    of_document = np.bincount(postings.documents, minlength=max(count, 1))
    least = np.maximum(limits.least_points, limits.least_share * of_document[by_common[0] % max(count, 1)])
    codes, points = _summed(
        _where(by_rare, by_rare[1] >= limits.least_points), _where(by_common, by_common[1] >= least)
    )
    return Pairs(codes // max(count, 1), codes % max(count, 1), points)


def _pairs(
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
    pairs: Int64 = firsts[kept] * count + documents[at[kept]]
    return pairs


def _counted(parts: list[Int64]) -> tuple[Int64, Int64]:
    """The pairs that occur in the parts, in order, and how often each does."""
    together = np.concatenate([np.empty(0, np.int64), *parts])
    parts.clear()
    codes, counts = np.unique(together, return_counts=True)
    return codes, counts


def _where(pairs: tuple[Int64, Int64], kept: npt.NDArray[np.bool_]) -> tuple[Int64, Int64]:
    return pairs[0][kept], pairs[1][kept]


def _summed(*parts: tuple[Int64, Int64]) -> tuple[Int64, Int64]:
    """The pairs of all parts, in order, with the sum of their points."""
    codes, where = np.unique(np.concatenate([part[0] for part in parts]), return_inverse=True)
    points = np.bincount(where, weights=np.concatenate([part[1] for part in parts]), minlength=len(codes))
    return codes, points.astype(np.int64)
