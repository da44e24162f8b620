"""Comparing must reach its figures on the labelled set, which `test_labelled_set.py` checks."""

import pytest

from tests.compare import score
from tests.compare.labelled.build import all_cases
from tests.compare.labelled.judge import Outcome

# The floors. Nothing may pass as holding; a false alarm costs a user's trust.
# A sentence spliced of two far ones may be called changed or absent; both show the place.
REASON_RIGHT = 0.99
VERDICT_RIGHT = 0.995
FALSE_ALARMS = 0.005
LOCATED = 0.99
MATERIAL = 0.97
OMITTED = 0.95
SPURIOUS_PER_ARTICLE = 0.03


@pytest.fixture(scope="module")
def result() -> score.Score:
    return score.Score(score.run(all_cases()))


def _listed(outcomes: list[Outcome]) -> str:
    return "\n".join(
        f"{outcome.case.id}: {outcome.verdict}/{outcome.reason}; {'; '.join(outcome.details)}"
        for outcome in outcomes[:20]
    )


def test_no_changed_text_is_passed_as_holding(result: score.Score) -> None:
    passed = [outcome for outcome in result.outcomes if outcome.passed_as_holding]
    assert not passed, _listed(passed)


def test_verdicts(result: score.Score) -> None:
    wrong = [outcome for outcome in result.outcomes if not outcome.verdict_right]
    assert result.right >= VERDICT_RIGHT * result.total, _listed(wrong)


def test_reasons(result: score.Score) -> None:
    wrong = [outcome for outcome in result.outcomes if not outcome.reason_right]
    assert result.reasons >= REASON_RIGHT * result.total, _listed(wrong)


def test_good_copies_raise_no_alarm(result: score.Score) -> None:
    alarms = [outcome for outcome in result.outcomes if outcome.false_alarm]
    assert result.false_alarms <= FALSE_ALARMS * result.good, _listed(alarms)


@pytest.mark.parametrize(
    ("aspect", "floor"),
    [
        ("located", LOCATED),
        ("captured_shown", LOCATED),
        ("material_right", MATERIAL),
        ("omitted_shown", OMITTED),
    ],
)
def test_places(result: score.Score, aspect: str, floor: float) -> None:
    missed = [outcome for outcome in result.outcomes if getattr(outcome, aspect) is False]
    assert result.share(aspect) >= floor, _listed(missed)


def test_differences_that_are_none(result: score.Score) -> None:
    noisy = [outcome for outcome in result.outcomes if outcome.spurious]
    assert result.spurious <= SPURIOUS_PER_ARTICLE * result.total, _listed(noisy)


def test_every_excerpt_stands_where_it_says(result: score.Score) -> None:
    wrong = [outcome for outcome in result.outcomes if outcome.evidence_faults]
    assert not wrong, _listed(wrong)
