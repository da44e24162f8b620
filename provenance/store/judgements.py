"""What persons said of citations: entered once each, never changed, the newest counts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from provenance.model.citation import Citation
from provenance.model.finding import ArticleFinding
from provenance.model.judgement import Judgement
from provenance.store import schema

# A person takes back what they said. No word of a citation: it only ends an earlier one.
WITHDRAWN = "withdrawn"
# Contents asked for in one statement.
_BATCH = 1000


def enter(
    connection: sa.Connection,
    content_sha256: str,
    citation: Citation,
    judgement: Judgement | None,
    at: datetime,
) -> None:
    """Keep what was said of a citation in a content; None takes back what was said before."""
    row = {
        "content_sha256": content_sha256,
        "start_offset": citation.start,
        "end_offset": citation.end,
        "outlet": citation.outlet.name,
        "kind": citation.kind,
        "word": judgement.word if judgement else WITHDRAWN,
        "note": judgement.note if judgement else "",
        "judged_at": at,
    }
    connection.execute(sa.insert(schema.judgements), row)


def judged(connection: sa.Connection, findings: Sequence[ArticleFinding]) -> Iterator[ArticleFinding]:
    """The findings, each citation with what a person said of it last."""
    said = _said(connection, {each.content_sha256 for each in findings if each.content_sha256})
    for finding in findings:
        rows = said.get(finding.content_sha256 or "")
        if rows and finding.citations:
            cited = tuple(replace(each, judgement=_of(each, rows)) for each in finding.citations)
            finding = replace(finding, citations=cited)
        yield finding


def _said(connection: sa.Connection, contents: Iterable[str]) -> dict[str, list[Any]]:
    """What was said last of each place in each content."""
    newest: dict[str, dict[tuple[Any, ...], Any]] = defaultdict(dict)
    asked, table = sorted(contents), schema.judgements
    for at in range(0, len(asked), _BATCH):
        wanted = table.c.content_sha256.in_(asked[at : at + _BATCH])
        for row in connection.execute(sa.select(table).where(wanted).order_by(table.c.id)):
            place = (row.start_offset, row.end_offset, row.outlet, row.kind)
            newest[row.content_sha256][place] = row
    return {content: list(rows.values()) for content, rows in newest.items()}


def _of(citation: Citation, rows: Iterable[Any]) -> Judgement | None:
    """What was said of this place, else of one that overlaps it.

    A later version may draw the evidence wider or narrower; the person spoke of the outlet and
    its role at that place.
    """
    about = [
        row
        for row in rows
        if (row.outlet, row.kind) == (citation.outlet.name, citation.kind)
        and row.start_offset < citation.end
        and citation.start < row.end_offset
    ]
    place = (citation.start, citation.end)
    last = max(about, key=lambda row: ((row.start_offset, row.end_offset) == place, row.id), default=None)
    if last is None or last.word == WITHDRAWN:
        return None
    return Judgement(last.word, last.judged_at, last.note)
