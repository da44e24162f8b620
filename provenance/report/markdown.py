"""The report as a Markdown note that reads well in an Obsidian vault."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

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
    Rows,
    Subject,
)
from provenance.report.neutral import neutral
from provenance.report.outline import outline

# Whatever could start markup in running text or in a table cell: HTML, links, emphasis, code,
# highlights, comments (%%), math, tags (#), block ids (^) and cell borders.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~=%$^&])")
# At the start of a line also lists, rules and numbered lists.
_LINE_START = re.compile(r"^(\s*\d{0,9})([-+.)])")
_NOT_IN_WIKILINKS = re.compile(r"[\[\]|#^\\]|%%")


MARKDOWN_BEGINNING = "# Provenance report\n\nMade by provenance"


def render_markdown(contents: Contents) -> Iterator[str]:
    """The report in pieces; notes are linked as `[[folder/note|note]]` below the given folder."""
    note = _Notes(contents.run.paths)
    started = contents.run.started_at.isoformat(timespec="seconds")
    yield f"{MARKDOWN_BEGINNING} {markdown_text(contents.run.version)}, {started}.\n"
    previous: type[Element] | None = None
    for element in outline(contents):
        # A list needs a blank line before it and none inside.
        if previous is not type(element) or isinstance(element, Subject):
            yield "\n"
        previous = type(element)
        yield from _element(element, note)


class _Notes:
    """Names files the way Obsidian links them."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        self._roots = [PurePosixPath(path.replace("\\", "/")) for path in paths]

    def __call__(self, path: str) -> str:
        """A wikilink to a Markdown note, the path as code to anything else."""
        place = PurePosixPath(path)
        if place.suffix.lower() != ".md" or _NOT_IN_WIKILINKS.search(path) or neutral(path) != path:
            return _code(path)
        below = place
        for root in self._roots:
            if root != place and place.is_relative_to(root):
                below = place.relative_to(root)
                break
        else:
            below = PurePosixPath(place.name)
        target = below.with_suffix("").as_posix()
        return f"[[{target}]]" if target == place.stem else f"[[{target}|{place.stem}]]"


def _element(element: Element, note: _Notes) -> Iterator[str]:
    match element:
        case Answer(text):
            yield f"**{markdown_text(text)}**\n"
        case Heading(text):
            yield f"## {markdown_text(text)}\n"
        case Rows(rows, verdicts):
            yield (
                "| copy | sentences | article | note |\n|---|---:|---|---|\n"
                if verdicts
                else ("| article | note |\n|---|---|\n")
            )
            for row in rows:
                # A bar inside a wikilink would end the table's cell; Obsidian reads \| as the bar.
                name = note(row.path).replace("|", "\\|")
                lead = f"| {row.verdict} | {row.sentences} " if verdicts else ""
                yield f"{lead}| {name} | {markdown_text(row.note)} |\n"
        case Subject(path, title, verdict, text, link):
            heading = f"### {note(path)}"
            yield heading + (f" {markdown_text(title)}\n\n" if title else "\n\n")
            yield (f"**{verdict}**: " if verdict else "") + markdown_text(text) + "\n"
            if link:
                yield f"\n{_code(link)}\n"
        case Change(label, saved, captured):
            yield f"- {label}\n"
            if saved is not None:
                yield f"    - saved: {_passage(saved)}\n"
            if captured is not None:
                yield f"    - copy: {_passage(captured)}\n"
        case Evidence(kind, outlet, text, basis):
            yield f"- {kind}: **{markdown_text(outlet)}** “{markdown_text(text)}” ({markdown_text(basis)})\n"
        case Credits(giver, remark, takers, depth):
            remark = f" ({remark})" if remark else ""
            names = ", ".join(map(markdown_text, takers))
            yield f"{'    ' * depth}- **{markdown_text(giver)}**{remark} ← {names}\n"
        case Aside(text):
            yield f"- {markdown_text(text)}\n"
        case Line(text, path):
            yield f"- {note(path)}: {markdown_text(text)}\n" if path else f"- {markdown_text(text)}\n"


def markdown_text(text: str) -> str:
    """`text` as running text of a note: nothing in it is markup."""
    return _LINE_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", neutral(text)))


def _code(text: str) -> str:
    """`text` as a code span, whatever backticks are in it."""
    plain = neutral(text)
    longest = max((len(run) for run in re.findall("`+", plain)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if "`" in plain else ""
    return f"{fence}{padding}{plain}{padding}{fence}"


def _passage(passage: Passage) -> str:
    marked = markdown_text(passage.marked.strip())
    # An empty highlight would be read as four equals signs.
    shown = f"=={marked}==" if marked else "**[ ]**"
    return f"{markdown_text(passage.before)}{shown}{markdown_text(passage.after)}"
