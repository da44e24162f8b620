"""What --captures names, and several sources asked in turn."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.archive import ask_in_order, open_sources
from provenance.model.capture import Answer, Capture, CaptureRow, Found, Unavailable, Unchecked
from provenance.model.errors import UsageError
from provenance.model.resource import ArchiveLink, CaptureRequest
from provenance.model.verification import REASONS, Verdict
from tests.support.replay import ReplayServer
from tests.support.warc_files import FERRY_OLD, HARBOUR, T1, write_wacz, write_warc

CAPTURE = Capture("a", "b", HARBOUR, T1, 200, "text/html", None, b"", "0")
FOUND = Found(CAPTURE)
NOT_ARCHIVED = Unavailable("not-archived", "no capture")
OTHER = Unavailable("other-capture", "another", CAPTURE)
TIMEOUT = Unchecked("timeout", "too slow")
ABSENT = Unchecked("not-in-captures", "not in the file")


def request(supported: bool = True) -> CaptureRequest:
    archive = "web.archive.org" if supported else "archive.today"
    link = ArchiveLink(f"https://{archive}/{T1}/{HARBOUR}", archive, HARBOUR, T1, supported)
    return CaptureRequest(HARBOUR, T1, link)


class Fixed:
    def __init__(self, answer: Answer) -> None:
        self.name = "fixed"
        self.answer = answer
        self.asked = 0

    def capture(self, request: CaptureRequest) -> Answer:
        self.asked += 1
        return self.answer

    def captures(self, original: str) -> Iterator[CaptureRow]:
        return iter(())

    def close(self) -> None: ...


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([FOUND], FOUND),
        ([ABSENT, FOUND], FOUND),
        ([NOT_ARCHIVED, FOUND], FOUND),
        ([TIMEOUT, FOUND], FOUND),
        ([NOT_ARCHIVED, TIMEOUT], TIMEOUT),
        ([TIMEOUT, NOT_ARCHIVED], TIMEOUT),
        ([ABSENT, NOT_ARCHIVED], NOT_ARCHIVED),
        ([NOT_ARCHIVED, ABSENT], NOT_ARCHIVED),
        ([NOT_ARCHIVED, OTHER], OTHER),
        ([OTHER, TIMEOUT], TIMEOUT),
        ([ABSENT, TIMEOUT], TIMEOUT),
        ([ABSENT], ABSENT),
    ],
)
def test_what_says_most_is_the_answer(answers: list[Answer], expected: Answer) -> None:
    assert ask_in_order([Fixed(answer) for answer in answers], request()) == expected


def test_nobody_is_asked_after_one_has_it() -> None:
    first, second = Fixed(FOUND), Fixed(FOUND)
    ask_in_order([first, second], request())
    assert (first.asked, second.asked) == (1, 0)


def test_an_unsupported_archive_costs_no_request() -> None:
    source = Fixed(FOUND)
    answer = ask_in_order([source], request(supported=False))
    assert isinstance(answer, Unchecked) and answer.reason == "unsupported-archive"
    assert "archive.today" in answer.detail
    assert source.asked == 0


def test_no_sources_at_all() -> None:
    answer = ask_in_order([], request())
    assert isinstance(answer, Unchecked) and answer.reason == "not-in-captures"


def test_each_name_opens_its_door(tmp_path: Path) -> None:
    warc = write_warc(tmp_path / "c.warc.gz")
    wacz = write_wacz(tmp_path / "c.WACZ", warc)
    names = ["none", "wayback", "http://127.0.0.1:8080/coll", str(warc), str(wacz), str(tmp_path)]
    sources = open_sources(names, state_folder=tmp_path / "state")
    assert [type(source).__name__ for source in sources] == [
        "NoSource",
        "WaybackSource",
        "MementoSource",
        "WarcSource",
        "WarcSource",
        "WarcSource",
    ]
    assert sources[2].name == "http://127.0.0.1:8080/coll/"
    for source in sources:
        source.close()


def test_files_need_no_budget(tmp_path: Path) -> None:
    open_sources(["none", str(write_warc(tmp_path / "c.warc"))], state_folder=tmp_path / "state")
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize(
    "name",
    [
        "waybak",
        "no/such/file.warc",
        "ftp://a.example/c/",
        "http://",
        "http://a.example/c/?x=1",
        "https://[::1/",
    ],
)
def test_what_is_no_source_is_said_so(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--captures"):
        open_sources([name], state_folder=tmp_path)


def test_a_file_that_is_no_warc_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK")
    with pytest.raises(UsageError, match=r"a\.zip"):
        open_sources([str(tmp_path / "a.zip")], state_folder=tmp_path)


def test_a_named_collection_is_trusted_on_loopback(tmp_path: Path) -> None:
    with ReplayServer(write_warc(tmp_path / "c.warc.gz")) as server:
        sources = open_sources(["none", server.prefix], state_folder=tmp_path)
        answer = ask_in_order(sources, request())
        for source in sources:
            source.close()
    assert isinstance(answer, Found)
    assert answer.capture.body == FERRY_OLD and answer.capture.archive == server.prefix


def test_a_mistyped_collection_is_not_an_empty_archive(tmp_path: Path) -> None:
    with ReplayServer(write_warc(tmp_path / "c.warc.gz")) as server:
        (source,) = open_sources([f"http://{server.host}/wbe/"], state_folder=tmp_path)
        answer = source.capture(request())
        source.close()
    assert isinstance(answer, Unchecked) and answer.reason == "archive-failing"
    assert "no collection" in answer.detail


def test_every_reason_is_one_that_reports_know() -> None:
    """The doors' own words are those of the verdicts."""
    folder = Path(__file__).parents[2] / "provenance" / "archive"
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    unchecked = set(re.findall(r'Unchecked\(\s*"([a-z-]+)"', text))
    unavailable = set(re.findall(r'Unavailable\(\s*"([a-z-]+)"', text))
    assert unchecked and unchecked <= REASONS[Verdict.UNCHECKED]
    assert unavailable and unavailable <= REASONS[Verdict.UNAVAILABLE]
