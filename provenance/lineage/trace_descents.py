"""One story's articles, what is known of them, and who of them has whose wording."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from provenance.lineage.evidence_wording import likeness
from provenance.lineage.stemma import Circumstances, Descent, order_of_dates, stemma
from provenance.lineage.stories import CREDITS
from provenance.lineage.trace_dates import possible_dates
from provenance.lineage.trace_links import links_to
from provenance.model.article import Article
from provenance.model.citation import Citation
from provenance.model.reuse import ReusePair
from provenance.model.story import Witness

# Texts beyond this are joined by their credits alone.
MOST_TEXTS = 1_500
SAME_TEXT = "same text"
SPOKEN_TO = "quote"


@dataclass(frozen=True, slots=True)
class Background:
    """What is known of outlets, by their name: whose family they are of, in which languages they write."""

    families: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """The articles of one story and what is known of them."""

    articles: Sequence[Article]
    citations: Mapping[str, Sequence[Citation]]
    pairs: Sequence[ReusePair]
    background: Background
    by_path: Mapping[str, Article] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_path", {article.path: article for article in self.articles})

    def witness(self, position: int) -> Witness:
        """The article at `position` as a witness."""
        article = self.articles[position]
        return Witness(article.path, article.outlet)

    def credits(self, position: int) -> dict[str, list[Citation]]:
        """The outlets that an article credits, by name, without itself. Where it credits none, those
        that somebody spoke to ("told the newspaper") stand for it: the words are from there."""
        article = self.articles[position]
        own = article.outlet.name if article.outlet else None
        found: dict[str, list[Citation]] = defaultdict(list)
        cited = [each for each in self.citations.get(article.path, ()) if each.outlet.name != own]
        credited = [each for each in cited if each.kind in CREDITS]
        for citation in credited or [each for each in cited if each.kind == SPOKEN_TO]:
            found[citation.outlet.name].append(citation)
        return found


def descents(
    told: Told, holders: Mapping[str, Sequence[int]]
) -> tuple[dict[int, list[Descent]], str | None, Mapping[tuple[int, int], float]]:
    """Who has it from whom by wording, copies of one text being one; and how much each has kept."""
    texts: dict[str, list[int]] = defaultdict(list)
    for position, article in enumerate(told.articles):
        text = " ".join(article.readable.text.split())
        if text:
            texts[text].append(position)
    dates = [possible_dates(article) for article in told.articles]

    def age(position: int) -> tuple[float, int]:
        high = dates[position][1]
        return (float("inf") if high is None else high, position)

    found: dict[int, list[Descent]] = defaultdict(list)
    firsts = []
    for same in texts.values():
        first, *others = sorted(same, key=age)
        firsts.append(first)
        for other in others:
            known = age(other)[0] > age(first)[0] and dates[first][0] is not None
            found[other].append(Descent(other, first, known, 0.9 if known else 0.5, ((SAME_TEXT, 0.0),)))
    firsts = sorted(firsts)[:MOST_TEXTS]
    kept: dict[tuple[int, int], float] = {}
    if len(firsts) < 2:
        return found, None, kept
    like = likeness([told.articles[each] for each in firsts])
    known_of = _circumstances(told, firsts, [dates[each] for each in firsts], holders)
    made = stemma(like, known_of)
    for each in made.descents:
        taker, giver = firsts[each.taker], firsts[each.giver]
        found[taker].append(replace(each, taker=taker, giver=giver))
        kept[taker, giver] = float(like.kept[each.taker, each.giver])
    return found, made.regime if made.descents else None, kept


def _circumstances(
    told: Told,
    firsts: Sequence[int],
    dates: Sequence[tuple[float | None, float | None]],
    holders: Mapping[str, Sequence[int]],
) -> Circumstances:
    known = Circumstances.none(len(firsts))
    tied, translation = known.tied, known.translation
    credited, linked = known.credited.copy(), known.linked.copy()
    row_of = {told.articles[each].path: row for row, each in enumerate(firsts)}
    for pair in told.pairs:
        a, b = row_of.get(pair.a), row_of.get(pair.b)
        if a is None or b is None or pair.score <= 0:
            continue
        tied[a, b] = tied[b, a] = True
        if pair.kind == "translation":
            translation[a, b] = translation[b, a] = pair.score
    for row, position in enumerate(firsts):
        for name in told.credits(position):
            for other in holders.get(name, ()):
                giver = row_of.get(told.articles[other].path)
                if giver is not None and giver != row:
                    credited[row, giver] = True
        for path in links_to(told.articles[position], [told.articles[each] for each in firsts]):
            linked[row, row_of[path]] = True
    np.fill_diagonal(linked, False)
    return Circumstances(tied, translation, order_of_dates(dates), credited, linked)
