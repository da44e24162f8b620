"""Opening a database: where it is, who may read it, and what is said when it cannot be used."""

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import textwrap
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from provenance.model.errors import ProvenanceError, UsageError
from provenance.store import Store, connections, sqlite_url_in
from provenance.store.errors import DatabaseError
from provenance.store.location import sqlite_url_of
from tests.store import samples

pytest_plugins = ["tests.store.fixtures"]

CHECKOUT = Path(__file__).parents[2]
POSIX = pytest.mark.skipif(os.name != "posix", reason="files have no modes on this system")


def in_one_line(message: str) -> bool:
    """Whether an error is one line that says where to go on."""
    return "\n" not in message and len(message) < 600


class TestPlace:
    """`sqlite_url_in`."""

    @pytest.mark.parametrize("name", ["vault", "a b", "100%", "что", "q?x#y&z=1", "-", "it's"])
    def test_any_folder_name(self, tmp_path: Path, name: str) -> None:
        folder = tmp_path / name
        folder.mkdir()
        with Store.open(sqlite_url_in(folder)) as store:
            store.begin_run(samples.run())
        with Store.open(sqlite_url_in(folder), read_only=True) as store:
            assert store.last_run() == samples.run()
        assert {path.name for path in folder.iterdir()} == {".provenance"}

    def test_the_folder_is_kept_out_of_version_control(self, tmp_path: Path) -> None:
        sqlite_url_in(tmp_path)
        sqlite_url_in(tmp_path)
        assert (tmp_path / ".provenance" / ".gitignore").read_bytes().strip() == b"*"

    @POSIX
    def test_nobody_else_may_read_it(self, tmp_path: Path) -> None:
        before = os.umask(0)
        try:
            with Store.open(sqlite_url_in(tmp_path)) as store:
                store.begin_run(samples.run())
                files = list((tmp_path / ".provenance").glob("provenance.db*"))
                assert len(files) == 3
                assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        finally:
            os.umask(before)
        assert stat.S_IMODE((tmp_path / ".provenance").stat().st_mode) == 0o700

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(DatabaseError, match="--db") as raised:
            sqlite_url_in(tmp_path / "nowhere")
        assert in_one_line(str(raised.value))


