"""What goes wrong with a database, in one line a person can act on."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from provenance.model.errors import ProvenanceError


class DatabaseError(ProvenanceError):
    """The database cannot be used: says which, why, and what to do next."""


# What SQLite says (sqlite3 gives no stable classes for these), and what it means for a person.
_SQLITE_MEANINGS = (
    ("locked", "is held by another program: wait until it has finished, then run this again"),
    ("readonly", "is in a read-only place: name a place you may write to with --db sqlite:///PATH"),
    (
        "unable to open",
        "cannot be opened or created there: check the folder and its permissions, or name another "
        "place with --db sqlite:///PATH",
    ),
    ("disk is full", "cannot grow, the disk is full: free some space, then run this again"),
    ("not a database", "is not an SQLite database: name another file with --db sqlite:///PATH"),
    (
        "malformed",
        "is damaged: `provenance db verify` lists what is lost; restore a copy of the file, or put it "
        "aside and run the work again",
    ),
    ("disk i/o", "cannot be read or written, the disk reports an error: check the disk"),
)

# PostgreSQL's code (SQLSTATE) for a user who lacks a right.
_INSUFFICIENT_PRIVILEGE = "42501"


@contextmanager
def plain_errors(place: str) -> Iterator[None]:
    """Turn what the engine says of the database at `place` into a DatabaseError.

    Errors that only a mistake in this program can cause (a statement that does not fit the
    tables, a broken constraint) pass unchanged.
    """
    try:
        yield
    except (sa.exc.IntegrityError, sa.exc.ProgrammingError, sa.exc.DataError) as error:
        if getattr(error.orig, "sqlstate", None) != _INSUFFICIENT_PRIVILEGE:
            raise
        raise DatabaseError(
            f"the database {place} refuses its user: {_in_one_line(error.orig)}; "
            "have its owner grant the right, or name another user with --db"
        ) from error
    except (sa.exc.DBAPIError, sqlite3.DatabaseError) as error:
        cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        raise DatabaseError(_sentence(place, cause)) from error


def _sentence(place: str, cause: BaseException | None) -> str:
    said = _in_one_line(cause)
    if isinstance(cause, sqlite3.Error):
        for sign, meaning in _SQLITE_MEANINGS:
            if sign in said.lower():
                return f"the database {place} {meaning}"
    return f"the database {place} cannot be used: {said}; check the --db URL and that its server runs"


def _in_one_line(cause: BaseException | None) -> str:
    return " ".join(str(cause).split())[:300]
