"""No URL out of a user's file leads into the user's own network.

Names are resolved here, every answer is checked, and the connection goes to the address that was
checked: a name that resolves anew to something else (DNS rebinding) gains nothing.
"""

import ipaddress
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.poolmanager import PoolManager
from urllib3.util import Retry

HostPort = tuple[str, int]

# Public by number and yet inside: Azure's platform service answers there from every machine.
_INSIDE_THOUGH_PUBLIC = frozenset({ipaddress.ip_address("168.63.129.16")})
# IPv6 ranges that carry an IPv4 address: RFC 6052 and 8215 (NAT64), IPv4-compatible, mapped.
_CARRIES_IPV4 = tuple(
    ipaddress.ip_network(n)
    for n in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96")
)


class RefusedAddress(Exception):
    """The URL leads to an address that is not on the public internet, or has no web scheme."""


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet, looked at through every IPv6 wrapping."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if any(ip in network for network in _CARRIES_IPV4):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip.sixtofour is not None or ip.teredo is not None or ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and ip not in _INSIDE_THOUGH_PUBLIC


def refuse_literal(url: str) -> None:
    """Raise RefusedAddress for a URL that is refused by its looks: scheme, `localhost`, an inner IP address.

    Reads IPv4 addresses as C libraries do (`127.1`, `0x7f000001`, `2130706433`).
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        raise RefusedAddress("no web address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise RefusedAddress(f"no web address ({parts.scheme[:20] or 'no'} scheme)")
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        raise RefusedAddress(f"{host} is inside the local network")
    if re.fullmatch(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}", host):
        try:
            host = socket.inet_ntoa(socket.inet_aton(host))
        except OSError:
            raise RefusedAddress(f"{host} is no address") from None
    if (":" in host or re.fullmatch(r"[\d.]+", host)) and not is_public(host):
        raise RefusedAddress(f"{host} is not on the public internet")


def resolve(host: str, port: int, trusted: frozenset[HostPort]) -> list[tuple[int, Any]]:
    """Family and socket address of each answer for `host`. Raises RefusedAddress and socket.gaierror.

    One inner address among the answers refuses them all.
    """
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found = [(int(family), address) for family, _, _, _, address in answers]
    if (host.lower(), port) not in trusted:
        for _, address in found:
            if not is_public(str(address[0])):
                raise RefusedAddress(f"{host} resolves to {address[0]}, which is not on the public internet")
    return found


class _Guarded:
    """What the guarded HTTP and HTTPS connections add to urllib3's."""

    trusted: frozenset[HostPort] = frozenset()
    header_seconds: float = 45.0
    sock: Any
    host: str
    port: Any
    timeout: Any
    socket_options: Any
    timed_out = False

    def _new_conn(self) -> socket.socket:
        host, port = self.host.strip("[]"), self.port or 80
        try:
            addresses = resolve(host, port, self.trusted)
        except socket.gaierror as error:
            raise NameResolutionError(host, self, error) from error  # type: ignore[arg-type]
        except UnicodeError as error:
            raise NewConnectionError(self, f"{host[:60]!r} is no host name") from error  # type: ignore[arg-type]
        failure: OSError = OSError("no address")
        for family, address in addresses:
            connection = socket.socket(family, socket.SOCK_STREAM)
            try:
                for option in self.socket_options or ():
                    connection.setsockopt(*option)
                connection.settimeout(self.timeout)
                connection.connect(address)
                return connection
            except OSError as error:
                connection.close()
                failure = error
        if isinstance(failure, TimeoutError):
            raise ConnectTimeoutError(self, f"no connection to {host}") from failure
        raise NewConnectionError(self, f"no connection to {host}: {failure}") from failure  # type: ignore[arg-type]

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Cut the connection when time is up: a socket's own timeout starts anew with every byte."""

        def cut() -> None:
            self.timed_out = True
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except (OSError, AttributeError):
                return

        timer = Timer(self.header_seconds, cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            if self.timed_out:
                raise TimeoutError("the server took too long to answer") from error
            raise
        finally:
            timer.cancel()


class _GuardedHTTP(_Guarded, HTTPConnection):
    def getresponse(self) -> Any:
        with self._watched():
            return HTTPConnection.getresponse(self)


class _GuardedHTTPS(_Guarded, HTTPSConnection):
    def connect(self) -> None:
        with self._watched():
            HTTPSConnection.connect(self)

    def getresponse(self) -> Any:
        with self._watched():
            return HTTPSConnection.getresponse(self)


class GuardedAdapter(HTTPAdapter):
    """Lets `requests` connect to public addresses, and to the (host, port) pairs in `trusted`.

    Never retries and never follows: both are decided elsewhere, in one place. `header_seconds`
    bounds connecting with TLS, and the wait for the last response header.
    """

    def __init__(self, trusted: frozenset[HostPort], header_seconds: float, connections: int = 8) -> None:
        settings = {"trusted": trusted, "header_seconds": header_seconds}
        http = type("GuardedHTTP", (_GuardedHTTP,), settings)
        https = type("GuardedHTTPS", (_GuardedHTTPS,), settings)
        self._pools = {
            "http": type("GuardedHTTPPool", (HTTPConnectionPool,), {"ConnectionCls": http}),
            "https": type("GuardedHTTPSPool", (HTTPSConnectionPool,), {"ConnectionCls": https}),
        }
        super().__init__(max_retries=Retry(0, read=False), pool_connections=8, pool_maxsize=connections)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Called by `requests` to make the pools."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> PoolManager:
        """Called by `requests` to make the pools behind a proxy."""
        manager: PoolManager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager
