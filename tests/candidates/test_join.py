"""Candidate pairs: the join in memory and the SQL are one thing."""

import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import asdict
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.candidates.join import Limits, Postings, candidates_sql, join_in_memory, join_on_duckdb

LIMITS = (Limits(), Limits(few_documents=2, most_documents=4, least_points=3, least_share=0.3))
POSTINGS = st.dictionaries(
    st.tuples(st.integers(0, 12), st.integers(-5, 25)), st.sampled_from([False, False, True]), max_size=150
)


def postings(given_postings):
    rows = sorted(given_postings)
    return Postings(
        np.array([row[0] for row in rows], dtype=np.int32),
        np.array([row[1] for row in rows], dtype=np.int64),
        np.array([given_postings[row] for row in rows], dtype=np.bool_),
    )


def as_dict(pairs):
    return {(int(a), int(b)): int(n) for a, b, n in zip(pairs.a, pairs.b, pairs.points, strict=True)}


def by_definition(given_postings, limits):
    """The pairs as the head of candidates.sql describes them, spelt out."""
    holders = defaultdict(list)
    for document, fingerprint in sorted(given_postings):
        holders[fingerprint].append(document)
    rare, common = Counter(), Counter()
    for fingerprint, documents in holders.items():
        if len(documents) <= limits.most_documents:
            points = 2 if len(documents) <= limits.few_documents else 1
            for a, b in combinations(documents, 2):
                if not (given_postings[a, fingerprint] and given_postings[b, fingerprint]):
                    rare[a, b] += points
        else:
            for document in documents[1:]:
                if not given_postings[document, fingerprint]:
                    common[documents[0], document] += 1
    size = Counter(document for document, _ in given_postings)
    wanted = {pair: n for pair, n in rare.items() if n >= limits.least_points}
    for pair, n in common.items():
        if n >= limits.least_points and n >= limits.least_share * size[pair[1]]:
            wanted[pair] = wanted.get(pair, 0) + n
    return wanted


@pytest.mark.parametrize("limits", LIMITS)
@given(POSTINGS)
def test_pairs_in_memory_are_those_of_the_definition(limits, given_postings):
    assert as_dict(join_in_memory(postings(given_postings), limits)) == by_definition(given_postings, limits)


@pytest.mark.parametrize("limits", LIMITS)
@settings(max_examples=15, deadline=None)
@given(POSTINGS)
def test_the_sql_gives_the_same_pairs(limits, given_postings):
    pytest.importorskip("duckdb")
    together = postings(given_postings)
    assert as_dict(join_on_duckdb(together, limits)) == as_dict(join_in_memory(together, limits))


@pytest.mark.parametrize("limits", LIMITS)
@settings(max_examples=25, deadline=None)
@given(POSTINGS)
def test_the_sql_is_plain_enough_for_another_engine(limits, given_postings):
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE postings (document, fingerprint, recurring)")
        rows = [(*row, int(recurs)) for row, recurs in given_postings.items()]
        database.executemany("INSERT INTO postings VALUES (?, ?, ?)", rows)
        names, values = zip(*asdict(limits).items(), strict=True)
        database.execute(f"CREATE TABLE limits ({', '.join(names)})")
        database.execute("INSERT INTO limits VALUES (?, ?, ?, ?)", values)
        found = database.execute(candidates_sql()).fetchall()
    assert {(a, b): points for a, b, points in found} == by_definition(given_postings, limits)


def test_thousands_of_copies_are_tied_to_the_first():
    copies, each = 3_000, np.arange(50, dtype=np.int64)
    many = Postings(
        np.repeat(np.arange(copies), 50), np.tile(each, copies), np.zeros(50 * copies, dtype=np.bool_)
    )
    pairs = join_in_memory(many, Limits())
    assert len(pairs) == copies - 1
    assert set(pairs.a.tolist()) == {0}
    assert set(pairs.points.tolist()) == {50}


def test_one_fingerprint_in_every_document_pairs_nobody():
    count = 2_000
    own = np.arange(count * 20, dtype=np.int64)
    documents = np.concatenate([np.repeat(np.arange(count), 20), np.arange(count)])
    prints = np.concatenate([own, np.full(count, -1)])
    order = np.lexsort((prints, documents))
    everywhere = Postings(documents[order], prints[order], np.zeros(len(order), dtype=np.bool_))
    assert len(join_in_memory(everywhere, Limits(least_points=1))) == 0
