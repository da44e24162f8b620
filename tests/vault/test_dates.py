"""Dates as people write them."""
# ruff: noqa: E501 (a case is a line)

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.vault.dates import read_date


@pytest.mark.parametrize(
    "text",
    [
        "2024-06-14", "20240614", "2024/06/14", "2024.06.14", "14.06.2024", "14.6.2024 г.", "14/06/2024", "June 14, 2024",
        "14 June 2024", "14th of June 2024", "14 июня 2024", "14 червня 2024", "14 чэрвеня 2024", "14. Juni 2024", "14 juin 2024",
        "14 de junio de 2024", "14 giugno 2024", "14 czerwca 2024", "14 iunie 2024", "14 Haziran 2024", "14 iyun 2024",
        "14. června 2024", "14. júna 2024", "14 юни 2024", "14. јун 2024", "14. lipnja 2024", "14 de junho de 2024", "14 juni 2024",
        "14 Ιουνίου 2024", "14 يونيو 2024", "14 ביוני 2024", "2024年6月14日", "2024년 6월 14일", "14 ივნისი 2024", "14 հունիսի 2024",
    ],
)  # fmt: skip
def test_the_same_day_in_many_forms(text):
    assert read_date(text) == datetime(2024, 6, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2024-06-14T11:05:00+00:00", 11, 5),
        ("2024-06-14T11:05:00Z", 11, 5),
        ("2024-06-14T13:05:00+0200", 11, 5),
        ("20240614110500", 11, 5),
        ("Fri, 14 Jun 2024 13:05:00 +0200", 11, 5),
        ("June 14, 2024, 1:05 PM", 13, 5),
        ("14.06.2024 18:30", 18, 30),
        ("14 июня 2024, 20:15", 20, 15),
        ("14 June 2024 12:00 am", 0, 0),
    ],
)
def test_the_time_of_day_in_utc(text, hour, minute):
    assert read_date(text) == datetime(2024, 6, 14, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "03/07/2024",
        "2024",
        "may",
        "yesterday",
        "12345678",
        "99990101",
        "1. listopadu 2023",
        "32.01.2024",
        "№ 5-2024",
    ],
)
def test_what_is_unclear_is_not_read(text):
    assert read_date(text) is None


@given(st.text(max_size=60))
def test_nothing_raises(text):
    moment = read_date(text)
    assert moment is None or moment.tzinfo is UTC
