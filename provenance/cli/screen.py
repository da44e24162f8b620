"""The terminal: its width and colours, and how far a run has come (on standard error)."""

import sys
from typing import Self

from rich.console import Console
from rich.progress import Progress as Bars
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

# What is written to a file or a pipe has one width, so that it is the same on every machine.
WIDTH_ELSEWHERE = 100
# Control characters in a path would reach the terminal.
_PATH_SHOWN = 60


def screen() -> tuple[int, bool]:
    """Width of standard output in cells, and whether it may be coloured (NO_COLOR is heeded)."""
    console = Console(file=sys.stdout)
    if not console.is_terminal:
        return WIDTH_ELSEWHERE, False
    return console.width, console.color_system is not None and not console.legacy_windows


class Progress:
    """A line on standard error that counts articles; nothing where that is no terminal."""

    def __init__(self, verb: str) -> None:
        console = Console(stderr=True)
        self._bars = Bars(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._verb = verb
        self._task = self._bars.add_task(f"{verb}: reading", total=None)

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def article(self, done: int, path: str) -> None:
        """Tell that `done` articles are done, the last of them at `path`."""
        shown = "".join(letter if letter.isprintable() else "?" for letter in path)[-_PATH_SHOWN:]
        self._bars.update(self._task, completed=done, description=f"{self._verb}: {done} done, {shown}")

    def end(self) -> None:
        """Take the line away, before the report is written."""
        self._bars.stop()
