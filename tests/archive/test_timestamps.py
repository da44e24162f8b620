"""Timestamps of 0 to 14 digits."""

from datetime import UTC, datetime

import pytest

from provenance.archive.timestamps import moment_of, nearest, seconds_between


@pytest.mark.parametrize(
    ("timestamp", "first", "last"),
    [
        ("20240614120000", (2024, 6, 14, 12, 0, 0), (2024, 6, 14, 12, 0, 0)),
        ("202402", (2024, 2, 1, 0, 0, 0), (2024, 2, 29, 23, 59, 59)),
        ("2024", (2024, 1, 1, 0, 0, 0), (2024, 12, 31, 23, 59, 59)),
        ("20", (2000, 1, 1, 0, 0, 0), (2099, 12, 31, 23, 59, 59)),
        ("20000800241623", (2000, 8, 1, 23, 16, 23), (2000, 8, 1, 23, 16, 23)),
        ("20230231000000", (2023, 2, 28, 0, 0, 0), (2023, 2, 28, 0, 0, 0)),
    ],
)
def test_what_digits_stand_for(timestamp: str, first: tuple[int, ...], last: tuple[int, ...]) -> None:
    assert moment_of(timestamp) == datetime(*first, tzinfo=UTC)  # type: ignore[arg-type]
    assert moment_of(timestamp, latest=True) == datetime(*last, tzinfo=UTC)  # type: ignore[arg-type]


def test_distance() -> None:
    assert seconds_between("20240614120000", "20240614110000") == 3600


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("20240614120000", 1), ("2024", 2), ("2020", 0), ("2030", 2), ("", 2), ("20230101", 0), ("202406", 1)],
)
def test_nearest(wanted: str, expected: int) -> None:
    assert nearest(["20220101000000", "20240610000000", "20241001000000"], wanted) == expected
