"""No URL from a file reaches loopback, private or metadata addresses, however it is written or resolved."""

import socket
import ssl
from pathlib import Path

import pytest

from provenance.archive.address_guard import RefusedAddress, is_public, refuse_literal, resolve
from provenance.archive.budget import FileBudget
from provenance.archive.client import PoliteClient, Response
from provenance.archive.limits import Limits
from provenance.model.capture import Unchecked
from provenance.model.errors import UsageError
from tests.support.faults import FaultServer, answer, capture

INNER = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "169.254.1.1",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "168.63.129.16",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2001:0:53aa:64c:0:7bbb:80ff:fffe",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1",
]
OUTER = [
    "93.184.215.14",
    "8.8.8.8",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]


@pytest.mark.parametrize("address", INNER)
def test_inner_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTER)
def test_outer_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://harbour-post.example/",
        "gopher://harbour-post.example/",
        "//harbour-post.example/",
        "http:///nothing",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://printer.local/",
        "http://a.localhost:80/",
        "http://metadata.google.internal/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://017700000001/",
        "http://0177.0.0.1/",
        "http://0/",
        "http://169.254.169.254/latest/meta-data/",
        "http://user@10.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::1",
        "http://256.256.256.256/",
    ],
)
def test_urls_refused_by_their_looks(url: str) -> None:
    with pytest.raises(RefusedAddress):
        refuse_literal(url)


@pytest.mark.parametrize(
    "url",
    ["https://harbour-post.example/", "http://8.8.8.8/", "http://[2606:4700::1111]/", "http://1984.example/"],
)
def test_urls_that_look_well(url: str) -> None:
    refuse_literal(url)


