"""Whatever a server does, the door answers with a value, in time, in bounded memory, and politely."""

import gzip
import time
import tracemalloc
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import brotli
import pytest

from provenance.archive.budget import FileBudget
from provenance.archive.client import PoliteClient
from provenance.archive.limits import Limits
from provenance.archive.replay import Endpoint, replay
from provenance.model.capture import Answer, Found, Unavailable, Unchecked
from provenance.model.resource import ArchiveLink, CaptureRequest
from tests.support.faults import MEMENTO, TEXT, Fault, FaultServer, answer, capture, drip, hang, raw, reset

URL = "https://harbour-post.example/2024/ferry"
QUICK = Limits(total=1.6, connect=1, read=1, headers=1.2, backoff=0.01, largest_body=1_000_000)


def request(url: str = URL, timestamp: str = "20240614120000") -> CaptureRequest:
    link = ArchiveLink(f"https://web.archive.org/web/{timestamp}/{url}", "web.archive.org", url, timestamp)
    return CaptureRequest(url, timestamp, link)


def client_for(server: FaultServer, folder: Path, limits: Limits = QUICK) -> PoliteClient:
    trusted = frozenset({("127.0.0.1", server.port)})
    return PoliteClient([FileBudget(folder)], trusted=trusted, limits=limits)


def ask(server: FaultServer, folder: Path, limits: Limits = QUICK) -> Answer:
    client = client_for(server, folder, limits)
    try:
        return replay(client, Endpoint("fault.example", server.prefix), request())
    finally:
        client.close()


ONCE = 1
FOUR_TIMES = 4
BOMB = gzip.compress(bytes(200_000_000))
HTML_PAGE = b"<html><title>Sorry</title>Our servers are having a bad day</html>"

CASES: list[tuple[str, tuple[Fault, ...], str, int]] = [
    ("hangs", (hang,), "timeout", ONCE),
    ("drips headers", (drip(b"HTTP/1.1 200 OK\r\nX: "),), "timeout", ONCE),
    (
        "drips a body",
        (drip(f"HTTP/1.1 200 OK\r\n{MEMENTO}\r\nContent-Length: 9999\r\n\r\n".encode()),),
        "timeout",
        ONCE,
    ),
    (
        "drips a body without length",
        (drip(f"HTTP/1.1 200 OK\r\n{MEMENTO}\r\n\r\n".encode()),),
        "timeout",
        ONCE,
    ),
    (
        "drips a chunk's size",
        (drip(f"HTTP/1.1 200 OK\r\n{MEMENTO}\r\nTransfer-Encoding: chunked\r\n\r\n0".encode()),),
        "timeout",
        ONCE,
    ),
    ("truncates", (answer("200 OK", TEXT, MEMENTO, length=5000),), "network", FOUR_TIMES),
    (
        "truncates chunks",
        (raw(f"HTTP/1.1 200 OK\r\n{MEMENTO}\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc".encode()),),
        "network",
        FOUR_TIMES,
    ),
    ("breaks off in the head", (raw(b"HTTP/1.1 404 Not Found\r\nX: y"),), "network", FOUR_TIMES),
    ("resets", (reset,), "network", FOUR_TIMES),
    ("speaks no HTTP", (raw(b"220 mail.example ESMTP\r\n"),), "network", FOUR_TIMES),
    (
        "sends endless headers",
        (raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000 + b"\r\n"),),
        "network",
        FOUR_TIMES,
    ),
    ("fails for a long time", (answer("503 Service Unavailable"),), "archive-failing", FOUR_TIMES),
    ("bad gateway", (answer("502 Bad Gateway"),), "archive-failing", FOUR_TIMES),
    ("gzip bomb", (capture(BOMB, "Content-Encoding: gzip"),), "too-large", ONCE),
    (
        "brotli bomb",
        (capture(brotli.compress(bytes(50_000_000)), "Content-Encoding: br"),),
        "too-large",
        ONCE,
    ),
    ("gzip bomb that nobody announced", (capture(BOMB),), "too-large", ONCE),
    ("bomb in a bomb", (capture(gzip.compress(BOMB), "Content-Encoding: gzip, gzip"),), "too-large", ONCE),
    (
        "bomb in a redirect",
        (answer("302 Found", BOMB, "Location: /web/", "Content-Encoding: gzip"),),
        "too-large",
        ONCE,
    ),
    ("endless body", (capture(bytes(3_000_000)),), "too-large", ONCE),
    ("damaged gzip", (capture(gzip.compress(TEXT)[:-12], "Content-Encoding: gzip"),), "undecodable", ONCE),
    (
        "unknown coding",
        (capture(b"\x28\xb5\x2f\xfd\x00\x01", "Content-Encoding: zstd"),),
        "undecodable",
        ONCE,
    ),
    (
        "error page with 200",
        (answer("200 OK", HTML_PAGE, "Content-Type: text/html"),),
        "archive-failing",
        ONCE,
    ),
    ("wants a login", (answer("401 Unauthorized"),), "refused-by-archive", ONCE),
    ("forbids", (answer("403 Forbidden"),), "refused-by-archive", ONCE),
    (
        "redirects to itself",
        (answer("302 Found", b"", "Location: /web/20240614120000id_/" + URL),),
        "archive-failing",
        ONCE,
    ),
    (
        "redirects to another site",
        (answer("302 Found", b"", "Location: https://shop.example/"),),
        "archive-failing",
        ONCE,
    ),
    (
        "redirects to a file",
        (answer("302 Found", b"", "Location: file:///etc/passwd"),),
        "refused-address",
        ONCE,
    ),
    (
        "redirects to loopback",
        (answer("302 Found", b"", "Location: http://127.0.0.2/"),),
        "refused-address",
        ONCE,
    ),
    (
        "redirects to metadata",
        (answer("302 Found", b"", "Location: http://169.254.169.254/"),),
        "refused-address",
        ONCE,
    ),
    ("redirects nowhere", (answer("302 Found", b""),), "archive-failing", ONCE),
]


