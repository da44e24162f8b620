"""Whatever a link, a header or an address says: an answer, never an exception."""

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict

from provenance.archive.budget import FileBudget
from provenance.archive.client import Deadline, PoliteClient, Response
from provenance.archive.limits import Limits
from provenance.archive.memento import _timemap_rows
from provenance.archive.replay import Endpoint, replay
from provenance.archive.wayback import WaybackSource
from provenance.model.capture import Found, Unavailable, Unchecked
from provenance.model.resource import ArchiveLink, CaptureRequest
from provenance.text.archive_urls import parse_archive_link

URL = "https://harbour-post.example/2024/ferry"
ANSWERS = (Found, Unavailable, Unchecked)
ODD = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "http://[",
            "//[::1",
            "https://a.example:99999/",
            "/web/2024id_/http://[",
            "/web/20240614120000id_/x.y/",
            "?",
            "#",
            "//",
            "http:",
            "\x00",
            "/web/2024/https://a.example/",
            "Fri, 99 Jun 2024 12:00:00 GMT",
            "mailto:a@b",
            "Fri, 14 Jun 2024 12:00:00 GMT",
            "Fri, 14 Jun 0001 12:00:00 +9999",
            '<http://[>; rel="original"',
            "<",
            "xn--",
            "Fri, 31 Dec 9999 23:00:00 -2300",
        ]
    ),
)


class _Answers:
    """A client whose server sends the headers it is told to."""

    def __init__(self, status: int, headers: dict[str, str]) -> None:
        self.response = Response(URL, status, CaseInsensitiveDict(headers), b"", datetime.now(UTC))

    def deadline(self) -> Deadline:
        return Deadline(10)

    def get(self, url: str, pool: str, deadline: Deadline) -> Response:
        return self.response


@settings(max_examples=400, deadline=None)
@given(
    status=st.sampled_from([200, 204, 301, 302, 304, 403, 404, 451]),
    headers=st.dictionaries(
        st.sampled_from(["Location", "Link", "Content-Location", "Memento-Datetime", "Content-Type"]), ODD
    ),
    timestamp=st.sampled_from(["", "2024", "20240614120000", "99999999999999", "00000000000000"]),
)
def test_headers(status: int, headers: dict[str, str], timestamp: str) -> None:
    request = CaptureRequest(URL, timestamp, ArchiveLink(URL, "web.archive.org", URL, timestamp))
    client = _Answers(status, headers)
    answer = replay(client, Endpoint("a.example", "https://a.example/web/"), request)  # type: ignore[arg-type]
    assert isinstance(answer, ANSWERS)


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> PoliteClient:
    limits = Limits(backoff=0.001, total=2, paces={})
    return PoliteClient([FileBudget(tmp_path_factory.mktemp("state"))], limits=limits)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=ODD,
    shape=st.sampled_from(
        ["https://web.archive.org/web/2024/{}", "https://{}/2024/https://b.example/", "{}"]
    ),
)
def test_links(text: str, shape: str, offline: PoliteClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(*args: object, **more: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(FileBudget, "reserve", lambda *_: 0.0)
    link = parse_archive_link(shape.format(text))
    if link is None or link.original is None:
        return
    answer = WaybackSource(offline).capture(CaptureRequest(link.original, link.timestamp, link))
    assert isinstance(answer, Unchecked)


@given(st.text(alphabet='<>";=, \nabreldmotin:/.0123456789', max_size=300))
def test_timemaps(text: str) -> None:
    list(_timemap_rows(text, URL))


def test_broken_addresses_in_files(tmp_path: Path) -> None:
    from provenance.archive.warc_source import WarcSource
    from tests.support.warc_files import T1, Stored, write_warc

    stored = Stored(
        URL, T1, b"moved", "302 Found", (("Location", "http://[::1"), ("Content-Type", "text/html"))
    )
    source = WarcSource(write_warc(tmp_path / "c.warc.gz", [stored]))
    answer = source.capture(CaptureRequest(URL, T1, ArchiveLink(URL, "web.archive.org", URL, T1)))
    assert isinstance(answer, Found) and answer.capture.status == 302
