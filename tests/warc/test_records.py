"""WARC and WACZ files: whole, damaged, hostile. What stands before damage is kept; nothing is raised."""

import gzip
import io
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import brotli
import pytest

from provenance.warc import Damage, Record, read_records
from tests.support.warc_files import CAPTURES, FERRY_OLD, HARBOUR, T1, Stored, page, write_wacz, write_warc

TEXT = page("Ferry", "The ferry to Lindholm runs again after 12 days of repairs.")


def records(path: Path, largest_body: int = 50_000_000) -> list[Record]:
    return [found for found in read_records(path, largest_body) if isinstance(found, Record)]


def damage(path: Path) -> list[Damage]:
    return [found for found in read_records(path) if isinstance(found, Damage)]


@pytest.mark.parametrize("gzipped", [True, False])
def test_every_capture_is_read_in_order(tmp_path: Path, gzipped: bool) -> None:
    path = write_warc(tmp_path / "c.warc", gzipped=gzipped)
    found = records(path)
    assert [(r.header.target_uri, r.header.timestamp) for r in found] == [
        (c.url, c.timestamp) for c in CAPTURES
    ]
    assert damage(path) == []
    assert found[0].body == FERRY_OLD
    assert (found[0].header.status, found[0].header.media_type, found[0].header.charset) == (
        200,
        "text/html",
        "utf-8",
    )
    assert (found[0].header.payload_digest or "").startswith("sha1:")
    revisit = found[2].header
    assert (revisit.record_type, revisit.refers_to_uri, revisit.refers_to_timestamp) == (
        "revisit",
        HARBOUR,
        T1,
    )


def test_a_file_compressed_as_a_whole_is_read_too(tmp_path: Path) -> None:
    plain = write_warc(tmp_path / "c.warc", gzipped=False)
    whole = tmp_path / "whole.warc.gz"
    whole.write_bytes(gzip.compress(plain.read_bytes()))
    assert [r.body for r in records(whole)] == [r.body for r in records(plain)]


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    write_warc(tmp_path / "below" / "b.warc.gz", CAPTURES[:1])
    write_warc(tmp_path / "a.WARC", CAPTURES[1:2], gzipped=False)
    (tmp_path / "readme.txt").write_text("no captures", encoding="utf-8")
    assert [r.header.timestamp for r in records(tmp_path)] == [CAPTURES[1].timestamp, T1]


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_wacz_is_read(tmp_path: Path, compression: int) -> None:
    warc = write_warc(tmp_path / "c.warc.gz")
    wacz = write_wacz(tmp_path / "c.wacz", warc, compression=compression)
    assert [r.body for r in records(wacz)] == [r.body for r in records(warc)]
    assert records(wacz)[0].header.place.entry == "archive/c.warc.gz"


CHUNKED = b"5\r\n" + TEXT[:5] + b"\r\n%x;x=y\r\n" % (len(TEXT) - 5) + TEXT[5:] + b"\r\n0\r\n\r\n"
CODED: list[tuple[str, bytes, tuple[tuple[str, str], ...]]] = [
    ("gzip", gzip.compress(TEXT), (("Content-Encoding", "gzip"),)),
    ("named twice", gzip.compress(TEXT), (("Content-Encoding", "gzip, gzip"),)),
    ("done twice", gzip.compress(gzip.compress(TEXT)), (("Content-Encoding", "gzip"),)),
    ("named and taken off", TEXT, (("Content-Encoding", "gzip"),)),
    ("not named", gzip.compress(TEXT), ()),
    ("members", gzip.compress(TEXT[:20]) + gzip.compress(TEXT[20:]), (("Content-Encoding", "x-gzip"),)),
    ("brotli", brotli.compress(TEXT), (("Content-Encoding", "br"),)),
    ("brotli named, taken off", TEXT, (("Content-Encoding", "br"),)),
    ("deflate", zlib.compress(TEXT), (("Content-Encoding", "deflate"),)),
    ("bare deflate", zlib.compress(TEXT, wbits=-15), (("Content-Encoding", "deflate"),)),
    ("gzip in brotli", brotli.compress(gzip.compress(TEXT)), (("Content-Encoding", "gzip, br"),)),
    ("chunks", CHUNKED, (("Transfer-Encoding", "chunked"),)),
    ("chunks named, taken off", TEXT, (("Transfer-Encoding", "chunked"),)),
    ("unknown, and plain text", TEXT, (("Content-Encoding", "amz-1.0"),)),
]


