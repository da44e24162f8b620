"""The migrations make the tables that the code uses, from the checkout and from the wheel."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from provenance.store import Store, migration, schema
from provenance.store.connections import connect
from provenance.store.errors import DatabaseError
from provenance.store.location import sqlite_url_of
from tests.store import samples

pytest_plugins = ["tests.store.fixtures"]

CHECKOUT = Path(__file__).parents[2]

NEWEST = schema.REVISION
NEXT = f"{int(NEWEST) + 1:04}"

LATER = f'''"""A table that a later version might bring."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{NEWEST}"


def upgrade() -> None:
    """Add a table, and a column in a table that has rows."""
    op.create_table("notes", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("runs") as runs:
        runs.add_column(sa.Column("note", sa.Text()))
'''


def test_the_tables_after_migrating_are_those_of_the_code(empty_url: str) -> None:
    connections = connect(empty_url)
    assert migration.upgrade(connections)[:2] == (None, schema.REVISION)
    with connections.write() as connection:
        command.check(migration.alembic_config(connection))
    connections.close()


def test_every_constraint_has_the_name_of_the_convention(url: str) -> None:
    connections = connect(url)
    with connections.read() as connection:
        inspector = sa.inspect(connection)
        for table in schema.TABLES:
            # SQLite keeps no name for a key that it counts up itself.
            counted = connection.dialect.name == "sqlite" and bool(table.dialect_kwargs)
            name = None if counted else f"pk_{table.name}"
            assert inspector.get_pk_constraint(table.name)["name"] == name
            for key in inspector.get_foreign_keys(table.name):
                assert key["name"] == f"fk_{table.name}_{key['constrained_columns'][0]}"
    connections.close()


def test_revisions_are_numbered_in_one_line(tmp_path: Path) -> None:
    connections = connect(sqlite_url_of(tmp_path / "x.db"))
    migration.upgrade(connections)
    with connections.read() as connection:
        scripts = ScriptDirectory.from_config(migration.alembic_config(connection))
    connections.close()
    revisions = [script.revision for script in scripts.walk_revisions()]
    assert revisions == [f"{number:04}" for number in range(len(revisions), 0, -1)]
    assert scripts.get_heads() == [schema.REVISION]


def test_upgrading_twice_does_nothing(url: str) -> None:
    connections = connect(url)
    assert migration.upgrade(connections) == (schema.REVISION, schema.REVISION, None)
    connections.close()


@pytest.fixture
def later_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that is one schema ahead."""
    folder = tmp_path / "later"
    (folder / "versions").mkdir(parents=True)
    for file in (CHECKOUT / "migrations").glob("**/*.py"):
        (folder / file.relative_to(CHECKOUT / "migrations")).write_bytes(file.read_bytes())
    (folder / "versions" / f"{NEXT}_notes.py").write_text(LATER)
    monkeypatch.setattr(migration, "migrations_folder", lambda: folder)
    monkeypatch.setattr(schema, "REVISION", NEXT)


def test_an_older_database_is_refused_until_it_is_upgraded(
    url: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if url.startswith("postgresql"):
        # One of its own: others take turns in using this one.
        from tests.store.databases import migrated, new_postgresql_database

        url = migrated(new_postgresql_database(request.getfixturevalue("postgresql")))
    finding = samples.finding()
    with Store.open(url) as store:
        store.record(store.begin_run(samples.run()), samples.article(), finding)
    request.getfixturevalue("later_version")
    with pytest.raises(
        DatabaseError, match=rf"older schema \({NEWEST}, needed is {NEXT}\): run `provenance db upgrade`"
    ):
        Store.open(url)
    connections = connect(url)
    before, after, copy = migration.upgrade(connections)
    connections.close()
    assert (before, after) == (NEWEST, NEXT)
    with Store.open(url) as store:
        assert list(store.findings()) == [samples.without_bodies(finding)]
    if url.startswith("sqlite"):
        assert copy == tmp_path / f"database.db.schema-{NEWEST}"
        request.getfixturevalue("monkeypatch").undo()
        with Store.open(sqlite_url_of(copy)) as store:
            assert list(store.findings()) == [samples.without_bodies(finding)]
    else:
        assert copy is None


def test_a_newer_database_is_refused_and_left_alone(url: str) -> None:
    connections = connect(url)
    with connections.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0099'"))
    try:
        for use in (lambda: Store.open(url), lambda: migration.upgrade(connections)):
            with pytest.raises(DatabaseError, match=r"newer version .*schema 0099.*pip install --upgrade"):
                use()
    finally:
        with connections.write() as connection:
            connection.execute(
                sa.text("UPDATE alembic_version SET version_num = :own"), {"own": schema.REVISION}
            )
        connections.close()


def test_a_migration_that_fails_changes_nothing(
    request: pytest.FixtureRequest, engine: str, empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connections = connect(empty_url)
    migration.upgrade(connections)
    request.getfixturevalue("later_version")
    later = migration.migrations_folder() / "versions" / f"{NEXT}_notes.py"
    later.write_text(LATER + "    raise RuntimeError('in the middle')\n")
    with pytest.raises(RuntimeError, match="in the middle"):
        migration.upgrade(connections)
    with connections.read() as connection:
        assert migration.revision_of(connection) == NEWEST
        assert not sa.inspect(connection).has_table("notes")
    connections.close()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it would be published, built from a copy of what it is made of."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    import shutil

    for name in ("provenance", "migrations"):
        shutil.copytree(CHECKOUT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(CHECKOUT / name, source / name)
    (source / "README.md").write_text("# provenance\n")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)],
        cwd=source,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (built,) = target.glob("*.whl")
    return built


def test_the_wheel_carries_the_migrations(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    shipped = {name.removeprefix("provenance/_migrations/") for name in names if "_migrations/" in name}
    there = {
        path.relative_to(CHECKOUT / "migrations").as_posix()
        for path in (CHECKOUT / "migrations").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert shipped == there
    assert not any(name.startswith("migrations/") for name in names)


def test_db_upgrade_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "site packages 100%"
    zipfile.ZipFile(wheel).extractall(installed)
    place = tmp_path / "new.db"
    program = (
        f"import sys; sys.path.insert(0, {str(installed)!r}); import provenance; "
        f"assert provenance.__file__.startswith({str(installed)!r}); "
        "from provenance.cli.db import database; "
        f"sys.exit(database.main(['upgrade', '--db', {sqlite_url_of(place)!r}], standalone_mode=False))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert f"made, schema {schema.REVISION}" in done.stdout
    with Store.open(sqlite_url_of(place)) as store:
        assert list(store.findings()) == []
