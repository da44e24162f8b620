"""`report`: render what the database holds; no file of the vault is read and nothing is fetched."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from provenance import __version__
from provenance.citations import accuracies
from provenance.model.errors import UsageError
from provenance.model.finding import Run
from provenance.pipeline.place import check_paths, vault_folder
from provenance.pipeline.spool import Spool
from provenance.report import Contents, count
from provenance.store import Store, sqlite_url_in
from provenance.store.location import FOLDER


@contextmanager
def report(paths: Sequence[str], database: str | None) -> Iterator[Contents]:
    """The newest finding of every article that the database holds at or below `paths`.

    The vault's own folder stands for everything in its database, whichever way its articles' paths
    were given. Raises UsageError where no run has made a database.
    """
    check_paths(paths)
    folder = vault_folder(paths)
    if database is None and not (folder / FOLDER).is_dir():
        raise UsageError(
            f"{folder} has no database: run `provenance check` on it first, or name one with --db"
        )
    whole = database is not None or [Path(path).resolve() for path in paths] == [folder]
    with (
        closing(Store.open(database or sqlite_url_in(folder), read_only=True)) as store,
        closing(Spool()) as spool,
    ):
        last = store.last_run()
        for finding in store.findings(None if whole else paths):
            spool.add(finding)
        now = datetime.now(UTC)
        passed_over = last.passed_over if last and whole else ()
        tally = count(spool)
        accuracy = accuracies(tally.languages)
        yield Contents(
            Run("report", tuple(paths), now, __version__, now, passed_over, accuracy), spool, tally
        )
