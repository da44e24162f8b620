"""How often a host may be asked, agreed between all machines that share a database."""

import time
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from provenance.store import schema
from provenance.store.connections import Connections

# A host name has at most 253 characters; what is longer is none, and must still fit an index.
_LONGEST = 255


class DatabaseBudget:
    """Implements `provenance.model.budget.Budget` in the database, across processes and machines.

    Time is the database server's on PostgreSQL, so that machines whose clocks differ still keep
    apart, and this machine's on SQLite.
    """

    def __init__(self, connections: Connections) -> None:
        """Keep slots in the database that `connections` lead to."""
        self._connections = connections

    def reserve(self, host: str, pool: str, interval: float) -> float:
        """Take the next free slot of `host` and `pool`, `interval` seconds after the one before.

        Returns the seconds (0 or more) until it begins.
        """
        slots = schema.host_slots
        with self._connections.write() as connection:
            now = _now(connection)
            dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
            # One statement, so that two who ask at once are given two slots.
            free = sa.case((slots.c.next_at > now, slots.c.next_at), else_=now)
            taken = (
                dialect.insert(slots)
                .values(host=host[:_LONGEST], pool=pool[:_LONGEST], next_at=now + interval)
                .on_conflict_do_update(
                    index_elements=[slots.c.host, slots.c.pool], set_={"next_at": free + interval}
                )
                .returning(slots.c.next_at)
            )
            end: float = connection.execute(taken).scalar_one()
        return max(0.0, end - interval - now)

    def park(self, host: str, until: datetime) -> None:
        """Ask nothing more of `host` before `until`; an earlier, longer parking stays."""
        parked = schema.host_parkings
        moment = until.timestamp()
        with self._connections.write() as connection:
            dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
            connection.execute(
                dialect.insert(parked)
                .values(host=host[:_LONGEST], until=moment)
                .on_conflict_do_update(
                    index_elements=[parked.c.host],
                    set_={"until": moment},
                    where=parked.c.until < moment,
                )
            )

    def parked_until(self, host: str) -> datetime | None:
        """When `host` may be asked again, None when it may be asked now."""
        parked = schema.host_parkings
        with self._connections.read() as connection:
            now = _now(connection)
            until = connection.scalar(sa.select(parked.c.until).where(parked.c.host == host[:_LONGEST]))
        if until is None or until <= now:
            return None
        return datetime.fromtimestamp(until, UTC)


def _now(connection: sa.Connection) -> float:
    if connection.dialect.name != "postgresql":
        return time.time()
    # Not now(): that is when the transaction began, and it may have waited since.
    return float(connection.scalar(sa.select(sa.extract("epoch", sa.func.clock_timestamp()))) or 0.0)
