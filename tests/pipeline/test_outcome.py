"""Exit codes: the worst wins."""

from collections import Counter

import pytest

from provenance.model.verification import Verdict
from provenance.pipeline.outcome import exit_code
from provenance.report import Tally


def tally(*verdicts, unreadable=0, with_problems=0):
    return Tally(
        articles=len(verdicts),
        unreadable=unreadable,
        with_problems=with_problems,
        verdicts=Counter(verdicts),
    )


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (tally(), 0),
        (tally(Verdict.HOLDS), 0),
        (tally(Verdict.HOLDS, Verdict.UNLINKED, with_problems=1), 0),
        (tally(Verdict.HOLDS, Verdict.UNCHECKED), 4),
        (tally(Verdict.UNCHECKED, Verdict.DIFFERS), 1),
        (tally(Verdict.UNCHECKED, Verdict.OTHER), 1),
        (tally(Verdict.UNCHECKED, Verdict.UNAVAILABLE), 1),
        (tally(Verdict.UNCHECKED, unreadable=1), 1),
    ],
)
def test_exit_code(found, code):
    assert exit_code(found) == code


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (tally(Verdict.HOLDS), 0),
        (tally(Verdict.HOLDS, Verdict.UNLINKED), 1),
        (tally(Verdict.HOLDS, with_problems=1), 1),
        (tally(Verdict.UNCHECKED), 4),
        (tally(Verdict.UNCHECKED, Verdict.UNLINKED), 1),
    ],
)
def test_exit_code_when_strict(found, code):
    assert exit_code(found, strict=True) == code
