"""What the database answers when asked for a capture."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from provenance.model.capture import Answer, CaptureRow, Found, Unchecked
from provenance.model.resource import CaptureRequest
from provenance.store import bodies, schema
from provenance.store.facts import original_key
from provenance.store.findings import capture_of


def answer(connection: sa.Connection, request: CaptureRequest) -> Answer:
    """The capture asked for, else Unchecked: what was never fetched is not thereby missing.

    A full timestamp is answered by a capture of that second only; a shorter one by what a
    source once gave for the same request, else by the nearest capture held.
    """
    rows = _given(connection, request) or _held(connection, request)
    if not rows:
        wanted = request.timestamp or "any time"
        return Unchecked(
            "not-in-captures", f"the database holds no capture of {request.original} at {wanted}"
        )
    chosen = min(rows, key=lambda row: _preference(row, request))
    try:
        return Found(capture_of(chosen, bodies.load(connection, chosen.sha256)))
    except bodies.DamagedBody as damage:
        return Unchecked(
            "not-in-captures",
            f"the stored body {chosen.sha256} is damaged ({damage}): run `provenance db verify`",
        )


def listing(connection: sa.Connection, original: str) -> Iterator[CaptureRow]:
    """What the database holds of `original`, oldest first."""
    for row in sorted(_of(connection, original), key=lambda row: (row.timestamp, row.key)):
        yield CaptureRow(row.original, row.timestamp, row.status, row.media_type, row.payload_digest)


def _of(connection: sa.Connection, original: str) -> list[Any]:
    captures = schema.captures
    return list(
        connection.execute(sa.select(captures).where(captures.c.original_key == original_key(original)))
    )


def _given(connection: sa.Connection, request: CaptureRequest) -> list[Any]:
    """What sources gave for this very request (the target of an archived redirect, say)."""
    answers, captures = schema.capture_answers, schema.captures
    statement = (
        sa.select(captures)
        .join(answers, answers.c.capture_key == captures.c.key)
        .where(answers.c.original_key == original_key(request.original))
        .where(answers.c.timestamp == request.timestamp)
    )
    return list(connection.execute(statement))


def _held(connection: sa.Connection, request: CaptureRequest) -> list[Any]:
    held = _of(connection, request.original)
    if not request.exact:
        return held
    return [row for row in held if row.timestamp == request.timestamp]


def _preference(row: Any, request: CaptureRequest) -> tuple[float, bool, float, str]:
    """Nearest first, then the URL as written, then the last fetched; the key makes it one."""
    distance = abs(_moment(row.timestamp) - _moment(request.timestamp)) if request.timestamp else 0.0
    fetched = row.fetched_at.timestamp() if row.fetched_at else 0.0
    newest_first = -_moment(row.timestamp) if not request.timestamp else 0.0
    return (distance or newest_first, row.original != request.original, -fetched, row.key)


def _moment(timestamp: str) -> float:
    """Seconds since 1970 of a timestamp of 0 to 14 digits, filled up to its earliest moment."""
    filled = timestamp + "19700101000000"[len(timestamp) :]
    try:
        return datetime.strptime(filled, "%Y%m%d%H%M%S").replace(tzinfo=UTC).timestamp()
    except ValueError:
        # Archives hold captures dated the 31st of June; their place among others is still this.
        return datetime(max(int(filled[:4]), 1), 1, 1, tzinfo=UTC).timestamp()
