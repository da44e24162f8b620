"""The journal and the facts.

Revision ID: 0001
Revises: nothing
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "articles",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_articles")),
    )
    op.create_table(
        "bodies",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("coding", sa.String(length=8), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_bodies")),
    )
    op.create_table(
        "citation_lists",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_citation_lists")),
    )
    op.create_index(
        op.f("ix_citation_lists_content_sha256"), "citation_lists", ["content_sha256"], unique=False
    )
    op.create_table(
        "host_parkings",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_host_parkings")),
    )
    op.create_table(
        "host_slots",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pool", sa.Text(), nullable=False),
        sa.Column("next_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("host", "pool", name=op.f("pk_host_slots")),
    )
    op.create_table(
        "outlets",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=True),
        sa.Column("name_native", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_outlets")),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("paths", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "article_versions",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("article_key", sa.String(length=32), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("first_run_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_key"], ["articles.key"], name=op.f("fk_article_versions_article_key")
        ),
        sa.ForeignKeyConstraint(["first_run_id"], ["runs.id"], name=op.f("fk_article_versions_first_run_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_article_versions")),
    )
    op.create_index(
        op.f("ix_article_versions_article_key"), "article_versions", ["article_key"], unique=False
    )
    op.create_index(
        op.f("ix_article_versions_content_sha256"), "article_versions", ["content_sha256"], unique=False
    )
    op.create_table(
        "captures",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("archive", sa.Text(), nullable=False),
        sa.Column("requested", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("original_key", sa.String(length=32), nullable=False),
        sa.Column("timestamp", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("charset", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("payload_digest", sa.Text(), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["sha256"], ["bodies.sha256"], name=op.f("fk_captures_sha256")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_captures")),
    )
    op.create_index(op.f("ix_captures_original_key"), "captures", ["original_key"], unique=False)
    op.create_table(
        "citations",
        sa.Column("list_key", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("outlet_key", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["list_key"], ["citation_lists.key"], name=op.f("fk_citations_list_key")),
        sa.ForeignKeyConstraint(["outlet_key"], ["outlets.key"], name=op.f("fk_citations_outlet_key")),
        sa.PrimaryKeyConstraint("list_key", "position", name=op.f("pk_citations")),
    )
    op.create_index(op.f("ix_citations_outlet_key"), "citations", ["outlet_key"], unique=False)
    op.create_table(
        "passed_over",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_passed_over_run_id")),
        sa.PrimaryKeyConstraint("run_id", "position", name=op.f("pk_passed_over")),
    )
    op.create_table(
        "capture_answers",
        sa.Column("original_key", sa.String(length=32), nullable=False),
        sa.Column("timestamp", sa.String(length=14), nullable=False),
        sa.Column("capture_key", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["capture_key"], ["captures.key"], name=op.f("fk_capture_answers_capture_key")
        ),
        sa.PrimaryKeyConstraint("original_key", "timestamp", "capture_key", name=op.f("pk_capture_answers")),
    )
    op.create_table(
        "readings",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("article_key", sa.String(length=32), nullable=False),
        sa.Column("version_key", sa.String(length=32), nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("readable", sa.Boolean(), nullable=False),
        sa.Column("format", sa.Text(), nullable=True),
        sa.Column("body_sha256", sa.String(length=64), nullable=True),
        sa.Column("outlet_key", sa.String(length=32), nullable=True),
        sa.Column("publisher_claims", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("published_text", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("language_declared", sa.Text(), nullable=True),
        sa.Column("language_detected", sa.Text(), nullable=True),
        sa.Column("set_aside", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["articles.key"], name=op.f("fk_readings_article_key")),
        sa.ForeignKeyConstraint(["body_sha256"], ["bodies.sha256"], name=op.f("fk_readings_body_sha256")),
        sa.ForeignKeyConstraint(["outlet_key"], ["outlets.key"], name=op.f("fk_readings_outlet_key")),
        sa.ForeignKeyConstraint(
            ["version_key"], ["article_versions.key"], name=op.f("fk_readings_version_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_readings")),
    )
    op.create_table(
        "verifications",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("capture_key", sa.String(length=32), nullable=True),
        sa.Column("neighbour_key", sa.String(length=32), nullable=True),
        sa.Column("set_aside", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["capture_key"], ["captures.key"], name=op.f("fk_verifications_capture_key")),
        sa.ForeignKeyConstraint(
            ["neighbour_key"],
            ["verifications.key"],
            name=op.f("fk_verifications_neighbour_key"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_verifications")),
    )
    op.create_index(
        op.f("ix_verifications_content_sha256"), "verifications", ["content_sha256"], unique=False
    )
    op.create_table(
        "comparisons",
        sa.Column("verification_key", sa.String(length=32), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("sentences_total", sa.Integer(), nullable=False),
        sa.Column("sentences_held", sa.Integer(), nullable=False),
        sa.Column("held_visible", sa.Integer(), nullable=False),
        sa.Column("held_json_ld", sa.Integer(), nullable=False),
        sa.Column("held_noscript", sa.Integer(), nullable=False),
        sa.Column("held_hidden", sa.Integer(), nullable=False),
        sa.Column("coverage_saved", sa.Double(), nullable=False),
        sa.Column("coverage_captured", sa.Double(), nullable=False),
        sa.Column("formatting_differences", sa.Integer(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["verification_key"], ["verifications.key"], name=op.f("fk_comparisons_verification_key")
        ),
        sa.PrimaryKeyConstraint("verification_key", name=op.f("pk_comparisons")),
    )
    op.create_table(
        "differences",
        sa.Column("verification_key", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("material", sa.Text(), nullable=False),
        sa.Column("saved_start", sa.Integer(), nullable=True),
        sa.Column("saved_end", sa.Integer(), nullable=True),
        sa.Column("saved_text", sa.Text(), nullable=True),
        sa.Column("saved_context", sa.Text(), nullable=True),
        sa.Column("captured_start", sa.Integer(), nullable=True),
        sa.Column("captured_end", sa.Integer(), nullable=True),
        sa.Column("captured_text", sa.Text(), nullable=True),
        sa.Column("captured_context", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["verification_key"], ["verifications.key"], name=op.f("fk_differences_verification_key")
        ),
        sa.PrimaryKeyConstraint("verification_key", "position", name=op.f("pk_differences")),
    )
    op.create_table(
        "problems",
        sa.Column("reading_key", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["reading_key"], ["readings.key"], name=op.f("fk_problems_reading_key")),
        sa.PrimaryKeyConstraint("reading_key", "position", name=op.f("pk_problems")),
    )
    op.create_table(
        "run_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("article_key", sa.String(length=32), nullable=False),
        sa.Column("version_key", sa.String(length=32), nullable=True),
        sa.Column("reading_key", sa.String(length=32), nullable=False),
        sa.Column("citation_list_key", sa.String(length=32), nullable=True),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("method", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["articles.key"], name=op.f("fk_run_entries_article_key")),
        sa.ForeignKeyConstraint(
            ["citation_list_key"], ["citation_lists.key"], name=op.f("fk_run_entries_citation_list_key")
        ),
        sa.ForeignKeyConstraint(["reading_key"], ["readings.key"], name=op.f("fk_run_entries_reading_key")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_entries_run_id")),
        sa.ForeignKeyConstraint(
            ["version_key"], ["article_versions.key"], name=op.f("fk_run_entries_version_key")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_entries")),
        sa.UniqueConstraint("key", name=op.f("uq_run_entries_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_run_entries_article_key"), "run_entries", ["article_key"], unique=False)
    op.create_index(op.f("ix_run_entries_run_id"), "run_entries", ["run_id"], unique=False)
    op.create_index(op.f("ix_run_entries_version_key"), "run_entries", ["version_key"], unique=False)
    op.create_table(
        "entry_verifications",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("verification_key", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["run_entries.id"], name=op.f("fk_entry_verifications_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["verification_key"], ["verifications.key"], name=op.f("fk_entry_verifications_verification_key")
        ),
        sa.PrimaryKeyConstraint("entry_id", "position", name=op.f("pk_entry_verifications")),
    )
    op.create_index(
        op.f("ix_entry_verifications_verification_key"),
        "entry_verifications",
        ["verification_key"],
        unique=False,
    )


def downgrade() -> None:
    """Change them back."""
    op.drop_index(op.f("ix_entry_verifications_verification_key"), table_name="entry_verifications")
    op.drop_table("entry_verifications")
    op.drop_index(op.f("ix_run_entries_version_key"), table_name="run_entries")
    op.drop_index(op.f("ix_run_entries_run_id"), table_name="run_entries")
    op.drop_index(op.f("ix_run_entries_article_key"), table_name="run_entries")
    op.drop_table("run_entries")
    op.drop_table("problems")
    op.drop_table("differences")
    op.drop_table("comparisons")
    op.drop_index(op.f("ix_verifications_content_sha256"), table_name="verifications")
    op.drop_table("verifications")
    op.drop_table("readings")
    op.drop_table("capture_answers")
    op.drop_table("passed_over")
    op.drop_index(op.f("ix_citations_outlet_key"), table_name="citations")
    op.drop_table("citations")
    op.drop_index(op.f("ix_captures_original_key"), table_name="captures")
    op.drop_table("captures")
    op.drop_index(op.f("ix_article_versions_content_sha256"), table_name="article_versions")
    op.drop_index(op.f("ix_article_versions_article_key"), table_name="article_versions")
    op.drop_table("article_versions")
    op.drop_table("runs")
    op.drop_table("outlets")
    op.drop_table("host_slots")
    op.drop_table("host_parkings")
    op.drop_index(op.f("ix_citation_lists_content_sha256"), table_name="citation_lists")
    op.drop_table("citation_lists")
    op.drop_table("bodies")
    op.drop_table("articles")
