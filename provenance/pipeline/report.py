"""`report`: render what the database holds; no file of the vault is read and nothing is fetched."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from provenance import __version__
from provenance.citations import accuracies
from provenance.model.finding import Run
from provenance.pipeline.database import existing_database
from provenance.pipeline.place import check_paths, vault_folder
from provenance.pipeline.spool import Spool
from provenance.report import Contents, count
from provenance.store import Store


@contextmanager
def report(paths: Sequence[str], database: str | None) -> Iterator[Contents]:
    """The newest finding of every article that the database holds at or below `paths`.

    The vault's own folder stands for everything in its database, whichever way its articles' paths
    were given. Raises UsageError where no run has made a database.
    """
    check_paths(paths)
    url = existing_database(paths, database)
    whole = database is not None or [Path(path).resolve() for path in paths] == [vault_folder(paths)]
    with (
        closing(Store.open(url, read_only=True)) as store,
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
