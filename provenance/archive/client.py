"""The polite client: one GET at a time within its budgets, limits and address guard; faults are values."""

import random
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from threading import Event, Timer
from urllib.parse import urlsplit

import requests
import urllib3
from requests.structures import CaseInsensitiveDict

from provenance.archive.address_guard import (
    HostPort,
    RefusedAddress,
    refuse_literal,
    resolve,
)
from provenance.archive.guarded_transport import GuardedAdapter
from provenance.archive.limits import Limits
from provenance.archive.retry_after import retry_after_seconds
from provenance.archive.transport_faults import transport_outcome
from provenance.model.budget import Budget
from provenance.model.capture import Unchecked
from provenance.model.errors import UsageError
from provenance.warc.content_coding import TooLarge, Undecodable, decode_content
from provenance.warc.records import media_type_of

_CHUNK = 64 * 1024
_TOO_MANY_REQUESTS, _UNAVAILABLE = 429, 503


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered: `body` is after transfer and content decoding."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    received_at: datetime

    @property
    def is_capture(self) -> bool:
        """Whether this is an archived answer (RFC 7089) and not one of the archive's own."""
        return "Memento-Datetime" in self.headers


class Deadline:
    """The time left for one capture. Waits for a slot of the budget are given back."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds, below zero when time is up."""
        return self._end - time.monotonic()

    def give_back(self, seconds: float) -> None:
        """Add the seconds that were spent on waiting for others."""
        self._end += seconds


class _Passing(Exception):
    """A fault that may heal: worth another try."""

    def __init__(self, outcome: Unchecked) -> None:
        self.outcome = outcome


class _Session(requests.Session):
    """A session that leaves redirects alone: requests reads their bodies without any limit."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002
        """No redirect is the session's to follow."""
        return None


