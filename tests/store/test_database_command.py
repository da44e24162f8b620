"""`provenance db`, from the command line to the database."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from provenance.cli.db import database
from provenance.model.errors import ProvenanceError, UsageError
from provenance.store import Store, sqlite_url_in
from provenance.store.location import sqlite_url_of
from provenance.store.schema import REVISION
from tests.store import samples


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and output of `provenance db`."""
    runner = CliRunner()
    result: Result = runner.invoke(database, list(arguments), standalone_mode=False, catch_exceptions=False)
    return result.return_value, result.output


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A folder with a database that holds one article."""
    with Store.open(sqlite_url_in(tmp_path)) as store:
        run_id = store.begin_run(samples.run())
        store.record(run_id, samples.article(), samples.finding())
        store.finish_run(run_id, samples.NOON, samples.passed_over())
    return tmp_path


def test_upgrade_makes_a_database_and_then_has_nothing_to_do(tmp_path: Path) -> None:
    code, output = run("upgrade", str(tmp_path))
    assert (code, f"made, schema {REVISION}" in output) == (0, True)
    assert (tmp_path / ".provenance" / "provenance.db").is_file()
    code, output = run("upgrade", str(tmp_path))
    assert (code, "nothing to do" in output) == (0, True)


def test_current(vault: Path) -> None:
    code, output = run("current", "--db", sqlite_url_in(vault))
    assert (code, f"schema {REVISION}, which is the newest" in output) == (0, True)
    with closing(sqlite3.connect(vault / ".provenance" / "provenance.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
        connection.commit()
    code, output = run("current", str(vault))
    assert (code, f"schema 0000, this program needs {REVISION}" in output) == (1, True)


def test_info(vault: Path) -> None:
    code, output = run("info", str(vault))
    lines = dict(line.split(": ", 1) for line in output.splitlines())
    assert code == 0
    assert lines["engine"] == "sqlite"
    assert lines["last run"] == "check, 2026-03-01 12:00:30 UTC to 2026-03-01 12:00:30 UTC"
    assert (lines["articles"], lines["captures"], lines["citations"]) == ("1", "2", "3")


def test_verify(vault: Path) -> None:
    assert run("verify", str(vault)) == (0, "everything stored is as it was written\n")
    with closing(sqlite3.connect(vault / ".provenance" / "provenance.db")) as connection:
        connection.execute("UPDATE bodies SET length = 1")
        connection.commit()
    code, output = run("verify", str(vault))
    assert code == 1
    assert output.count("body ") == 2
    assert output.endswith("2 faults found\n")


@pytest.mark.parametrize("command", ["current", "info", "verify"])
def test_looking_makes_nothing(command: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no database"):
        run(command, str(tmp_path))
    with pytest.raises(ProvenanceError, match=r"no database|cannot be opened"):
        run(command, "--db", sqlite_url_of(tmp_path / "x.db"))
    assert list(tmp_path.iterdir()) == []