@pytest.mark.parametrize(("body", "headers"), [c[1:] for c in CODED], ids=[c[0] for c in CODED])
def test_codings_are_undone(tmp_path: Path, body: bytes, headers: tuple[tuple[str, str], ...]) -> None:
    stored = Stored(HARBOUR, T1, body, headers=(("Content-Type", "text/html"), *headers))
    (only,) = records(write_warc(tmp_path / "c.warc.gz", [stored]))
    assert only.body == TEXT


@pytest.mark.parametrize(
    ("body", "header", "problem"),
    [
        (gzip.compress(bytes(5_000_000)), ("Content-Encoding", "gzip"), "too-large"),
        (gzip.compress(gzip.compress(bytes(90_000_000))), ("Content-Encoding", "gzip"), "too-large"),
        (brotli.compress(bytes(5_000_000)), ("Content-Encoding", "br"), "too-large"),
        (zlib.compress(bytes(5_000_000)), ("Content-Encoding", "deflate"), "too-large"),
        (bytes(5_000_000), ("X-Nothing", "stated"), "too-large"),
        (gzip.compress(TEXT)[:-15], ("Content-Encoding", "gzip"), "undecodable"),
        (brotli.compress(TEXT * 9)[:-5], ("Content-Encoding", "br"), "undecodable"),
        (b"\x28\xb5\x2f\xfd\x00\x01\x02", ("Content-Encoding", "zstd"), "undecodable"),
        (b"ff\r\n" + TEXT, ("Transfer-Encoding", "chunked"), "undecodable"),
    ],
)
def test_a_body_that_cannot_be_had(
    tmp_path: Path, body: bytes, header: tuple[str, str], problem: str
) -> None:
    captures = [Stored(HARBOUR, T1, body, headers=(("Content-Type", "text/html"), header)), CAPTURES[1]]
    first, second = records(write_warc(tmp_path / "c.warc.gz", captures), largest_body=1_000_000)
    assert (first.body, first.problem) == (None, problem)
    assert second.body == CAPTURES[1].body


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_file_cut_anywhere_keeps_what_came_before(tmp_path: Path, gzipped: bool) -> None:
    whole = write_warc(tmp_path / "whole.warc", CAPTURES[:6], gzipped=gzipped).read_bytes()
    cut = tmp_path / "cut.warc"
    before = 0
    for end in range(1, len(whole), 97):
        cut.write_bytes(whole[:end])
        found = list(read_records(cut))
        intact = [r for r in found if isinstance(r, Record)]
        assert all(
            r.problem is None and r.body in {c.body for c in CAPTURES} | {b"", TEXT, FERRY_OLD}
            for r in intact
        )
        assert len(intact) >= before, "a longer file holds fewer captures"
        before = len(intact)
    assert before >= 5


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_cut_is_told(tmp_path: Path, gzipped: bool) -> None:
    path = write_warc(tmp_path / "c.warc", CAPTURES[:3], gzipped=gzipped)
    path.write_bytes(path.read_bytes()[:-200])
    (told,) = damage(path)
    assert "ends in the middle" in told.message
    assert len(records(path)) == 2


def test_reading_goes_on_after_a_damaged_member(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "c.warc.gz", CAPTURES[:4])
    middle = records(path)[1].header.place.member
    data = bytearray(path.read_bytes())
    data[middle + 30 : middle + 60] = bytes(30)
    path.write_bytes(bytes(data))
    assert len(damage(path)) >= 1
    assert [r.header.timestamp for r in records(path)] == [c.timestamp for c in (CAPTURES[0], *CAPTURES[2:4])]


