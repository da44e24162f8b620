"""Runs the migrations, and compares them with the tables of `provenance.store.schema`.

The program hands over its open connection. A developer names a database instead:
`alembic -x url=sqlite:///scratch.db revision --autogenerate -m "noun"`.
"""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from provenance.store import schema


def render_type(kind: str, value: Any, _: Any) -> str | Literal[False]:
    """Write the project's own column types as the plain types beneath them: a migration never changes."""
    if kind == "type" and isinstance(value, sa.types.TypeDecorator):
        return (
            f"sa.{value.impl!r}"
            if isinstance(value.impl, sa.DateTime)
            else f"sa.{type(value.impl).__name__}()"
        )
    return False


def migrate(connection: sa.Connection) -> None:
    """Run in the transaction that `connection` is in."""
    context.configure(
        connection=connection,
        target_metadata=schema.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_type,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    address = context.get_x_argument(as_dictionary=True)["url"]
    with sa.create_engine(address, poolclass=sa.NullPool).begin() as own:
        migrate(own)
