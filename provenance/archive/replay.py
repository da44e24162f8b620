"""One capture out of a replaying archive: ask, follow, and judge whether what came is what was asked for.

Two kinds of redirects are told apart by the `Memento-Datetime` header. The archive's own lead to
the nearest capture; they are followed, and the capture at the end is judged by its timestamp and
original URL. Archived redirects are part of the capture: whoever opens the link sees the page that
the site redirected to. So the target as it was archived is followed inside the archive, and counts
as the capture asked for if it was taken within `REDIRECT_WINDOW` of the redirect and is a capture
of that target; otherwise it is a neighbour (`other-capture`).
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit, urlunsplit

import idna

from provenance.archive.address_guard import RefusedAddress, refuse_literal
from provenance.archive.client import Deadline, PoliteClient, Response
from provenance.archive.limits import REPLAY
from provenance.archive.locations import joined
from provenance.archive.timestamps import REDIRECT_WINDOW, digits_of, seconds_between
from provenance.model.capture import Answer, Capture, Found, Unavailable, Unchecked
from provenance.model.resource import CaptureRequest
from provenance.text.archive_urls import comparison_key
from provenance.warc.records import charset_of, media_type_of

_MOST_REDIRECTS = 8  # browsers stop at 20; archives need two or three
_STAMPED = r"(https?://[^/?#]+/(?:[^/?#]+/){0,5}?)([0-9]{1,14})[0-9]{0,3}(?:[a-z]{2,3}_)?/"
# (prefix, timestamp, original) of a replay address; collections may be called by a number.
_REPLAY_URL = re.compile(_STAMPED + r"(https?:.+)")
_REPLAY_URL_NO_SCHEME = re.compile(_STAMPED + r"([^/]+\.[^/]+/.*)")
_LINK = re.compile(r"<([^<>]{1,8000})>((?:\s*;\s*[\w*-]+\s*=\s*(?:\"[^\"]*\"|[^\",;\s]+))*)")

# The words in which Wayback software says why it shows nothing.
_EXCLUDED = ("administrativeaccesscontrolexception", "blocked site error", "has been excluded from the")
_BLOCKED = ("robotaccesscontrolexception", "blocked by robots", "unavailable for legal reasons")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A collection that replays captures at `prefix<timestamp>id_/<url>`."""

    name: str
    prefix: str

    def replay_url(self, original: str, timestamp: str) -> str:
        """The address of the body as stored: `id_` asks for no toolbar and no rewriting."""
        stamp = timestamp or datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        return f"{self.prefix}{stamp}id_/{_askable(original)}"

    def is_home_of(self, url: str) -> bool:
        """Whether `url` is on this archive's host, `www.` and the scheme aside."""
        return _site(url) == _site(self.prefix)


@dataclass(frozen=True, slots=True)
class _Memento:
    """An archived answer: a page, or a redirect to `target`."""

    response: Response
    requested: str
    original: str
    timestamp: str
    target: str | None


def replay(client: PoliteClient, endpoint: Endpoint, request: CaptureRequest) -> Answer:
    """Answer `request` from `endpoint`, within one deadline."""
    try:
        refuse_literal(request.original)
    except RefusedAddress as refusal:
        return Unchecked("refused-address", f"no archive is asked for {request.original[:100]}: {refusal}")
    deadline = client.deadline()
    wanted, timestamp = request.original, request.timestamp
    tolerance = 0 if request.exact else None
    requested = endpoint.replay_url(wanted, timestamp)
    mismatch: str | None = None
    met: set[tuple[str, str]] = set()
    while len(met) < _MOST_REDIRECTS:
        found = _visit(client, endpoint, wanted, timestamp, deadline)
        if not isinstance(found, _Memento):
            if met and isinstance(found, Unavailable):
                return Unavailable(found.reason, f"the capture redirects to {wanted[:200]}: {found.detail}")
            return found
        if (found.original, found.timestamp) in met:
            break
        met.add((found.original, found.timestamp))
        mismatch = mismatch or _mismatch(found, wanted, timestamp, tolerance)
        if found.target is None:
            capture = _capture(endpoint, requested, found)
            return Found(capture) if mismatch is None else Unavailable("other-capture", mismatch, capture)
        wanted, timestamp, tolerance = found.target, found.timestamp, REDIRECT_WINDOW
    return Unavailable("archived-error", "the capture redirects in circles")


def _visit(
    client: PoliteClient, endpoint: Endpoint, original: str, timestamp: str, deadline: Deadline
) -> _Memento | Unavailable | Unchecked:
    """The capture that the archive gives for (original, timestamp), its own redirects followed."""
    url = endpoint.replay_url(original, timestamp)
    seen: set[str] = set()
    while url not in seen and len(seen) < _MOST_REDIRECTS:
        seen.add(url)
        response = client.get(url, REPLAY, deadline)
        if isinstance(response, Unchecked):
            return response
        location = response.headers.get("Location")
        if response.is_capture:
            return _memento(endpoint, response, url, original)
        if not 300 <= response.status < 400 or not location:
            return _no_capture(response, endpoint)
        target = joined(url, location) or ""
        shape = _REPLAY_URL.match(target) or _REPLAY_URL_NO_SCHEME.match(target)
        if shape is None or not endpoint.is_home_of(shape[1]):
            return _led_away(endpoint, target)
        url = f"{shape[1]}{shape[2]}id_/{_askable(shape[3])}"
    return Unchecked("archive-failing", f"{endpoint.name} redirects in circles")


