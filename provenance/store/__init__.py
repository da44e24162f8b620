"""Door to the database: schema, rows, facts in, queries out."""

from provenance.store.location import sqlite_url_in
from provenance.store.store import Store

__all__ = ["Store", "sqlite_url_in"]
