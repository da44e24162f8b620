"""What went wrong on the way to a server, told as an outcome; and whether another try may heal it."""

import errno
import socket
import ssl
from http.client import IncompleteRead

import requests
import urllib3

from provenance.model.capture import Unchecked

_NO_NETWORK = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN})


def transport_outcome(error: Exception, host: str) -> tuple[Unchecked, bool]:
    """The outcome of `error`, met while asking `host`, and whether asking again may help.

    Only a connection or an answer that broke off heals by itself; a host that refuses, a name
    that does not resolve and a certificate that is wrong stay so for a while.
    """
    causes = _causes(error)
    if _any(causes, urllib3.exceptions.NameResolutionError, socket.gaierror):
        return Unchecked("offline", f"the name {host} cannot be resolved: is this machine online?"), False
    if {cause.errno for cause in causes if isinstance(cause, OSError)} & _NO_NETWORK:
        return Unchecked("offline", f"no route to {host}: is this machine online?"), False
    # Before the timeouts: urllib3 counts a refused connection among them.
    if _any(causes, urllib3.exceptions.NewConnectionError, ConnectionRefusedError):
        return Unchecked("network", f"{host} does not accept connections"), False
    if _any(causes, TimeoutError, requests.Timeout, urllib3.exceptions.TimeoutError):
        return Unchecked("timeout", f"{host} did not answer in time"), False
    if _any(causes, ssl.SSLCertVerificationError):
        return Unchecked("network", f"the certificate of {host} could not be verified"), False
    cut = _any(causes, urllib3.exceptions.IncompleteRead, IncompleteRead)
    # A cut between two chunks comes with a ValueError of its own: the next length is no number.
    if not cut and _any(causes, requests.exceptions.InvalidURL, ValueError):
        return Unchecked("network", f"{host[:60]!r} cannot be asked, or sent unreadable headers"), False
    return Unchecked("network", f"{host} broke off {'its answer' if cut else 'the connection'}"), True


def _any(causes: list[BaseException], *kinds: type[BaseException]) -> bool:
    return any(isinstance(cause, kinds) for cause in causes)


def _causes(error: BaseException) -> list[BaseException]:
    """The exception with all it stands for: urllib3's, requests' and the system's wrap each other."""
    found: list[BaseException] = []
    queue: list[object] = [error]
    while queue:
        one = queue.pop()
        if isinstance(one, BaseException) and one not in found:
            found.append(one)
            queue += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
    return found
