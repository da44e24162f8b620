"""Captures out of WARC and WACZ files."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from provenance.archive.locations import joined
from provenance.archive.timestamps import REDIRECT_WINDOW, nearest, seconds_between
from provenance.model.capture import Answer, Capture, CaptureRow, Found, Unavailable, Unchecked
from provenance.model.resource import CaptureRequest
from provenance.warc import Damage, Record
from provenance.warc.index import CaptureIndex, IndexEntry

_MOST_REDIRECTS = 8


class WarcSource:
    """`--captures PATH`: a `.warc`, `.warc.gz`, `.wacz` or a folder of them. Indexed when first asked."""

    def __init__(self, path: Path, largest_body: int = 50_000_000) -> None:
        self.name = path.as_posix()
        self._index = CaptureIndex(path)
        self._largest_body = largest_body

    def capture(self, request: CaptureRequest) -> Answer:
        """The capture asked for. Archived redirects are followed within the files (see archive.replay)."""
        wanted, timestamp = request.original, request.timestamp
        tolerance = 0 if request.exact else None
        mismatch: str | None = None
        visited: set[IndexEntry] = set()
        while len(visited) < _MOST_REDIRECTS:
            entry = self._nearest(wanted, timestamp, visited)
            if entry is None:
                return self._absent(wanted, redirected=bool(visited))
            visited.add(entry)
            if tolerance is not None and seconds_between(entry.timestamp, timestamp) > tolerance:
                mismatch = mismatch or f"the file holds the capture of {entry.timestamp}, not of {timestamp}"
            record = self._index.load(entry, self._largest_body)
            if isinstance(record, Damage):
                return Unchecked("undecodable", f"{self.name}: {record.message}")
            target = _redirect_target(record)
            if target is None:
                return self._judged(record, mismatch)
            wanted, timestamp, tolerance = target, entry.timestamp, REDIRECT_WINDOW
        return Unavailable("archived-error", "the capture redirects in circles")

    def captures(self, original: str) -> Iterator[CaptureRow]:
        """What the files hold of `original`, oldest first."""
        for entry in self._index.entries(original):
            yield CaptureRow(
                entry.original, entry.timestamp, entry.status, entry.media_type, entry.payload_digest
            )

    def close(self) -> None:
        """Nothing stays open between captures."""

    def _nearest(self, original: str, timestamp: str, visited: set[IndexEntry]) -> IndexEntry | None:
        # A site's redirect from http to https is a capture of the same resource: not met twice.
        entries = [entry for entry in self._index.entries(original) if entry not in visited]
        entries.sort(key=lambda entry: entry.original != original)  # of two at one time, the one as written
        return entries[nearest([entry.timestamp for entry in entries], timestamp)] if entries else None

    def _absent(self, original: str, redirected: bool) -> Unchecked:
        detail = f"{self.name} holds no capture of {original[:200]}"
        if redirected:
            detail += ", where the capture redirects to"
        damage = self._index.damage()
        if damage:
            detail += f" ({len(damage)} damaged places in it could not be read: {damage[0].message})"
        return Unchecked("not-in-captures", detail)

    def _judged(self, record: Record, mismatch: str | None) -> Answer:
        if record.body is None:
            reason = record.problem or "undecodable"
            return Unchecked(reason, f"{self.name}: the body of {record.header.target_uri[:200]} is {reason}")
        header, place = record.header, record.header.place
        entry_name = f"!{place.entry}" if place.entry else ""
        within = f"+{place.within}" if place.within and place.member else ""
        offset = f"{place.member or place.within}{within}"
        capture = Capture(
            archive=self.name,
            requested=f"{place.path.as_posix()}{entry_name}#{offset}",
            original=header.target_uri,
            timestamp=header.timestamp,
            status=header.status or 200,
            media_type=header.media_type,
            charset=header.charset,
            body=record.body,
            sha256=hashlib.sha256(record.body).hexdigest(),
            payload_digest=header.payload_digest,
        )
        return Found(capture) if mismatch is None else Unavailable("other-capture", mismatch, capture)


def _redirect_target(record: Record) -> str | None:
    """Where an archived redirect leads. None for pages, and for redirects to themselves."""
    location = record.header.http_header("Location")
    if location is None or not 300 <= (record.header.status or 200) < 400:
        return None
    target = joined(record.header.target_uri, location)
    return target if target and target.startswith(("http://", "https://")) else None
