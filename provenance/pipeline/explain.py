"""`cite --explain`: which rule fired for each name in an article, and which reading was refused."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from provenance.citations import OutletTable, Reading, explain, publisher
from provenance.model.article import Article
from provenance.pipeline.outlets import outlets_of
from provenance.pipeline.place import check_paths
from provenance.report.neutral import neutral
from provenance.vault import read_vault


def explained(paths: Sequence[str]) -> Iterator[str]:
    """Lines for a person, article by article in the order of the text. Records nothing."""
    check_paths(paths)
    outlets = outlets_of(paths)
    for each in read_vault(paths):
        if isinstance(each, Article):
            yield from (neutral(line) for line in _lines(each, outlets))


def _lines(article: Article, outlets: OutletTable) -> Iterator[str]:
    own = publisher(article, outlets)
    yield f"{article.path}: published by {own.name if own else 'an outlet unknown'}"
    for reading in explain(replace(article, outlet=own), outlets):
        yield f"  {_reading(reading, article)}"


def _reading(reading: Reading, article: Article) -> str:
    citation = reading.citation
    if citation is None:
        cue = reading.role.cue
        words = article.readable.text[cue.start : cue.end]
        where = _where(article, article.readable.body_span(cue.start, cue.end).start, words)
        return f"{where} refused: {reading.refused}"
    where = _where(article, citation.start, citation.evidence)
    pattern = f", cue {reading.role.pattern}" if reading.role.pattern else ""
    found = f"{citation.kind} {citation.outlet.name}"
    return f"{where} {found} by rule {citation.rule}{pattern}, confidence {citation.confidence:.2f}"


def _where(article: Article, start: int, words: str) -> str:
    # Counted in the body, which begins after the front matter.
    return f"line {article.body.count(chr(10), 0, start) + 1}: “{words}”"
