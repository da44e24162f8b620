"""Findings to text, Markdown, HTML and JSON."""

from collections.abc import Iterator

from provenance.report.contents import Contents, Tally, count
from provenance.report.own import is_report
from provenance.report.schema import SCHEMAS, schema

__all__ = ["FORMATS", "SCHEMAS", "Contents", "Tally", "count", "is_report", "render", "schema"]

FORMATS = ("text", "json", "jsonl", "markdown", "html")


def render(contents: Contents, form: str, *, width: int = 100, colour: bool = False) -> Iterator[str]:
    """The report in pieces to write one after another. `width` and `colour` are for `text` only."""
    # Only the renderer that is asked for is loaded: rich alone takes a twentieth of a second.
    match form:
        case "text":
            from provenance.report.text import render_text

            return render_text(contents, width=width, colour=colour)
        case "json":
            from provenance.report.machine import render_json

            return render_json(contents)
        case "jsonl":
            from provenance.report.machine import render_json_lines

            return render_json_lines(contents)
        case "markdown":
            from provenance.report.markdown import render_markdown

            return render_markdown(contents)
        case "html":
            from provenance.report.html import render_html

            return render_html(contents)
    raise ValueError(f"no such format: {form!r}")
