"""Stories in every format."""

from collections.abc import Iterator, Sequence
from html import escape

from provenance.model.story import Story
from provenance.report.contents import Contents
from provenance.report.html import PAGE_END, page_beginning
from provenance.report.machine import json_text
from provenance.report.markdown import MARKDOWN_BEGINNING, markdown_text
from provenance.report.neutral import neutral
from provenance.report.records import article_record, passed_over_record, run_record
from provenance.report.trace_records import SCHEMA, story_record
from provenance.report.trace_text import Drawn, drawn, sum_of
from provenance.report.words import ACCURACY_HEADING, accuracy_lines


def trace_pieces(contents: Contents, stories: Sequence[Story], form: str) -> Iterator[str]:
    """The report in pieces to write one after another."""
    match form:
        case "json":
            return _document(contents, stories)
        case "jsonl":
            return (json_text({"schema": SCHEMA, **story_record(story)}) + "\n" for story in stories)
        case "markdown":
            return _markdown(contents, stories)
        case "html":
            return _html(contents, stories)
    return _text(contents, stories)


def _document(contents: Contents, stories: Sequence[Story]) -> Iterator[str]:
    yield f'{{"schema": {json_text(SCHEMA)},\n "run": {json_text(run_record(contents.run))},\n'
    for name, records in (
        ("articles", (article_record(each, "reuse") | {"schema": SCHEMA} for each in contents.findings)),
        ("stories", (story_record(story) for story in stories)),
        ("passed_over", (passed_over_record(each) for each in contents.run.passed_over)),
    ):
        yield f' "{name}": ['
        separator = "\n  "
        for record in records:
            yield separator + json_text(record)
            separator = ",\n  "
        yield "]}\n" if name == "passed_over" else "],\n"


def _text(contents: Contents, stories: Sequence[Story]) -> Iterator[str]:
    for story in stories:
        for line in drawn(story):
            yield f"{'  ' * line.depth}{neutral(line.text)}\n"
        yield "\n"
    yield sum_of(contents, stories) + "\n"
    if contents.run.accuracy:
        yield f"\n{ACCURACY_HEADING}\n"
        yield from (f"  {neutral(line)}\n" for line in accuracy_lines(contents.run.accuracy))


def _markdown(contents: Contents, stories: Sequence[Story]) -> Iterator[str]:
    started = contents.run.started_at.isoformat(timespec="seconds")
    yield f"{MARKDOWN_BEGINNING} {contents.run.version}, {started}.\n\n"
    for story in stories:
        for line in drawn(story):
            yield _note_line(line)
        yield "\n"
    yield f"**{markdown_text(sum_of(contents, stories))}**\n"
    if contents.run.accuracy:
        yield f"\n## {ACCURACY_HEADING}\n\n"
        yield from (f"- {markdown_text(line)}\n" for line in accuracy_lines(contents.run.accuracy))


def _note_line(line: Drawn) -> str:
    if line.depth == 0:
        return f"\n## {markdown_text(line.text)}\n\n"
    return f"{'  ' * (line.depth - 1)}- {markdown_text(line.text)}\n"


def _html(contents: Contents, stories: Sequence[Story]) -> Iterator[str]:
    yield page_beginning(contents.run)
    for story in stories:
        for line in drawn(story):
            shown = escape(neutral(line.text))
            if line.depth == 0:
                yield f"<h2><bdi>{shown}</bdi></h2>\n"
            else:
                yield f'<p style="margin-left: {2 * (line.depth - 1)}em"><bdi>{shown}</bdi></p>\n'
    yield f'<p class="answer">{escape(neutral(sum_of(contents, stories)))}</p>\n'
    if contents.run.accuracy:
        yield f"<h2>{ACCURACY_HEADING}</h2>\n"
        for text in accuracy_lines(contents.run.accuracy):
            yield f"<p>{escape(neutral(text))}</p>\n"
    yield PAGE_END
