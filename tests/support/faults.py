"""A server that answers as badly as it is told to, byte for byte."""

import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Fault = Callable[[socket.socket], None]
MEMENTO = "Memento-Datetime: Fri, 14 Jun 2024 12:00:00 GMT"
TEXT = b"<p>The ferry to Lindholm runs again after 12 days of repairs.</p>"


def answer(status: str = "200 OK", body: bytes = TEXT, *headers: str, length: int | None = None) -> Fault:
    """A whole answer; `length` states another Content-Length than the true one."""
    stated = len(body) if length is None else length
    head = "\r\n".join(
        [f"HTTP/1.1 {status}", *headers, f"Content-Length: {stated}", "Connection: close", "", ""]
    )

    def send(connection: socket.socket) -> None:
        connection.sendall(head.encode("latin-1") + body)

    return send


def capture(body: bytes = TEXT, *headers: str) -> Fault:
    """A capture, as the archive would serve it."""
    return answer("200 OK", body, MEMENTO, "Content-Type: text/html", *headers)


def hang(connection: socket.socket) -> None:
    """Say nothing."""
    time.sleep(20)


def drip(head: bytes = b"") -> Fault:
    """A byte every tenth of a second, after `head`."""

    def send(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(200):
            connection.sendall(b"x")
            time.sleep(0.1)

    return send


def reset(connection: socket.socket) -> None:
    """Break the connection off hard."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def raw(data: bytes) -> Fault:
    """These bytes and no more."""
    return lambda connection: connection.sendall(data)


@dataclass
class FaultServer:
    """`with FaultServer(fault, ...) as server:` answers request by request; the last fault stays.

    `requests` lists (seconds, request line) as they came in.
    """

    faults: tuple[Fault, ...]
    requests: list[tuple[float, str]] = field(default_factory=list)

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        self.requests = []
        self.wrap: Callable[..., socket.socket] | None = None  # puts TLS around each connection
        self._lock = threading.Lock()

    def __enter__(self) -> "FaultServer":
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)  # wakes who waits in accept()
        self._socket.close()

    @property
    def prefix(self) -> str:
        return f"http://127.0.0.1:{self.port}/web/"

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        try:
            if self.wrap is not None:
                connection = self.wrap(connection, server_side=True)
            request = b""
            while b"\r\n\r\n" not in request:
                piece = connection.recv(65536)
                if not piece:
                    return
                request += piece
            with self._lock:
                fault = self.faults[min(len(self.requests), len(self.faults) - 1)]
                self.requests.append((time.monotonic(), request.split(b"\r\n")[0].decode("latin-1")))
            fault(connection)
        except OSError:
            return
        finally:
            connection.close()
