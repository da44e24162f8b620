"""docs/reference/database.md says what is there."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from provenance.cli.db import database
from provenance.store import Store, schema
from provenance.store.location import sqlite_url_of
from tests.store import samples

TEXT = (Path(__file__).parents[2] / "docs" / "reference" / "database.md").read_text(encoding="utf-8")


def test_every_table_is_described_and_no_other() -> None:
    lines = TEXT.split("| table | one row is |")[1].split("\n\n")[0].splitlines()
    first_cells = [line.split("|")[1] for line in lines if line.startswith("| ")]
    named = {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)}
    assert named == {table.name for table in schema.TABLES}


def test_every_command_is_described() -> None:
    for name in database.commands:
        assert f"`provenance db {name} " in TEXT


def test_the_example_query_answers(tmp_path: Path) -> None:
    with Store.open(sqlite_url_of(tmp_path / "x.db")) as store:
        store.record(store.begin_run(samples.run()), samples.article(), samples.finding())
    (query,) = re.findall(r"```sql\n(.*?)```", TEXT, re.DOTALL)
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        assert connection.execute(query).fetchall() == [("vault/ferry.md", "ten", "nine")]
