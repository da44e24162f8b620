"""A capture, and what a source can answer when asked for one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from provenance.model.resource import CaptureRequest


@dataclass(frozen=True, slots=True)
class Capture:
    """One archived version, as its bytes were served.

    `archive` names the source that answered, `requested` the URL (or `FILE#offset`) it was
    asked for with, `original` and `timestamp` (14 digits, UTC) what the capture says of itself.
    `body` is after transfer and content decoding, byte for byte; `sha256` is of `body`.
    `payload_digest` is the archive's own digest as it states it (`sha1:...`), never recomputed.
    `media_type` is lower case without parameters; `charset` comes from the HTTP header only.
    `fetched_at` is None for a capture read from a file that states no date.
    """

    archive: str
    requested: str
    original: str
    timestamp: str
    status: int
    media_type: str | None
    charset: str | None
    body: bytes
    sha256: str
    payload_digest: str | None = None
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The capture asked for (or, where no exact one was asked for, the nearest)."""

    capture: Capture


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The archive answered and has nothing to show. `reason`: see model.verification."""

    reason: str
    detail: str
    neighbour: Capture | None = None


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Nothing was learned about the capture. `retry_at`: when asking again may help."""

    reason: str
    detail: str
    retry_at: datetime | None = None


Answer = Found | Unavailable | Unchecked


@dataclass(frozen=True, slots=True)
class CaptureRow:
    """One line of a capture index: what an archive says it holds, before anything is fetched."""

    original: str
    timestamp: str
    status: int | None
    media_type: str | None
    digest: str | None


class CaptureSource(Protocol):
    """A door to captures: an archive on the web, a file, or what the database holds."""

    name: str

    def capture(self, request: CaptureRequest) -> Answer:
        """Answer for one capture. Never raises for what an archive or a file does wrong."""
        ...

    def captures(self, original: str) -> Iterator[CaptureRow]:
        """List what the source holds of `original`, oldest first."""
        ...

    def close(self) -> None:
        """Give back connections and files."""
        ...
