"""WARC and WACZ files written with warcio for tests: invented pages of invented outlets."""

import gzip
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


@dataclass(frozen=True)
class Stored:
    """One capture to be put into a WARC file. `timestamp` has 14 digits."""

    url: str
    timestamp: str
    body: bytes = b""
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    record_type: str = "response"
    revisit_of: "Stored | None" = None

    @property
    def date(self) -> str:
        """The timestamp as WARC files state it."""
        t = self.timestamp
        return f"{t[:4]}-{t[4:6]}-{t[6:8]}T{t[8:10]}:{t[10:12]}:{t[12:14]}Z"


def page(title: str, text: str) -> bytes:
    """A small page."""
    return f"<!doctype html><title>{title}</title><body><p>{text}</p></body>".encode()


T1, T2 = "20240614120000", "20240722235624"
HARBOUR = "https://harbour-post.example/2024/ferry"
FERRY_OLD = page("Ferry", "The ferry to Lindholm runs again after 12 days of repairs.")
FERRY_NEW = page("Ferry", "The ferry to Lindholm runs again after 21 days of repairs.")
CYRILLIC = page("Паром", "Паром на Линдхольм снова ходит после ремонта.").decode().encode("cp1251")
_FIRST = Stored(HARBOUR, T1, FERRY_OLD)

CAPTURES: tuple[Stored, ...] = (
    _FIRST,
    Stored(HARBOUR, T2, FERRY_NEW),
    Stored(HARBOUR, "20250101000000", revisit_of=_FIRST),
    Stored(
        "https://harbour-post.example/coded",
        T1,
        gzip.compress(FERRY_OLD),
        headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")),
    ),
    Stored(
        "https://nordbote.example/parom?id=7",
        T1,
        CYRILLIC,
        headers=(("Content-Type", "text/html; charset=windows-1251"),),
    ),
    Stored(
        "https://harbour-post.example/old-name",
        T1,
        b"moved",
        "301 Moved Permanently",
        (("Location", "/new-name"), ("Content-Type", "text/html")),
    ),
    Stored("https://harbour-post.example/new-name", "20240614120003", FERRY_OLD),
    Stored(
        "https://harbour-post.example/moved-long-ago",
        T1,
        b"moved",
        "302 Found",
        (("Location", "https://harbour-post.example/late"), ("Content-Type", "text/html")),
    ),
    Stored("https://harbour-post.example/late", "20240814120000", FERRY_NEW),
    Stored(
        "https://harbour-post.example/leads-nowhere",
        T1,
        b"moved",
        "302 Found",
        (("Location", "https://harbour-post.example/never-captured"), ("Content-Type", "text/html")),
    ),
    Stored(
        "https://harbour-post.example/round-a",
        T1,
        b"moved",
        "302 Found",
        (("Location", "https://harbour-post.example/round-b"), ("Content-Type", "text/html")),
    ),
    Stored(
        "https://harbour-post.example/round-b",
        T1,
        b"moved",
        "302 Found",
        (("Location", "https://harbour-post.example/round-a"), ("Content-Type", "text/html")),
    ),
    Stored("https://harbour-post.example/gone", T1, page("404", "Nothing here."), "404 Not Found"),
    Stored(
        "https://harbour-post.example/busy",
        T1,
        page("Busy", "Come back."),
        "429 Too Many Requests",
        (("Content-Type", "text/html"), ("Retry-After", "7200")),
    ),
    Stored(
        "https://harbour-post.example/broken",
        T1,
        page("Oops", "We are fixing it."),
        "503 Service Unavailable",
    ),
    Stored(
        "https://harbour-post.example/paper",
        T1,
        b"%PDF-1.4 x",
        headers=(("Content-Type", "application/pdf"),),
    ),
    Stored("https://xn--hfen-loa.example/f%C3%A4hre", T1, FERRY_OLD),
)


class _Writer(WARCWriter):
    """warcio's writer without its temporary files, which it leaves to the collector."""

    @classmethod
    def _create_temp_file(cls) -> io.BytesIO:
        return io.BytesIO()


def write_warc(path: Path, captures: Sequence[Stored] = CAPTURES, gzipped: bool = True) -> Path:
    """Write `captures` into one WARC file."""
    with path.open("wb") as file:
        writer = _Writer(file, gzip=gzipped)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "tests"}))
        for stored in captures:
            http = StatusAndHeaders(stored.status, list(stored.headers), protocol="HTTP/1.1")
            warc_headers = {"WARC-Date": stored.date}
            if stored.revisit_of is not None:
                first = stored.revisit_of
                made = writer.create_warc_record(
                    first.url, "response", payload=io.BytesIO(first.body), http_headers=http
                )
                writer.ensure_digest(made, block=False, payload=True)
                digest = made.rec_headers.get_header("WARC-Payload-Digest")
                record = writer.create_revisit_record(
                    stored.url,
                    digest,
                    first.url,
                    first.date,
                    http_headers=http,
                    warc_headers_dict=warc_headers,
                )
            else:
                record = writer.create_warc_record(
                    stored.url,
                    stored.record_type,
                    payload=io.BytesIO(stored.body),
                    http_headers=http if stored.record_type == "response" else None,
                    warc_content_type="" if stored.record_type == "response" else "text/html",
                    warc_headers_dict=warc_headers,
                )
            writer.write_record(record)
    return path


def write_wacz(
    path: Path, warc: Path, name: str | None = None, compression: int = zipfile.ZIP_STORED
) -> Path:
    """Put a WARC file into a WACZ file, under `name`."""
    with zipfile.ZipFile(path, "w", compression) as archive:
        archive.writestr("datapackage.json", "{}")
        entry = zipfile.ZipInfo(name or f"archive/{warc.name}")
        entry.compress_type = compression
        archive.writestr(entry, warc.read_bytes())
    return path