class TestWhatCannotBeUsed:
    """Each with a message that says what to do."""

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "vault.db",
            "sqlite://",
            "sqlite:///:memory:",
            "mysql://u@h/n",
            "postgresql+psycopg2://h/n",
            "::",
        ],
    )
    def test_urls_that_name_no_database(self, url: str) -> None:
        with pytest.raises(UsageError) as raised:
            Store.open(url)
        assert in_one_line(str(raised.value))

    def test_a_password_is_never_shown(self) -> None:
        with pytest.raises(DatabaseError) as raised:
            Store.open("postgresql://me:sesame@127.0.0.1:1/none")
        assert "sesame" not in str(raised.value)
        assert "127.0.0.1" in str(raised.value)
        assert in_one_line(str(raised.value))

    def test_a_missing_driver(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "psycopg", None)
        with pytest.raises(DatabaseError, match=r"pip install 'source-provenance\[postgresql\]'"):
            Store.open("postgresql://me@127.0.0.1/none")

    def test_a_folder_that_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(DatabaseError, match="there is no folder"):
            Store.open(sqlite_url_of(tmp_path / "nowhere" / "x.db"))

    def test_a_folder_in_place_of_a_file(self, tmp_path: Path) -> None:
        with pytest.raises(DatabaseError, match="cannot be opened"):
            Store.open(sqlite_url_of(tmp_path))

    def test_a_file_that_is_no_database(self, tmp_path: Path) -> None:
        file = tmp_path / "notes.md"
        file.write_text("# Notes\n" * 1000)
        with pytest.raises(DatabaseError, match="is not an SQLite database"):
            Store.open(sqlite_url_of(file))
        assert file.read_text() == "# Notes\n" * 1000

    def test_a_damaged_file(self, tmp_path: Path) -> None:
        file = tmp_path / "x.db"
        with Store.open(sqlite_url_of(file)) as store:
            for number in range(50):
                store.record(store.begin_run(samples.run()), None, samples.unreadable(f"{number}.md"))
        content = bytearray(file.read_bytes())
        content[4096 * 2 : -4096] = b"\xaa" * (len(content) - 4096 * 3)
        file.write_bytes(content)
        with pytest.raises(DatabaseError, match=r"is damaged|is not an SQLite"):
            list(Store.open(sqlite_url_of(file)).findings())

    def test_another_programs_database(self, tmp_path: Path) -> None:
        file = tmp_path / "x.db"
        with closing(sqlite3.connect(file)) as other:
            other.execute("CREATE TABLE recipes (name TEXT)")
        with pytest.raises(DatabaseError, match="belongs to another program"):
            Store.open(sqlite_url_of(file))
        with closing(sqlite3.connect(file)) as other:
            assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]

    @pytest.mark.postgresql
    def test_postgresql_gets_its_tables_from_db_upgrade(self, postgresql: sa.URL) -> None:
        from tests.store.databases import new_postgresql_database

        url = new_postgresql_database(postgresql)
        with pytest.raises(DatabaseError, match="no tables yet: run `provenance db upgrade`"):
            Store.open(url)

    @pytest.mark.postgresql
    def test_a_postgresql_user_without_the_right_to_write(self, postgresql: sa.URL) -> None:
        from tests.store.databases import migrated, new_postgresql_database

        owned = sa.make_url(migrated(new_postgresql_database(postgresql)))
        owner = sa.create_engine(owned)
        with owner.begin() as connection:
            connection.execute(sa.text("CREATE ROLE reader LOGIN"))
            connection.execute(sa.text("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader"))
        owner.dispose()
        url = owned.set(username="reader").render_as_string(hide_password=False)
        with Store.open(url, read_only=True) as store:
            assert list(store.findings()) == []
        with pytest.raises(DatabaseError, match="refuses its user") as raised:
            Store.open(url)
        assert in_one_line(str(raised.value))

    def test_reading_a_database_that_is_not_there_makes_none(self, tmp_path: Path) -> None:
        with pytest.raises(DatabaseError, match="there is no database"):
            Store.open(sqlite_url_of(tmp_path / "x.db"), read_only=True)
        assert list(tmp_path.iterdir()) == []

    def test_a_database_that_another_program_holds(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        url = sqlite_url_of(tmp_path / "x.db")
        Store.open(url).close()
        monkeypatch.setattr(connections, "LOCK_SECONDS", 0.1)
        with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(DatabaseError, match="held by another program"):
                Store.open(url)
            # Reading goes on.
            with Store.open(url, read_only=True) as store:
                assert list(store.findings()) == []

    def test_read_only_refuses_to_write(self, url: str) -> None:
        with Store.open(url, read_only=True) as store, pytest.raises(DatabaseError, match="read only"):
            store.begin_run(samples.run())


AS_NOBODY = """
    import os, sys
    sys.path.insert(0, {checkout!r})
    from pathlib import Path
    from provenance.model.errors import ProvenanceError
    from provenance.store import Store, sqlite_url_in
    from provenance.store.location import sqlite_url_of
    # All that is imported late is imported now: nobody may not be allowed to read the interpreter.
    Store.open({own!r}).close()
    if os.getuid() == 0:
        os.setgid(65534); os.setuid(65534)
    for attempt in (
        lambda: Store.open(sqlite_url_in(Path({empty!r}))),
        lambda: Store.open(sqlite_url_of(Path({empty!r}) / "x.db")),
        lambda: Store.open(sqlite_url_in(Path({full!r}))),
    ):
        try:
            attempt()
            print("opened")
        except ProvenanceError as error:
            print(error)
    with Store.open(sqlite_url_in(Path({full!r})), read_only=True) as store:
        print([finding.path for finding in store.findings()])
"""


@POSIX
@pytest.mark.parametrize("leave_open", [False, True])
def test_a_read_only_vault(leave_open: bool, tmp_path: Path) -> None:
    """What is there can be read; what would be written is refused, with a word on --db."""
    # Not below pytest's own folder, which nobody else may enter.
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        empty, full = top / "empty", top / "full"
        empty.mkdir()
        full.mkdir()
        store = Store.open(sqlite_url_in(full))
        store.record(store.begin_run(samples.run()), None, samples.unreadable())
        if not leave_open:
            store.close()
        home = full / ".provenance"
        for path in home.iterdir():
            path.chmod(0o444)
        for path in (empty, home, full, top):
            path.chmod(0o555)
        program = textwrap.dedent(AS_NOBODY).format(
            checkout=str(CHECKOUT), own=sqlite_url_of(tmp_path / "own.db"), empty=str(empty), full=str(full)
        )
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
        )
        for path in (top, full, home, empty):
            path.chmod(0o755)
        store.close()
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert len(said) == 4, said
    assert all("--db" in line and in_one_line(line) for line in said[:3]), said
    assert said[3] == "['vault/broken.md']"


def test_errors_are_the_projects_own() -> None:
    assert issubclass(DatabaseError, ProvenanceError)