def _names(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Make every name resolve to the first list of addresses, then the second, and so on."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, *rest: object, **more: object) -> list[tuple[object, ...]]:
        addresses = answers[min(len(asked), len(answers) - 1)]
        asked.append(host)
        return [
            (socket.AF_INET6 if ":" in a else socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port))
            for a in addresses
        ]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_one_inner_answer_refuses_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    _names(monkeypatch, ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(RefusedAddress, match=r"10\.0\.0\.1"):
        resolve("harbour-post.example", 80, frozenset())


def test_trust_is_for_one_host_and_port(monkeypatch: pytest.MonkeyPatch) -> None:
    _names(monkeypatch, ["127.0.0.1"])
    trusted = frozenset({("replay.example", 8080)})
    assert resolve("replay.example", 8080, trusted)
    for host, port in (("replay.example", 80), ("other.example", 8080)):
        with pytest.raises(RefusedAddress):
            resolve(host, port, trusted)


def client(folder: Path, server: FaultServer | None = None, **options: object) -> PoliteClient:
    trusted = frozenset({("127.0.0.1", server.port)}) if server else frozenset()
    limits = Limits(total=5, connect=2, read=2, backoff=0.01)
    return PoliteClient([FileBudget(folder)], trusted=trusted, limits=limits, **options)  # type: ignore[arg-type]


def get(made: PoliteClient, url: str) -> Response | Unchecked:
    try:
        return made.get(url, "replay", made.deadline())
    finally:
        made.close()


def test_a_name_that_resolves_inside_gets_no_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultServer(capture()) as server:
        _names(monkeypatch, ["127.0.0.1"])
        outcome = get(client(tmp_path), f"http://rebound.example:{server.port}/")
    assert isinstance(outcome, Unchecked) and outcome.reason == "refused-address", outcome
    assert server.requests == []


def test_the_address_that_was_checked_is_the_one_connected_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the second answer would lead inside, and is never asked for."""
    asked = _names(monkeypatch, ["203.0.114.1"], ["127.0.0.1"])
    connected: list[object] = []

    def connect(self: socket.socket, address: object) -> None:
        connected.append(address)
        raise ConnectionRefusedError("no network in tests")

    monkeypatch.setattr(socket.socket, "connect", connect)
    outcome = get(client(tmp_path), "http://rebound.example/")
    assert isinstance(outcome, Unchecked) and outcome.reason == "network"
    assert connected == [("203.0.114.1", 80)]
    assert asked == ["rebound.example"]


def test_another_port_of_a_trusted_host_is_not_trusted(tmp_path: Path) -> None:
    with FaultServer(capture()) as named, FaultServer(capture()) as other:
        outcome = get(client(tmp_path, named), f"http://127.0.0.1:{other.port}/")
    assert isinstance(outcome, Unchecked) and outcome.reason == "refused-address"
    assert other.requests == []


def test_a_named_proxy_is_trusted_and_what_lies_behind_it_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def getaddrinfo(host: str, port: int, *rest: object, **more: object) -> list[tuple[object, ...]]:
        known = {"127.0.0.1": "127.0.0.1", "intranet.example": "10.0.0.7"}
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (known[host], port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with FaultServer(capture()) as proxy:
        address = f"http://127.0.0.1:{proxy.port}"
        outcome = get(client(tmp_path, proxy=address), "http://harbour-post.example/page")
        assert isinstance(outcome, Response), outcome
        assert proxy.requests[0][1] == "GET http://harbour-post.example/page HTTP/1.1"
        for inner in ("http://intranet.example/", "http://192.168.0.1/", "http://localhost/"):
            outcome = get(client(tmp_path, proxy=address), inner)
            assert isinstance(outcome, Unchecked) and outcome.reason == "refused-address", inner
    assert len(proxy.requests) == 1


@pytest.mark.parametrize("proxy", ["nonsense", "socks5://127.0.0.1:1", "file:///x", "http://"])
def test_what_is_no_proxy_is_said_so(proxy: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--proxy"):
        client(tmp_path, proxy=proxy)


def test_proxies_of_the_environment_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultServer(answer("500 Wrong")) as proxy, FaultServer(capture()) as server:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        outcome = get(client(tmp_path, server), server.prefix)
    assert isinstance(outcome, Response)
    assert proxy.requests == []


def test_certificates_are_verified(tmp_path: Path) -> None:
    """The server proves itself with a certificate that nobody has signed."""
    key, certificate = Path(__file__).parent / "unsigned.key", Path(__file__).parent / "unsigned.pem"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def tls(connection: socket.socket) -> None:
        raise AssertionError("the request came through before the certificate was verified")

    with FaultServer(tls) as server:
        server.wrap = context.wrap_socket
        outcome = get(client(tmp_path, server), f"https://127.0.0.1:{server.port}/")
        assert isinstance(outcome, Unchecked) and outcome.reason == "network"
        assert "certificate" in outcome.detail
        server.faults = (capture(),)
        accepted = get(
            client(tmp_path, server, certificates=str(certificate)), f"https://127.0.0.1:{server.port}/"
        )
        assert isinstance(accepted, Response)


def test_an_unknown_name_is_offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(*args: object, **more: object) -> list[tuple[object, ...]]:
        raise socket.gaierror(socket.EAI_AGAIN, "no name server")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    outcome = get(client(tmp_path), "http://harbour-post.example/")
    assert isinstance(outcome, Unchecked) and outcome.reason == "offline"


def test_certificates_are_verified_through_a_proxy_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(__file__).parent
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "unsigned.pem", folder / "unsigned.key")

    def tunnel(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        context.wrap_socket(connection, server_side=True).recv(1)

    _names(monkeypatch, ["127.0.0.1"])
    with FaultServer(tunnel) as proxy:
        made = client(tmp_path, proxy=f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setattr("provenance.archive.client.resolve", lambda *_: [])
        outcome = get(made, "https://harbour-post.example/")
    assert proxy.requests[0][1].startswith("CONNECT harbour-post.example:443 HTTP/1.")
    assert isinstance(outcome, Unchecked) and outcome.reason == "network"
    assert "certificate" in outcome.detail
