"""Rows to values: findings and verifications, read back in batches."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from provenance.model.article import Language, SetAside
from provenance.model.capture import Capture
from provenance.model.citation import Citation
from provenance.model.finding import ArticleFinding
from provenance.model.outlet import Outlet
from provenance.model.problem import Problem
from provenance.model.verification import (
    CapturedPage,
    Comparison,
    Coverage,
    Difference,
    Excerpt,
    Sentences,
    Verdict,
    Verification,
)
from provenance.store import judgements, schema

# Articles whose facts are read together: enough that statements do not matter, few enough that
# memory does not.
BATCH = 200

_K = TypeVar("_K", bound=Hashable)


def newest(connection: sa.Connection, wanted: Callable[[str], bool]) -> Iterator[ArticleFinding]:
    """The newest finding of every article whose path is wanted, in the order of paths.

    Verification and citations are the newest that a run concluded of the same version: a run
    that did not look at one of them does not unsay it.
    """
    entries = schema.run_entries
    last = sa.select(sa.func.max(entries.c.id)).group_by(entries.c.article_key)
    collation = "C" if connection.dialect.name == "postgresql" else "BINARY"
    listed = (
        sa.select(entries.c.article_key, entries.c.version_key, entries.c.reading_key, schema.articles.c.path)
        .join(schema.articles, schema.articles.c.key == entries.c.article_key)
        .where(entries.c.id.in_(last))
        .order_by(schema.articles.c.path.collate(collation))
    )
    batch: list[Any] = []
    for row in connection.execute(listed.execution_options(yield_per=BATCH)):
        if wanted(row.path):
            batch.append(row)
        if len(batch) == BATCH:
            yield from judgements.judged(connection, list(_findings(connection, batch)))
            batch.clear()
    yield from judgements.judged(connection, list(_findings(connection, batch)))


def verifications(connection: sa.Connection, keys: Iterable[str]) -> dict[str, Verification]:
    """The verifications with those keys, neighbours within, without `also` and without bodies."""
    rows: dict[str, Any] = {}
    asked = set(keys)
    while asked:
        found = _by(connection, schema.verifications, "key", asked)
        rows.update((key, group[0]) for key, group in found.items())
        asked = {row.neighbour_key for row in rows.values() if row.neighbour_key} - rows.keys()
    captures = _captures(connection, {row.capture_key for row in rows.values() if row.capture_key})
    comparisons = _comparisons(connection, rows.keys())

    def build(key: str) -> Verification:
        row = rows[key]
        return Verification(
            verdict=Verdict(row.verdict),
            reason=row.reason,
            method=row.method,
            detail=row.detail,
            link=row.link,
            capture=captures[row.capture_key] if row.capture_key else None,
            comparison=comparisons.get(key),
            set_aside=_set_aside(row.set_aside),
            neighbour=build(row.neighbour_key) if row.neighbour_key else None,
        )

    return {key: build(key) for key in rows}


def capture_of(row: Any, body: bytes = b"") -> Capture:
    """The capture of a row of `captures`."""
    return Capture(
        archive=row.archive,
        requested=row.requested,
        original=row.original,
        timestamp=row.timestamp,
        status=row.status,
        media_type=row.media_type,
        charset=row.charset,
        body=body,
        sha256=row.sha256,
        payload_digest=row.payload_digest,
        fetched_at=row.fetched_at,
    )


def _findings(connection: sa.Connection, listed: Sequence[Any]) -> Iterator[ArticleFinding]:
    if not listed:
        return
    versions = {row.version_key for row in listed if row.version_key}
    readings = _by(connection, schema.readings, "key", {row.reading_key for row in listed})
    problems = _by(connection, schema.problems, "reading_key", readings.keys())
    contents = _by(connection, schema.article_versions, "key", versions)
    verified = _verified(connection, versions)
    cited = _cited(connection, versions)
    outlets = _outlets(connection, {rows[0].outlet_key for rows in readings.values() if rows[0].outlet_key})
    for row in listed:
        reading = readings[row.reading_key][0]
        yield ArticleFinding(
            path=row.path,
            content_sha256=contents[row.version_key][0].content_sha256 if row.version_key else None,
            readable=reading.readable,
            outlet=outlets[reading.outlet_key] if reading.outlet_key else None,
            url=reading.url,
            title=reading.title,
            published=datetime.fromisoformat(reading.published) if reading.published else None,
            language=Language(reading.language_declared, reading.language_detected),
            problems=tuple(
                Problem(problem.code, problem.message, problem.field)
                for problem in problems.get(row.reading_key, ())
            ),
            set_aside=_set_aside(reading.set_aside),
            verification=verified.get(row.version_key),
            citations=cited.get(row.version_key),
        )


def _verified(connection: sa.Connection, versions: Collection[str]) -> dict[str, Verification]:
    """The newest verification of each version, with the other links of the same run in `also`."""
    entries = _newest_entries(connection, versions, schema.run_entries.c.verdict)
    listed = _by(connection, schema.entry_verifications, "entry_id", entries.keys())
    keys = {row.verification_key for rows in listed.values() for row in rows}
    found = verifications(connection, keys)
    verified = {}
    for entry_id, rows in listed.items():
        first, *rest = (found[row.verification_key] for row in rows)
        verified[entries[entry_id].version_key] = replace(first, also=tuple(rest))
    return verified


def _cited(connection: sa.Connection, versions: Collection[str]) -> dict[str, tuple[Citation, ...]]:
    entries = _newest_entries(connection, versions, schema.run_entries.c.citation_list_key)
    lists = _by(connection, schema.citations, "list_key", {e.citation_list_key for e in entries.values()})
    outlets = _outlets(connection, {row.outlet_key for rows in lists.values() for row in rows})
    return {
        entry.version_key: tuple(
            Citation(
                outlet=outlets[row.outlet_key],
                kind=row.kind,
                evidence=row.evidence,
                start=row.start_offset,
                end=row.end_offset,
                sentence=row.sentence,
                rule=row.rule,
                confidence=row.confidence,
            )
            for row in lists.get(entry.citation_list_key, ())
        )
        for entry in entries.values()
    }


def _newest_entries(
    connection: sa.Connection, versions: Collection[str], concluded: sa.Column[Any]
) -> dict[int, Any]:
    """Of each version the newest entry that concluded something, by entry id."""
    if not versions:
        return {}
    entries = schema.run_entries
    last = (
        sa.select(sa.func.max(entries.c.id))
        .where(entries.c.version_key.in_(versions), concluded.is_not(None))
        .group_by(entries.c.version_key)
    )
    rows = connection.execute(sa.select(entries).where(entries.c.id.in_(last)))
    return {row.id: row for row in rows}


def _comparisons(connection: sa.Connection, keys: Collection[str]) -> dict[str, Comparison]:
    compared = _by(connection, schema.comparisons, "verification_key", keys)
    differences = _by(connection, schema.differences, "verification_key", compared.keys())
    return {
        key: Comparison(
            verdict=Verdict(row.verdict),
            reason=row.reason,
            sentences=Sentences(
                row.sentences_total,
                row.sentences_held,
                row.held_visible,
                row.held_json_ld,
                row.held_noscript,
                row.held_hidden,
            ),
            coverage=Coverage(row.coverage_saved, row.coverage_captured),
            differences=tuple(_difference(difference) for difference in differences.get(key, ())),
            formatting_differences=row.formatting_differences,
            notes=tuple(row.notes),
            page=CapturedPage(**row.page),
        )
        for key, (row,) in compared.items()
    }


def _difference(row: Any) -> Difference:
    saved = captured = None
    if row.saved_start is not None:
        saved = Excerpt(row.saved_start, row.saved_end, row.saved_text, row.saved_context)
    if row.captured_start is not None:
        captured = Excerpt(row.captured_start, row.captured_end, row.captured_text, row.captured_context)
    return Difference(row.kind, tuple(row.material), saved, captured)


def _captures(connection: sa.Connection, keys: Collection[str]) -> dict[str, Capture]:
    return {key: capture_of(rows[0]) for key, rows in _by(connection, schema.captures, "key", keys).items()}


def _outlets(connection: sa.Connection, keys: Collection[str]) -> dict[str, Outlet]:
    rows = _by(connection, schema.outlets, "key", keys)
    return {key: Outlet(row.name, row.domain, row.name_native) for key, (row,) in rows.items()}


def _set_aside(stored: Sequence[Sequence[Any]]) -> tuple[SetAside, ...]:
    return tuple(SetAside(start, end, reason) for start, end, reason in stored)


def _by(
    connection: sa.Connection, table: sa.Table, column: str, values: Collection[_K]
) -> dict[_K, list[Any]]:
    """Rows of `table` grouped by `column`, for those values, in the order of their positions."""
    groups: dict[_K, list[Any]] = defaultdict(list)
    asked = list(values)
    order = [table.c.position] if "position" in table.c else []
    for at in range(0, len(asked), 1000):
        statement = sa.select(table).where(table.c[column].in_(asked[at : at + 1000])).order_by(*order)
        for row in connection.execute(statement):
            groups[getattr(row, column)].append(row)
    return dict(groups)
