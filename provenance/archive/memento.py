"""Any collection that replays captures and speaks Memento (RFC 7089): pywb, OpenWayback and others."""

import re
from collections.abc import Iterator
from threading import Lock

from provenance.archive.client import PoliteClient
from provenance.archive.limits import CDX, REPLAY
from provenance.archive.replay import Endpoint, replay
from provenance.archive.timestamps import digits_of
from provenance.archive.unlisted import CapturesUnlisted
from provenance.model.capture import Answer, CaptureRow, Found, Unavailable, Unchecked
from provenance.model.resource import CaptureRequest

_MEMENTO = re.compile(
    r"<(?P<url>[^<>]{1,8000})>\s*(?P<parameters>(?:;\s*\w+\s*=\s*\"[^\"]{0,2000}\"\s*){1,20})"
)
_REPLAYED = re.compile(r".*?/(\d{14})(?:[a-z]{2,3}_)?/(.+)")


class MementoSource:
    """`--captures http(s)://HOST/COLLECTION/`."""

    def __init__(self, client: PoliteClient, prefix: str) -> None:
        self.name = prefix
        self._client = client
        self._endpoint = Endpoint(prefix, prefix)
        self._lock = Lock()
        self._is_there: bool | None = None  # not known yet

    def capture(self, request: CaptureRequest) -> Answer:
        """The capture asked for, whichever archive the link names."""
        answer = replay(self._client, self._endpoint, request)
        if isinstance(answer, Found) or (isinstance(answer, Unavailable) and answer.neighbour is not None):
            self._is_there = True
        is_missing = isinstance(answer, Unavailable) and answer.reason == "not-archived"
        return answer if not is_missing or self._collection_exists() else self._no_collection()

    def captures(self, original: str) -> Iterator[CaptureRow]:
        """What the timemap lists of `original`. Raises CapturesUnlisted where it cannot be had whole."""
        url = f"{self._endpoint.prefix}timemap/link/{original.partition('#')[0]}"
        response = self._client.get(url, CDX, self._client.deadline())
        if isinstance(response, Unchecked):
            raise CapturesUnlisted(response)
        is_timemap = "link-format" in response.headers.get("Content-Type", "")
        if response.status not in (200, 404) or not is_timemap:
            raise CapturesUnlisted(Unchecked("archive-failing", f"{self.name} gives no timemap"))
        yield from _timemap_rows(response.body.decode("utf-8", "replace"), original)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _no_collection(self) -> Unchecked:
        return Unchecked("archive-failing", f"there seems to be no collection at {self.name}")

    def _collection_exists(self) -> bool:
        """Whether the collection itself answers: a mistyped one says 404 to everything. Asked once."""
        with self._lock:
            if self._is_there is None:
                response = self._client.get(self._endpoint.prefix, REPLAY, self._client.deadline())
                if isinstance(response, Unchecked):
                    return False
                self._is_there = response.status < 400
            return self._is_there


def _timemap_rows(text: str, original: str) -> Iterator[CaptureRow]:
    rows = []
    for match in _MEMENTO.finditer(text):
        parameters = dict(re.findall(r";\s*(\w+)\s*=\s*\"([^\"]*)\"", match["parameters"]))
        if "memento" not in parameters.get("rel", "").split():
            continue
        place = _REPLAYED.match(match["url"])
        timestamp = digits_of(parameters.get("datetime", ""))
        if timestamp is None:
            continue
        rows.append(CaptureRow(place[2] if place else original, timestamp, None, None, None))
    yield from sorted(rows, key=lambda row: row.timestamp)
