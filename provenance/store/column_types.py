"""Column types that keep a value as it is on every engine: any text, JSON, times in UTC."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

# PostgreSQL refuses U+0000 in text and no engine takes a lone surrogate (what Python makes of a
# file name that is not UTF-8). They are written as U+001A SUBSTITUTE and four hexadecimal
# digits; U+001A itself likewise, so that reading back is exact.
_MARK = "\x1a"
_UNSTORABLE = re.compile("[\x00\x1a\ud800-\udfff]")
_WRITTEN = re.compile(_MARK + "([0-9a-f]{4})")


def storable(text: str) -> str:
    """`text` without a character that an engine refuses; `original` gives it back."""
    return _UNSTORABLE.sub(lambda found: f"{_MARK}{ord(found[0]):04x}", text)


def original(stored: str) -> str:
    """The text that `storable` was given."""
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), stored)


class AnyText(sa.types.TypeDecorator[str]):
    """Text of any code points, U+0000 and lone surrogates included, read back exactly."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        """Write what an engine refuses in its stand-in form."""
        return None if value is None else storable(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        """Give back the text as it was."""
        return None if value is None else original(value)


class Json(sa.types.TypeDecorator[Any]):
    """Lists, mappings, text and numbers as JSON text (readable by hand, the same on every engine)."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        """Write compact JSON."""
        if value is None:
            return None
        return storable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:  # noqa: ARG002
        """Read JSON."""
        return None if value is None else json.loads(original(value))


class UtcTime(sa.types.TypeDecorator[datetime]):
    """A moment. Refuses a time without a zone (ValueError) and gives back UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Write UTC; SQLite keeps no zone, so it is given none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone is no moment: {value.isoformat()}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """Read as UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
