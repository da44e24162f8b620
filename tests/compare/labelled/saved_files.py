"""The saved texts of the cases as articles: written to a folder and read by the vault."""

from collections.abc import Sequence
from pathlib import Path

from provenance.model.article import Article
from provenance.model.text import Block, Piece, ReadableText
from provenance.text.markdown import read_markdown
from tests.compare.labelled.cases import Case

try:
    from provenance.vault import read_vault
except ImportError:  # the vault is not there yet: see `built`
    read_vault = None


def read_articles(cases: Sequence[Case], folder: Path) -> dict[str, Article]:
    """The article of every case, by case id; what the vault does not take for an article is absent."""
    if read_vault is None:
        return {case.id: built(case) for case in cases}
    for case in cases:
        (folder / case.file_name).write_bytes(case.file_text().encode())
    read = (found for found in read_vault([str(folder)]) if isinstance(found, Article))
    return {Path(article.path).stem: article for article in read}


def built(case: Case) -> Article:
    """The article without the vault: Markdown as it is read, plain text as one block a line."""
    if case.markdown:
        text = read_markdown(case.body, case.title)
        readable, set_aside = text.readable, text.set_aside
    else:
        readable, set_aside = _lines(case.body), ()
    return Article(
        path=case.file_name,
        format="markdown" if case.markdown else "text",
        body=case.body,
        readable=readable,
        content_sha256="",
        set_aside=set_aside,
        url=case.url if case.markdown else None,
        title=case.title if case.markdown else None,
    )


def _lines(body: str) -> ReadableText:
    blocks: list[Block] = []
    at = 0
    for line in body.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            start = at + line.index(stripped)
            blocks.append(Block(start, start + len(stripped)))
        at += len(line)
    return ReadableText(body, tuple(blocks), (Piece(0, len(body), 0, len(body)),))
