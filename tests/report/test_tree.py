"""Who credits whom, as trees."""

import pytest

from provenance.model.outlet import Outlet
from provenance.report.tree import citation_tree
from tests.report.sample import COURIER, LAGOON, POLITICO, citation, finding


def branches(*findings):
    return [
        (branch.depth, branch.giver, [name for name, _ in branch.takers])
        for branch in citation_tree(findings).branches()
    ]


def test_everyone_who_credits_the_root_stands_beside_it():
    found = branches(
        finding("a", outlet=COURIER, citations=(citation(POLITICO), citation(POLITICO))),
        finding("b", outlet=LAGOON, citations=(citation(POLITICO),)),
        finding("c.txt", citations=(citation(POLITICO),)),
    )
    assert found == [(0, "Politico", ["Harbour Courier", "Lagoon Post", "c.txt"])]


def test_a_chain_is_drawn_from_its_root():
    found = branches(
        finding("a", outlet=LAGOON, citations=(citation(COURIER),)),
        finding("b", outlet=COURIER, citations=(citation(POLITICO),)),
    )
    assert found == [(0, "Politico", ["Harbour Courier"]), (1, "Harbour Courier", ["Lagoon Post"])]


@pytest.mark.parametrize("kind", ["photo", "related", "mention", "quote", "self", "relay"])
def test_other_kinds_credit_nobody(kind):
    tree = citation_tree([finding("a", outlet=COURIER, citations=(citation(POLITICO, kind),))])
    assert list(tree.branches()) == []


def test_sources_of_a_republished_text_are_sources_of_the_outlet_it_was_taken_from():
    found = branches(finding("a.txt", citations=(citation(LAGOON, "republication"), citation(POLITICO))))
    assert found == [(0, "Politico", ["Lagoon Post"]), (1, "Lagoon Post", ["a.txt"])]


def test_an_outlet_is_no_source_of_itself():
    assert branches(finding("a", outlet=COURIER, citations=(citation(COURIER),))) == []


def test_a_circle_is_drawn_once_and_marked():
    tree = citation_tree(
        [
            finding("a", outlet=COURIER, citations=(citation(LAGOON),)),
            finding("b", outlet=LAGOON, citations=(citation(COURIER),)),
        ]
    )
    drawn = list(tree.branches())
    assert [branch.giver for branch in drawn] == ["Harbour Courier", "Lagoon Post"]
    assert [branch.circular for branch in drawn] == [True, False]


def test_a_root_whose_article_was_read_is_in_the_vault():
    tree = citation_tree(
        [
            finding("a", outlet=LAGOON, citations=(citation(COURIER), citation(POLITICO))),
            finding("b", outlet=COURIER, citations=()),
        ]
    )
    assert {branch.giver: branch.in_vault for branch in tree.branches()} == {
        "Harbour Courier": True,
        "Politico": False,
    }


def test_a_long_chain_does_not_exhaust_the_stack():
    outlets = [Outlet(f"Outlet {number}") for number in range(5000)]
    found = branches(
        *(
            finding(str(number), outlet=outlets[number], citations=(citation(outlets[number + 1]),))
            for number in range(4999)
        )
    )
    assert found[0][1] == "Outlet 4999"
    assert found[-1][0] == 4998
