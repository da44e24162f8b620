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
"""


def commands(
    command: click.Command = program, name: str = "provenance"
) -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, groups before what is in them."""
    yield name, command
    if isinstance(command, click.Group):
        for short in sorted(command.commands):
            yield from commands(command.commands[short], f"{name} {short}")


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for name, command in commands():
        context = click.Context(command, info_name=name, max_content_width=90, terminal_width=90)
        help_text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        parts.append(f"\n## `{name}`\n\n```text\n{help_text}\n```\n")
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
