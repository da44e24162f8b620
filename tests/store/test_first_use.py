"""What happens when a new SQLite file is opened for the first time."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from provenance.store.migration import _write_ahead


def test_several_programs_may_change_a_new_file_at_once(tmp_path: Path) -> None:
    # SQLite answers "locked" at once, in about one of twenty such races, whatever the time limit.
    def written_ahead(file: Path) -> str:
        _write_ahead(file, str(file))
        with closing(sqlite3.connect(file)) as connection:
            return str(connection.execute("PRAGMA journal_mode").fetchone()[0])

    with ThreadPoolExecutor(4) as programs:
        for number in range(100):
            file = tmp_path / f"{number}.db"
            file.touch()
            assert list(programs.map(written_ahead, [file] * 4)) == ["wal"] * 4
