"""What the database holds is not asked for again."""

import hashlib
import threading
from contextlib import closing

import pytest

from provenance.model.capture import Capture, Found, Unavailable, Unchecked
from provenance.model.resource import ArchiveLink
from provenance.pipeline.captures import Captures
from provenance.store import Store, sqlite_url_in

ORIGINAL = "https://courier.example/ferry"


def link(timestamp="20250304101112", original=ORIGINAL):
    return ArchiveLink(
        f"https://web.archive.org/web/{timestamp}/{original}", "web.archive.org", original, timestamp
    )


def capture(timestamp="20250304101112"):
    body = b"<p>The ferry."
    return Capture(
        "web.archive.org",
        "https://web.archive.org/web/x",
        ORIGINAL,
        timestamp,
        200,
        "text/html",
        None,
        body,
        hashlib.sha256(body).hexdigest(),
    )


@pytest.fixture
def store(tmp_path):
    with closing(Store.open(sqlite_url_in(tmp_path))) as opened:
        yield opened


class Archive:
    """An archive that counts how often it is asked."""

    def __init__(self, answer):
        self.answer = answer
        self.asked = []

    def __call__(self, request):
        self.asked.append(request)
        return self.answer


def test_a_capture_is_asked_for_once(store):
    archive = Archive(Found(capture()))
    captures = Captures(store, archive)
    assert captures.answer(link()) == Found(capture())
    assert captures.answer(link()).capture.body == capture().body
    assert len(archive.asked) == 1
    assert archive.asked[0].exact


def test_an_exact_capture_is_never_answered_by_another_that_is_held(store):
    Captures(store, Archive(Found(capture("20240101000000")))).answer(link("20240101000000"))
    missing = Archive(Unavailable("not-archived", "nothing"))
    assert Captures(store, missing).answer(link()) == missing.answer


def test_a_year_is_answered_by_what_is_held_of_that_year_and_not_of_another(store):
    Captures(store, Archive(Found(capture("20240101000000")))).answer(link("20240101000000"))
    archive = Archive(Found(capture("20250304101112")))
    captures = Captures(store, archive)
    assert captures.answer(link("2024")).capture.timestamp == "20240101000000"
    assert archive.asked == []
    assert captures.answer(link("2025")).capture.timestamp == "20250304101112"
    assert len(archive.asked) == 1


def test_what_is_held_stands_in_where_no_source_can_be_asked(store):
    Captures(store, Archive(Found(capture("20240101000000")))).answer(link("20240101000000"))
    offline = Archive(Unchecked("not-in-captures", "no source was named"))
    assert Captures(store, offline).answer(link("")).capture.timestamp == "20240101000000"


def test_a_neighbour_is_kept_and_not_taken_for_the_capture_asked_for(store):
    archive = Archive(Unavailable("other-capture", "another", capture("20250305000000")))
    captures = Captures(store, archive)
    assert captures.answer(link()).reason == "other-capture"
    assert captures.answer(link()).reason == "other-capture"
    assert len(archive.asked) == 2
    assert captures.answer(link("20250305000000")).capture.timestamp == "20250305000000"
    assert len(archive.asked) == 2


def test_a_link_that_names_no_original_is_not_asked_for(store):
    archive = Archive(Found(capture()))
    short = ArchiveLink("https://perma.cc/AB12-CD34", "perma.cc", None, supported=False)
    assert Captures(store, archive).answer(short).reason == "unsupported-archive"
    assert archive.asked == []


def test_two_threads_do_not_fetch_one_capture_twice(store):
    begun = threading.Barrier(2, timeout=10)
    archive = Archive(Found(capture()))
    captures = Captures(store, archive)

    def ask():
        begun.wait()
        captures.answer(link())

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(archive.asked) == 1
