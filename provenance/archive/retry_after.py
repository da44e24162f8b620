"""The Retry-After header in every shape that servers send."""

import math
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after_seconds(header: str | None, now: datetime) -> float | None:
    """Seconds from `now`, None where the header says nothing that can be used.

    Understands whole and broken seconds and the date forms of RFC 9110 5.6.7. What lies in the
    past or is not finite is unusable: a refusal is never answered by asking again at once.
    """
    text = (header or "").strip()
    if re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]{1,6})?", text):
        seconds = float(text)
    else:
        try:
            date = parsedate_to_datetime(text[:60])
        except (TypeError, ValueError, IndexError, OverflowError):
            return None
        seconds = (date.replace(tzinfo=date.tzinfo or UTC) - now).total_seconds()
    return math.ceil(seconds) if seconds > 0 else None
