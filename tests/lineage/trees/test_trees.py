"""Copying trees with known truth: who has it from whom, from the texts alone and with dates."""

import json
from pathlib import Path

import numpy as np
import pytest

from provenance.lineage.evidence_wording import likeness
from provenance.lineage.stemma import Circumstances, marginals, order_of_dates, stemma
from tests.lineage.reuse.labelled import article
from tests.lineage.trees.models import MODELS, trees
from tests.lineage.trees.retold import retold
from tests.lineage.trees.scoring import score

HELD_OUT = range(100, 116)
# What the method reached when it was last changed for the better (share of edges right, undated).
BASELINE = json.loads((Path(__file__).parent / "baseline.json").read_text(encoding="utf-8"))
# What is asked for: see docs/explanation/lineage.md.
LEAST = {"retelling": 0.75, "rewriting": 0.60, "revision": 0.80}


@pytest.mark.parametrize("regime", sorted(MODELS))
def test_the_tree_is_found_from_the_texts_alone(regime):
    found = score([tree for tree in trees(HELD_OUT) if tree.regime == regime])
    print(f"{regime}: {found}, before {BASELINE[regime]}, change {found.right - BASELINE[regime]:+.3f}")
    assert found.right >= LEAST[regime]
    assert found.right >= BASELINE[regime] - 0.03
    assert abs(found.confidence - found.decided_right) <= 0.10


@pytest.mark.parametrize("regime", sorted(MODELS))
def test_dates_tell_the_direction(regime):
    found = score([tree for tree in trees(HELD_OUT) if tree.regime == regime], dated=True)
    print(f"{regime}, dated: {found}")
    assert found.right >= 0.85


def test_retellings_written_by_hand():
    found = score(retold())
    print(f"by hand: {found}")
    assert found.right >= 0.7


def test_the_order_of_the_texts_means_nothing():
    tree = trees(range(3, 4), ("retelling",))[0]
    texts = list(enumerate(tree.texts))
    edges = []
    for order in (texts, texts[::-1]):
        made = stemma(likeness([article("x", text) for _, text in order]), Circumstances.none(len(texts)))
        edges.append({(order[each.taker][0], order[each.giver][0]) for each in made.descents})
    assert edges[0] == edges[1]


def test_independent_reports_have_it_from_nobody():
    reports = [
        article(
            "a", "The bridge at Ostrand was closed on Monday after an inspector found rust in two cables."
        ),
        article(
            "b", "Rusty cables: Monday saw the Ostrand crossing shut, and drivers must go round by the ford."
        ),
    ]
    assert stemma(likeness(reports), Circumstances.none(2)).descents == ()


def test_two_texts_that_show_no_direction_are_left_undecided():
    one = "The harbour of Melk opened again on Friday. Nobody was hurt. Ships waited outside for two days."
    other = "The harbour of Melk opened again on Monday. Nobody was hurt. Ships waited outside for two days."
    made = stemma(likeness([article("a", one), article("b", other)]), Circumstances.none(2))
    assert [(each.decided, each.confidence) for each in made.descents] == [
        (False, pytest.approx(0.5, abs=0.15))
    ]


def test_dates_that_overlap_say_nothing():
    order = order_of_dates([(1.0, 2.0), (3.0, 4.0), (None, 3.5), (None, None)])
    assert order[1, 0] == 1 and order[0, 1] == -1  # [taker, giver]
    assert order[1, 2] == order[0, 2] == order[3, 0] == 0


def test_marginals_are_those_of_all_trees():
    """Two texts, each a start or made from the other: three trees."""
    total = np.array([[0.0, np.log(2.0)], [np.log(3.0), 0.0]])
    possible = ~np.eye(2, dtype=np.bool_)
    chances = marginals(total, possible, np.zeros(2))
    # Weights: both start 1, first from second 2, second from first 3.
    assert chances[0, 1] == pytest.approx(2 / 6)
    assert chances[1, 0] == pytest.approx(3 / 6)
