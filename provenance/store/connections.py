"""Connections to the database: SQLite in a file or PostgreSQL, one to read with and one to write."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from provenance.model.errors import UsageError
from provenance.store.errors import DatabaseError, plain_errors

# How long a writer waits for another one's transaction. A transaction is one article's rows
# (milliseconds), so whoever waits this long waits for something that is stuck.
LOCK_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Connections:
    """Where the database is, and engines to read and write it.

    `place` is for messages (no password), `file` the SQLite file. `writing` is None when the
    database was opened to be read only.
    """

    place: str
    file: Path | None
    reading: sa.Engine
    writing: sa.Engine | None

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the database and keeps no writer waiting."""
        with plain_errors(self.place), self.reading.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that may write: all of it is kept, or none."""
        if self.writing is None:
            raise DatabaseError(f"the database {self.place} was opened to be read only")
        with plain_errors(self.place), self.writing.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self.reading.dispose()
        if self.writing is not None:
            self.writing.dispose()


def connect(url: str, *, read_only: bool = False) -> Connections:
    """Make engines for `url`. Opens no connection and creates no file yet.

    Raises UsageError for a URL that names no SQLite file and no PostgreSQL database, and
    DatabaseError where the driver is not installed.
    """
    address = parse(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(Path(str(address.database)), read_only)
    return _postgresql(address, read_only)


def parse(url: str) -> sa.URL:
    """Take a database URL apart and check that it is one that can be used (else UsageError)."""
    try:
        address = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise UsageError(
            f"{url!r} is no database URL: write sqlite:///PATH or postgresql://USER@HOST/NAME"
        ) from error
    backend = address.get_backend_name()
    if backend == "sqlite":
        if address.database in (None, "", ":memory:") or address.query:
            raise UsageError(f"{url!r} names no SQLite file: write sqlite:///PATH")
        return address
    if backend in ("postgresql", "postgres") and address.drivername in (
        "postgres",
        "postgresql",
        "postgresql+psycopg",
    ):
        return address.set(drivername="postgresql+psycopg")
    raise UsageError(
        f"the database URL names {address.drivername!r}, which is not supported: "
        "write sqlite:///PATH or postgresql://USER@HOST/NAME"
    )


def create_file(file: Path) -> None:
    """Create an empty SQLite file that only its owner may read, unless it is there.

    What a person saves and checks is nobody else's business on a shared machine.
    """
    try:
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except FileNotFoundError as error:
        raise DatabaseError(
            f"the database {file} cannot be created: there is no folder {file.parent}; "
            "create it, or name another place with --db sqlite:///PATH"
        ) from error
    except OSError as error:
        raise DatabaseError(
            f"the database {file} cannot be created ({error.strerror}): "
            "name a place you may write to with --db sqlite:///PATH"
        ) from error


def _sqlite(file: Path, read_only: bool) -> Connections:
    reading = _sqlite_engine(lambda: _open_sqlite(file, read_only), "BEGIN")
    writing = None if read_only else _sqlite_engine(lambda: _open_sqlite(file, False), "BEGIN IMMEDIATE")
    return Connections(str(file), file, reading, writing)


def _sqlite_engine(creator: Callable[[], sqlite3.Connection], begin: str) -> sa.Engine:
    # The driver's own transactions begin late and as readers, and a reader that turns writer
    # fails at once when another one has written meanwhile, whatever the time-out. So
    # transactions are begun by hand, and those that write begin as writers.
    engine = sa.create_engine("sqlite://", creator=creator, poolclass=sa.QueuePool)

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _open_sqlite(file: Path, read_only: bool) -> sqlite3.Connection:
    if not read_only:
        # The pool lends a connection to one thread at a time, so the driver need not check.
        connection = sqlite3.connect(
            file, timeout=LOCK_SECONDS, isolation_level=None, check_same_thread=False
        )
        # NORMAL loses at worst the last transactions when power fails, never the database.
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")
        return connection
    mode = "mode=ro"
    if not os.access(file.parent, os.W_OK) and not Path(f"{file}-wal").exists():
        # Reading a database in WAL mode needs files beside it. Where none can be made and no
        # writer has left any, nobody writes it, and SQLite may be told so.
        mode = "immutable=1"
    address = f"{file.absolute().as_uri()}?{mode}"
    return sqlite3.connect(
        address, uri=True, timeout=LOCK_SECONDS, isolation_level=None, check_same_thread=False
    )


def _postgresql(address: sa.URL, read_only: bool) -> Connections:
    place = address.render_as_string(hide_password=True)
    try:
        engine = sa.create_engine(address, connect_args={"connect_timeout": 10}, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise DatabaseError(
            f"the database {place} needs the PostgreSQL driver: pip install 'source-provenance[postgresql]'"
        ) from error
    reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Connections(place, None, reading, None if read_only else engine)
