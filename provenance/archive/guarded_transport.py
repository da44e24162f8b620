"""Connections for `requests` that ask the address guard, and do not wait longer than they are told."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse, IncompleteRead
from threading import Timer
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.poolmanager import PoolManager
from urllib3.util import Retry

from provenance.archive.address_guard import HostPort, resolve


class _Head:
    """Reads the lines of a response's head; http.client takes a head that breaks off for a whole one."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._begun = False

    def readline(self, limit: int = -1) -> bytes:
        line: bytes = self._stream.readline(limit)
        if self._begun and not line:
            raise IncompleteRead(b"")
        self._begun = True
        return line

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _WholeHeadResponse(HTTPResponse):
    def begin(self) -> None:
        stream = self.fp
        self.fp = _Head(stream)  # type: ignore[assignment]
        try:
            super().begin()
        finally:
            if self.fp is not None:
                self.fp = stream


class _Guarded:
    """What the guarded HTTP and HTTPS connections add to urllib3's."""

    response_class: Any = _WholeHeadResponse
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
        if self.timed_out:
            raise TimeoutError("the server took too long to answer")


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
