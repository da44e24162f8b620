"""`provenance db`: look after the database."""

import click

from provenance.cli.options import DATABASE, DEBUG, all_of

PATHS = click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True))
WHICH = all_of(PATHS, DATABASE, DEBUG)

SOMETHING_TO_DO = 1


@click.group("db")
def database() -> None:
    """Upgrade, describe and verify the database.

    Without --db it is the one of the vault at PATH (default: the current folder).
    """


@database.command()
@WHICH
def upgrade(paths: tuple[str, ...], database: str | None) -> int:
    """Bring the database to the schema that this version needs.

    An SQLite file is copied first, to a file beside it. A database that is not there yet is made.
    """
    from provenance.pipeline.database import upgraded

    click.echo(upgraded(paths or (".",), database))
    return 0


@database.command()
@WHICH
def current(paths: tuple[str, ...], database: str | None) -> int:
    """Show the database's schema; exit with 1 where it is not the one that this version needs."""
    from provenance.pipeline.database import current as state

    line, is_newest = state(paths or (".",), database)
    click.echo(line)
    return 0 if is_newest else SOMETHING_TO_DO


@database.command()
@WHICH
def info(paths: tuple[str, ...], database: str | None) -> int:
    """Show where the database is, its last run, and how much is in it."""
    from provenance.pipeline.database import information

    for line in information(paths or (".",), database):
        click.echo(line)
    return 0


@database.command()
@WHICH
def verify(paths: tuple[str, ...], database: str | None) -> int:
    """Check that everything stored is still what was written.

    Takes the sha256 of every body again and has the engine check its own structures. Lists what
    does not agree and exits with 1 where anything does not.
    """
    from provenance.pipeline.database import verified

    found = 0
    for fault in verified(paths or (".",), database):
        click.echo(fault)
        found += 1
    click.echo(f"{found} faults found" if found else "everything stored is as it was written")
    return SOMETHING_TO_DO if found else 0
