"""Months, weekdays, days and years: what makes a changed word or number a date.

Names of months and weekdays are Unicode's (CLDR, through babel) with the inflected forms that it
lacks from `data/words.toml`.
"""

import re
from functools import cache

import babel

from provenance.compare.wordlists import Place, Window, code, pattern, plain, table, words

_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[-./]\d{1,2}[-./]\d{1,2})(?!\d)")
_YEAR = re.compile(r"1[0-9]\d\d|20\d\d|21\d\d")
_BUDDHIST_YEAR = re.compile(r"2[45]\d\d")
_NEAR = 24  # characters on either side of a number in which its month or year word stands
_LONG = 6  # letters of a month's name that is hardly another word
# A word that only stands for a month in Japanese, Chinese and Korean: a number and its unit.
_UNIT = re.compile(r"\s?(?:[年月日号號](?!間)|[년월일](?!\s?(?:간|동안|째)))")
_YEAR_UNIT = re.compile(r"\s?(?:年|년)")
# What may stand between a day and its month: another day, an ordinal ending, "of".
_TO_MONTH = re.compile(
    r"(?:\.?\s*(?:[-–—/,]|\w{1,3})\s*\d{1,2})?"
    r"(?:(?:st|nd|rd|th|er|re|º|ª|°|-?(?:го|е|ого|й|га|те|ші))(?!\w))?[\s.,]*"
    r"(?:(?:of|de|del|di|do|da|the)\s+|d')?"
)
_FROM_MONTH = re.compile(r"\.?\s*(?:\d{1,2}\s*[-–—,]\s*)?")


@cache
def _locale(language: str | None) -> babel.Locale | None:
    """The locale of a language, None where Unicode has none."""
    try:
        return babel.Locale.parse(code(language)) if language else None
    except (babel.UnknownLocaleError, ValueError):
        return None


@cache
def _calendar(language: str | None, what: str) -> tuple[str, ...]:
    """All forms of the names of months (`months`) or weekdays (`days`), as Unicode writes them."""
    locale = _locale(language)
    if locale is None:
        return ()
    return tuple(
        name.rstrip(".")
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in getattr(locale, what)[context][width].values()
        if re.search(r"[^\W\d_]", name) and len(name.rstrip(".")) > 1
    )


@cache
def _names(language: str | None, what: str, listed: str) -> re.Pattern[str]:
    row = table().get(code(language), {})
    inside = bool(row.get("unspaced"))
    # Found anywhere in a text without spaces, an abbreviation of one or two letters says nothing.
    known = [name for name in _calendar(language, what) if not inside or len(name) > 2]
    written = [f"{name}*" if len(name) >= _LONG else name for name in known]
    written += row.get(listed, [])
    written += [prefix + name for prefix in row.get("before_names", []) for name in written]
    return pattern(written, row.get(f"not_{listed}", []), inside)


@cache
def _with_capital(language: str | None) -> bool:
    """Whether a language writes its months with a capital."""
    locale = _locale(language)
    if locale is None:
        return False
    return all(name[:1].isupper() for name in locale.months["format"]["wide"].values())


@cache
def _doubtful(language: str | None) -> frozenset[str]:
    """Months that are also something else: all short ones, and those the data names."""
    row = table().get(code(language), {})
    short = {plain(name) for name in _calendar(language, "months") if len(name) < _LONG}
    return frozenset(short | set(row.get("month_or_word", [])))


def calendar_words(around: Window, place: Place, language: str | None) -> list[str]:
    """The months and weekdays that touch a place."""
    months = [
        month
        for month in around.hits(_names(language, "months", "month")).elements()
        if _is_month(month, around, place, language)
    ]
    days = around.hits(_names(language, "days", "weekday")).elements()
    return months + [day for day in days if not _other_word(day, place)]


def _other_word(day: str, place: Place) -> bool:
    """A short form like "mar" or "so" needs its capital or full stop; in full it needs nothing."""
    if len(day) > 3 or not day.isascii():
        return False
    found = re.search(
        rf"(?<!\w){re.escape(day)}(?!\w)", place.text[place.start : place.end + 1], re.IGNORECASE
    )
    if not found:
        return True
    return not (found.group()[:1].isupper() and place.text[place.start + found.end() :][:1] in (".", ","))


def _is_month(month: str, around: Window, place: Place, language: str | None) -> bool:
    if _with_capital(language):
        written = place.text[max(0, place.start - len(month)) : place.end + len(month)]
        forms = re.finditer(rf"(?<!\w){re.escape(month)}", written, re.IGNORECASE)
        if not any(form.group()[:1].isupper() for form in forms):
            return False
    if month not in _doubtful(language):
        return True
    at = around.text.find(month, max(0, around.start - len(month)))
    before, after = around.text[:at].split()[-2:], around.text[at + len(month) :].split()[:1]
    if any(any(map(str.isdigit, word)) for word in (*before, *after)):
        return True
    introduced = table().get(code(language), {}).get("before_month", [])
    return bool(before) and before[-1].strip(",.") in introduced and month not in _only_by_number(language)


@cache
def _only_by_number(language: str | None) -> frozenset[str]:
    return frozenset(table().get(code(language), {}).get("month_or_word", []))


def is_date(place: Place, at: int, end: int, language: str | None) -> bool:
    """Whether the number `text[at:end]` of a place is a year, a day of a month or part of a date."""
    text = place.text
    number = text[at:end]
    low, high = max(0, at - _NEAR), end + _NEAR
    if any(low + date.start() < end and low + date.end() > at for date in _DATE.finditer(text[low:high])):
        return True
    before, after = plain(text[low:at]), plain(text[end:high])
    if not number.isdecimal() or after.startswith(("%", "‰", "°", "€", "$", "£")):
        return False
    if len(number) == 4:
        return _is_year(number, before, after, language)
    if len(number) > 2 or int(number) > 31:
        return False
    return _UNIT.match(after) is not None or _beside_month(before, after, language)


def _is_year(number: str, before: str, after: str, language: str | None) -> bool:
    digits = str(int(number))
    if _YEAR_UNIT.match(after):
        return True
    introduced = words(language, "before_year").search(before[-12:]) is not None
    if _BUDDHIST_YEAR.fullmatch(digits):
        return introduced and code(language) == "th"
    if not _YEAR.fullmatch(digits):
        return False
    if re.match(r"[.,]\d", after) or re.search(r"\d[.,]$", before):
        return False
    if introduced or words(language, "after_year").match(after.lstrip(" ")):
        return True
    # A round number before a word counts things: "1500 people", "2000 Euro".
    counts = digits.endswith("00") and re.match(r"\s\w", after) is not None
    return int(digits) >= 1500 and not counts


def _beside_month(before: str, after: str, language: str | None) -> bool:
    months = _names(language, "months", "month")
    if any(
        month.lastgroup != "no" and _TO_MONTH.fullmatch(after[: month.start()])
        for month in months.finditer(after)
    ):
        return True
    return _day_follows(language) and any(
        month.lastgroup != "no" and _FROM_MONTH.fullmatch(before[month.end() :])
        for month in months.finditer(before)
    )


@cache
def _day_follows(language: str | None) -> bool:
    """Whether the day may stand after its month, as in "April 14"."""
    if table().get(code(language), {}).get("day_after_month"):
        return True
    locale = _locale(language)
    if locale is None:
        return False
    order = str(locale.date_formats["long"].pattern)
    return order.find("M") < order.find("d")
