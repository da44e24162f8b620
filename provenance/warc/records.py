"""The records of WARC and WACZ files, one after the other, bodies decoded and bounded."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from provenance.warc.content_coding import TooLarge, Undecodable, dechunk, decode_content
from provenance.warc.files import Damage, Place, entries, open_stream, warc_files
from provenance.warc.members import DamagedMember, MemberReader

LARGEST_BODY = 50_000_000  # bytes after decoding; the longest news pages are under ten million
# No capture is this long; a record that claims it is stepped over unread (bytes).
_LARGEST_RECORD = 2_000_000_000
_CUT = "the file ends in the middle of a record"
_CAPTURE_TYPES = ("response", "revisit", "resource")


@dataclass(frozen=True, slots=True)
class RecordHeader:
    """What a record says of itself.

    `target_uri` is as stated, `timestamp` 14 digits (UTC). `status` and the HTTP headers are None
    and empty for a `resource`. A `revisit` says that its body is that of an earlier record of
    `payload_digest` (`refers_to_uri`, `refers_to_timestamp` where it tells).
    """

    place: Place
    record_type: str
    target_uri: str
    timestamp: str
    status: int | None
    media_type: str | None
    charset: str | None
    payload_digest: str | None
    http_headers: tuple[tuple[str, str], ...]
    refers_to_uri: str | None = None
    refers_to_timestamp: str | None = None

    def http_header(self, name: str) -> str | None:
        """The first HTTP header of that name, case aside."""
        return next((value for key, value in self.http_headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Record:
    """A capture record and its body after transfer and content decoding.

    `body` is None where it could not be had; `problem` is then `too-large` or `undecodable`.
    """

    header: RecordHeader
    body: bytes | None
    problem: str | None = None


def read_records(path: Path, largest_body: int = LARGEST_BODY) -> Iterator[Record | Damage]:
    """Every response, revisit and resource of a `.warc`, `.warc.gz`, `.wacz` or a folder of them, in order.

    `largest_body` (bytes) bounds each decoded body. What cannot be read comes as Damage in its
    place; nothing is raised.
    """
    for stream in _streams(path):
        if isinstance(stream, Damage):
            yield stream
        else:
            yield from _read_stream(stream, largest_body)


def read_headers(path: Path) -> Iterator[RecordHeader | Damage]:
    """Like `read_records`, without the bodies."""
    for stream in _streams(path):
        if isinstance(stream, Damage):
            yield stream
            continue
        for found in _read_stream(stream, None):
            yield found if isinstance(found, Damage) else found.header


def read_record_at(place: Place, largest_body: int = LARGEST_BODY) -> Record | Damage:
    """The record that stands at `place`."""
    first = next(_read_stream(place, largest_body), None)
    return first or Damage(place, "no capture stands here any more")


def _streams(path: Path) -> Iterator[Place | Damage]:
    try:
        for file in warc_files(path):
            try:
                yield from entries(file)
            except OSError as error:
                yield Damage(Place(file, None), _one_line(error))
    except OSError as error:  # a folder that cannot be listed
        yield Damage(Place(path, None), _one_line(error))


def _read_stream(place: Place, largest_body: int | None) -> Iterator[Record | Damage]:
    """The records from `place` on; without `largest_body` no body is read."""
    try:
        with open_stream(place) as file:
            reader = MemberReader(file, place.member)
            reader.skip(place.within)
            yield from _scan(reader, place, largest_body)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, DamagedMember) as error:
        yield Damage(place, _one_line(error))


def _scan(reader: MemberReader, stream: Place, largest_body: int | None) -> Iterator[Record | Damage]:
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    while True:
        place = Place(stream.path, stream.entry, reader.member, reader.within)
        try:
            reader.begin_record()
            line = reader.readline()
            if not line:
                if reader.next_member():
                    continue
                return
            if not line.strip():
                continue
            record = loader.parse_record_stream(reader, line, known_format="warc")
            length = record.rec_headers.get_header("Content-Length") or ""
            if not re.fullmatch(r"[0-9]{1,10}", length.strip()) or int(length) > _LARGEST_RECORD:
                raise DamagedMember("a record without a length that can be believed")
            header = _header(record, place)
            found = _with_body(header, record.raw_stream, largest_body) if header else None
            left = record.raw_stream.limit
            if reader.skip(left) < left:
                raise DamagedMember(_CUT)
            if found is not None:
                yield found
        except (DamagedMember, ArchiveLoadFailed, StatusAndHeadersParserException, EOFError) as error:
            yield Damage(place, _CUT if reader.ended() else _one_line(error))
            if not reader.find_next_member():
                return
        except (ValueError, AttributeError, TypeError, IndexError):
            # warcio takes headers for granted (a response without a target address, for one).
            yield Damage(place, _CUT if reader.ended() else "a record whose headers make no sense")
            if not reader.find_next_member():
                return


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split()) or _CUT
    return "".join(c if c.isprintable() else "?" for c in text)[:200]


def _header(record: ArcWarcRecord, place: Place) -> RecordHeader | None:
    """None for records that are no captures. Raises DamagedMember."""
    stated = record.rec_headers.get_header
    uri = stated("WARC-Target-URI")
    timestamp = timestamp_of(stated("WARC-Date"))
    if record.rec_type not in _CAPTURE_TYPES:
        return None
    if not uri or timestamp is None:
        raise DamagedMember("a capture that states no address or no date")
    http = record.http_headers
    content_type = http.get_header("Content-Type") if http else record.content_type
    status = re.match(r"\d{3}", http.statusline.strip()) if http else None
    return RecordHeader(
        place=place,
        record_type=record.rec_type,
        target_uri=uri,
        timestamp=timestamp,
        status=int(status[0]) if status else None,
        media_type=media_type_of(content_type),
        charset=charset_of(content_type),
        payload_digest=stated("WARC-Payload-Digest"),
        http_headers=tuple(http.headers) if http else (),
        refers_to_uri=stated("WARC-Refers-To-Target-URI"),
        refers_to_timestamp=timestamp_of(stated("WARC-Refers-To-Date")),
    )


def _with_body(header: RecordHeader, stream: LimitReader, largest_body: int | None) -> Record:
    """Raises DamagedMember where the record is cut."""
    if largest_body is None or header.record_type == "revisit":
        return Record(header, None if largest_body is None else b"")
    # Bytes that do not compress grow a little by compression: hence the margin.
    size = min(stream.limit, largest_body + largest_body // 8)
    raw = stream.read(size)
    if len(raw) < size:
        raise DamagedMember(_CUT)
    if stream.limit:
        return Record(header, None, "too-large")
    try:
        if "chunked" in (header.http_header("Transfer-Encoding") or "").lower():
            raw = dechunk(raw, largest_body)
        coding = header.http_header("Content-Encoding")
        return Record(header, decode_content(raw, coding, header.media_type, largest_body))
    except TooLarge:
        return Record(header, None, "too-large")
    except Undecodable:
        return Record(header, None, "undecodable")


def timestamp_of(date: str | None) -> str | None:
    """14 digits of an ISO 8601 date in UTC as WARC files state it (`2024-06-14T12:00:00Z`)."""
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)", date or "")
    return "".join(match.groups()) if match else None


def media_type_of(content_type: str | None) -> str | None:
    """`text/html` of `Text/HTML; charset=...`; None where none is stated."""
    match = re.match(r"\s*([\w.+-]{1,80}/[\w.+-]{1,80})", content_type or "")
    return match[1].lower() if match else None


def charset_of(content_type: str | None) -> str | None:
    """The charset parameter of a Content-Type header, as stated."""
    match = re.search(r"(?i);\s*charset\s*=\s*[\"']?([\w.:+-]{1,40})", content_type or "")
    return match[1] if match else None
