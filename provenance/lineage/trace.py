"""Articles, their citations and the pairs that share text: the stories, and the chain of each."""

import hashlib
from collections.abc import Mapping, Sequence

from provenance.lineage.drift import drift_of
from provenance.lineage.origins import loops, missing, origins, resting, roots, weakest_link
from provenance.lineage.stories import group, subjects
from provenance.lineage.trace_dates import impossible_edges
from provenance.lineage.trace_descents import Background, Told
from provenance.lineage.trace_edges import edges_of
from provenance.model.article import Article
from provenance.model.citation import Citation
from provenance.model.reuse import ReusePair
from provenance.model.story import Story


def trace(
    articles: Sequence[Article],
    citations: Mapping[str, Sequence[Citation]],
    pairs: Sequence[ReusePair],
    background: Background | None = None,
) -> list[Story]:
    """The stories among `articles`, in the order of their first article.

    `citations` is by path; `pairs` are of both kinds; `background` is what is known of outlets. An
    article that is in no story is in none of them.
    """
    positions = {article.path: number for number, article in enumerate(articles)}
    together = group(articles, subjects(articles, citations), pairs)
    story_of = {position: number for number, members in enumerate(together) for position in members}
    inside: list[list[ReusePair]] = [[] for _ in together]
    for pair in pairs:
        a, b = positions.get(pair.a, -1), positions.get(pair.b, -1)
        if story_of.get(a, -1) == story_of.get(b, -2):
            inside[story_of[a]].append(pair)
    return [
        told_story(Told([articles[each] for each in members], citations, own, background or Background()))
        for members, own in zip(together, inside, strict=True)
    ]


def told_story(told: Told) -> Story:
    """Everything about one story."""
    edges, _ = edges_of(told)
    impossible = impossible_edges(edges, told.articles)
    graph = resting(told, edges, [each.edge for each in impossible])
    found = roots(told, graph)
    return Story(
        id=_id(told.articles),
        title=_title(told.articles),
        articles=tuple(article.path for article in told.articles),
        roots=found,
        origins=origins(told, edges, found),
        edges=tuple(edges),
        loops=loops(edges),
        impossible=impossible,
        weakest_link=weakest_link(edges, graph),
        missing=missing(told, edges),
        drift=drift_of(told.articles, edges),
    )


def _id(articles: Sequence[Article]) -> str:
    """The same for the same articles, wherever they stand."""
    together = "\n".join(
        sorted(article.content_sha256 + article.path.rpartition("/")[2] for article in articles)
    )
    return hashlib.sha256(together.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _title(articles: Sequence[Article]) -> str:
    """The title of the first article that has one, else its first line."""
    for article in articles:
        if article.title:
            return article.title
    for article in articles:
        for block in article.readable.blocks:
            line = " ".join(article.readable.text[block.start : block.end].split())
            aside = article.readable.body_span(block.start, block.end)
            if line and not any(part.start <= aside.start < part.end for part in article.set_aside):
                return line[:200]
    return ""
