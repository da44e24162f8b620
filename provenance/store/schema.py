"""The tables. docs/reference/database.md says in words what each one holds.

Facts have a `key`: a digest of what they say (`store.facts`), so that adding a fact twice
changes nothing and two machines agree on its name without asking each other. The journal
(`runs`, `run_entries`) is numbered in the order of writing.

No long text stands in an index: PostgreSQL refuses index rows over 2,700 bytes, and URLs and
paths from users can be longer. Keys and digests are indexed instead.
"""

import sqlalchemy as sa

from provenance.store.column_types import AnyText, Json, UtcTime

# The revision in migrations/ that these tables are the result of.
REVISION = "0002"

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

KEY = sa.String(32)
SHA256 = sa.String(64)


def _refers(name: str, target: str, *, nullable: bool = False, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(name, KEY, sa.ForeignKey(target), nullable=nullable, primary_key=primary_key)


# The journal: what was asked, and what was concluded of each article, when, by which method.

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("verb", AnyText, nullable=False),
    sa.Column("paths", Json, nullable=False),
    sa.Column("version", AnyText, nullable=False),
    sa.Column("started_at", UtcTime, nullable=False),
    # Filled in once, when the run ends; empty for a run that was stopped.
    sa.Column("finished_at", UtcTime),
    sqlite_autoincrement=True,
)

