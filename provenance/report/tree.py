"""Who credits whom: the citations of many articles as trees, roots first."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from provenance.model.citation import Citation
from provenance.model.finding import ArticleFinding


@dataclass(frozen=True, slots=True)
class Branch:
    """One giver and those who take from it.

    `takers` counts, for each taker's name, the articles in which it credits `giver`. `depth` is 0
    for a root. `in_vault` tells whether an article published by `giver` was read; `circular`
    marks a giver that has no root because it is credited in a circle.
    """

    giver: str
    takers: tuple[tuple[str, int], ...]
    depth: int
    in_vault: bool
    circular: bool = False


@dataclass(slots=True)
class CitationTree:
    """Gathers credits article by article; memory grows with names, not with citations."""

    _takers: dict[str, Counter[str]] = field(default_factory=dict)
    _published: set[str] = field(default_factory=set)

    def add(self, finding: ArticleFinding) -> None:
        """Take in one article's credits."""
        if finding.citations is None:
            return
        if finding.outlet is not None:
            self._published.add(finding.outlet.name)
        publisher = finding.outlet.name if finding.outlet else finding.path
        for taker, giver in set(_credits(publisher, finding.citations)):
            self._takers.setdefault(giver, Counter())[taker] += 1

    def branches(self) -> Iterator[Branch]:
        """Every giver once, a root before those who take from it, the most credited root first."""
        takes = {taker for takers in self._takers.values() for taker in takers}
        by_weight = sorted(self._takers, key=lambda giver: (-self._takers[giver].total(), giver))
        shown: set[str] = set()
        for circular in (False, True):
            for root in by_weight:
                if root not in shown and (circular or root not in takes):
                    yield from self._below(root, shown, circular)

    def _below(self, root: str, shown: set[str], circular: bool) -> Iterator[Branch]:
        waiting = [(root, 0)]
        while waiting:
            giver, depth = waiting.pop()
            if giver in shown:
                continue
            shown.add(giver)
            takers = sorted(self._takers[giver].items(), key=lambda pair: (-pair[1], pair[0]))
            in_vault = giver in self._published
            yield Branch(giver, tuple(takers), depth, in_vault, circular and depth == 0)
            further = [taker for taker, _ in takers if taker in self._takers and taker not in shown]
            waiting += [(taker, depth + 1) for taker in reversed(further)]


def citation_tree(findings: Iterable[ArticleFinding]) -> CitationTree:
    """The credits of all findings."""
    tree = CitationTree()
    for finding in findings:
        tree.add(finding)
    return tree


def _credits(publisher: str, citations: tuple[Citation, ...]) -> Iterator[tuple[str, str]]:
    """Pairs (taker, giver) of one article.

    Only `source` and `republication` are credits. A text taken whole from one other outlet is that
    outlet's text, so its sources are that outlet's sources.
    """
    sources = _names(citations, "source")
    republished = _names(citations, "republication") - {publisher}
    author = publisher
    if len(republished) == 1:
        author = next(iter(republished))
    for giver in republished:
        yield publisher, giver
    for giver in sources - republished - {publisher}:
        yield author, giver


def _names(citations: tuple[Citation, ...], kind: str) -> set[str]:
    return {citation.outlet.name for citation in citations if citation.kind == kind and citation.stands}
