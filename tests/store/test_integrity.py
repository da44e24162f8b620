"""Damage is found and told exactly."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from provenance.store import Store
from provenance.store.integrity import faults
from provenance.store.location import sqlite_url_of
from tests.store import samples


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with something in every table."""
    file = tmp_path / "x.db"
    with Store.open(sqlite_url_of(file)) as store:
        store.record(store.begin_run(samples.run()), samples.article(), samples.finding())
    return file


def found(file: Path) -> list[str]:
    """What is wrong with the file."""
    with Store.open(sqlite_url_of(file), read_only=True) as store:
        return list(faults(store.connections))


def test_nothing_is_wrong(file: Path) -> None:
    assert found(file) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE bodies SET content = x'0011223344'", "cannot be decompressed"),
        ("UPDATE bodies SET content = substr(content, 1, length(content) - 6)", "are there"),
        ("UPDATE bodies SET coding = 'identity'", "are there"),
        ("UPDATE bodies SET length = length + 1", "are there"),
        ("UPDATE bodies SET content = 'text'", "no sequence of bytes"),
    ],
)
def test_damaged_bodies(file: Path, change: str, told: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        # The two captures have one body; the article's own is short and stored as it is.
        connection.execute(f"{change} WHERE coding = 'zlib'")
        changed = connection.execute("SELECT changes()").fetchone()[0]
        connection.commit()
    told_of = found(file)
    assert len(told_of) == changed == 1
    assert told in told_of[0]
    assert "the capture 20240722235624 of https://harbour-post.example/ferry" in told_of[0]


def test_a_changed_text_names_the_article(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(
            "UPDATE bodies SET content = CAST('x' || substr(content, 2) AS BLOB) WHERE coding='identity'"
        )
        connection.commit()
    (fault,) = found(file)
    assert "have the sha256" in fault
    assert fault.endswith("it is the text of vault/ferry.md")


def test_a_row_that_is_gone(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DELETE FROM outlets WHERE name = 'Tide Observer'")
        connection.commit()
    (fault,) = found(file)
    assert "of citations refers to a row of outlets that is not there" in fault


def test_damaged_pages_are_told_and_the_rest_is_still_checked(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'citations'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        connection.execute("UPDATE bodies SET length = length + 1 WHERE coding = 'identity'")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(file.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    file.write_bytes(content)
    told = found(file)
    assert any("damaged" in fault for fault in told)
    assert any("the text of vault/ferry.md" in fault for fault in told)
