"""Retry-After in every shape."""

from datetime import UTC, datetime

import pytest

from provenance.archive.retry_after import retry_after_seconds

NOW = datetime(2024, 6, 14, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 7200 ", 7200),
        ("1.5", 2),
        ("Fri, 14 Jun 2024 13:00:00 GMT", 3600),
        ("Friday, 14-Jun-24 13:00:00 GMT", 3600),
        ("Fri Jun 14 13:00:00 2024", 3600),
        ("Fri, 14 Jun 2024 15:00:00 +0200", 3600),
        ("0", None),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("1e9", None),
        ("nan", None),
        ("inf", None),
        ("٣٠", None),
        ("Fri, 14 Jun 2024 11:00:00 GMT", None),
        ("Fri, 99 Jun 99999 11:00:00 GMT", None),
        ("9" * 500, None),
    ],
)
def test_shapes(header: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(header, NOW) == seconds
