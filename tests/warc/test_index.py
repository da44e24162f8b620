"""The index of captures in files: found by any spelling of the URL, read from where they stand."""

import gzip
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from provenance.warc import Damage, Record
from provenance.warc.index import CaptureIndex
from tests.support.warc_files import (
    CAPTURES,
    FERRY_OLD,
    HARBOUR,
    T1,
    T2,
    Stored,
    page,
    write_wacz,
    write_warc,
)


@pytest.mark.parametrize("shape", ["gz", "plain", "wacz", "whole"])
def test_each_capture_is_read_from_its_place(tmp_path: Path, shape: str) -> None:
    path = write_warc(tmp_path / "c.warc", gzipped=shape in ("gz", "wacz"))
    if shape == "wacz":
        path = write_wacz(tmp_path / "c.wacz", path)
    if shape == "whole":
        path.write_bytes(gzip.compress(path.read_bytes()))
    index = CaptureIndex(path)
    for stored in CAPTURES:
        entry = next(e for e in index.entries(stored.url) if e.timestamp == stored.timestamp)
        record = index.load(entry)
        assert isinstance(record, Record)
        assert record.header.target_uri == stored.url
        if stored.revisit_of is None and "coded" not in stored.url:
            assert record.body == stored.body


def test_entries_are_oldest_first_however_the_files_lie(tmp_path: Path) -> None:
    write_warc(tmp_path / "a.warc.gz", CAPTURES[1:2])
    write_warc(tmp_path / "b.warc.gz", CAPTURES[:1])
    assert [
        e.timestamp for e in CaptureIndex(tmp_path).entries("http://www.harbour-post.example/2024/ferry/")
    ] == [T1, T2]


def test_a_revisit_finds_its_body_in_another_file(tmp_path: Path) -> None:
    write_warc(tmp_path / "a.warc.gz", CAPTURES[2:3])
    write_warc(tmp_path / "b.warc.gz", CAPTURES[:1])
    index = CaptureIndex(tmp_path)
    revisit = index.entries(HARBOUR)[-1]
    record = index.load(revisit)
    assert isinstance(record, Record)
    assert (record.body, record.header.status, record.header.timestamp) == (FERRY_OLD, 200, "20250101000000")


def test_a_revisit_that_says_not_modified_has_the_status_of_its_body(tmp_path: Path) -> None:
    not_modified = replace(CAPTURES[2], status="304 Not Modified", headers=(("ETag", '"1"'),))
    index = CaptureIndex(write_warc(tmp_path / "c.warc.gz", [CAPTURES[0], not_modified]))
    record = index.load(index.entries(HARBOUR)[-1])
    assert isinstance(record, Record)
    assert (record.header.status, record.header.media_type, record.body) == (200, "text/html", FERRY_OLD)


def test_a_revisit_of_what_is_not_there_is_told(tmp_path: Path) -> None:
    index = CaptureIndex(write_warc(tmp_path / "c.warc.gz", CAPTURES[2:3]))
    told = index.load(index.entries(HARBOUR)[0])
    assert isinstance(told, Damage) and "revisit" in told.message


def test_damage_is_remembered(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "c.warc.gz", CAPTURES[:3])
    path.write_bytes(path.read_bytes()[:-100])
    index = CaptureIndex(path)
    assert len(index.damage()) == 1
    assert len(index.entries(HARBOUR)) == 2


def test_a_file_that_changes_under_the_index_is_told(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "c.warc.gz", CAPTURES[:3])
    index = CaptureIndex(path)
    entry = index.entries(HARBOUR)[1]
    path.write_bytes(b"something else entirely")
    assert isinstance(index.load(entry), Damage)
    path.unlink()
    assert isinstance(index.load(entry), Damage)


def test_bodies_are_not_held(tmp_path: Path) -> None:
    many = [Stored(f"https://harbour-post.example/{i}", T1, page("Ferry", "x" * 50_000)) for i in range(200)]
    index = CaptureIndex(write_warc(tmp_path / "c.warc", many, gzipped=False))
    tracemalloc.start()
    index.entries(HARBOUR)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert held < 500_000
