"""The request budget of one machine and user, in a small SQLite file that every process shares."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from provenance.model.errors import ProvenanceError

# A slot further away than this was reserved before the clock was set back (seconds).
_FARTHEST_SLOT = 600.0
_LONGEST_LOCK = 30.0  # seconds to wait for another process to let go of the file


class FileBudget:
    """Implements model.budget.Budget in `FOLDER/requests.sqlite`, safe across threads and processes.

    Raises ProvenanceError when the file cannot be used: without it, politeness cannot be kept.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._path = folder / "requests.sqlite"
        self._clock = clock
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._failure(error) from None
        with self._transaction() as connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS slot"
                " (host TEXT, pool TEXT, next_free REAL NOT NULL, PRIMARY KEY (host, pool))"
            )
            connection.execute(
                "CREATE TABLE IF NOT EXISTS parked (host TEXT PRIMARY KEY, until REAL NOT NULL)"
            )

    def reserve(self, host: str, pool: str, interval: float) -> float:
        """Take the next slot; returns the seconds until it begins."""
        with self._transaction() as connection:
            now = self._clock()
            row = connection.execute(
                "SELECT next_free FROM slot WHERE host = ? AND pool = ?", (host, pool)
            ).fetchone()
            slot = max(now, row[0]) if row and row[0] - now < _FARTHEST_SLOT else now
            connection.execute(
                "INSERT INTO slot VALUES (?, ?, ?)"
                " ON CONFLICT (host, pool) DO UPDATE SET next_free = excluded.next_free",
                (host, pool, slot + interval),
            )
            return slot - now

    def park(self, host: str, until: datetime) -> None:
        """Ask nothing more of `host` before `until`; an earlier, longer parking stays."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO parked VALUES (?, ?)"
                " ON CONFLICT (host) DO UPDATE SET until = max(until, excluded.until)",
                (host, until.timestamp()),
            )

    def parked_until(self, host: str) -> datetime | None:
        """When `host` may be asked again, None when it may be asked now."""
        with self._transaction() as connection:
            row = connection.execute("SELECT until FROM parked WHERE host = ?", (host,)).fetchone()
        return datetime.fromtimestamp(row[0], UTC) if row and row[0] > self._clock() else None

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        # A connection for each call: it may come from any thread, or from a forked process.
        try:
            with closing(
                sqlite3.connect(self._path, timeout=_LONGEST_LOCK, isolation_level=None)
            ) as connection:
                connection.execute("PRAGMA synchronous = OFF")  # a lost slot after a power cut harms nobody
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise self._failure(error) from None

    def _failure(self, error: Exception) -> ProvenanceError:
        return ProvenanceError(
            f"{self._path}: the record of requests to archives cannot be kept ({error});"
            " make its folder writable, or remove the file if it is damaged"
        )
