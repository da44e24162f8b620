"""Dates as people write them in front matter. What could be read two ways is not read."""

import re
import tomllib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files

# Years of web pages: an `8-digit` number outside them is no date.
EARLIEST_YEAR, LATEST_YEAR = 1800, 2199

_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?$")
_RFC_2822 = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:")
_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_NAMED_DAY_FIRST = re.compile(
    r"(?:^|\W)(\d{1,2})(?:st|nd|rd|th|\.|º|er)?\s+(?:de\s+|of\s+|d['’])?([^\W\d_]{3,14})\.?,?\s+(?:de\s+|del\s+)?(\d{4})(?!\d)"
)
_NAMED_MONTH_FIRST = re.compile(r"([^\W\d_]{3,14})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_CLOCK = re.compile(
    r"(?:^|[T\s,])(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*(am|pm)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?(?!\w)", re.I
)


def read_date(text: str) -> datetime | None:
    """The moment `text` names, in UTC; without a time of day it is midnight, without a zone UTC.

    Reads ISO 8601, 8, 12 or 14 digits, RFC 2822, `14.06.2024`, and dates with the month's name in
    the languages of `data/months.toml`. `03/07/2024` may be March or July: None, as for all else.
    """
    text = text.strip()[:100]
    return _iso(text) or _digits(text) or _mail(text) or _words(text)


def _iso(text: str) -> datetime | None:
    try:
        return _in_utc(datetime.fromisoformat(text)) if not text.isdigit() and "W" not in text else None
    except (ValueError, OverflowError):
        return None


def _digits(text: str) -> datetime | None:
    found = _DIGITS.match(text)
    return _moment(*(int(part or 0) for part in found.groups())) if found else None


def _mail(text: str) -> datetime | None:
    try:
        return _in_utc(parsedate_to_datetime(text)) if _RFC_2822.match(text) else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _words(text: str) -> datetime | None:
    day = _day(text)
    if day is None:
        return None
    clock = _CLOCK.search(text)
    if clock is None:
        return day
    hour = int(clock[1]) % 12 + (12 if clock[4].lower() == "pm" else 0) if clock[4] else int(clock[1])
    moment = _moment(day.year, day.month, day.day, hour, int(clock[2]), int(clock[3] or 0))
    if moment is None or not clock[5] or clock[5].upper() in ("Z", "UTC", "GMT"):
        return moment
    sign = -1 if clock[5][0] == "-" else 1
    away = timedelta(hours=int(clock[5][1:3]), minutes=int(clock[5][-2:]))
    return moment - sign * away


def _day(text: str) -> datetime | None:
    if found := _YEAR_FIRST.search(text) or _EAST_ASIAN.search(text):
        return _moment(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.search(text):
        return _moment(int(found[3]), int(found[2]), int(found[1]))
    if found := _SLASHES.search(text):
        first, second = int(found[1]), int(found[2])
        if first > 12 or first == second:
            return _moment(int(found[3]), second, first)
        return _moment(int(found[3]), first, second) if second > 12 else None
    if (found := _NAMED_DAY_FIRST.search(text)) and (month := _month(found[2])):
        return _moment(int(found[3]), month, int(found[1]))
    if (found := _NAMED_MONTH_FIRST.search(text)) and (month := _month(found[1])):
        return _moment(int(found[3]), month, int(found[2]))
    return None


def _month(name: str) -> int | None:
    name = name.casefold()
    return next((month for stem, month in _stems() if name.startswith(stem)), None)


@cache
def _stems() -> tuple[tuple[str, int], ...]:
    """The beginnings of month names in all languages, longest first."""
    source = (files("provenance.vault") / "data" / "months.toml").read_text("utf-8")
    languages = tomllib.loads(source)
    stems = {
        stem: month
        for months in languages.values()
        for month, names in enumerate(months, 1)
        for stem in names.split()
    }
    return tuple(sorted(stems.items(), key=lambda entry: -len(entry[0])))


def _moment(
    year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0
) -> datetime | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def _in_utc(moment: datetime) -> datetime | None:
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        return None
    zone = moment.tzinfo or UTC
    return moment.replace(tzinfo=zone).astimezone(UTC)
