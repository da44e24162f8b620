"""The archives' timestamps: 14 digits of a moment in UTC, or the first few of them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# A crawler fetches the target of a redirect within minutes, unless it has done so within the last
# three quarters of an hour (Save Page Now's pause between two captures of one page). Seconds.
REDIRECT_WINDOW = 3600


def moment_of(timestamp: str, latest: bool = False) -> datetime:
    """The first moment (`latest`: the last) that the digits stand for.

    Digits that no calendar has (archives' indexes hold some) are bent into it.
    """
    filled = timestamp[:14] + ("99999999999999" if latest else "00000101000000")[len(timestamp[:14]) :]
    year = min(max(int(filled[:4]), 1), 9999)
    month = min(max(int(filled[4:6]), 1), 12)
    day = max(int(filled[6:8]), 1)
    hour, minute, second = int(filled[8:10]), int(filled[10:12]), int(filled[12:14])
    while True:
        try:
            return datetime(year, month, day, min(hour, 23), min(minute, 59), min(second, 59), tzinfo=UTC)
        except ValueError:
            day = min(day, 32) - 1  # the 31st of a shorter month


def digits_of(http_date: str) -> str | None:
    """14 digits of an HTTP date as Memento-Datetime and timemaps state it; None where it is none."""
    try:
        moment = parsedate_to_datetime(http_date[:60])
        return (moment.astimezone(UTC) if moment.tzinfo else moment).strftime("%Y%m%d%H%M%S")
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def seconds_between(one: str, other: str) -> int:
    """How far two timestamps lie apart."""
    return abs(int((moment_of(one) - moment_of(other)).total_seconds()))


def nearest(timestamps: Sequence[str], wanted: str) -> int:
    """Index of the timestamp nearest to `wanted`; inside the stretch that a short one spans, the latest.

    Without digits: the latest of all. Raises ValueError for an empty sequence.
    """
    if not wanted:
        return max(range(len(timestamps)), key=lambda i: timestamps[i])
    first, last = moment_of(wanted), moment_of(wanted, latest=True)

    def distance(index: int) -> tuple[float, float]:
        moment = moment_of(timestamps[index])
        outside = max((first - moment).total_seconds(), (moment - last).total_seconds(), 0.0)
        return outside, -moment.timestamp()

    return min(range(len(timestamps)), key=distance)
