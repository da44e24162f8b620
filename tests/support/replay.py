"""A replay server in the shape of the Wayback Machine, over a WARC file read by warcio.

It keeps nothing of the project's own code, so that tests do not prove a mistake with itself.
"""

import re
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from warcio.archiveiterator import ArchiveIterator


@dataclass
class _Kept:
    url: str
    timestamp: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    digest: str


@dataclass
class ReplayServer:
    """`with ReplayServer(path) as server:`; `server.prefix` is the collection's address.

    `requests` lists (seconds, path) of what was asked. URLs that contain a word of `excluded` or
    `blocked` are answered as the Wayback Machine does for such sites.
    """

    warc: Path
    excluded: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    requests: list[tuple[float, str]] = field(default_factory=list)

    def __enter__(self) -> "ReplayServer":
        self.kept = _read(self.warc)
        handler = type("Handler", (_Handler,), {"replay": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def prefix(self) -> str:
        return f"http://{self.host}/web/"

    @property
    def cdx(self) -> str:
        return f"http://{self.host}/cdx/search/cdx"


def _key(url: str) -> str:
    parts = urlsplit(url if "://" in url else "http://" + url)
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return host + unquote(parts.path).rstrip("/") + query


def _read(path: Path) -> list[_Kept]:
    kept: list[_Kept] = []
    by_digest: dict[str, bytes] = {}
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type not in ("response", "revisit"):
                continue
            stated = record.rec_headers.get_header
            body = record.raw_stream.read()
            digest = stated("WARC-Payload-Digest")
            if record.rec_type == "response":
                by_digest[digest] = body
            timestamp = re.sub(r"\D", "", stated("WARC-Date"))[:14]
            status = int(record.http_headers.get_statuscode())
            body = by_digest[digest]
            kept.append(
                _Kept(stated("WARC-Target-URI"), timestamp, status, record.http_headers.headers, body, digest)
            )
    return sorted(kept, key=lambda k: k.timestamp)


def _moment(timestamp: str) -> datetime:
    """A short timestamp stands for the end of its stretch, as the Wayback Machine takes it."""
    digits = timestamp + "29991231235959"[len(timestamp) :]
    for day in range(31, 27, -1):
        try:
            return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            digits = f"{digits[:6]}{day}{digits[8:]}"
    raise ValueError(timestamp)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    replay: ReplayServer

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self.replay.requests.append((time.monotonic(), self.path))
        if self.path.startswith("/cdx/search/cdx"):
            self._index()
            return
        if self.path == "/web/":
            self._send(200, [("Content-Type", "text/html")], b"<h1>Collection</h1>")
            return
        if self.path.startswith("/web/timemap/link/"):
            self._timemap(self.path.removeprefix("/web/timemap/link/"))
            return
        shape = re.match(r"/web/(\d{1,14})id_/(.+)", self.path)
        if shape is None:
            self._send(404, [("Content-Type", "text/html")], b"<h1>No such page</h1>")
            return
        self._replay(shape[1], shape[2])

    def _replay(self, timestamp: str, url: str) -> None:
        if any(word in url for word in self.replay.excluded):
            error = "AdministrativeAccessControlException: Blocked Site Error"
            self._send(403, [("X-Archive-Wayback-Runtime-Error", error)], b"Blocked Site Error")
            return
        if any(word in url for word in self.replay.blocked):
            self._send(451, [], b"Unavailable For Legal Reasons")
            return
        held = [k for k in self.replay.kept if _key(k.url) == _key(url)]
        if not held:
            self._send(
                404, [("Content-Type", "text/html")], b"<h1>The archive has no capture of this URL</h1>"
            )
            return
        wanted = _moment(timestamp)
        kept = min(held, key=lambda k: abs((_moment(k.timestamp) - wanted).total_seconds()))
        if kept.timestamp != timestamp:
            self._send(302, [("Location", f"/web/{kept.timestamp}id_/{kept.url}")], b"")
            return
        headers = [
            ("Memento-Datetime", format_datetime(_moment(kept.timestamp), usegmt=True)),
            ("Link", f'<{kept.url}>; rel="original", <{self.replay.prefix}{kept.url}>; rel="timegate"'),
        ]
        for name, value in kept.headers:
            if name.lower() in ("content-type", "content-encoding"):
                headers.append((name, value))
            elif name.lower() == "location":
                headers.append((name, f"/web/{timestamp}id_/{urljoin(kept.url, value)}"))
            else:
                headers.append((f"X-Archive-Orig-{name}", value))
        self._send(kept.status, headers, kept.body)

    def _index(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        url, limit = asked["url"][0], int(asked.get("limit", ["1000"])[0])
        start = int(asked.get("resumeKey", ["0"])[0])
        held = [k for k in self.replay.kept if _key(k.url) == _key(url)]
        rows = [
            f"key {k.timestamp} {k.url} text/html {k.status} {k.digest.removeprefix('sha1:')} {len(k.body)}"
            for k in held[start : start + limit]
        ]
        text = "\n".join(rows) + "\n"
        if start + limit < len(held):
            text += f"\n{start + limit}\n"
        self._send(200, [("Content-Type", "text/plain")], text.encode() if rows else b"")

    def _timemap(self, url: str) -> None:
        held = [k for k in self.replay.kept if _key(k.url) == _key(url)]
        links = [f'<{url}>; rel="original"'] + [
            f'<{self.replay.prefix}{k.timestamp}/{k.url}>; rel="memento";'
            f' datetime="{format_datetime(_moment(k.timestamp), usegmt=True)}"'
            for k in held
        ]
        if held:
            self._send(200, [("Content-Type", "application/link-format")], ",\n".join(links).encode())
        else:
            self._send(404, [("Content-Type", "application/link-format")], b"")

    def _send(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
