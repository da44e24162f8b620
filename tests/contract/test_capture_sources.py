"""One suite for every door to captures: an archive on the web (one in the Wayback Machine's shape and
a real pywb) and files give the same answers for the same captures."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.archive.budget import FileBudget
from provenance.archive.client import PoliteClient
from provenance.archive.limits import Limits
from provenance.archive.memento import MementoSource
from provenance.archive.replay import Endpoint
from provenance.archive.warc_source import WarcSource
from provenance.archive.wayback import WaybackSource
from provenance.model.capture import CaptureSource, Found, Unavailable, Unchecked
from provenance.model.resource import CaptureRequest
from provenance.text.archive_urls import parse_archive_link
from tests.support.pywb import NoPywb, pywb_programs, start_pywb
from tests.support.replay import ReplayServer
from tests.support.warc_files import CYRILLIC, FERRY_NEW, FERRY_OLD, HARBOUR, T1, T2, write_wacz, write_warc

DOORS = [
    "wayback",
    "memento",
    "warc.gz",
    "warc",
    "wacz",
    "folder",
    pytest.param("pywb", marks=pytest.mark.pywb),
]


@pytest.fixture(scope="session")
def captures_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_warc(tmp_path_factory.mktemp("captures") / "captures.warc.gz")


@pytest.fixture(scope="session")
def pywb_address(
    captures_file: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[str]:
    try:
        cache = getattr(request.config, "cache", None)
        folder = Path(cache.mkdir("pywb")) if cache else tmp_path_factory.mktemp("pywb-programs")
        programs = pywb_programs(folder)
        process, address = start_pywb(programs, tmp_path_factory.mktemp("pywb"), captures_file)
    except NoPywb as reason:
        pytest.skip(f"REAL PYWB NOT TESTED: {reason}")
    yield address
    process.terminate()
    process.wait(20)


def client(folder: Path, port: int) -> PoliteClient:
    limits = Limits(total=20, backoff=0.01)
    return PoliteClient([FileBudget(folder)], trusted=frozenset({("127.0.0.1", port)}), limits=limits)


@pytest.fixture(params=DOORS)
def source(request: pytest.FixtureRequest, captures_file: Path, tmp_path: Path) -> Iterator[CaptureSource]:
    door = request.param
    if door in ("wayback", "memento"):
        with ReplayServer(captures_file) as server:
            made: CaptureSource
            if door == "wayback":
                endpoint = Endpoint("web.archive.org", server.prefix)
                made = WaybackSource(client(tmp_path, server.port), endpoint, server.cdx)
            else:
                made = MementoSource(client(tmp_path, server.port), server.prefix)
            yield made
            made.close()
    elif door == "pywb":
        address = request.getfixturevalue("pywb_address")
        made = MementoSource(client(tmp_path, int(address.split(":")[2].split("/")[0])), address)
        yield made
        made.close()
    elif door == "warc.gz":
        yield WarcSource(captures_file)
    elif door == "warc":
        yield WarcSource(write_warc(tmp_path / "captures.warc", gzipped=False))
    elif door == "wacz":
        yield WarcSource(write_wacz(tmp_path / "captures.wacz", captures_file))
    else:
        write_warc(tmp_path / "captures.warc", gzipped=False)
        (tmp_path / "notes.txt").write_text("not a WARC", encoding="utf-8")
        yield WarcSource(tmp_path)


def ask(source: CaptureSource, url: str, timestamp: str = T1) -> Found | Unavailable | Unchecked:
    link = parse_archive_link(f"https://web.archive.org/web/{timestamp}/{url}")
    assert link is not None
    return source.capture(CaptureRequest(url, timestamp, link))


def found(source: CaptureSource, url: str, timestamp: str = T1) -> Found:
    answer = ask(source, url, timestamp)
    assert isinstance(answer, Found), answer
    return answer


def test_full_timestamp_gives_exactly_that_capture(source: CaptureSource) -> None:
    for timestamp, body in ((T1, FERRY_OLD), (T2, FERRY_NEW)):
        capture = found(source, HARBOUR, timestamp).capture
        assert (capture.timestamp, capture.original, capture.status) == (timestamp, HARBOUR, 200)
        assert capture.body == body
        assert capture.sha256 == hashlib.sha256(body).hexdigest()
        assert (capture.media_type, capture.charset) == ("text/html", "utf-8")
        assert capture.requested


def test_neighbour_is_never_called_the_capture_asked_for(source: CaptureSource) -> None:
    answer = ask(source, HARBOUR, "20240614120001")
    assert isinstance(answer, Unavailable), answer
    assert answer.reason == "other-capture"
    assert answer.neighbour is not None and answer.neighbour.timestamp == T1
    assert answer.neighbour.body == FERRY_OLD


@pytest.mark.parametrize("timestamp", ["202406", "20240614", "202406141200"])
def test_short_timestamp_asks_for_the_nearest(source: CaptureSource, timestamp: str) -> None:
    assert found(source, HARBOUR, timestamp).capture.timestamp == T1


def test_no_timestamp_asks_for_the_latest(source: CaptureSource) -> None:
    assert found(source, HARBOUR, "").capture.timestamp == "20250101000000"


def test_revisit_has_the_body_it_refers_to(source: CaptureSource) -> None:
    capture = found(source, HARBOUR, "20250101000000").capture
    assert (capture.body, capture.status, capture.media_type) == (FERRY_OLD, 200, "text/html")


def test_spelling_of_the_url_does_not_matter(source: CaptureSource) -> None:
    for spelling in (
        "http://www.harbour-post.example/2024/ferry/",
        "http://harbour-post.example:80/2024/ferry#top",
    ):
        assert found(source, spelling).capture.body == FERRY_OLD


def test_international_names_are_found(source: CaptureSource) -> None:
    for spelling in ("https://häfen.example/fähre", "https://xn--hfen-loa.example/f%C3%A4hre"):
        assert found(source, spelling).capture.body == FERRY_OLD


def test_stored_coding_is_undone(source: CaptureSource) -> None:
    assert found(source, "https://harbour-post.example/coded").capture.body == FERRY_OLD


def test_charset_and_bytes_are_kept(source: CaptureSource) -> None:
    capture = found(source, "https://nordbote.example/parom?id=7").capture
    assert (capture.body, capture.charset) == (CYRILLIC, "windows-1251")


def test_archived_redirect_is_followed_to_its_target(source: CaptureSource) -> None:
    capture = found(source, "https://harbour-post.example/old-name").capture
    assert capture.original == "https://harbour-post.example/new-name"
    assert (capture.timestamp, capture.body, capture.status) == ("20240614120003", FERRY_OLD, 200)


def test_redirect_target_captured_months_later_is_a_neighbour(source: CaptureSource) -> None:
    answer = ask(source, "https://harbour-post.example/moved-long-ago")
    assert isinstance(answer, Unavailable), answer
    assert answer.reason == "other-capture"
    assert answer.neighbour is not None and answer.neighbour.timestamp == "20240814120000"


def test_redirect_to_what_was_never_captured(source: CaptureSource) -> None:
    answer = ask(source, "https://harbour-post.example/leads-nowhere")
    assert not isinstance(answer, Found)
    assert answer.reason in ("not-archived", "not-in-captures")
    assert "redirects to" in answer.detail


def test_archived_redirects_in_circles_end(source: CaptureSource) -> None:
    answer = ask(source, "https://harbour-post.example/round-a")
    assert not isinstance(answer, Found)
    assert answer.reason in ("archived-error", "not-in-captures")


@pytest.mark.parametrize(("page", "status"), [("gone", 404), ("busy", 429), ("broken", 503)])
def test_archived_error_is_a_capture_with_that_status(source: CaptureSource, page: str, status: int) -> None:
    assert found(source, f"https://harbour-post.example/{page}").capture.status == status


def test_other_media_are_captures_too(source: CaptureSource) -> None:
    capture = found(source, "https://harbour-post.example/paper").capture
    assert (capture.media_type, capture.body) == ("application/pdf", b"%PDF-1.4 x")


def test_what_is_not_there_is_said_so(source: CaptureSource) -> None:
    answer = ask(source, "https://harbour-post.example/never-captured")
    expected = ("unavailable", "not-archived") if "://" in source.name or source.name == "wayback" else None
    if expected:
        assert isinstance(answer, Unavailable) and answer.reason == "not-archived"
    else:
        assert isinstance(answer, Unchecked) and answer.reason == "not-in-captures"


def test_captures_are_listed_oldest_first(source: CaptureSource) -> None:
    rows = list(source.captures(HARBOUR))
    assert [row.timestamp for row in rows] == [T1, T2, "20250101000000"]
    assert all(row.original == HARBOUR for row in rows)
    assert list(source.captures("https://harbour-post.example/never-captured")) == []
