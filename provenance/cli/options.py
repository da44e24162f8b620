"""Options that mean the same everywhere."""

from collections.abc import Callable
from typing import Any

import click

Command = Callable[..., Any]

PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True))
CAPTURES = click.option(
    "--captures",
    multiple=True,
    metavar="SOURCE",
    help="Where captures come from: wayback (default), none (only what the database holds), an "
    "http(s)://HOST/COLLECTION/ that replays captures, or a .warc, .warc.gz or .wacz file or a folder "
    "of them. May be given more than once; sources are tried in order.",
)
PROXY = click.option("--proxy", metavar="URL", help="Proxy to reach archives through.")
DATABASE = click.option(
    "--db",
    "database",
    metavar="URL",
    help="Database, as an SQLAlchemy URL. Default: an SQLite file in .provenance/ of the vault.",
)
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "markdown", "html"]),
    default="text",
    show_default=True,
    help="Form of the report.",
)
OUTPUT = click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write the report to FILE.",
    callback=lambda _context, _option, file: None if file == "-" else file,
)
STRICT = click.option(
    "--strict", is_flag=True, help="Exit with 1 for missing archive links and problems in files too."
)
JOBS = click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    help="Articles worked on at a time. An archive is never asked faster for it.",
)
DEBUG = click.option(
    "--debug", is_flag=True, expose_value=False, help="Show the traceback where the program has a bug."
)


def all_of(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """The given options in the order in which help shows them."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate
