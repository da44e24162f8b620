"""Which captures a WARC file or a folder of them holds, and where: bodies stay in the files."""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from provenance.text.archive_urls import comparison_key
from provenance.warc.files import Damage, Place
from provenance.warc.records import LARGEST_BODY, Record, RecordHeader, read_headers, read_record_at


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One capture in a file, without its body."""

    original: str
    timestamp: str
    status: int | None
    media_type: str | None
    payload_digest: str | None
    record_type: str
    place: Place
    refers_to_uri: str | None
    refers_to_timestamp: str | None


class CaptureIndex:
    """Captures by (comparison key of the original, timestamp). Read once, when first asked.

    Safe to share between threads. Some 500 bytes of memory a capture.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._by_key: dict[str, list[IndexEntry]] | None = None
        self._by_digest: dict[str, IndexEntry] = {}
        self._damage: list[Damage] = []

    def entries(self, original: str) -> Sequence[IndexEntry]:
        """What the files hold of `original`, oldest first."""
        return self._read().get(comparison_key(original), ())

    def damage(self) -> Sequence[Damage]:
        """What could not be read: a capture that is not found may have stood there."""
        self._read()
        return self._damage

    def load(self, entry: IndexEntry, largest_body: int = LARGEST_BODY) -> Record | Damage:
        """The capture with its body; a revisit gets the body of the record it refers to."""
        record = read_record_at(entry.place, largest_body)
        if isinstance(record, Damage) or record.header.record_type != "revisit":
            return record
        referent = self._referent(entry)
        if referent is None:
            return Damage(entry.place, "a revisit of a record that is not in these files")
        full = read_record_at(referent.place, largest_body)
        if isinstance(full, Damage):
            return full
        return Record(_as_revisited(record.header, full.header), full.body, full.problem)

    def _referent(self, entry: IndexEntry) -> IndexEntry | None:
        if entry.refers_to_uri is not None:
            for candidate in self.entries(entry.refers_to_uri):
                same_time = entry.refers_to_timestamp in (None, candidate.timestamp)
                if candidate.record_type != "revisit" and same_time:
                    return candidate
        return self._by_digest.get(entry.payload_digest or "")

    def _read(self) -> dict[str, list[IndexEntry]]:
        with self._lock:
            if self._by_key is None:
                by_key: dict[str, list[IndexEntry]] = {}
                for header in read_headers(self._path):
                    if isinstance(header, Damage):
                        self._damage.append(header)
                    else:
                        entry = _entry(header)
                        same = by_key.setdefault(comparison_key(entry.original), [])
                        insort(same, entry, key=lambda e: e.timestamp)
                        if entry.payload_digest and entry.record_type != "revisit":
                            self._by_digest.setdefault(entry.payload_digest, entry)
                self._by_key = by_key
            return self._by_key


def _entry(header: RecordHeader) -> IndexEntry:
    return IndexEntry(
        header.target_uri,
        header.timestamp,
        header.status,
        header.media_type,
        header.payload_digest,
        header.record_type,
        header.place,
        header.refers_to_uri,
        header.refers_to_timestamp,
    )


def _as_revisited(revisit: RecordHeader, full: RecordHeader) -> RecordHeader:
    """The revisit's own headers where it states them; a 304 only says that nothing had changed."""
    if revisit.status is not None and revisit.status != 304:
        media_type, charset = revisit.media_type or full.media_type, revisit.charset or full.charset
        return replace(revisit, media_type=media_type, charset=charset)
    return replace(
        revisit,
        status=full.status,
        media_type=full.media_type,
        charset=full.charset,
        http_headers=full.http_headers,
    )
