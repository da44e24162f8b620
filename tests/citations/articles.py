"""Articles for tests, made from plain text: every line is a block, readable as it stands."""

from provenance.model.article import Article, Language, SetAside
from provenance.model.outlet import Outlet, PublisherClaim
from provenance.model.text import Block, Piece, ReadableText


def article(
    body: str,
    language: str | None = "en",
    *,
    outlet: Outlet | None = None,
    claims: tuple[PublisherClaim, ...] = (),
    set_aside: tuple[SetAside, ...] = (),
) -> Article:
    """A plain-text article whose readable text is its body."""
    return Article(
        path="article.txt",
        format="text",
        body=body,
        readable=readable(body),
        content_sha256="0" * 64,
        language=Language(declared=language),
        outlet=outlet,
        publisher_claims=claims,
        set_aside=set_aside,
    )


def readable(body: str) -> ReadableText:
    """Lines as blocks, one piece for the whole text."""
    blocks, start = [], 0
    for line in body.splitlines(keepends=True):
        end = start + len(line.rstrip("\r\n"))
        if body[start:end].strip():
            blocks.append(Block(start, end))
        start += len(line)
    return ReadableText(body, tuple(blocks), (Piece(0, len(body), 0, len(body)),) if body else ())
