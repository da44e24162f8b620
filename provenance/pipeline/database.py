"""`db`: the schema of a database, what is in it, and whether it is still what was written."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from provenance.model.errors import UsageError
from provenance.pipeline.place import check_paths, vault_folder
from provenance.report.neutral import neutral
from provenance.store import Store, sqlite_url_in
from provenance.store.connections import connect
from provenance.store.integrity import counts, faults
from provenance.store.location import FOLDER
from provenance.store.migration import revision_of, upgrade
from provenance.store.schema import REVISION


def upgraded(paths: Sequence[str], named: str | None) -> str:
    """Bring the database to this program's schema and say in one line what was done.

    A database that does not exist yet is made (PostgreSQL: its tables are). Raises
    DatabaseError where that cannot be, and for a database of a newer version.
    """
    with closing(connect(named or sqlite_url_in(_folder(paths)))) as connections:
        before, after, copy = upgrade(connections)
    if before is None:
        return f"{connections.place}: made, schema {after}"
    if before == after:
        return f"{connections.place}: schema {after}, nothing to do"
    kept = f"; as it was it is kept in {copy}" if copy else ""
    return f"{connections.place}: upgraded from schema {before} to {after}{kept}"


def current(paths: Sequence[str], named: str | None) -> tuple[str, bool]:
    """One line on the database's schema, and whether it is the one that this program needs."""
    with closing(connect(existing_database(paths, named), read_only=True)) as connections:
        with connections.read() as connection:
            revision = revision_of(connection)
        if revision == REVISION:
            return f"{connections.place}: schema {revision}, which is the newest", True
        return f"{connections.place}: schema {revision or 'none'}, this program needs {REVISION}", False


def information(paths: Sequence[str], named: str | None) -> Iterator[str]:
    """Lines on where the database is, its schema, its last run and how much is in it."""
    with closing(Store.open(existing_database(paths, named), read_only=True)) as store:
        yield f"database: {store.connections.place}"
        yield f"engine: {store.connections.reading.dialect.name}"
        yield f"schema: {REVISION}"
        if store.connections.file is not None:
            yield f"size: {store.connections.file.stat().st_size} bytes"
        run = store.last_run()
        if run is not None:
            ended = f"{run.finished_at:%Y-%m-%d %H:%M:%S} UTC" if run.finished_at else "not finished"
            yield f"last run: {neutral(run.verb)}, {run.started_at:%Y-%m-%d %H:%M:%S} UTC to {ended}"
        for name, rows in counts(store.connections).items():
            yield f"{name.replace('_', ' ')}: {rows}"


def verified(paths: Sequence[str], named: str | None) -> Iterator[str]:
    """Everything in the database that is not what was written into it; nothing when all is well."""
    with closing(Store.open(existing_database(paths, named), read_only=True)) as store:
        for fault in faults(store.connections):
            yield neutral(fault)


def _folder(paths: Sequence[str]) -> Path:
    check_paths(paths)
    return vault_folder(paths)


def existing_database(paths: Sequence[str], named: str | None) -> str:
    """The URL of a database that is there: looking at one makes none.

    Raises UsageError where no run has made a database.
    """
    if named is not None:
        return named
    folder = _folder(paths)
    if not (folder / FOLDER).is_dir():
        raise UsageError(
            f"{folder} has no database: run `provenance check` on it first, or name one with --db"
        )
    return sqlite_url_in(folder)
