"""The labelled pairs: nothing that was right may become wrong."""

import json

import pytest

from tests.lineage.reuse.labelled import LANGUAGES, cases
from tests.lineage.reuse.score import BASELINE, failure

CASES = cases()


def test_the_set_is_large_and_names_its_cases_once():
    assert len(LANGUAGES) >= 6
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


def test_the_baseline_allows_at_most_one_failure_in_thirty():
    known = json.loads(BASELINE.read_text(encoding="utf-8"))
    assert set(known) <= {case.name for case in CASES}
    assert len(known) <= len(CASES) / 30


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_pair(case):
    wrong = failure(case)
    if case.name in json.loads(BASELINE.read_text(encoding="utf-8")):
        pytest.xfail(wrong or "right now: write a new baseline")
    assert wrong is None
