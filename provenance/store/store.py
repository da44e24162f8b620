"""The door to the database: facts in, findings out."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Self

import sqlalchemy as sa

from provenance.model.article import Article, PassedOver
from provenance.model.budget import Budget
from provenance.model.capture import Answer, Capture, CaptureRow
from provenance.model.citation import Citation
from provenance.model.finding import ArticleFinding, Run
from provenance.model.judgement import Judgement
from provenance.model.resource import CaptureRequest
from provenance.model.verification import Verdict, Verification
from provenance.store import bodies, captures, findings, judgements, migration, schema
from provenance.store.budget import DatabaseBudget
from provenance.store.connections import Connections, connect
from provenance.store.errors import DatabaseError
from provenance.store.facts import Facts, Row, fact_key, insert_new
from provenance.store.paths import beneath

# Rows of one statement when a run passed over very many files.
_BATCH = 1000


class Store:
    """What runs found, kept for good.

    Nothing is overwritten, and adding the same fact twice changes nothing, so that a run may be
    killed at any moment and repeated. Every method is one short transaction; all may be called
    from several threads, and several programs may use one database at once. Any of them raises
    DatabaseError when the database cannot be used.
    """

    def __init__(self, connections: Connections) -> None:
        """Use `open`; a Store made by hand checks nothing."""
        self.connections = connections
        self._run_versions: dict[int, str] = {}

    @classmethod
    def open(cls, url: str, *, read_only: bool = False) -> Self:
        """Open the database at `url` (`sqlite:///PATH`, `postgresql://...`).

        An SQLite file that does not exist is made, unless `read_only`. An existing database is
        never changed: where its schema is older than this program's, DatabaseError says to run
        `provenance db upgrade`; likewise for a newer one, a damaged or locked file, a place that
        cannot be written, another program's database, a missing driver. UsageError for a URL
        that cannot be one.
        """
        connections = connect(url, read_only=read_only)
        try:
            if not read_only:
                migration.create_if_new(connections)
            elif connections.file is not None and not connections.file.exists():
                raise DatabaseError(
                    f"there is no database {connections.place}: run `provenance check` first, "
                    "or name another one with --db"
                )
            migration.check_revision(connections)
            if not read_only:
                # A place that cannot be written is better known before the work than after it.
                # Beginning to write is not enough: SQLite only refuses the first statement.
                unchanged = sa.update(schema.runs).where(sa.false()).values(verb=schema.runs.c.verb)
                with connections.write() as connection:
                    connection.execute(unchanged)
        except BaseException:
            connections.close()
            raise
        return cls(connections)

    def close(self) -> None:
        """Close every connection."""
        self.connections.close()

    def __enter__(self) -> Self:
        """Close at the end of a `with`."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def begin_run(self, run: Run) -> int:
        """Enter a run into the journal and return its number."""
        row = {
            "verb": run.verb,
            "paths": list(run.paths),
            "version": run.version,
            "started_at": run.started_at,
            "finished_at": run.finished_at,
        }
        with self.connections.write() as connection:
            run_id: int = connection.execute(
                sa.insert(schema.runs).values(row).returning(schema.runs.c.id)
            ).scalar_one()
            _insert_passed_over(connection, run_id, run.passed_over)
        self._run_versions[run_id] = run.version
        return run_id

    def finish_run(self, run_id: int, finished_at: datetime, passed_over: Iterable[PassedOver] = ()) -> None:
        """Enter that a run has come to its end, and the files it passed over. Done once a run."""
        ended = (
            sa.update(schema.runs)
            .where(schema.runs.c.id == run_id, schema.runs.c.finished_at.is_(None))
            .values(finished_at=finished_at)
        )
        with self.connections.write() as connection:
            if connection.execute(ended).rowcount:
                _insert_passed_over(connection, run_id, passed_over)

    def last_run(self) -> Run | None:
        """The run that was begun last, None when there was none."""
        with self.connections.read() as connection:
            row = connection.execute(
                sa.select(schema.runs).order_by(schema.runs.c.id.desc()).limit(1)
            ).first()
            if row is None:
                return None
            listed = (
                sa.select(schema.passed_over)
                .where(schema.passed_over.c.run_id == row.id)
                .order_by(schema.passed_over.c.position)
            )
            passed = tuple(PassedOver(over.path, over.reason) for over in connection.execute(listed))
        return Run(row.verb, tuple(row.paths), row.started_at, row.version, row.finished_at, passed)

    def record(self, run_id: int, article: Article | None, finding: ArticleFinding) -> None:
        """Keep everything that a run concluded of one article, in one transaction.

        `article` is what was read, None where it could not be. Captures within the finding are
        kept with their bodies; one whose `body` is empty must have been stored before
        (ValueError). Raises ValueError for conclusions about an article without content.
        """
        facts = Facts(method=self._version_of(run_id), run_id=run_id)
        entry, links = _entry(facts, article, finding)
        conclusion = {**entry, "run_id": run_id}
        key = fact_key(conclusion, links)
        row = {"key": key, **conclusion, "recorded_at": datetime.now(UTC)}
        packed = self._pack_bodies(facts)
        with self.connections.write() as connection:
            insert_new(connection, schema.bodies, packed)
            facts.insert(connection)
            insert_new(connection, schema.run_entries, [row])
            if links:
                entry_id = connection.scalar(
                    sa.select(schema.run_entries.c.id).where(schema.run_entries.c.key == key)
                )
                insert_new(
                    connection,
                    schema.entry_verifications,
                    [
                        {"entry_id": entry_id, "position": position, "verification_key": link}
                        for position, link in enumerate(links)
                    ],
                )

    def record_capture(self, capture: Capture, answers: CaptureRequest | None = None) -> None:
        """Keep a capture as soon as it is there, so that no later failure costs a second fetch.

        `answers` is the request it was given for as the capture asked for; leave it out for a
        neighbour. Raises ValueError where `body` has not the sha256 that is said.
        """
        facts = Facts()
        key = facts.add_capture(capture)
        if answers is not None:
            facts.add_answer(answers.original, answers.timestamp, key)
        packed = self._pack_bodies(facts)
        with self.connections.write() as connection:
            insert_new(connection, schema.bodies, packed)
            facts.insert(connection)

    def capture(self, request: CaptureRequest) -> Answer:
        """Answer from what the database holds: Found, or Unchecked with `not-in-captures`."""
        with self.connections.read() as connection:
            return captures.answer(connection, request)

    def captures(self, original: str) -> Iterator[CaptureRow]:
        """List the captures of `original` that the database holds, oldest first."""
        with self.connections.read() as connection:
            held = list(captures.listing(connection, original))
        yield from held

    def known_verification(self, content_sha256: str, link: str | None, method: str) -> Verification | None:
        """What was last learned of one link for one content by one method, else None.

        `unchecked` is nothing learned and never given. The capture comes without its body (empty
        `body`); `also` is empty, a neighbour stands within.
        """
        known, entered = schema.verifications, schema.entry_verifications
        statement = (
            sa.select(known.c.key)
            .join(entered, entered.c.verification_key == known.c.key)
            .where(
                known.c.content_sha256 == content_sha256,
                known.c.link.is_not_distinct_from(link),
                known.c.method == method,
                known.c.verdict != Verdict.UNCHECKED.value,
            )
            .order_by(entered.c.entry_id.desc(), entered.c.position)
            .limit(1)
        )
        with self.connections.read() as connection:
            key = connection.scalar(statement)
            return findings.verifications(connection, [key])[key] if key else None

    def findings(self, paths: Sequence[str] | None = None) -> Iterator[ArticleFinding]:
        """The newest finding of each article, in the order of paths, read as they are asked for.

        `paths` keeps to articles of that path or beneath it (`vault` for `vault/a.md`, `all.jsonl`
        for `all.jsonl#7`). Captures come without their bodies (empty `body`).
        """
        with self.connections.read() as connection:
            yield from findings.newest(connection, beneath(paths))

    def judge(self, content_sha256: str, citation: Citation, judgement: Judgement | None) -> None:
        """Keep what a person says of a citation in that content; None takes back what was said.

        It is shown with every later finding of the same outlet in the same role at that place.
        """
        at = judgement.judged_at if judgement else datetime.now(UTC)
        with self.connections.write() as connection:
            judgements.enter(connection, content_sha256, citation, judgement, at)

    def judged(self, finding: ArticleFinding) -> ArticleFinding:
        """`finding` with what persons said of its citations."""
        if not finding.citations:
            return finding
        with self.connections.read() as connection:
            return next(judgements.judged(connection, [finding]))

    def budget(self) -> Budget:
        """Slots for requests, shared by all that use this database (none when `read_only`)."""
        return DatabaseBudget(self.connections)

    def _version_of(self, run_id: int) -> str:
        if run_id not in self._run_versions:
            with self.connections.read() as connection:
                version = connection.scalar(
                    sa.select(schema.runs.c.version).where(schema.runs.c.id == run_id)
                )
            if version is None:
                raise ValueError(f"there is no run {run_id}")
            self._run_versions[run_id] = version
        return self._run_versions[run_id]

    def _pack_bodies(self, facts: Facts) -> list[Row]:
        """Rows for the bodies that are not stored yet, compressed before anyone is kept waiting."""
        carried = facts.bodies
        referred = {row["sha256"] for row in facts.rows(schema.captures)}
        if not carried and not referred:
            return []
        with self.connections.read() as connection:
            lacking = bodies.missing(connection, referred | carried.keys())
        if lost := lacking - carried.keys():
            raise ValueError(f"a capture carries no body and none is stored with the sha256 {min(lost)}")
        return bodies.rows_of({sha256: carried[sha256] for sha256 in lacking})