def _led_away(endpoint: Endpoint, target: str) -> Unchecked:
    try:
        refuse_literal(target)
    except RefusedAddress as refusal:
        return Unchecked("refused-address", f"{endpoint.name} redirects to a refused address: {refusal}")
    return Unchecked("archive-failing", f"{endpoint.name} redirects to another site, not to a capture")


def _memento(endpoint: Endpoint, response: Response, url: str, asked_for: str) -> _Memento | Unchecked:
    headers = response.headers
    timestamp = digits_of(headers.get("Memento-Datetime", ""))
    if timestamp is None:
        return Unchecked("archive-failing", f"{endpoint.name} states no readable time for its capture")
    stated = joined(url, headers.get("Content-Location", "")) or ""
    place = _REPLAY_URL.match(stated) or _REPLAY_URL.match(url)
    original = _original_link(headers.get("Link", "")) or (place[3] if place else asked_for)
    location = headers.get("Location")
    is_redirect = 300 <= response.status < 400 and location
    target = _redirect_target(endpoint, url, original, location) if is_redirect and location else None
    return _Memento(response, url, original, timestamp, target)


def _redirect_target(endpoint: Endpoint, url: str, original: str, location: str) -> str | None:
    """Where the site redirected to; None where that was no web address.

    Some archives rewrite the target into their own address space, others leave it as it was,
    and a target that was relative then seems to lie on the archive's own host.
    """
    is_whole = location.startswith(("/", "http:", "https:"))  # archives rewrite to whole addresses only
    rewritten = _REPLAY_URL.match(joined(url, location) or "") if is_whole else None
    if rewritten and endpoint.is_home_of(rewritten[1]):
        return rewritten[3]
    here = "/".join(url.split("/")[:3]) + "/"
    target = joined(original, "/" + location.removeprefix(here) if location.startswith(here) else location)
    return target if target and target.startswith(("http://", "https://")) else None


def _mismatch(found: _Memento, wanted: str, timestamp: str, tolerance: int | None) -> str | None:
    """Why `found` is not what was asked for. `tolerance` in seconds, None where any time will do."""
    if comparison_key(found.original) != comparison_key(wanted):
        return f"the archive gave a capture of another page, {found.original[:200]}"
    if tolerance is not None and seconds_between(found.timestamp, timestamp) > tolerance:
        return f"the archive gave the capture of {found.timestamp}, not of {timestamp}"
    return None


def _capture(endpoint: Endpoint, requested: str, found: _Memento) -> Capture:
    response = found.response
    content_type = response.headers.get("Content-Type")
    return Capture(
        archive=endpoint.name,
        requested=requested,
        original=found.original,
        timestamp=found.timestamp,
        status=response.status,
        media_type=media_type_of(content_type),
        charset=charset_of(content_type),
        body=response.body,
        sha256=hashlib.sha256(response.body).hexdigest(),
        fetched_at=response.received_at,
    )


def _no_capture(response: Response, endpoint: Endpoint) -> Unavailable | Unchecked:
    """Read an answer of the archive's own."""
    status, name = response.status, endpoint.name
    if status in (403, 404, 451):
        said = response.headers.get("X-Archive-Wayback-Runtime-Error", "").lower()
        said += response.body[:100_000].decode("utf-8", "replace").lower()
        if any(words in said for words in _EXCLUDED):
            return Unavailable("excluded", f"{name} excludes this site from what it shows")
        if status == 451 or any(words in said for words in _BLOCKED):
            return Unavailable("blocked", f"{name} says that the publisher or the law bars this capture")
    if status == 404:
        return Unavailable("not-archived", f"{name} holds no capture of this page")
    if 400 <= status < 500:
        return Unchecked("refused-by-archive", f"{name} refuses the request ({status})")
    return Unchecked("archive-failing", f"{name} answered {status} with something that is no capture")


def _original_link(header: str) -> str | None:
    """The URL of `rel="original"` in a Link header (RFC 8288)."""
    for url, parameters in _LINK.findall(header[:20_000]):
        if re.search(r"(?i);\s*rel\s*=\s*\"?[^\";]*\boriginal\b", parameters):
            return str(url)
    return None


def _askable(original: str) -> str:
    """`original` as it may stand in a request: host in ASCII, no fragment, the rest percent-encoded."""
    text = original.partition("#")[0]
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        if not host.isascii():
            port = f":{parts.port}" if parts.port else ""
            text = urlunsplit(parts._replace(netloc=idna.encode(host, uts46=True).decode("ascii") + port))
    except (ValueError, idna.IDNAError):
        pass  # asked for as written: the archive will say what it makes of it
    return quote(text, safe="%/:?[]@!$&'()*+,;=~|", errors="replace")


def _site(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
