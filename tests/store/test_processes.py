"""Several programs on one database, and programs that are killed."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest
import sqlalchemy as sa

from provenance.store import Store, schema
from provenance.store.integrity import faults
from provenance.store.location import sqlite_url_of

pytest_plugins = ["tests.store.fixtures"]

CHECKOUT = Path(__file__).parents[2]


def started(*arguments: str) -> "subprocess.Popen[str]":
    """A Python of its own."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def recorder(url: str, first: int, last: int) -> "subprocess.Popen[str]":
    """A program that records articles `first` up to `last`."""
    return started("-m", "tests.store.recorder", url, str(first), str(last))


def names(first: int, last: int) -> list[str]:
    """The paths that a recorder records."""
    return [f"vault/{number:05}.md" for number in range(first, last)]


def everything(store: Store) -> dict[str, list[str]]:
    """All rows but the journal's, whose numbers and times differ from run to run."""
    journal = {"runs", "run_entries", "entry_verifications", "passed_over"}
    with store.connections.read() as connection:
        return {
            table.name: sorted(
                repr([value for name, value in row._mapping.items() if name != "first_run_id"])
                for row in connection.execute(sa.select(table))
            )
            for table in schema.TABLES
            if table.name not in journal
        }


def test_two_programs_write_the_same_and_different_articles_at_once(url: str) -> None:
    both = [recorder(url, 0, 120), recorder(url, 60, 180)]
    for program in both:
        _, said = program.communicate(timeout=120)
        assert program.returncode == 0, said
    with Store.open(url) as store:
        assert [finding.path for finding in store.findings()] == names(0, 180)
        assert list(faults(store.connections)) == []
        with store.connections.read() as connection:
            entries = connection.scalar(sa.select(sa.func.count()).select_from(schema.run_entries))
        assert entries == 240


def lines(stream: IO[str] | None, number: int) -> list[str]:
    """The first lines of a program's output."""
    assert stream is not None
    return [stream.readline().strip() for _ in range(number)]


@pytest.mark.parametrize("after", [1, 7, 40])
def test_a_program_killed_at_any_moment_leaves_what_it_said_and_can_be_repeated(url: str, after: int) -> None:
    program = recorder(url, 0, 5000)
    told = lines(program.stdout, after)
    program.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    told += [line for line in program.communicate(timeout=60)[0].split("\n") if line.endswith(".md")]
    assert told == names(0, len(told))
    with Store.open(url) as store:
        kept = [finding.path for finding in store.findings()]
        # All that was told is kept; one more may have been, whose telling was cut off.
        assert kept in (told, names(0, len(told) + 1))
        assert list(faults(store.connections)) == []
        last = store.last_run()
        assert last is not None
        assert last.finished_at is None
    again = recorder(url, 0, len(told) + 5)
    assert again.communicate(timeout=120)[1] == ""
    with Store.open(url) as store:
        assert [finding.path for finding in store.findings()] == names(0, len(told) + 5)
        assert list(faults(store.connections)) == []
        repeated = everything(store)
    # The same facts as in a database whose only run was never killed.
    if url.startswith("sqlite"):
        fresh = url.replace("database.db", "fresh.db")
        assert recorder(fresh, 0, len(told) + 5).communicate(timeout=120)[1] == ""
        with Store.open(fresh) as store:
            assert everything(store) == repeated


def test_programs_that_start_at_once_make_one_database(tmp_path: Path) -> None:
    url = sqlite_url_of(tmp_path / "new.db")
    programs = [recorder(url, at * 3, at * 3 + 3) for at in range(5)]
    for program in programs:
        _, said = program.communicate(timeout=120)
        assert program.returncode == 0, said
    with Store.open(url) as store:
        assert [finding.path for finding in store.findings()] == names(0, 15)


def test_slots_are_never_shared_between_programs(url: str) -> None:
    ask = (
        "import sys; from provenance.store import Store\n"
        "with Store.open(sys.argv[1]) as store:\n"
        "    for _ in range(25): print(store.budget().reserve('archive.example', 'index', 1000.0))"
    )
    programs = [started("-c", ask, url) for _ in range(2)]
    waits: list[float] = []
    for program in programs:
        output, said = program.communicate(timeout=120)
        assert program.returncode == 0, said
        waits += map(float, output.split())
    assert sorted(round(wait / 1000) for wait in waits) == list(range(50))
