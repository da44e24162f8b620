"""How often a host may be asked, agreed between everyone who asks it."""

from datetime import datetime
from typing import Protocol


class Budget(Protocol):
    """Slots for requests to one host, shared by threads, processes or machines.

    An archive's limit is per address, so one budget is kept per machine and user; where
    several machines share a database a second one is kept there, and the stricter holds.
    """

    def reserve(self, host: str, pool: str, interval: float) -> float:
        """Take the next free slot of `host` and `pool` (slots lie `interval` seconds apart).

        Returns the seconds to wait until the slot begins (0 or more). The slot is taken.
        """
        ...

    def park(self, host: str, until: datetime) -> None:
        """Ask nothing more of `host` before `until` (never shortens an earlier parking)."""
        ...

    def parked_until(self, host: str) -> datetime | None:
        """When `host` may be asked again, None when it may be asked now."""
        ...
