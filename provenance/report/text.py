"""The report as text for a terminal or a pager."""

import io
from collections.abc import Iterable, Iterator

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from provenance.model.finding import Run
from provenance.report.contents import Contents
from provenance.report.elements import (
    Answer,
    Aside,
    Change,
    Credits,
    Element,
    Evidence,
    Heading,
    Line,
    Passage,
    Row,
    Rows,
    Subject,
)
from provenance.report.neutral import neutral
from provenance.report.outline import outline

# Narrower than this nothing can be laid out in columns.
NARROWEST = 60
_STYLES = {
    "holds": "green",
    "differs": "bold red",
    "other": "bold red",
    "unavailable": "red",
    "unreadable": "bold red",
    "unchecked": "yellow",
    "unlinked": "dim",
}
_VERDICT_WIDTH = max(len(verdict) for verdict in _STYLES)
_SENTENCES_WIDTH = 9


def render_text(contents: Contents, *, width: int = 100, colour: bool = False) -> Iterator[str]:
    """The report in pieces; `width` is in terminal cells, `colour` puts ANSI styles in."""
    screen = _Screen(max(width, NARROWEST), colour)
    for element in outline(contents):
        if isinstance(element, Rows):
            yield from _rows(screen, element, contents)
        else:
            yield screen.drawn(_lines(element))


class _Screen:
    """Turns styled lines into text of one width."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width = width
        self._out = io.StringIO()
        self._console = Console(
            file=self._out,
            width=width,
            force_terminal=colour,
            color_system="standard" if colour else None,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def drawn(self, lines: Iterable[tuple[int, Text]]) -> str:
        """Lines with their indents, wrapped (never inside a word that fits on a line)."""
        for indent, line in lines:
            if line.overflow == "ignore":
                self._console.print(Text(" " * indent) + line, soft_wrap=True)
            else:
                self._console.print(Padding(line, (0, 0, 0, indent)) if indent else line)
        text = self._out.getvalue()
        self._out.seek(0)
        self._out.truncate()
        # Padding fills lines up with blanks, which would be carried along when a person copies text.
        return "".join(line.rstrip(" ") + "\n" for line in text.splitlines())


def _rows(screen: _Screen, rows: Rows, contents: Contents) -> Iterator[str]:
    root = _root(contents.run)
    shown = (neutral(each.path.removeprefix(root)) for each in contents.findings)
    longest = max(map(cell_len, shown), default=0)
    leading = _VERDICT_WIDTH + _SENTENCES_WIDTH + 4 if rows.verdicts else 0
    path_width = min(max(longest, len("article")), (screen.width - leading) // 2)
    yield "\n"
    if rows.verdicts:
        head = f"{'copy':{_VERDICT_WIDTH}}  {'sentences':>{_SENTENCES_WIDTH}}  "
        yield screen.drawn([(0, Text(head + set_cell_size("article", path_width) + "  note", "dim"))])
    for row in rows.rows:
        path = _shortened(neutral(row.path.removeprefix(root)), path_width)
        yield screen.drawn([(0, _row(row, path, rows.verdicts, screen.width))])


def _root(run: Run) -> str:
    """What all paths begin with, where one folder was given: it need not stand in every line."""
    if len(run.paths) != 1:
        return ""
    return run.paths[0].replace("\\", "/").rstrip("/") + "/"


def _row(row: Row, path: str, verdicts: bool, width: int) -> Text:
    line = Text(no_wrap=True, overflow="ellipsis")
    if verdicts:
        line.append(f"{row.verdict:{_VERDICT_WIDTH}}", _STYLES.get(row.verdict, ""))
        line.append(f"  {row.sentences:>{_SENTENCES_WIDTH}}  ")
    line.append(path)
    line.append("  " + neutral(row.note), "" if row.verdict in ("differs", "other") else "dim")
    line.truncate(width, overflow="ellipsis")
    return line


def _shortened(path: str, width: int) -> str:
    """`path` in exactly `width` cells; what is cut is cut in the middle, so that names stay apart."""
    if cell_len(path) <= width:
        return set_cell_size(path, width)
    head = (width - 1) // 3
    tail = path
    while cell_len(tail) > width - 1 - head:
        tail = tail[1:]
    return set_cell_size(set_cell_size(path, head) + "…" + tail, width)


def _lines(element: Element) -> Iterator[tuple[int, Text]]:
    match element:
        case Answer(text):
            yield 0, Text(text, "bold")
        case Heading(text):
            yield 0, Text()
            yield 0, Text(text, "bold underline")
        case Subject(path, title, verdict, text, link):
            yield 0, Text()
            name = Text(neutral(path), "bold")
            if title:
                name.append(f"  {neutral(title)}", "not bold italic")
            yield 2, name
            state = Text(f"{verdict}: " if verdict else "", _STYLES.get(verdict, ""))
            yield 4, state.append(neutral(text), "default not bold")
            if link:
                # Never broken, so that it can be clicked and copied.
                yield 4, Text(neutral(link), "dim", no_wrap=True, overflow="ignore")
        case Change(label, saved, captured):
            yield 4, Text(f"{label}", "yellow")
            if saved is not None:
                yield 6, _passage("saved  ", saved, "bold red")
            if captured is not None:
                yield 6, _passage("copy   ", captured, "bold green")
        case Evidence(kind, outlet, text, basis):
            line = Text(f"{kind}: ", "yellow").append(neutral(outlet), "bold default")
            yield 4, line.append(f'  "{neutral(text)}"', "not bold default").append(f"  {basis}", "dim")
        case Credits(giver, remark, takers, depth):
            line = Text(neutral(giver), "bold")
            if remark:
                line.append(f" ({remark})", "not bold dim")
            yield 2 + 2 * depth, line.append(" <- " + ", ".join(map(neutral, takers)), "not bold default")
        case Aside(text):
            yield 4, Text(neutral(text))
        case Line(text, path):
            line = Text(f"{neutral(path)}: ", "bold") if path else Text()
            yield 2, line.append(neutral(text), "not bold")
        case Rows():
            raise AssertionError("rows are drawn one by one")


def _passage(side: str, passage: Passage, style: str) -> Text:
    line = Text(side, "dim")
    line.append(neutral(passage.before), "default not dim")
    # The brackets say without colour what is meant; an empty pair marks where words are missing.
    line.append(f"[{neutral(passage.marked)}]", style)
    return line.append(neutral(passage.after), "default not dim")