def test_reading_goes_on_after_a_damaged_record(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "c.warc", CAPTURES[:4], gzipped=False)
    second = records(path)[1].header.place.within
    data = path.read_bytes()
    path.write_bytes(data[:second] + b"WERC" + data[second + 4 :])
    assert len(damage(path)) == 1
    assert len(records(path)) == 3


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a WARC file at all\n",
        b"\x1f\x8b\x08 and then rubbish",
        gzip.compress(b"not a WARC file at all\n"),
        gzip.compress(bytes(50_000_000)),
        b"WARC/1.0\r\n" + b"a" * 3_000_000,
        b"WARC/1.0\r\n" + b"X: y\r\n" * 400_000,
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 10\r\n\r\n0123456789\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
        b"Content-Length: 99999999999\r\n\r\nx",
        b"PK\x03\x04 no zip",
        b"\x00" * 100_000,
    ],
)
def test_rubbish_is_told_and_harmless(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "c.warc"
    path.write_bytes(content)
    tracemalloc.start()
    found = list(read_records(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert all(isinstance(f, Damage) for f in found)
    assert bool(found) == bool(content)
    assert peak < 30_000_000
    assert all(f.message.isprintable() for f in found if isinstance(f, Damage))


def test_terminal_codes_do_not_come_through(tmp_path: Path) -> None:
    path = tmp_path / "c.warc"
    path.write_bytes(b"WARC/9 \x1b[31mred\x1b[0m\r\n\r\n")
    assert all("\x1b" not in told.message for told in damage(path))


@pytest.mark.parametrize(
    "name",
    ["../evil.warc.gz", "/etc/evil.warc.gz", "archive/../../evil.warc", "C:/evil.warc", "..\\evil.warc"],
)
def test_names_that_lead_out_of_a_wacz_are_passed_over(tmp_path: Path, name: str) -> None:
    warc = write_warc(tmp_path / "c.warc.gz")
    wacz = write_wacz(tmp_path / "c.wacz", warc, name)
    with zipfile.ZipFile(wacz, "a") as archive:
        archive.write(warc, "archive/good.warc.gz")
    found = list(read_records(wacz))
    (told,) = [f for f in found if isinstance(f, Damage)]
    assert "leads out" in told.message
    assert len(found) == 1 + len(CAPTURES)


def test_a_bomb_in_a_wacz_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "c.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/bomb.warc", bytes(30_000_000))
    (told,) = damage(path)
    assert "grow" in told.message


def test_a_wacz_cut_short_is_told(tmp_path: Path) -> None:
    path = write_wacz(tmp_path / "c.wacz", write_warc(tmp_path / "c.warc.gz"))
    path.write_bytes(path.read_bytes()[:-100])
    (told,) = damage(path)
    assert "WACZ" in told.message


def test_a_wacz_whose_entry_is_damaged_is_told(tmp_path: Path) -> None:
    path = write_wacz(
        tmp_path / "c.wacz", write_warc(tmp_path / "c.warc.gz"), compression=zipfile.ZIP_DEFLATED
    )
    data = bytearray(path.read_bytes())
    data[400:600] = bytes(200)
    path.write_bytes(bytes(data))
    assert damage(path)


def test_memory_stays_flat(tmp_path: Path) -> None:
    many = [Stored(f"https://harbour-post.example/{i}", T1, page("Ferry", "x" * 50_000)) for i in range(300)]
    path = write_warc(tmp_path / "c.warc", many, gzipped=False)
    tracemalloc.start()
    count = sum(1 for _ in read_records(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 300
    assert peak < 3_000_000


def test_resource_records_have_no_status(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "c.warc.gz", [Stored(HARBOUR, T1, TEXT, record_type="resource")])
    (only,) = records(path)
    assert (only.header.status, only.header.media_type, only.body) == (None, "text/html", TEXT)


def test_standard_error_stays_silent(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = write_warc(tmp_path / "c.warc.gz", CAPTURES[:3])
    path.write_bytes(path.read_bytes()[:-100] + b"rubbish")
    list(read_records(path))
    assert capfd.readouterr() == ("", "")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert len(damage(tmp_path / "nowhere.warc")) == 1


def test_slices_of_a_wacz_can_be_sought_in(tmp_path: Path) -> None:
    from provenance.warc.files import Place, open_stream

    warc = write_warc(tmp_path / "c.warc.gz")
    wacz = write_wacz(tmp_path / "c.wacz", warc)
    with open_stream(Place(wacz, "archive/c.warc.gz")) as stream:
        stream.seek(100)
        assert stream.read(50) == warc.read_bytes()[100:150]
        stream.seek(-10, io.SEEK_END)
        assert stream.read() == warc.read_bytes()[-10:]