passed_over = sa.Table(
    "passed_over",
    metadata,
    sa.Column("run_id", sa.Integer, sa.ForeignKey("runs.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("path", AnyText, nullable=False),
    sa.Column("reason", AnyText, nullable=False),
)

bodies = sa.Table(
    "bodies",
    metadata,
    # Of the bytes themselves, not of how they are kept.
    sa.Column("sha256", SHA256, primary_key=True),
    sa.Column("length", sa.Integer, nullable=False),
    sa.Column("coding", sa.String(8), nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

outlets = sa.Table(
    "outlets",
    metadata,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("name", AnyText, nullable=False),
    sa.Column("domain", AnyText),
    sa.Column("name_native", AnyText),
)

articles = sa.Table(
    "articles",
    metadata,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("path", AnyText, nullable=False),
)

article_versions = sa.Table(
    "article_versions",
    metadata,
    sa.Column("key", KEY, primary_key=True),
    _refers("article_key", "articles.key"),
    sa.Column("content_sha256", SHA256, nullable=False),
    sa.Column("first_run_id", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
    sa.Index(None, "article_key"),
    sa.Index(None, "content_sha256"),
)

# What reading one version of an article gave, with the program version that read it.
readings = sa.Table(
    "readings",
    metadata,
    sa.Column("key", KEY, primary_key=True),
    _refers("article_key", "articles.key"),
    _refers("version_key", "article_versions.key", nullable=True),
    sa.Column("method", AnyText, nullable=False),
    sa.Column("readable", sa.Boolean, nullable=False),
    sa.Column("format", AnyText),
    # The body that offsets point into, as UTF-8.
    sa.Column("body_sha256", SHA256, sa.ForeignKey("bodies.sha256")),
    _refers("outlet_key", "outlets.key", nullable=True),
    sa.Column("publisher_claims", Json),
    sa.Column("url", AnyText),
    sa.Column("title", AnyText),
    # ISO 8601 with the offset it was stated with, if any.
    sa.Column("published", AnyText),
    sa.Column("published_text", AnyText),
    sa.Column("author", AnyText),
    sa.Column("language_declared", AnyText),
    sa.Column("language_detected", AnyText),
    sa.Column("set_aside", Json, nullable=False),
)

problems = sa.Table(
    "problems",
    metadata,
    _refers("reading_key", "readings.key", primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("code", AnyText, nullable=False),
    sa.Column("field", AnyText),
    sa.Column("message", AnyText, nullable=False),
)

captures = sa.Table(
    "captures",
    metadata,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("archive", AnyText, nullable=False),
    sa.Column("requested", AnyText, nullable=False),
    sa.Column("original", AnyText, nullable=False),
    # Digest of the URL without what does not make it another resource.
    sa.Column("original_key", KEY, nullable=False),
    sa.Column("timestamp", AnyText, nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("media_type", AnyText),
    sa.Column("charset", AnyText),
    sa.Column("sha256", SHA256, sa.ForeignKey("bodies.sha256"), nullable=False),
    sa.Column("payload_digest", AnyText),
    sa.Column("fetched_at", UtcTime),
    sa.Index(None, "original_key"),
)

# Which capture a source gave as the one asked for (an archived redirect leads to another URL).
capture_answers = sa.Table(
    "capture_answers",
    metadata,
    sa.Column("original_key", KEY, primary_key=True),
    sa.Column("timestamp", sa.String(14), primary_key=True),
    _refers("capture_key", "captures.key", primary_key=True),
)

verifications = sa.Table(
    "verifications",
    metadata,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("content_sha256", SHA256, nullable=False),
    sa.Column("link", AnyText),
    sa.Column("method", AnyText, nullable=False),
    sa.Column("verdict", sa.String(16), nullable=False),
    sa.Column("reason", sa.String(32), nullable=False),
    sa.Column("detail", AnyText, nullable=False),
    _refers("capture_key", "captures.key", nullable=True),
    # Deferred, so that rows can be written in one fixed order (see facts.Facts).
    sa.Column(
        "neighbour_key",
        KEY,
        sa.ForeignKey("verifications.key", deferrable=True, initially="DEFERRED"),
    ),
    sa.Column("set_aside", Json, nullable=False),
    sa.Index(None, "content_sha256"),
)

comparisons = sa.Table(
    "comparisons",
    metadata,
    _refers("verification_key", "verifications.key", primary_key=True),
    sa.Column("verdict", sa.String(16), nullable=False),
    sa.Column("reason", sa.String(32), nullable=False),
    sa.Column("sentences_total", sa.Integer, nullable=False),
    sa.Column("sentences_held", sa.Integer, nullable=False),
    sa.Column("held_visible", sa.Integer, nullable=False),
    sa.Column("held_json_ld", sa.Integer, nullable=False),
    sa.Column("held_noscript", sa.Integer, nullable=False),
    sa.Column("held_hidden", sa.Integer, nullable=False),
    sa.Column("coverage_saved", sa.Double, nullable=False),
    sa.Column("coverage_captured", sa.Double, nullable=False),
    sa.Column("formatting_differences", sa.Integer, nullable=False),
    sa.Column("notes", Json, nullable=False),
    sa.Column("page", Json, nullable=False),
)

differences = sa.Table(
    "differences",
    metadata,
    _refers("verification_key", "verifications.key", primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("material", Json, nullable=False),
    sa.Column("saved_start", sa.Integer),
    sa.Column("saved_end", sa.Integer),
    sa.Column("saved_text", AnyText),
    sa.Column("saved_context", AnyText),
    sa.Column("captured_start", sa.Integer),
    sa.Column("captured_end", sa.Integer),
    sa.Column("captured_text", AnyText),
    sa.Column("captured_context", AnyText),
)

# All citations that one method found in one content; a list may be empty: looked, found none.
citation_lists = sa.Table(
    "citation_lists",
    metadata,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("content_sha256", SHA256, nullable=False),
    sa.Column("method", AnyText, nullable=False),
    sa.Index(None, "content_sha256"),
)

citations = sa.Table(
    "citations",
    metadata,
    _refers("list_key", "citation_lists.key", primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    _refers("outlet_key", "outlets.key"),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("evidence", AnyText, nullable=False),
    sa.Column("start_offset", sa.Integer, nullable=False),
    sa.Column("end_offset", sa.Integer, nullable=False),
    sa.Column("sentence", AnyText, nullable=False),
    sa.Column("rule", AnyText, nullable=False),
    sa.Column("confidence", sa.Double, nullable=False),
    sa.Index(None, "outlet_key"),
)

run_entries = sa.Table(
    "run_entries",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # Digest of the run and of what was concluded: the same conclusion is entered once a run.
    sa.Column("key", KEY, nullable=False, unique=True),
    sa.Column("run_id", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
    _refers("article_key", "articles.key"),
    _refers("version_key", "article_versions.key", nullable=True),
    _refers("reading_key", "readings.key"),
    _refers("citation_list_key", "citation_lists.key", nullable=True),
    sa.Column("verdict", sa.String(16)),
    sa.Column("reason", sa.String(32)),
    sa.Column("method", AnyText),
    sa.Column("recorded_at", UtcTime, nullable=False),
    sa.Index(None, "article_key"),
    sa.Index(None, "version_key"),
    sa.Index(None, "run_id"),
    sqlite_autoincrement=True,
)

# Position 0 is the article's verification, the rest stand in its `also`.
entry_verifications = sa.Table(
    "entry_verifications",
    metadata,
    sa.Column("entry_id", sa.Integer, sa.ForeignKey("run_entries.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    _refers("verification_key", "verifications.key"),
    sa.Index(None, "verification_key"),
)

# What persons said of citations, which stands beside what was found: `word` is `wrong`,
# `confirmed` or `withdrawn`, and of several on one place the last counts. It names the place and
# not a row of `citations`, so that what a later run finds there is under it too.
judgements = sa.Table(
    "judgements",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("content_sha256", SHA256, nullable=False),
    sa.Column("start_offset", sa.Integer, nullable=False),
    sa.Column("end_offset", sa.Integer, nullable=False),
    sa.Column("outlet", AnyText, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("word", sa.String(16), nullable=False),
    sa.Column("note", AnyText, nullable=False),
    sa.Column("judged_at", UtcTime, nullable=False),
    sa.Index(None, "content_sha256"),
    sqlite_autoincrement=True,
)

# Politeness towards archives, shared by all who share the database. State, not facts: these
# two tables alone are overwritten. Times are seconds since 1970 (UTC).

host_slots = sa.Table(
    "host_slots",
    metadata,
    sa.Column("host", AnyText, primary_key=True),
    sa.Column("pool", AnyText, primary_key=True),
    sa.Column("next_at", sa.Double, nullable=False),
)

host_parkings = sa.Table(
    "host_parkings",
    metadata,
    sa.Column("host", AnyText, primary_key=True),
    sa.Column("until", sa.Double, nullable=False),
)

# Every table, those that others refer to first: the order in which rows are written.
TABLES = tuple(metadata.sorted_tables)
