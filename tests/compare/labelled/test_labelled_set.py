"""The labelled set must be what it says it is, whatever comparing makes of it."""

import pytest

from tests.compare.labelled.build import all_cases
from tests.compare.labelled.cases import Case
from tests.compare.labelled.judge import letters, shown_words
from tests.compare.labelled.stories import Story, stories


def test_the_set_is_as_wide_as_it_claims() -> None:
    cases = all_cases()
    assert len({case.id for case in cases}) == len(cases)
    assert len({case.language for case in cases}) >= 19
    assert len({case.layout for case in cases}) >= 60
    assert len({(case.layout, case.language, case.page.body) for case in cases}) >= 200


def test_every_written_change_is_used() -> None:
    used = {(case.language, case.family) for case in all_cases()}
    written = {(story.language, change.kind) for story in stories() for change in story.changes}
    assert written <= used


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.name)
def test_a_written_change_stands_once_before_and_after(story: Story) -> None:
    for change in story.changes:
        assert change.before != change.after
        changed = story.with_change(change)
        changed.block_with(change.after)
        assert changed.with_change(change.reversed) == story


def _generated(group: str) -> list[Case]:
    return [
        case for case in all_cases() if case.group == group and case.layout not in ("adversary", "triage")
    ]


def test_true_places_hold_the_changed_words() -> None:
    for case in _generated("changed"):
        for expected in case.expected:
            for start, end in expected.saved:
                assert 0 <= start <= end <= len(case.body)
                assert case.body[start:end] == case.body[start:end].strip()


def test_a_changed_copy_never_has_the_letters_of_its_page_by_chance() -> None:
    """A change of letters or digits must change them: else its truth would not be provable."""
    for case in _generated("changed"):
        if case.family in ("question", "sign", "percent", "currency", "decimal") or "moved" in case.family:
            continue
        page = shown_words(case.page.body.decode(case.page.encoding))
        assert letters(case.body) not in letters(page), case.id


def test_the_set_is_made_the_same_every_time() -> None:
    first = [(case.id, case.body, case.page.body) for case in all_cases()]
    all_cases.cache_clear()
    assert first == [(case.id, case.body, case.page.body) for case in all_cases()]
