"""The labelled sentences keep the figures that the project promises, per language."""

import pytest

from provenance.citations import accuracies, load_outlets
from tests.citations.score import (
    FIGURES_PAGE,
    LABELLED,
    Score,
    labelled,
    languages_labelled,
    measures,
    score_file,
    with_figures,
)

# Promised for the languages together: see docs/explanation/citations.md.
CREDITED_F1 = 0.93
KIND_F1 = 0.88
FURNITURE_F1 = 0.85


@pytest.fixture(scope="module")
def outlets():
    return load_outlets()


@pytest.mark.parametrize("language", languages_labelled())
def test_a_language_keeps_its_figures(language, outlets, record_property):
    score = Score()
    score_file(language, outlets, score)
    if (LABELLED / f"fresh.{language}.jsonl").exists():
        score_file(f"fresh.{language}", outlets, score)
    record_property("score", score.row(language))
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


def test_every_labelled_language_has_measured_figures():
    """After adding a language: python -m tests.citations.score --calibrate."""
    found = accuracies(languages_labelled())
    assert [each.language for each in found if each.precision is None] == []


def test_a_language_without_cues_is_untested():
    english, untested, unknown = accuracies(["xx", "en-GB", "en", None])
    assert (english.language, english.name) == ("en", "English")
    assert english.sentences >= 40
    assert [(each.language, each.precision, each.recall) for each in (untested, unknown)] == [
        ("xx", None, None),
        (None, None, None),
    ]


def test_the_page_shows_the_measured_figures():
    page = FIGURES_PAGE.read_text(encoding="utf-8")
    assert with_figures(page) == page, "run: python -m tests.citations.score --calibrate"
