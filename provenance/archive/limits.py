"""How often, how long and how much: every number of the web door, with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field

CDX = "cdx"
REPLAY = "replay"

# Seconds between two requests, by host and pool. web.archive.org blocks an address beyond 30 index
# requests a minute (June 2026; it was 60 in 2023) and 600 replays a minute: we keep to 80 %.
PACES: Mapping[tuple[str, str], float] = {
    ("web.archive.org", CDX): 60 / 24,
    ("web.archive.org", REPLAY): 1 / 8,
}
UNKNOWN_HOST_PACE = 1.0  # a small archive's server, about which nothing is known
OWN_MACHINE_PACE = 0.0  # a replay server on loopback that the user has named is the user's own


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one capture's fetching. Times in seconds, sizes in bytes.

    `total` covers every request made for one capture, waits for a slot of the budget aside.
    `headers` bounds connecting and, again, the wait for all response headers, however they drip.
    `short_wait` is the longest Retry-After that is slept instead of parked; `parking` is for
    a refusal that names no time (an archive that is asked on within a minute of a 429 blocks
    the address for an hour); `longest_parking` cuts what a broken clock asks for.
    """

    total: float = 120.0
    connect: float = 15.0
    read: float = 30.0
    headers: float = 45.0
    largest_body: int = 50_000_000
    tries: int = 4
    backoff: float = 1.0
    short_wait: float = 5.0
    parking: float = 90.0
    longest_parking: float = 24 * 3600.0
    paces: Mapping[tuple[str, str], float] = field(default_factory=lambda: PACES)

    def pace(self, host: str, pool: str, own_machine: bool) -> float:
        """Seconds between two requests to `host` in `pool`."""
        other = OWN_MACHINE_PACE if own_machine else UNKNOWN_HOST_PACE
        return self.paces.get((host, pool), other)
