"""The Wayback Machine's door: its index, its own words, and links into other archives."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance.archive.budget import FileBudget
from provenance.archive.client import PoliteClient
from provenance.archive.limits import Limits
from provenance.archive.replay import Endpoint
from provenance.archive.unlisted import CapturesUnlisted
from provenance.archive.wayback import WaybackSource
from provenance.model.capture import Answer, Found, Unavailable, Unchecked
from provenance.model.resource import CaptureRequest
from provenance.text.archive_urls import parse_archive_link
from tests.support.faults import FaultServer, answer, hang
from tests.support.replay import ReplayServer
from tests.support.warc_files import HARBOUR, T1, T2, Stored, page, write_warc

PLAIN = "Content-Type: text/plain"
ROW = (
    b"example,harbour-post)/a 20240614120000 https://harbour-post.example/a text/html 200 "
    + b"A" * 32
    + b" 512\n"
)


@pytest.fixture(scope="module")
def captures_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_warc(tmp_path_factory.mktemp("captures") / "captures.warc.gz")


def source(folder: Path, server: ReplayServer | FaultServer, cdx: str | None = None) -> WaybackSource:
    limits = Limits(total=3, read=1, backoff=0.01)
    client = PoliteClient(
        [FileBudget(folder)], trusted=frozenset({("127.0.0.1", server.port)}), limits=limits
    )
    return WaybackSource(client, Endpoint("web.archive.org", server.prefix), cdx or server.prefix + "cdx")


def ask(made: WaybackSource, link_text: str) -> Answer:
    link = parse_archive_link(link_text)
    assert link is not None and link.original is not None
    try:
        return made.capture(CaptureRequest(link.original, link.timestamp, link))
    finally:
        made.close()


def test_one_capture_costs_one_request(captures_file: Path, tmp_path: Path) -> None:
    with ReplayServer(captures_file) as server:
        outcome = ask(source(tmp_path, server), f"https://web.archive.org/web/{T1}/{HARBOUR}")
    assert isinstance(outcome, Found) and outcome.capture.archive == "web.archive.org"
    assert [path for _, path in server.requests] == [f"/web/{T1}id_/{HARBOUR}"]
    assert outcome.capture.requested.endswith(f"/web/{T1}id_/{HARBOUR}")
    assert outcome.capture.fetched_at is not None and outcome.capture.fetched_at.tzinfo is not None


def test_excluded_and_blocked_are_not_called_missing(captures_file: Path, tmp_path: Path) -> None:
    with ReplayServer(captures_file, excluded=("harbour",), blocked=("nordbote",)) as server:
        excluded = ask(source(tmp_path, server), f"https://web.archive.org/web/{T1}/{HARBOUR}")
        blocked = ask(source(tmp_path, server), f"https://web.archive.org/web/{T1}/https://nordbote.example/")
    assert isinstance(excluded, Unavailable) and excluded.reason == "excluded"
    assert isinstance(blocked, Unavailable) and blocked.reason == "blocked"


def test_a_fresh_capture_may_not_be_indexed_yet(captures_file: Path, tmp_path: Path) -> None:
    now = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
    with ReplayServer(captures_file) as server:
        outcome = ask(source(tmp_path, server), f"https://web.archive.org/web/{now}/{HARBOUR}")
    assert isinstance(outcome, Unavailable) and outcome.reason == "other-capture"
    assert "not be indexed yet" in outcome.detail


def test_a_link_into_another_archive_is_asked_there_behind_the_guard(
    captures_file: Path, tmp_path: Path
) -> None:
    """The link's own host is loopback here, which nobody has named: the guard refuses it."""
    with ReplayServer(captures_file) as server, ReplayServer(captures_file) as other:
        link = f"http://127.0.0.1:{other.port}/coll/{T1}/{HARBOUR}"
        outcome = ask(source(tmp_path, server), link)
    assert isinstance(outcome, Unchecked) and outcome.reason == "refused-address"
    assert server.requests == other.requests == []


