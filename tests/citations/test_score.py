"""The labelled sentences keep the figures that the project promises, per language."""

import pytest

from provenance.citations import load_outlets
from tests.citations.score import LABELLED, Score, labelled, languages_labelled, measures, score_file

# Promised for the languages together: see docs/explanation/citations.md.
CREDITED_F1 = 0.93
KIND_F1 = 0.88
FURNITURE_F1 = 0.85


@pytest.fixture(scope="module")
def outlets():
    return load_outlets()


@pytest.mark.parametrize("language", languages_labelled())
def test_a_language_keeps_its_figures(language, outlets):
    score = Score()
    score_file(language, outlets, score)
    if (LABELLED / f"fresh.{language}.jsonl").exists():
        score_file(f"fresh.{language}", outlets, score)
    print(score.row(language))
    failures = "\n".join(score.wrong)
    assert measures(score.credited)[2] >= CREDITED_F1, failures
    assert measures(score.kinds)[2] >= KIND_F1, failures
    assert measures(score.furniture)[2] >= FURNITURE_F1, failures
    assert score.alarms <= score.negatives * 0.05, failures
    assert score.mentions_credited <= max(1, score.mentions * 0.05), failures


@pytest.mark.parametrize("language", languages_labelled())
def test_a_labelled_set_is_large_enough_and_half_negative(language):
    cases = list(labelled(language))
    credited = [
        case
        for case in cases
        if any(kind in ("source", "relay", "quote", "republication") for _, kind in case["expect"])
    ]
    assert len(cases) >= 40
    assert len(credited) * 3 >= len(cases)
    assert (len(cases) - len(credited)) * 5 >= len(cases) * 2
