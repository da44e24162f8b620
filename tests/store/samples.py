"""Invented articles, captures and findings with something in every field."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from provenance.model.article import Article, Language, PassedOver, SetAside
from provenance.model.capture import Capture
from provenance.model.citation import Citation
from provenance.model.finding import ArticleFinding, Run
from provenance.model.outlet import Outlet, PublisherClaim
from provenance.model.problem import Problem
from provenance.model.text import Block, Piece, ReadableText
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

METHOD = "locate/7"
LINK = "https://web.archive.org/web/20240722235624/https://harbour-post.example/ferry"
NOON = datetime(2026, 3, 1, 12, 0, 30, 250_000, tzinfo=UTC)

HARBOUR_POST = Outlet("Harbour Post", "harbour-post.example")
LANTERN = Outlet("Lantern", "lantern.example", "Ліхтар")
UNKNOWN = Outlet("Tide Observer")


def sha256(body: bytes) -> str:
    """The digest of a body."""
    return hashlib.sha256(body).hexdigest()


def run(verb: str = "check", version: str = "0.1.0") -> Run:
    """A run that has begun."""
    return Run(verb, ("vault", "more/notes.jsonl"), NOON, version)


def capture(
    text: str = "The ferry leaves at nine.",
    *,
    timestamp: str = "20240722235624",
    original: str = "https://harbour-post.example/ferry",
) -> Capture:
    """A capture of an invented page."""
    body = f"<html><p>{text}</p>{'<p>More from the harbour.</p>' * 20}</html>".encode()
    return Capture(
        archive="web.archive.org",
        requested=f"https://web.archive.org/web/{timestamp}id_/{original}",
        original=original,
        timestamp=timestamp,
        status=200,
        media_type="text/html",
        charset="windows-1251",
        body=body,
        sha256=sha256(body),
        payload_digest="sha1:6VSXO2YPXB7LRDCSIXZVSCIKGHLR7TYA",
        fetched_at=NOON,
    )


def article(path: str = "vault/ferry.md", body: str = "The ferry leaves at ten. Bring a coat.") -> Article:
    """An article that says ten where the page says nine."""
    return Article(
        path=path,
        format="markdown",
        body=body,
        readable=ReadableText(body, (Block(0, len(body)),), (Piece(0, len(body), 0, len(body)),)),
        content_sha256=sha256(body.encode("utf-8", "surrogatepass")),
        url="https://harbour-post.example/ferry",
        title="Ferry times",
        published_text="14 June, about noon",
        author="R. Quill",
        publisher_claims=(PublisherClaim("harbour-post.example", True, "url", "url"),),
    )


def comparison(text: str = "ten") -> Comparison:
    """One number changed, one sentence left out."""
    return Comparison(
        verdict=Verdict.DIFFERS,
        reason="both",
        sentences=Sentences(2, 1, visible=1, json_ld=0, noscript=0, hidden=0),
        coverage=Coverage(0.9, 1 / 3),
        differences=(
            Difference("changed", ("number",), Excerpt(20, 23, text), Excerpt(29, 33, "nine", "at nine.")),
            Difference("added", (), Excerpt(25, 38, "Bring a coat."), None),
        ),
        formatting_differences=12,
        notes=("archived as status 404", "a banner stands over the text"),
        page=CapturedPage(title="Ferry times", language="en", site_name="Harbour Post"),
    )


def verification(link: str = LINK) -> Verification:
    """A verification with a comparison, a capture and something set aside."""
    return Verification(
        Verdict.DIFFERS,
        "both",
        METHOD,
        detail="One number was changed.",
        link=link,
        capture=capture(),
        comparison=comparison(),
        set_aside=(SetAside(0, 0, "menu"),),
    )


def offered(link: str = LINK + "?2") -> Verification:
    """Another capture was given than the one asked for; it stands in `neighbour`."""
    near = replace(
        verification(link), capture=capture(timestamp="20240801000000"), detail="Offered in its place."
    )
    return Verification(
        Verdict.UNAVAILABLE, "other-capture", METHOD, "Another was given.", link, neighbour=near
    )


def unchecked(link: str = LINK + "?3") -> Verification:
    """Nothing was learned."""
    return Verification(Verdict.UNCHECKED, "timeout", METHOD, "No answer in 60 seconds.", link)


def citations() -> tuple[Citation, ...]:
    """Three outlets in three roles, one unknown."""
    return (
        Citation(LANTERN, "source", "writes Lantern", 4, 18, "So writes Lantern.", "en:reports", 0.98),
        Citation(UNKNOWN, "mention", "Tide Observer", 40, 53, "The Tide Observer moved.", "en:name", 0.1),
        Citation(HARBOUR_POST, "self", "Harbour Post", 60, 72, "Harbour Post staff.", "en:self", 1.0),
    )


def finding(of: Article | None = None) -> ArticleFinding:
    """Something in every field."""
    read = of or article()
    return ArticleFinding(
        path=read.path,
        content_sha256=read.content_sha256,
        outlet=HARBOUR_POST,
        url=read.url,
        title=read.title,
        published=datetime(2024, 6, 14, 14, 0, tzinfo=timezone(timedelta(hours=3))),
        language=Language("ro", "en"),
        problems=(
            Problem("language-mismatch", "The file says ro, its text looks like en.", "language"),
            Problem("duplicate-article", "The same text stands in vault/b.md."),
        ),
        set_aside=(SetAside(0, 4, "menu"), SetAside(10, 12, "note")),
        verification=replace(verification(), also=(offered(), unchecked())),
        citations=citations(),
    )


def unreadable(path: str = "vault/broken.md") -> ArticleFinding:
    """A file that could not be read."""
    return ArticleFinding(path, None, readable=False, problems=(Problem("unreadable", "It is binary."),))


def passed_over() -> tuple[PassedOver, ...]:
    """Files that are no articles."""
    return (PassedOver("vault/README.md", "a README"), PassedOver("vault/links.md", "holds links only"))


def without_bodies(found: ArticleFinding) -> ArticleFinding:
    """The finding as the store gives it back: captures by their identity, bodies left out."""
    return replace(found, verification=found.verification and _bare(found.verification))


def _bare(checked: Verification) -> Verification:
    return replace(
        checked,
        capture=checked.capture and replace(checked.capture, body=b""),
        neighbour=checked.neighbour and _bare(checked.neighbour),
        also=tuple(_bare(other) for other in checked.also),
    )
