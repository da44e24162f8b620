"""The folder that a database lives in by default."""

from pathlib import Path

import sqlalchemy as sa

from provenance.store.errors import DatabaseError

FOLDER = ".provenance"
FILE = "provenance.db"


def sqlite_url_in(folder: Path) -> str:
    """URL of the SQLite file in `folder/.provenance/`.

    Creates that folder, for its owner only and with a `.gitignore` that keeps it out of
    version control; the file is made when a Store opens it. Raises DatabaseError where the
    folder cannot be made.
    """
    home = folder / FOLDER
    try:
        home.mkdir(mode=0o700, exist_ok=True)
        ignore = home / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="ascii")
    except OSError as error:
        # In a read-only vault an existing database can still be read.
        if not (home / FILE).exists():
            raise DatabaseError(
                f"no database can be kept in {home} ({error.strerror}): "
                "name a place you may write to with --db sqlite:///PATH"
            ) from error
    return sqlite_url_of(home / FILE)


def sqlite_url_of(file: Path) -> str:
    """The URL that names the SQLite file `file`."""
    try:
        return sa.URL.create("sqlite", database=str(file)).render_as_string(hide_password=False)
    except UnicodeEncodeError as error:
        raise DatabaseError(
            f"no database can be kept in {str(file.parent)!r}, whose name is not UTF-8: "
            "name another place with --db sqlite:///PATH"
        ) from error