def _entry(facts: Facts, article: Article | None, finding: ArticleFinding) -> tuple[Row, list[str]]:
    """The journal entry of a finding, and the verifications it lists; the facts are gathered."""
    content = finding.content_sha256
    article_key = facts.add_article(finding.path)
    version_key = facts.add_version(article_key, content) if content else None
    verification, citations = finding.verification, finding.citations
    links: list[str] = []
    citation_list = None
    if verification is not None or citations is not None:
        if content is None:
            raise ValueError(f"nothing can be concluded of {finding.path!r}, which has no content")
        if verification is not None:
            links = [facts.add_verification(content, each) for each in (verification, *verification.also)]
        if citations is not None:
            citation_list = facts.add_citations(content, citations)
    entry = {
        "article_key": article_key,
        "version_key": version_key,
        "reading_key": facts.add_reading(article_key, version_key, article, finding),
        "citation_list_key": citation_list,
        "verdict": verification.verdict.value if verification else None,
        "reason": verification.reason if verification else None,
        "method": verification.method if verification else None,
    }
    return entry, links


def _insert_passed_over(connection: sa.Connection, run_id: int, passed_over: Iterable[PassedOver]) -> None:
    rows: list[Row] = []
    for position, over in enumerate(passed_over):
        rows.append({"run_id": run_id, "position": position, "path": over.path, "reason": over.reason})
        if len(rows) == _BATCH:
            insert_new(connection, schema.passed_over, rows)
            rows.clear()
    insert_new(connection, schema.passed_over, rows)
