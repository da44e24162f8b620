"""Pairs of articles that share text, in every format."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from provenance.model.finding import ArticleFinding
from provenance.model.reuse import Passage, ReusePair
from provenance.model.span import Span
from provenance.report.contents import Contents
from provenance.report.html import PAGE_END, page_beginning
from provenance.report.machine import json_text
from provenance.report.markdown import MARKDOWN_BEGINNING, markdown_text
from provenance.report.neutral import neutral
from provenance.report.records import article_record, passed_over_record, run_record

SCHEMA = "provenance/reuse/1"
# A person sees this much of a passage, from its beginning, and this many passages of a pair.
SHOWN_CHARACTERS, SHOWN_PASSAGES = 240, 5


def pair_record(pair: ReusePair) -> dict[str, Any]:
    """A pair's record (docs: reference/json)."""
    return {
        "schema": SCHEMA,
        "a": pair.a,
        "b": pair.b,
        "kind": pair.kind,
        "score": pair.score,
        "share_of_a": pair.share_of_a,
        "share_of_b": pair.share_of_b,
        "passages": [
            {
                "a": _stretch(passage.a),
                "b": _stretch(passage.b),
                "similarity": passage.similarity,
                "quoted": passage.quoted,
            }
            for passage in pair.passages
        ],
    }


def reuse_json_lines(pairs: Iterable[ReusePair]) -> Iterator[str]:
    """One pair a line."""
    for pair in pairs:
        yield json_text(pair_record(pair)) + "\n"


def reuse_json(contents: Contents, pairs: Iterable[ReusePair]) -> Iterator[str]:
    """One document, written as it is walked."""
    yield f'{{"schema": {json_text(SCHEMA)},\n "run": {json_text(run_record(contents.run))},\n'
    yield from _listed("articles", (article_record(each, "reuse") for each in contents.findings))
    yield from _listed("pairs", (pair_record(pair) for pair in pairs))
    passed = ",\n  ".join(json_text(passed_over_record(each)) for each in contents.run.passed_over)
    yield f' "passed_over": [{passed}]}}\n'


def reuse_text(contents: Contents, pairs: Iterable[ReusePair], bodies: Mapping[str, str]) -> Iterator[str]:
    """For people: each pair with its shares and the matching words of both sides."""
    found = 0
    for pair in pairs:
        found += 1
        yield f"{_shares(pair)}\n  A {neutral(pair.a)}\n  B {neutral(pair.b)}\n"
        for passage in _worth_showing(pair):
            yield f"    {_mark(passage)}\n"
            yield f"      A: {neutral(_excerpt(bodies[pair.a], passage.a))}\n"
            yield f"      B: {neutral(_excerpt(bodies[pair.b], passage.b))}\n"
        yield from _left_out(pair, "    ")
        yield "\n"
    yield _sum(contents, found) + "\n"
    for finding in _unreadable(contents):
        yield f"unreadable: {neutral(finding.path)}: {neutral(finding.problems[0].message)}\n"


def reuse_markdown(
    contents: Contents, pairs: Iterable[ReusePair], bodies: Mapping[str, str]
) -> Iterator[str]:
    """A note: a section a pair."""
    started = contents.run.started_at.isoformat(timespec="seconds")
    yield f"{MARKDOWN_BEGINNING} {contents.run.version}, {started}.\n\n"
    found = 0
    for pair in pairs:
        found += 1
        yield f"## {markdown_text(_shares(pair))}\n\n"
        yield f"- A: {markdown_text(pair.a)}\n- B: {markdown_text(pair.b)}\n\n"
        for passage in _worth_showing(pair):
            yield f"{_mark(passage)}:\n\n"
            yield f"> A: {markdown_text(_excerpt(bodies[pair.a], passage.a))}\n>\n"
            yield f"> B: {markdown_text(_excerpt(bodies[pair.b], passage.b))}\n\n"
        yield from (f"{line}\n" for line in _left_out(pair, ""))
    yield f"**{markdown_text(_sum(contents, found))}**\n"
    for finding in _unreadable(contents):
        message = finding.problems[0].message
        yield f"\n- unreadable: {markdown_text(finding.path)}: {markdown_text(message)}\n"


def reuse_html(contents: Contents, pairs: Iterable[ReusePair], bodies: Mapping[str, str]) -> Iterator[str]:
    """A page: a section a pair."""
    yield page_beginning(contents.run)
    found = 0
    for pair in pairs:
        found += 1
        yield f"<h2>{_page_text(_shares(pair))}</h2>\n"
        yield f"<dl>\n<dt>A</dt><dd><code>{_page_text(pair.a)}</code></dd>\n"
        yield f"<dt>B</dt><dd><code>{_page_text(pair.b)}</code></dd>\n</dl>\n"
        yield "<table>\n"
        for passage in _worth_showing(pair):
            sides = (_excerpt(bodies[pair.a], passage.a), _excerpt(bodies[pair.b], passage.b))
            cells = "".join(f"<td><bdi>{_page_text(side)}</bdi></td>" for side in sides)
            yield f"<tr><td>{_mark(passage)}</td>{cells}</tr>\n"
        yield "</table>\n"
        yield from (f"<p>{line.strip()}</p>\n" for line in _left_out(pair, ""))
    yield f'<p class="answer">{_page_text(_sum(contents, found))}</p>\n'
    for finding in _unreadable(contents):
        yield f"<p>unreadable: {_page_text(finding.path)}: {_page_text(finding.problems[0].message)}</p>\n"
    yield PAGE_END


def _page_text(text: str) -> str:
    return escape(neutral(text))


def _mark(passage: Passage) -> str:
    return "quoted in both" if passage.quoted else f"{passage.similarity:.0%} the same words"


def _worth_showing(pair: ReusePair) -> list[Passage]:
    """The longest passages, in the order of the article."""
    longest = sorted(pair.passages, key=lambda each: (each.quoted, -len(each.a)))[:SHOWN_PASSAGES]
    return sorted(longest, key=lambda each: each.a)


def _left_out(pair: ReusePair, indent: str) -> Iterator[str]:
    more = len(pair.passages) - SHOWN_PASSAGES
    if more > 0:
        yield f"{indent}and {more} more passage{'s' * (more > 1)}\n"


def _shares(pair: ReusePair) -> str:
    return (
        f"{pair.kind}, score {pair.score:.2f}: {pair.share_of_a:.0%} of A and {pair.share_of_b:.0%} of B "
        "stand in the other"
    )


def _sum(contents: Contents, found: int) -> str:
    tally = contents.tally
    read = f"{tally.articles} article{'s' * (tally.articles != 1)} read"
    unreadable = f", {tally.unreadable} unreadable" if tally.unreadable else ""
    passed = len(contents.run.passed_over)
    other = f", {passed} file{'s' * (passed != 1)} passed over" if passed else ""
    return f"{read}{unreadable}{other}; {found or 'no'} pair{'s' * (found != 1)} share text"


def _unreadable(contents: Contents) -> Iterator[ArticleFinding]:
    return (finding for finding in contents.findings if not finding.readable)


def _excerpt(body: str, span: Span) -> str:
    text = " ".join(body[span.start : span.end].split())
    return text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS].rstrip() + "…"


def _stretch(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _listed(name: str, records: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield f' "{name}": ['
    separator = "\n  "
    for record in records:
        yield separator + json_text(record)
        separator = ",\n  "
    yield "],\n"
