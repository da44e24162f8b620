"""The report as one self-contained HTML file that loads and runs nothing."""

import base64
import hashlib
from collections.abc import Iterator
from html import escape

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
    Rows,
    Subject,
)
from provenance.report.neutral import neutral
from provenance.report.outline import outline

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 68rem; margin: 2rem auto; padding: 0 1rem; }
.answer { font-size: 1.25rem; font-weight: 600; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8886; }
td.count { font-variant-numeric: tabular-nums; text-align: end; }
.holds { color: #1a7f37; } .differs, .other, .unavailable, .unreadable { color: #c62828; font-weight: 600; }
.unchecked { color: #9a6700; } .unlinked, .remark { opacity: .7; }
dl { margin: .2rem 0 1rem 1rem; } dt { font-weight: 600; } dd { margin: .1rem 0 .1rem 1rem; }
ins, del, mark { text-decoration: none; padding: 0 .15em; border-radius: .2em; color: #111; }
del { background: #ffc9c9; } ins { background: #b7ebc0; }
code { overflow-wrap: anywhere; } article { margin: 1.2rem 0; }
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
# Nothing may be loaded, run, framed or sent, even if an escape were missed.
_POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'"


HTML_BEGINNING = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="provenance">"""

PAGE_END = "</body>\n</html>\n"


def render_html(contents: Contents) -> Iterator[str]:
    """The page in pieces."""
    yield page_beginning(contents.run)
    for element in outline(contents):
        yield from _element(element)
    yield PAGE_END


def page_beginning(run: Run) -> str:
    """What stands before the findings of any report as a page: style, policy, when it was made."""
    started = run.started_at.isoformat(timespec="seconds")
    return (
        f"{HTML_BEGINNING}\n"
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Provenance report</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1>Provenance report</h1>\n<p class="remark">Made {_text(started)} by provenance '
        f"{_text(run.version)}.</p>\n"
    )


def _element(element: Element) -> Iterator[str]:
    match element:
        case Answer(text):
            yield f'<p class="answer">{_text(text)}</p>\n'
        case Heading(text):
            yield f"<h2>{_text(text)}</h2>\n"
        case Rows():
            yield from _rows(element)
        case Subject(path, title, verdict, text, link):
            yield f"<h3><code>{_text(path)}</code> {_foreign(title or '')}</h3>\n<p>"
            yield f'<b class="{_text(verdict)}">{_text(verdict)}</b>: ' if verdict else ""
            yield f"{_text(text)}</p>\n"
            if link:
                yield f"<p>{_link(link)}</p>\n"
        case Change(label, saved, captured):
            yield f"<dl><dt>{_text(label)}</dt>"
            if saved is not None:
                yield f"<dd>saved: {_passage(saved, 'del')}</dd>"
            if captured is not None:
                yield f"<dd>copy: {_passage(captured, 'ins')}</dd>"
            yield "</dl>\n"
        case Evidence(kind, outlet, text, basis):
            yield f"<p>{_text(kind)}: <b>{_foreign(outlet)}</b> <q>{_foreign(text)}</q> "
            yield f'<span class="remark">{_text(basis)}</span></p>\n'
        case Credits(giver, remark, takers, depth):
            remark = f' <span class="remark">({_text(remark)})</span>' if remark else ""
            yield "<ul><li>" * depth + f"<p><b>{_foreign(giver)}</b>{remark} &larr; "
            yield ", ".join(map(_foreign, takers)) + "</p>" + "</li></ul>" * depth + "\n"
        case Aside(text):
            yield f"<p>{_foreign(text)}</p>\n"
        case Line(text, path):
            about = f"<code>{_text(path)}</code>: " if path else ""
            yield f"<p>{about}{_foreign(text)}</p>\n"


def _rows(rows: Rows) -> Iterator[str]:
    head = ["copy", "sentences", "article", "note"] if rows.verdicts else ["article", "note"]
    yield (
        "<table>\n<thead><tr>" + "".join(f'<th scope="col">{name}</th>' for name in head) + "</tr></thead>\n"
    )
    for row in rows.rows:
        verdict = f'<td class="{row.verdict}">{row.verdict}</td><td class="count">{row.sentences}</td>'
        yield f"<tr>{verdict if rows.verdicts else ''}<td><code>{_text(row.path)}</code></td>"
        yield f"<td>{_text(row.note)}</td></tr>\n"
    yield "</table>\n"


def _text(text: str) -> str:
    return escape(neutral(text))


def _foreign(text: str) -> str:
    """Text in whatever script, kept from reordering what stands around it."""
    return f"<bdi>{_text(text)}</bdi>" if text else ""


def _link(address: str) -> str:
    shown = f"<code>{_text(address)}</code>"
    # Other schemes (javascript:, file:) are shown and not made to be clicked.
    if not address.lower().startswith(("https://", "http://")) or neutral(address) != address:
        return shown
    return f'<a rel="noreferrer noopener nofollow" href="{escape(address)}">{shown}</a>'


def _passage(passage: Passage, tag: str) -> str:
    inside = (
        f"{_text(passage.before)}<{tag}>{_text(passage.marked) or '&nbsp;'}</{tag}>{_text(passage.after)}"
    )
    return f"<bdi>{inside}</bdi>"
