"""Whether the database is still what was written into it."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from provenance.store import bodies, schema
from provenance.store.connections import Connections
from provenance.store.errors import DatabaseError

# Bodies read in one statement. A body may be tens of megabytes, so only a few at a time.
_BATCH = 8


def faults(connections: Connections) -> Iterator[str]:
    """Everything that does not agree, one sentence each; nothing when all is well.

    Each stored body is unpacked and its sha256 taken again. On SQLite the file's own structure
    and the references between tables are checked too (PostgreSQL keeps these itself).
    """
    checks = (_structure_faults, _reference_faults) if connections.file is not None else ()
    for check in (*checks, _body_faults):
        try:
            with connections.read() as connection:
                yield from check(connection)
        except DatabaseError as error:
            # Damage may be such that reading cannot go on; what else can be checked still is.
            yield str(error)


def counts(connections: Connections) -> dict[str, int]:
    """How many rows each table has, by the table's name."""
    with connections.read() as connection:
        return {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in schema.TABLES
        }


def _structure_faults(connection: sa.Connection) -> Iterator[str]:
    for (found,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if found != "ok":
            yield f"the file is damaged: {found}"


def _reference_faults(connection: sa.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} refers to a row of {parent} that is not there"


def _body_faults(connection: sa.Connection) -> Iterator[str]:
    table = schema.bodies
    last = ""
    while True:
        following = sa.select(table).where(table.c.sha256 > last).order_by(table.c.sha256).limit(_BATCH)
        rows = connection.execute(following).all()
        if not rows:
            return
        for row in rows:
            try:
                bodies.unpack(row.sha256, row.length, row.coding, row.content)
            except bodies.DamagedBody as damage:
                yield f"body {row.sha256}: {damage}; it is {_use_of(connection, row.sha256)}"
        last = rows[-1].sha256


def _use_of(connection: sa.Connection, sha256: str) -> str:
    """Whose body it is, so that a person knows what is lost."""
    captures, readings, articles = schema.captures, schema.readings, schema.articles
    of_captures = sa.select(captures.c.timestamp, captures.c.original).where(captures.c.sha256 == sha256)
    of_articles = (
        sa.select(articles.c.path)
        .join(readings, readings.c.article_key == articles.c.key)
        .where(readings.c.body_sha256 == sha256)
        .distinct()
    )
    uses: list[Any] = [
        f"the capture {row.timestamp} of {row.original}" for row in connection.execute(of_captures)
    ]
    uses += [f"the text of {path}" for path in connection.scalars(of_articles)]
    return ", ".join(uses[:5]) or "used by nothing"