def test_a_link_into_another_archive_is_asked_at_its_own_collection(tmp_path: Path) -> None:
    asked: list[str] = []

    class Client:
        def deadline(self) -> None: ...

        def get(self, url: str, pool: str, deadline: object) -> Unchecked:
            asked.append(url)
            return Unchecked("offline", "no network in tests")

    made = WaybackSource(Client())  # type: ignore[arg-type]
    link = parse_archive_link(f"https://arquivo.pt/wayback/{T1}/https://harbour-post.example/a")
    assert link is not None and link.original is not None
    outcome = made.capture(CaptureRequest(link.original, link.timestamp, link))
    assert isinstance(outcome, Unchecked) and outcome.reason == "offline"
    assert asked == [f"https://arquivo.pt/wayback/{T1}id_/https://harbour-post.example/a"]


def test_the_index_is_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provenance.archive.wayback._PAGE_ROWS", 2)
    many = [Stored(HARBOUR, f"2024061412000{i}", page("Ferry", str(i))) for i in range(5)]
    with ReplayServer(write_warc(tmp_path / "many.warc.gz", many)) as server:
        made = source(tmp_path, server, server.cdx)
        rows = list(made.captures(HARBOUR))
        made.close()
    assert [row.timestamp for row in rows] == [stored.timestamp for stored in many]
    assert all(row.digest and row.digest.startswith("sha1:") and row.status == 200 for row in rows)
    assert len(server.requests) == 3


def test_rows_that_state_nothing_say_nothing(tmp_path: Path) -> None:
    row = b"key 20240614120000 https://harbour-post.example/a warc/revisit - " + b"A" * 32 + b" 512\n"
    with FaultServer(answer("200 OK", row, PLAIN)) as server:
        (only,) = source(tmp_path, server).captures("https://harbour-post.example/a")
    assert (only.status, only.media_type) == (None, None)


def test_impossible_timestamps_do_not_end_the_list(tmp_path: Path) -> None:
    rows = ROW.replace(b"20240614120000", b"20000800241623") + ROW
    with FaultServer(answer("200 OK", rows, PLAIN)) as server:
        listed = list(source(tmp_path, server).captures("https://harbour-post.example/a"))
    assert [row.timestamp for row in listed] == ["20000801231623", "20240614120000"]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (answer("200 OK", b"<html>Sorry</html>", "Content-Type: text/html"), "archive-failing"),
        (
            answer("200 OK", b"Something went wrong, please try again at some later time\n", PLAIN),
            "archive-failing",
        ),
        (answer("403 Forbidden", b"no"), "refused-by-archive"),
        (answer("404 Not Found", b"no"), "refused-by-archive"),
        (answer("403 Forbidden", b"x AdministrativeAccessControlException: Blocked Site Error"), "excluded"),
        (answer("429 Too Many Requests", b"", "Retry-After: 7200"), "rate-limited"),
        (answer("503 Service Unavailable"), "archive-failing"),
        (hang, "timeout"),
    ],
)
def test_an_index_that_fails_is_no_empty_list(fault: object, reason: str, tmp_path: Path) -> None:
    with FaultServer(fault) as server, pytest.raises(CapturesUnlisted) as raised:  # type: ignore[arg-type]
        list(source(tmp_path, server).captures("https://harbour-post.example/a"))
    assert raised.value.answer.reason == reason


def test_an_index_without_end_is_cut(tmp_path: Path) -> None:
    with FaultServer(answer("200 OK", ROW + b"\nkey\n", PLAIN)) as server, pytest.raises(CapturesUnlisted):
        list(source(tmp_path, server).captures("https://harbour-post.example/a"))
    assert len(server.requests) <= 20


def test_short_timestamps_are_handed_on(captures_file: Path, tmp_path: Path) -> None:
    with ReplayServer(captures_file) as server:
        outcome = ask(source(tmp_path, server), f"https://web.archive.org/web/202407*/{HARBOUR}")
    assert isinstance(outcome, Found) and outcome.capture.timestamp == T2
