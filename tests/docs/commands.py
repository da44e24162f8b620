"""`docs/reference/commands.md`, made from the program's own help.

Run `python -m tests.docs.commands` after changing a command or an option.
"""

from collections.abc import Iterator
from pathlib import Path

import click

from provenance.cli.program import program

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"
_HEAD = """\
# Commands and options

Made from the program's help by `python -m tests.docs.commands`; a test keeps it true.
How a run ends: see [errors](errors.md).

**PATH** is a file or a folder (a *vault*): Markdown with front matter, plain text, saved HTML, WARC or WACZ,
or a `.jsonl` corpus with one article a line. Files named README, LICENSE, CHANGELOG, CONTRIBUTING or index,
and files that hold links only, are articles only where their front matter names an address or an archive
link. What is passed over is listed with the reason.

**The database** lies in `.provenance/` in the nearest folder at or above PATH that has one, or a
`provenance.toml` or `.obsidian`; else in PATH (a file's folder; for several PATHs their common folder).

Only `check` and `verify` ever open a connection.
"""


def commands(
    command: click.Command = program, name: str = "provenance", parent: click.Context | None = None
) -> Iterator[click.Context]:
    """Every command in the context it is called in, groups before what is in them."""
    settings = {"max_content_width": 90, "terminal_width": 90, **command.context_settings}
    context = click.Context(command, parent=parent, info_name=name, **settings)
    yield context
    if isinstance(command, click.Group):
        for short in sorted(command.commands):
            yield from commands(command.commands[short], short, context)


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for context in commands():
        lines = (line.rstrip() for line in context.get_help().splitlines())
        parts.append(f"\n## `{context.command_path}`\n\n```text\n" + "\n".join(lines) + "\n```\n")
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
