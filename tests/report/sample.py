"""Findings of an invented event, one for every way an article can fare."""

from datetime import UTC, datetime

from provenance.model.article import Language, PassedOver
from provenance.model.capture import Capture
from provenance.model.citation import Citation
from provenance.model.finding import ArticleFinding, Run
from provenance.model.outlet import Outlet
from provenance.model.problem import Problem
from provenance.model.verification import (
    Comparison,
    Coverage,
    Difference,
    Excerpt,
    Sentences,
    Verdict,
    Verification,
)
from provenance.report import Contents, count

COURIER = Outlet("Harbour Courier", "courier.example")
LAGOON = Outlet("Lagoon Post", "lagoon.example")
POLITICO = Outlet("Politico", "politico.eu")


def citation(outlet, kind="source", evidence="reports X"):
    return Citation(outlet, kind, evidence, 3, 3 + len(evidence), "A sentence.", "en:reports", 0.95)


def capture(timestamp="20250304101112"):
    return Capture(
        archive="web.archive.org",
        requested="https://web.archive.org/web/x",
        original="https://courier.example/ferry",
        timestamp=timestamp,
        status=200,
        media_type="text/html",
        charset="utf-8",
        body=b"",
        sha256="ab" * 32,
        payload_digest="sha1:AAAA",
        fetched_at=datetime(2025, 3, 5, tzinfo=UTC),
    )


def verification(verdict, reason, differences=(), held=9, total=9, **more):
    comparison = None
    if verdict in (Verdict.HOLDS, Verdict.DIFFERS, Verdict.OTHER):
        comparison = Comparison(
            verdict, reason, Sentences(total, held, visible=held), Coverage(0.9, 0.8), tuple(differences)
        )
        more.setdefault("capture", capture())
    return Verification(
        verdict, reason, "compare/1", link="https://web.archive.org/web/x", comparison=comparison, **more
    )


CHANGED_NUMBER = Difference(
    "changed",
    ("number",),
    Excerpt(40, 43, "112", "The ferry carried 112 passengers that night."),
    Excerpt(140, 143, "121", "The ferry carried 121 passengers that night."),
)
OMITTED = Difference("omitted", (), None, Excerpt(500, 540, "The harbour master did not want to comment."))


def finding(path, **more):
    return ArticleFinding(path, "cd" * 32, **more)


def sample_contents() -> Contents:
    """A run over every verdict, an unreadable file and files that are no articles."""
    findings = [
        finding(
            "vault/ferry.md",
            outlet=COURIER,
            title="The ferry",
            url="https://courier.example/ferry",
            language=Language("en", "en"),
            verification=verification(Verdict.HOLDS, "every-sentence-held"),
            citations=(citation(POLITICO), citation(POLITICO, "photo")),
        ),
        finding(
            "vault/night/паром.md",
            outlet=LAGOON,
            title="Паром",
            published=datetime(2025, 3, 4, 9, tzinfo=UTC),
            problems=(Problem("language-mismatch", "declared ro, written in ru", "language"),),
            verification=verification(Verdict.DIFFERS, "words-changed", [CHANGED_NUMBER], held=8),
            citations=(citation(COURIER),),
        ),
        finding(
            "vault/more.txt",
            verification=verification(Verdict.HOLDS, "held-with-omissions", [OMITTED]),
            citations=(citation(LAGOON, "republication"), citation(POLITICO)),
        ),
        finding(
            "vault/wall.md", verification=verification(Verdict.OTHER, "consent-wall", held=0), citations=()
        ),
        finding(
            "vault/gone.md",
            verification=verification(
                Verdict.UNAVAILABLE,
                "other-capture",
                neighbour=verification(Verdict.HOLDS, "every-sentence-held"),
            ),
            citations=(),
        ),
        finding(
            "vault/later.md",
            verification=verification(Verdict.UNCHECKED, "rate-limited", detail="Ask again after 12:00."),
            citations=(),
        ),
        finding(
            "vault/bare.md",
            verification=Verification(Verdict.UNLINKED, "no-archive-url", "compare/1"),
            citations=(),
        ),
        ArticleFinding(
            "vault/broken.md", None, readable=False, problems=(Problem("binary-file", "is no text"),)
        ),
    ]
    run = Run(
        "check",
        ("vault",),
        datetime(2025, 3, 6, 8, 0, tzinfo=UTC),
        "0.1.0",
        datetime(2025, 3, 6, 8, 1, tzinfo=UTC),
        (PassedOver("vault/README.md", "is called README"),),
    )
    return Contents(run, findings, count(findings))
