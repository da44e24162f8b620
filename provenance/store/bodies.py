"""Bodies: bytes as they were captured or saved, each kept once under its sha256."""

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from provenance.store import schema

# zlib's own default gains 3 % on news pages over this level and takes more than twice as long.
COMPRESSION_LEVEL = 3

# Keys asked for in one statement (SQLite's limit is 32,766 values, PostgreSQL's 65,535).
BATCH = 500


class DamagedBody(Exception):
    """What is stored under a sha256 is not what has that sha256. The message says how it shows."""


def digest(body: bytes) -> str:
    """The sha256 of a body, in lower-case hexadecimal digits."""
    return hashlib.sha256(body).hexdigest()


def rows_of(bodies: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Rows for `bodies` (by their sha256), compressed where that makes them smaller."""
    rows = []
    for sha256, body in sorted(bodies.items()):
        packed = zlib.compress(body, COMPRESSION_LEVEL)
        coding, content = ("zlib", packed) if len(packed) < len(body) else ("identity", body)
        rows.append({"sha256": sha256, "length": len(body), "coding": coding, "content": content})
    return rows


def unpack(sha256: str, length: int, coding: str, content: object) -> bytes:
    """The body of one row, checked. Raises DamagedBody where it is not what its sha256 says."""
    if not isinstance(content, bytes):
        # SQLite keeps what it is given, whatever the column is said to hold.
        raise DamagedBody("what is stored is no sequence of bytes")
    if coding == "zlib":
        # One byte more than expected is enough to see that it is too long; never a bomb.
        try:
            body = zlib.decompressobj().decompress(content, length + 1)
        except zlib.error as error:
            raise DamagedBody("the stored bytes cannot be decompressed") from error
    else:
        body = content
    if len(body) != length:
        raise DamagedBody(f"{length} bytes were stored and {len(body)} are there")
    found = digest(body)
    if found != sha256:
        raise DamagedBody(f"the stored bytes have the sha256 {found}")
    return body


def load(connection: sa.Connection, sha256: str) -> bytes:
    """The body with that sha256, checked. Raises DamagedBody, also where there is none."""
    row = connection.execute(sa.select(schema.bodies).where(schema.bodies.c.sha256 == sha256)).first()
    if row is None:
        raise DamagedBody("nothing is stored")
    return unpack(row.sha256, row.length, row.coding, row.content)


def missing(connection: sa.Connection, wanted: Iterable[str]) -> set[str]:
    """Which of the sha256 values have no body yet."""
    lacking = set(wanted)
    ordered = sorted(lacking)
    for at in range(0, len(ordered), BATCH):
        known = sa.select(schema.bodies.c.sha256).where(schema.bodies.c.sha256.in_(ordered[at : at + BATCH]))
        lacking.difference_update(connection.scalars(known))
    return lacking
