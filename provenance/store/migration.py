"""Which schema a database has, and bringing it to the one this program needs.

A new SQLite file is given its tables when it is first opened. An existing database is never
changed by opening it: `provenance db upgrade` does that, and keeps a copy of an SQLite file first.
"""

import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

import sqlalchemy as sa

from provenance.store import schema
from provenance.store.connections import LOCK_SECONDS, Connections, create_file
from provenance.store.errors import DatabaseError, plain_errors

if TYPE_CHECKING:
    from alembic.config import Config

# Any fixed number: it names the lock under which a PostgreSQL database is upgraded.
_UPGRADE_LOCK = 0x70726F76
_RETRY_SECONDS = 0.05  # a new file's mode is changed in far less


def migrations_folder() -> Path:
    """The migrations: inside the package in a wheel, beside it in a checkout."""
    package = Path(str(files("provenance")))
    for folder in (package / "_migrations", package.parent / "migrations"):
        if (folder / "env.py").is_file():
            return folder
    raise DatabaseError("the migrations are missing from this installation: install source-provenance again")


def alembic_config(connection: sa.Connection) -> "Config":
    """What Alembic needs to work on `connection`, in the transaction that it is in."""
    # Importing Alembic takes longer than opening a database does, and is seldom needed.
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def revision_of(connection: sa.Connection) -> str | None:
    """The schema revision of a database, None when it has none of our tables."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return revision


def check_revision(connections: Connections) -> None:
    """Raise DatabaseError unless the database has exactly the schema this program needs."""
    place = connections.place
    with connections.read() as connection:
        revision = revision_of(connection)
        foreign = revision is None and bool(sa.inspect(connection).get_table_names())
    if revision == schema.REVISION:
        return
    if foreign:
        raise DatabaseError(f"the database {place} belongs to another program: name another one with --db")
    if revision is None:
        raise DatabaseError(f"the database {place} has no tables yet: run `provenance db upgrade` on it")
    if _is_newer(revision):
        raise DatabaseError(
            f"the database {place} was written by a newer version of this program (schema {revision}, "
            f"this one knows {schema.REVISION}): pip install --upgrade source-provenance, or name "
            "another database with --db"
        )
    raise DatabaseError(
        f"the database {place} has an older schema ({revision}, needed is {schema.REVISION}): "
        "run `provenance db upgrade` on it"
    )


def create_if_new(connections: Connections) -> bool:
    """Give an SQLite file that is missing or has no tables its tables. True where that was done."""
    if connections.file is None:
        return False
    if not connections.file.exists():
        create_file(connections.file)
    with connections.read() as connection:
        if sa.inspect(connection).get_table_names():
            return False
    _migrate(connections)
    return True


def upgrade(connections: Connections) -> tuple[str | None, str, Path | None]:
    """Bring the database to the schema this program needs.

    Returns the revision before (None: there was none) and after, and the copy that was made of
    an SQLite file before changing it, None where nothing was changed or the file was new.
    Raises DatabaseError for a database of a newer version or of another program.
    """
    if create_if_new(connections):
        return None, schema.REVISION, None
    with connections.read() as connection:
        before = revision_of(connection)
        has_tables = bool(sa.inspect(connection).get_table_names())
    if before == schema.REVISION:
        return before, before, None
    if _is_newer(before) if before else has_tables:
        check_revision(connections)
    copy = None
    if before is not None and connections.file is not None:
        copy = connections.file.with_name(f"{connections.file.name}.schema-{before}")
        _copy(connections.file, copy, connections.place)
    _migrate(connections)
    return before, schema.REVISION, copy


def _is_newer(revision: str) -> bool:
    # Revisions are numbered; a word that is no number was not given by an earlier version.
    return not revision.isdecimal() or int(revision) > int(schema.REVISION)


def _migrate(connections: Connections) -> None:
    from alembic import command

    if connections.file is not None:
        _write_ahead(connections.file, connections.place)
    # One transaction from looking to the last table: of two programs that start at once the
    # second waits and then finds nothing to do, and one that is killed leaves no half of it.
    with connections.write() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
        command.upgrade(alembic_config(connection), schema.REVISION)


def _write_ahead(file: Path, place: str) -> None:
    """Let readers and a writer work at once (the file remembers it)."""
    with plain_errors(place), closing(sqlite3.connect(file, timeout=LOCK_SECONDS)) as connection:
        last_try = monotonic() + LOCK_SECONDS
        while True:
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                return
            except sqlite3.OperationalError as error:
                # Changing the mode does not wait for another program that does the same: SQLite
                # answers "locked" at once, whatever its time limit.
                if "locked" not in str(error) or monotonic() > last_try:
                    raise
                sleep(_RETRY_SECONDS)


def _copy(file: Path, copy: Path, place: str) -> None:
    create_file(copy)
    with (
        plain_errors(place),
        closing(sqlite3.connect(file)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
