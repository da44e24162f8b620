"""Where a report is written: a file, or standard output."""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from provenance.model.errors import UsageError
from provenance.report import Contents, is_report, render, schema
from provenance.report.own import ENOUGH
from provenance.report.words import answer


def check_output(output: str | None, paths: Sequence[str]) -> None:
    """Refuse, before any work, to write a report where it cannot stand or over a user's own file.

    Raises UsageError.
    """
    if output is None:
        return
    if not output:
        raise UsageError("-o names no file")
    target = Path(output)
    if target.is_dir():
        raise UsageError(f"{output} is a folder: name a file in it with -o")
    if not target.absolute().parent.is_dir():
        raise UsageError(f"{output} cannot be written: there is no folder {target.parent}")
    if target.is_file() and _below(target, paths) and not _is_a_report(target):
        raise UsageError(f"{output} is a file of the vault and no earlier report: name another with -o")


def write_report(
    contents: Contents, form: str, output: str | None, *, width: int = 100, colour: bool = False
) -> None:
    """Render to the file `output` (UTF-8), or to standard output. Raises UsageError where that fails."""
    write_pieces(render(contents, form, width=width, colour=colour and output is None), output)


def write_pieces(pieces: Iterable[str], output: str | None) -> None:
    """Write to the file `output` (UTF-8), or to standard output. Raises UsageError where that fails."""
    if output is None:
        try:
            for piece in pieces:
                sys.stdout.write(piece)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read along (`| head`) has seen enough. What Python would still flush at its
            # end goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    try:
        with Path(output).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
    except OSError as error:
        raise UsageError(
            f"the report cannot be written to {output} ({error.strerror}): name another file with -o"
        ) from error


def summary(contents: Contents) -> str:
    """What the run found, in one sentence."""
    return answer(contents.tally)


def schema_text(name: str) -> str:
    """The JSON Schema called `name`. Raises UsageError for a name that there is none of."""
    return json.dumps(schema(name), indent=2)


def _below(target: Path, paths: Sequence[str]) -> bool:
    place = target.resolve()
    return any(place == Path(path).resolve() or place.is_relative_to(Path(path).resolve()) for path in paths)


def _is_a_report(file: Path) -> bool:
    try:
        with file.open(encoding="utf-8", errors="replace") as opened:
            return is_report(opened.read(ENOUGH))
    except OSError:
        return False
