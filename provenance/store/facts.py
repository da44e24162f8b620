"""Values to rows: each fact becomes rows under a key that is a digest of what it says."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from provenance.model.article import Article, SetAside
from provenance.model.capture import Capture
from provenance.model.citation import Citation
from provenance.model.finding import ArticleFinding
from provenance.model.outlet import Outlet
from provenance.model.verification import Comparison, Difference, Verification
from provenance.store import bodies, schema
from provenance.text.archive_urls import comparison_key

Row = dict[str, Any]

_EMPTY_BODY = bodies.digest(b"")


def fact_key(*facts: Any) -> str:
    """The key of a fact: a 128-bit BLAKE2b digest of it as canonical JSON."""
    said = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def original_key(url: str) -> str:
    """The key of an original resource, equal for URLs that lead to the same one."""
    return fact_key("original", comparison_key(url))


def insert_new(connection: sa.Connection, table: sa.Table, rows: list[Row]) -> None:
    """Insert the rows that are not there yet; a row that is stays as it is."""
    if rows:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


@dataclass(slots=True)
class Facts:
    """Rows to be written together, each fact once, and the bodies they refer to.

    `method` is the program version that derived them, `run_id` the run they belong to.
    """

    method: str = ""
    run_id: int = 0
    bodies: dict[str, bytes] = field(default_factory=dict)
    _rows: dict[sa.Table, dict[tuple[Any, ...], Row]] = field(default_factory=dict)

    def rows(self, table: sa.Table) -> list[Row]:
        """The rows for `table`, in the order of their primary keys."""
        return [row for _, row in sorted(self._rows.get(table, {}).items())]

    def insert(self, connection: sa.Connection) -> None:
        """Write what is new.

        Everyone writes tables and rows in one order, so that two writers can wait for each
        other but never in a circle.
        """
        for table in schema.TABLES:
            insert_new(connection, table, self.rows(table))

    def _add(self, table: sa.Table, row: Row) -> None:
        key = tuple(row[column.name] for column in table.primary_key.columns)
        self._rows.setdefault(table, {})[key] = row

    def _add_keyed(self, table: sa.Table, row: Row, *more: Any) -> str:
        key = fact_key(table.name, row, *more)
        self._add(table, {"key": key, **row})
        return key

    def add_body(self, sha256: str, body: bytes) -> str:
        """Note a body to be stored; ValueError where it has not the sha256 it is said to have."""
        if sha256 not in self.bodies:
            if bodies.digest(body) != sha256:
                raise ValueError(f"a body was handed over that has not the sha256 {sha256}")
            self.bodies[sha256] = body
        return sha256

    def add_outlet(self, outlet: Outlet) -> str:
        """An outlet as it was reported."""
        return self._add_keyed(schema.outlets, asdict(outlet))

    def add_capture(self, capture: Capture) -> str:
        """A capture. When it was fetched does not make it another one: the first time is kept."""
        if capture.body or capture.sha256 == _EMPTY_BODY:
            self.add_body(capture.sha256, capture.body)
        row = {
            "archive": capture.archive,
            "requested": capture.requested,
            "original": capture.original,
            "original_key": original_key(capture.original),
            "timestamp": capture.timestamp,
            "status": capture.status,
            "media_type": capture.media_type,
            "charset": capture.charset,
            "sha256": capture.sha256,
            "payload_digest": capture.payload_digest,
        }
        key = fact_key("captures", row)
        self._add(schema.captures, {"key": key, **row, "fetched_at": capture.fetched_at})
        return key

    def add_answer(self, original: str, timestamp: str, capture_key: str) -> None:
        """That a capture was given as the one asked for."""
        row = {"original_key": original_key(original), "timestamp": timestamp, "capture_key": capture_key}
        self._add(schema.capture_answers, row)

    def add_article(self, path: str) -> str:
        """An article by its name."""
        return self._add_keyed(schema.articles, {"path": path})

    def add_version(self, article_key: str, content_sha256: str) -> str:
        """A version of an article; the first run that saw it is kept."""
        facts = {"article_key": article_key, "content_sha256": content_sha256}
        key = fact_key("article_versions", facts)
        self._add(schema.article_versions, {"key": key, **facts, "first_run_id": self.run_id})
        return key

    def add_reading(
        self, article_key: str, version_key: str | None, article: Article | None, finding: ArticleFinding
    ) -> str:
        """What reading an article gave, its problems included."""
        row = {
            "article_key": article_key,
            "version_key": version_key,
            "method": self.method,
            "readable": finding.readable,
            "outlet_key": self.add_outlet(finding.outlet) if finding.outlet else None,
            "url": finding.url,
            "title": finding.title,
            "published": finding.published.isoformat() if finding.published else None,
            "language_declared": finding.language.declared,
            "language_detected": finding.language.detected,
            "set_aside": _set_aside(finding.set_aside),
            **self._article_columns(article),
        }
        found = [asdict(problem) for problem in finding.problems]
        key = self._add_keyed(schema.readings, row, found)
        for position, problem in enumerate(found):
            self._add(schema.problems, {"reading_key": key, "position": position, **problem})
        return key

    def _article_columns(self, article: Article | None) -> Row:
        if article is None:
            names = ("format", "body_sha256", "publisher_claims", "published_text", "author")
            return dict.fromkeys(names)
        body = article.body.encode("utf-8", "surrogatepass")
        return {
            "format": article.format,
            "body_sha256": self.add_body(bodies.digest(body), body),
            "publisher_claims": [asdict(claim) for claim in article.publisher_claims],
            "published_text": article.published_text,
            "author": article.author,
        }

    def add_verification(self, content_sha256: str, verification: Verification) -> str:
        """A verification of one link; what stands in its `also` is for the caller to add."""
        neighbour = verification.neighbour
        row = {
            "content_sha256": content_sha256,
            "link": verification.link,
            "method": verification.method,
            "verdict": verification.verdict.value,
            "reason": verification.reason,
            "detail": verification.detail,
            "capture_key": self.add_capture(verification.capture) if verification.capture else None,
            "neighbour_key": self.add_verification(content_sha256, neighbour) if neighbour else None,
            "set_aside": _set_aside(verification.set_aside),
        }
        comparison = verification.comparison
        if comparison is None:
            return self._add_keyed(schema.verifications, row)
        compared = _comparison(comparison)
        differences = [_difference(difference) for difference in comparison.differences]
        key = self._add_keyed(schema.verifications, row, compared, differences)
        self._add(schema.comparisons, {"verification_key": key, **compared})
        for position, difference in enumerate(differences):
            self._add(schema.differences, {"verification_key": key, "position": position, **difference})
        return key

    def add_citations(self, content_sha256: str, citations: Iterable[Citation]) -> str:
        """All that one method found cited in one content."""
        facts = {"content_sha256": content_sha256, "method": self.method}
        rows = [self._citation(citation) for citation in citations]
        key = self._add_keyed(schema.citation_lists, facts, rows)
        for position, row in enumerate(rows):
            self._add(schema.citations, {"list_key": key, "position": position, **row})
        return key

    def _citation(self, citation: Citation) -> Row:
        return {
            "outlet_key": self.add_outlet(citation.outlet),
            "kind": citation.kind,
            "evidence": citation.evidence,
            "start_offset": citation.start,
            "end_offset": citation.end,
            "sentence": citation.sentence,
            "rule": citation.rule,
            "confidence": float(citation.confidence),
        }


def _set_aside(stretches: Iterable[SetAside]) -> list[list[Any]]:
    return [[stretch.start, stretch.end, stretch.reason] for stretch in stretches]


def _comparison(comparison: Comparison) -> Row:
    sentences = comparison.sentences
    return {
        "verdict": comparison.verdict.value,
        "reason": comparison.reason,
        "sentences_total": sentences.total,
        "sentences_held": sentences.held,
        "held_visible": sentences.visible,
        "held_json_ld": sentences.json_ld,
        "held_noscript": sentences.noscript,
        "held_hidden": sentences.hidden,
        "coverage_saved": float(comparison.coverage.saved),
        "coverage_captured": float(comparison.coverage.captured),
        "formatting_differences": comparison.formatting_differences,
        "notes": list(comparison.notes),
        "page": asdict(comparison.page),
    }


def _difference(difference: Difference) -> Row:
    row: Row = {"kind": difference.kind, "material": list(difference.material)}
    sides: Mapping[str, Any] = {"saved": difference.saved, "captured": difference.captured}
    for side, excerpt in sides.items():
        for part in ("start", "end", "text", "context"):
            row[f"{side}_{part}"] = getattr(excerpt, part) if excerpt else None
    return row