@pytest.mark.parametrize(("faults", "reason", "requests"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_each_fault_has_its_reason(
    faults: tuple[Fault, ...], reason: str, requests: int, tmp_path: Path
) -> None:
    started = time.monotonic()
    with FaultServer(*faults) as server:
        outcome = ask(server, tmp_path)
    assert isinstance(outcome, Unchecked), outcome
    assert outcome.reason == reason, outcome
    assert len(server.requests) == requests
    assert time.monotonic() - started < QUICK.total + 1.5


def test_redirects_in_circles_end(tmp_path: Path) -> None:
    there = answer("302 Found", b"", "Location: /web/20240614120000id_/https://a.example/")
    back = answer("302 Found", b"", "Location: /web/20240614120000id_/https://b.example/")
    with FaultServer(there, back, there, back, there) as server:
        outcome = ask(server, tmp_path)
    assert isinstance(outcome, Unchecked) and outcome.reason == "archive-failing"
    assert len(server.requests) == 3


def test_passing_faults_heal(tmp_path: Path) -> None:
    for fault in (reset, answer("503 Service Unavailable"), answer("200 OK", TEXT, MEMENTO, length=900)):
        with FaultServer(fault, fault, fault, capture()) as server:
            outcome = ask(server, tmp_path)
        assert isinstance(outcome, Found), outcome
        assert outcome.capture.body == TEXT
        assert len(server.requests) == 4


def test_a_bomb_needs_no_memory(tmp_path: Path) -> None:
    with FaultServer(capture(BOMB, "Content-Encoding: gzip")) as server:
        tracemalloc.start()
        ask(server, tmp_path)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 10 * QUICK.largest_body


@pytest.mark.parametrize(
    ("header", "low", "high"),
    [
        ("Retry-After: 7200", 7190, 7201),
        ("Retry-After: soon", 85, 95),
        ("Retry-After: -5", 85, 95),
        ("Retry-After: 0", 85, 95),
        ("Retry-After: 99999999999", 86390, 86401),
        ("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT", 85, 95),
        ("Retry-After: " + format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True), 3500, 3601),
        ("X-Nothing: at all", 85, 95),
    ],
)
def test_refusals_park_the_host_and_nobody_sleeps(
    header: str, low: float, high: float, tmp_path: Path
) -> None:
    started = time.monotonic()
    with FaultServer(answer("429 Too Many Requests", b"slow down", header)) as server:
        first = ask(server, tmp_path)
        second = ask(server, tmp_path)
    assert time.monotonic() - started < 2
    assert isinstance(first, Unchecked) and first.reason == "rate-limited"
    assert first.retry_at is not None
    assert low <= (first.retry_at - datetime.now(UTC)).total_seconds() <= high
    assert isinstance(second, Unchecked) and second.reason == "rate-limited"
    assert len(server.requests) == 1, "a refusing host was asked again"


def test_a_wait_of_a_second_is_slept_and_then_asked_again(tmp_path: Path) -> None:
    with FaultServer(answer("429 Too Many Requests", b"", "Retry-After: 1"), capture()) as server:
        outcome = ask(server, tmp_path)
    assert isinstance(outcome, Found)
    assert server.requests[1][0] - server.requests[0][0] >= 1.0


def test_an_unavailable_server_that_names_a_time_is_left_alone(tmp_path: Path) -> None:
    with FaultServer(answer("503 Service Unavailable", b"", "Retry-After: 600")) as server:
        outcome = ask(server, tmp_path)
        again = ask(server, tmp_path)
    assert isinstance(outcome, Unchecked) and outcome.reason == "archive-failing"
    assert outcome.retry_at is not None
    assert isinstance(again, Unchecked) and len(server.requests) == 1


def test_an_archived_refusal_is_a_capture_and_parks_nobody(tmp_path: Path) -> None:
    with FaultServer(
        answer("429 Too Many Requests", TEXT, MEMENTO, "Retry-After: 7200"), capture()
    ) as server:
        first, second = ask(server, tmp_path), ask(server, tmp_path)
    assert isinstance(first, Found) and first.capture.status == 429
    assert isinstance(second, Found)


def test_codings_are_undone_by_what_the_bytes_are(tmp_path: Path) -> None:
    zipped = gzip.compress(TEXT)
    for body, headers in (
        (zipped, ["Content-Encoding: gzip"]),
        (zipped, ["Content-Encoding: gzip, gzip"]),
        (gzip.compress(zipped), ["Content-Encoding: gzip"]),
        (zipped, []),
        (TEXT, ["Content-Encoding: gzip"]),
        (TEXT, ["Content-Encoding: br"]),
        (brotli.compress(TEXT), ["Content-Encoding: br"]),
        (brotli.compress(TEXT), []),
    ):
        with FaultServer(capture(body, *headers)) as server:
            outcome = ask(server, tmp_path)
        assert isinstance(outcome, Found), (headers, outcome)
        assert outcome.capture.body == TEXT, headers


def test_wrong_charset_is_kept_as_stated_and_bytes_as_sent(tmp_path: Path) -> None:
    body = "Паром снова ходит".encode("cp1251")
    with FaultServer(answer("200 OK", body, MEMENTO, "Content-Type: text/html; charset=utf-8")) as server:
        outcome = ask(server, tmp_path)
    assert isinstance(outcome, Found)
    assert (outcome.capture.body, outcome.capture.charset) == (body, "utf-8")


def test_the_archives_own_answers(tmp_path: Path) -> None:
    runtime_error = (
        "X-Archive-Wayback-Runtime-Error: AdministrativeAccessControlException: Blocked Site Error"
    )
    for fault, reason in (
        (answer("404 Not Found"), "not-archived"),
        (answer("403 Forbidden", b"", runtime_error), "excluded"),
        (answer("403 Forbidden", b"This URL has been excluded from the Wayback Machine."), "excluded"),
        (answer("451 Unavailable For Legal Reasons"), "blocked"),
    ):
        with FaultServer(fault) as server:
            outcome = ask(server, tmp_path)
        assert isinstance(outcome, Unavailable) and outcome.reason == reason, outcome


def test_another_original_is_a_neighbour(tmp_path: Path) -> None:
    link = 'Link: <https://harbour-post.example/2024/FERRY-prices>; rel="original"'
    with FaultServer(capture(TEXT, link)) as server:
        outcome = ask(server, tmp_path)
    assert isinstance(outcome, Unavailable) and outcome.reason == "other-capture"
    assert outcome.neighbour is not None
    assert outcome.neighbour.original == "https://harbour-post.example/2024/FERRY-prices"


def test_nothing_listens(tmp_path: Path) -> None:
    with FaultServer(hang) as server:
        pass
    outcome = ask(server, tmp_path)
    assert isinstance(outcome, Unchecked) and outcome.reason == "network"


def test_cookies_of_one_answer_are_not_sent_with_the_next(tmp_path: Path) -> None:
    with FaultServer(capture(TEXT, "Set-Cookie: seen=1; Path=/")) as server:
        client = client_for(server, tmp_path)
        for _ in range(2):
            replay(client, Endpoint("fault.example", server.prefix), request())
        assert len(client._session.cookies) == 0
        client.close()


def test_a_closed_client_asks_nothing(tmp_path: Path) -> None:
    with FaultServer(capture()) as server:
        client = client_for(server, tmp_path)
        client.close()
        outcome = replay(client, Endpoint("fault.example", server.prefix), request())
    assert isinstance(outcome, Unchecked)
    assert server.requests == []


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://127.0.0.1/", "http://[::1]/", "http://2130706433/"]
)
def test_no_archive_is_asked_for_inner_addresses(url: str, tmp_path: Path) -> None:
    with FaultServer(capture()) as server:
        client = client_for(server, tmp_path)
        outcome = replay(client, Endpoint("fault.example", server.prefix), request(url))
        client.close()
    assert isinstance(outcome, Unchecked) and outcome.reason == "refused-address"
    assert server.requests == []