class PoliteClient:
    """Asks archives for pages. Safe to share between threads.

    Every request takes a slot from each of `budgets` (the stricter holds). `trusted` lists the
    (host, port) pairs that the user has named; every other host must be on the public internet.
    `proxy` (`http://HOST:PORT`) is trusted too; it resolves names itself, so behind it a name is
    refused only if it resolves here as well, and to an inner address. Environment variables,
    `.netrc` and cookies are not used. `certificates` is a file of certificate authorities to
    trust in place of the usual ones. Raises UsageError for a proxy that is none.
    """

    def __init__(
        self,
        budgets: Sequence[Budget],
        *,
        trusted: frozenset[HostPort] = frozenset(),
        proxy: str | None = None,
        certificates: str | None = None,
        user_agent: str = "source-provenance",
        limits: Limits | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._budgets = tuple(budgets)
        self._trusted = trusted
        self._proxied = proxy is not None
        self._closing = Event()
        known = trusted | ({_proxy_address(proxy)} if proxy else set())
        adapter = GuardedAdapter(known, self.limits.headers)
        session = _Session()
        session.trust_env = False
        session.verify = certificates or True
        session.proxies = {"http": proxy, "https": proxy} if proxy else {}
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        session.headers = CaseInsensitiveDict(
            {"User-Agent": user_agent, "Accept": "*/*", "Accept-Encoding": "gzip"}
        )
        self._session = session

    def close(self) -> None:
        """Close connections and wake whoever waits."""
        self._closing.set()
        self._session.close()

    def deadline(self) -> Deadline:
        """A fresh one, for one capture."""
        return Deadline(self.limits.total)

    def get(self, url: str, pool: str, deadline: Deadline) -> Response | Unchecked:
        """One page, tried again where the fault may heal. Redirects come back as they are."""
        outcome = Unchecked("timeout", "the time allowed for one capture is used up")
        for attempt in range(self.limits.tries):
            if self._closing.is_set():
                return Unchecked("network", "fetching was stopped")
            if attempt:
                pause = self.limits.backoff * 2 ** (attempt - 1) * random.uniform(0.5, 1.5)  # noqa: S311
                if pause > deadline.left():
                    return outcome
                self._closing.wait(pause)
            try:
                return self._once(url, pool, deadline)
            except _Passing as fault:
                outcome = fault.outcome
            if deadline.left() <= 0:
                break
        return outcome

    def _once(self, url: str, pool: str, deadline: Deadline) -> Response | Unchecked:
        try:
            host = self._vetted_host(url)
        except RefusedAddress as refusal:
            return Unchecked("refused-address", str(refusal))
        waiting = self._take_slot(host, pool, deadline)
        if waiting is not None:
            return waiting
        if deadline.left() <= 0:
            return Unchecked("timeout", "the time allowed for one capture is used up")
        try:
            response = self._fetch(url, deadline)
        except RefusedAddress as refusal:
            return Unchecked("refused-address", str(refusal))
        except TooLarge as error:
            return Unchecked("too-large", f"{host} sent {error}")
        except Undecodable as error:
            return Unchecked("undecodable", f"what {host} sent cannot be decoded: {error}")
        except (
            requests.RequestException,
            urllib3.exceptions.HTTPError,
            OSError,
            HTTPException,
            UnicodeError,
        ) as error:
            outcome, may_heal = transport_outcome(error, host)
            if may_heal:
                raise _Passing(outcome) from None
            return outcome
        if response.is_capture or response.status < _TOO_MANY_REQUESTS:
            return response
        return self._refused(response, host, deadline)

    def _vetted_host(self, url: str) -> str:
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").lower(), parts.port or {"https": 443}.get(parts.scheme, 80)
        except ValueError:
            raise RefusedAddress("no web address") from None
        if (host, port) not in self._trusted:
            refuse_literal(url)
            if self._proxied:
                try:
                    resolve(host, port, self._trusted)
                except (socket.gaierror, UnicodeError):
                    return host  # only the proxy knows this name
        return host

    def _take_slot(self, host: str, pool: str, deadline: Deadline) -> Unchecked | None:
        """Wait for the next free slot of the strictest budget. Parked: the answer that says so."""
        own_machine = host in ("localhost", "127.0.0.1", "::1")
        pace = self.limits.pace(host, pool, own_machine)
        if (parked := self._parked(host)) is not None:
            return parked
        if pace > 0:
            wait = max((budget.reserve(host, pool, pace) for budget in self._budgets), default=0.0)
            self._closing.wait(wait)
            deadline.give_back(wait)
            return self._parked(host)  # somebody else may have been refused meanwhile
        return None

    def _parked(self, host: str) -> Unchecked | None:
        times = [until for budget in self._budgets if (until := budget.parked_until(host)) is not None]
        if not times:
            return None
        return Unchecked("rate-limited", f"{host} asked to be left alone until {_at(max(times))}", max(times))

    def _fetch(self, url: str, deadline: Deadline) -> Response:
        limits = self.limits
        wait = max(0.1, min(limits.read, deadline.left()))
        with self._session.get(
            url, stream=True, allow_redirects=False, timeout=(min(limits.connect, wait), wait)
        ) as answer:
            status, headers = answer.status_code, answer.headers
            response = Response(url, status, headers, b"", datetime.now(UTC))
            if not response.is_capture and (status == _TOO_MANY_REQUESTS or status >= 500):
                return response  # a refusal counts whatever becomes of its body
            body = self._read(answer.raw, deadline)
        stated = headers.get("Content-Length", "") if "Transfer-Encoding" not in headers else ""
        if stated.isdecimal() and len(stated) < 20 and len(body) < int(stated):
            raise urllib3.exceptions.IncompleteRead(len(body), int(stated) - len(body))
        media_type = media_type_of(headers.get("Content-Type"))
        body = decode_content(body, headers.get("Content-Encoding"), media_type, limits.largest_body)
        return replace(response, body=body)

    def _read(self, raw: "urllib3.response.BaseHTTPResponse", deadline: Deadline) -> bytes:
        """The body as sent. Raises TooLarge, TimeoutError and what urllib3 raises."""
        # Bytes that do not compress grow a little by compression: hence the margin.
        limit = self.limits.largest_body + self.limits.largest_body // 8
        timer = Timer(max(0.0, deadline.left()), _shut, (raw,))
        timer.daemon = True
        timer.start()
        pieces, size = [], 0
        try:
            while piece := raw.read1(_CHUNK, decode_content=False):
                size += len(piece)
                if size > limit:
                    raise TooLarge(f"more than {self.limits.largest_body} bytes")
                pieces.append(piece)
        except (urllib3.exceptions.HTTPError, OSError, HTTPException):
            if deadline.left() <= 0:
                raise TimeoutError from None
            raise
        finally:
            timer.cancel()
        if deadline.left() <= 0:
            raise TimeoutError  # the timer may have cut a body that has no stated length
        return b"".join(pieces)

    def _refused(self, response: Response, host: str, deadline: Deadline) -> Response | Unchecked:
        """429 and what failing servers say; other refusals are the caller's to read."""
        status = response.status
        now = datetime.now(UTC)
        wait = retry_after_seconds(response.headers.get("Retry-After"), now)
        if status == _TOO_MANY_REQUESTS or (status == _UNAVAILABLE and wait is not None):
            seconds = min(wait or self.limits.parking, self.limits.longest_parking)
            until = now + timedelta(seconds=seconds)
            for budget in self._budgets:
                budget.park(host, until)
            reason = "rate-limited" if status == _TOO_MANY_REQUESTS else "archive-failing"
            outcome = Unchecked(reason, f"{host} answered {status}: ask again after {_at(until)}", until)
            if wait is not None and wait <= self.limits.short_wait and wait < deadline.left():
                self._closing.wait(seconds)
                raise _Passing(outcome)
            return outcome
        if status >= 500:
            raise _Passing(Unchecked("archive-failing", f"{host} answers {status}"))
        return response


def _shut(raw: "urllib3.response.BaseHTTPResponse") -> None:
    try:
        raw.shutdown()
    except (OSError, ValueError, RuntimeError, AttributeError):
        return  # read to its end meanwhile


def _proxy_address(proxy: str) -> HostPort:
    try:
        parts = urlsplit(proxy)
        if parts.scheme in ("http", "https") and parts.hostname:
            return parts.hostname.lower(), parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        pass
    raise UsageError(f"--proxy {proxy}: not a proxy address; write http://HOST:PORT")


def _at(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC")
