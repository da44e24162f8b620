"""The Wayback Machine: replays through the polite client, its index through waybackpy."""

from collections.abc import Generator, Iterator
from datetime import datetime
from typing import Any

from waybackpy import WaybackMachineCDXServerAPI
from waybackpy.cdx_utils import full_url

from provenance.archive.client import PoliteClient
from provenance.archive.limits import CDX
from provenance.archive.replay import Endpoint, replay
from provenance.archive.timestamps import moment_of
from provenance.archive.unlisted import CapturesUnlisted
from provenance.model.capture import Answer, CaptureRow, Unavailable, Unchecked
from provenance.model.resource import CaptureRequest
from provenance.text.archive_urls import WAYBACK, replay_prefix

WAYBACK_ENDPOINT = Endpoint(WAYBACK, "https://web.archive.org/web/")
CDX_ENDPOINT = "https://web.archive.org/cdx/search/cdx"
_PAGE_ROWS = 10_000  # rows the index gives at once
_MOST_PAGES = 20
_FIELDS = 7


class WaybackSource:
    """`--captures wayback`.

    A link into another archive that keeps the `/<timestamp>/<url>` shape is asked for at that
    archive's own collection, behind the address guard: its capture is not the Wayback Machine's.
    """

    name = "wayback"

    def __init__(
        self, client: PoliteClient, endpoint: Endpoint = WAYBACK_ENDPOINT, cdx_endpoint: str = CDX_ENDPOINT
    ) -> None:
        self._client = client
        self._endpoint = endpoint
        self._cdx_endpoint = cdx_endpoint

    def capture(self, request: CaptureRequest) -> Answer:
        """The capture asked for, from the archive that the link names."""
        endpoint = self._endpoint
        if request.link.archive != WAYBACK:
            prefix = replay_prefix(request.link)
            if prefix is None:
                return Unchecked(
                    "unsupported-archive", f"captures of {request.link.archive} cannot be verified"
                )
            endpoint = Endpoint(request.link.archive, prefix)
        answer = replay(self._client, endpoint, request)
        if isinstance(answer, Unavailable) and endpoint is self._endpoint:
            return _with_patience(answer, request.timestamp)
        return answer

    def captures(self, original: str) -> Iterator[CaptureRow]:
        """What the index lists of `original`. Raises CapturesUnlisted where it cannot be had whole."""
        index = _Index(original, self._client, self._cdx_endpoint)
        for row in index.snapshots():
            yield CaptureRow(
                original=row.original,
                timestamp=row.timestamp,
                status=int(row.statuscode) if row.statuscode.isdecimal() else None,
                media_type=row.mimetype if row.mimetype not in ("-", "warc/revisit") else None,
                digest=f"sha1:{row.digest}" if row.digest != "-" else None,
            )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


class _Index(WaybackMachineCDXServerAPI):
    """waybackpy builds the queries and reads the rows; asking, pacing and errors are ours.

    On its own it waits without limit, sleeps for hours on a Retry-After and takes an error page
    for an empty list.
    """

    def __init__(self, original: str, client: PoliteClient, endpoint: str) -> None:
        super().__init__(original, limit=str(_PAGE_ROWS))
        self.endpoint = endpoint
        self._client = client

    def cdx_api_manager(self, payload: dict[str, str], headers: dict[str, str]) -> Generator[str, None, None]:  # noqa: ARG002
        """Pages of rows, followed by their resume key. Raises CapturesUnlisted."""
        payload = {**payload, "showResumeKey": "true", "limit": str(self.limit)}
        for _ in range(_MOST_PAGES):
            rows, _, resume_key = self._page(full_url(self.endpoint, payload)).partition("\n\n")
            yield "\n".join(_well_formed(line) for line in rows.splitlines() if line.strip())
            if not resume_key.strip():
                return
            payload["resumeKey"] = resume_key.strip()
        raise CapturesUnlisted(Unchecked("too-large", f"more than {_MOST_PAGES * _PAGE_ROWS} captures"))

    def _page(self, url: str) -> str:
        response = self._client.get(url, CDX, self._client.deadline())
        if isinstance(response, Unchecked):
            raise CapturesUnlisted(response)
        text = response.body.decode("utf-8", "replace")
        if "AdministrativeAccessControlException" in text[:5000]:
            raise CapturesUnlisted(
                Unavailable("excluded", "the archive excludes this site from what it shows")
            )
        if response.status != 200:
            raise CapturesUnlisted(Unchecked("refused-by-archive", f"the index answered {response.status}"))
        if not response.headers.get("Content-Type", "").startswith("text/plain"):
            raise CapturesUnlisted(
                Unchecked("archive-failing", "the index answered with a page that is no index")
            )
        return text


def _well_formed(line: str) -> str:
    """The row with a timestamp that exists: the index has some like 20000800241623, which end the reading."""
    fields: list[Any] = line.split(" ")
    if len(fields) != _FIELDS or not fields[1].isdecimal():
        raise CapturesUnlisted(Unchecked("archive-failing", "the index answered with a line that is no row"))
    fields[1] = moment_of(fields[1]).strftime("%Y%m%d%H%M%S")
    return " ".join(fields)


def _with_patience(answer: Unavailable, timestamp: str) -> Unavailable:
    """A fresh capture may stay out of the index for half a day, and lead to an older one meanwhile."""
    if answer.reason not in ("not-archived", "other-capture") or len(timestamp) < 14:
        return answer
    age = datetime.now(moment_of(timestamp).tzinfo) - moment_of(timestamp)
    if not 0 <= age.total_seconds() < 12 * 3600:
        return answer
    detail = f"{answer.detail}; it was made less than 12 hours ago and may not be indexed yet"
    return Unavailable(answer.reason, detail, answer.neighbour)