def test_a_capture_without_a_readable_time_is_not_taken_for_the_one_asked_for(tmp_path: Path) -> None:
    with FaultServer(
        answer("200 OK", TEXT, "Memento-Datetime: yesterday, Content-Type: text/html")
    ) as server:
        outcome = ask(server, tmp_path)
    assert isinstance(outcome, Unchecked) and outcome.reason == "archive-failing"


@pytest.mark.parametrize(
    "location",
    [
        "/2024/www.harbour-post.example/other",
        "https://harbour-post.example/2024/www.harbour-post.example/other",
        "../2024/www.harbour-post.example/other",
    ],
)
def test_a_site_whose_addresses_look_like_an_archives(location: str, tmp_path: Path) -> None:
    first = answer("301 Moved Permanently", b"", MEMENTO, f"Location: {location}")
    with FaultServer(first, capture()) as server:
        outcome = ask(server, tmp_path)
    assert isinstance(outcome, Found), outcome
    target = "https://harbour-post.example/2024/www.harbour-post.example/other"
    assert f"/web/20240614120000id_/{target} " in server.requests[1][1]


def test_an_archived_redirect_to_no_web_address_is_shown_as_it_is(tmp_path: Path) -> None:
    with FaultServer(answer("302 Found", TEXT, MEMENTO, "Location: file:///etc/passwd")) as server:
        outcome = ask(server, tmp_path)
    assert isinstance(outcome, Found) and outcome.capture.status == 302
    assert len(server.requests) == 1


def test_an_interrupt_passes_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(PoliteClient, "_fetch", interrupt)
    with FaultServer(capture()) as server, pytest.raises(KeyboardInterrupt):
        ask(server, tmp_path)


@pytest.mark.parametrize(
    ("body", "headers", "length"),
    [
        (b"slow", [], 900),
        (BOMB, ["Content-Encoding: gzip"], None),
        (b"\x1f\x8b\x08broken", ["Content-Encoding: gzip"], None),
        (bytes(3_000_000), [], None),
    ],
)
def test_a_refusal_counts_whatever_becomes_of_its_body(
    body: bytes, headers: list[str], length: int | None, tmp_path: Path
) -> None:
    with FaultServer(
        answer("429 Too Many Requests", body, "Retry-After: 7200", *headers, length=length)
    ) as server:
        outcome = ask(server, tmp_path)
    assert isinstance(outcome, Unchecked) and outcome.reason == "rate-limited"
    assert len(server.requests) == 1
