"""The program `provenance`: its commands, and how each kind of failure ends it."""

import os
import sys
import traceback
from collections.abc import Sequence

import click

from provenance import __version__
from provenance.cli.articles import check, cite, report, verify
from provenance.cli.db import database
from provenance.cli.outlets import outlets
from provenance.cli.reuse import reuse
from provenance.cli.schema import schema
from provenance.cli.trace import trace
from provenance.model.errors import ProvenanceError

WRONG_USAGE = 2
OUR_BUG = 3
INTERRUPTED = 130
DEBUG_VARIABLE = "PROVENANCE_DEBUG"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="provenance")
def program() -> None:
    """Check that archived copies of news articles hold what you saved, and trace which outlet a
    story comes from.

    Exit codes: 0 all well; 1 something needs a person (a copy differs, shows something else or is
    not there, or a file is unreadable); 4 something could not be checked; 2 the command cannot be
    carried out as given; 3 a bug in provenance; 130 interrupted.
    """


for command in (check, verify, cite, reuse, trace, report, outlets, database, schema):
    program.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and give its exit code; `arguments` are those of the command line if None."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _write_any_character()
    try:
        result = program.main(given, prog_name="provenance", standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        return WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted: run the same command again to go on; what was done is recorded")
        return INTERRUPTED
    except ProvenanceError as error:
        _say(str(error))
        return getattr(error, "exit_code", WRONG_USAGE)
    except Exception as bug:
        return _our_bug(bug, debug="--debug" in given or bool(os.environ.get(DEBUG_VARIABLE)))
    return result if isinstance(result, int) else 0


def _our_bug(bug: Exception, *, debug: bool) -> int:
    if debug:
        traceback.print_exception(bug)
    frame = traceback.extract_tb(bug.__traceback__)[-1]
    place = f"{os.path.basename(frame.filename)}:{frame.lineno}"  # noqa: PTH119
    how = "report it with the traceback above" if debug else "run it again with --debug and report it"
    notes = "".join(f", {note}" for note in getattr(bug, "__notes__", ()))
    what = f"{type(bug).__name__}: {bug} ({place}{notes})"
    _say(f"this is a bug in provenance, not in your files: {what}; {how}")
    return OUR_BUG


def _say(text: str) -> None:
    line = " ".join(text.split())
    click.echo("provenance: " + "".join(each if each.isprintable() else "?" for each in line), err=True)


def _write_any_character() -> None:
    """Let no title or path break the output of a terminal or pipe that cannot show its letters."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = None if stream.isatty() else "utf-8"
            reconfigure(encoding=encoding, errors="backslashreplace")
