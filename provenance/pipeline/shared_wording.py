"""From articles to the pairs of them that share wording: candidates first, then passages."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from provenance.candidates import Limits, Pairs, Postings, candidate_pairs, covered, fingerprints
from provenance.lineage.boilerplate import recurring
from provenance.lineage.chains import PLAIN, compiled
from provenance.lineage.passages import Overlap, mirrored, overlap
from provenance.lineage.seeds import Indexed, indexed
from provenance.lineage.wording import RECURRING, Wording, wording
from provenance.model.article import Article
from provenance.model.reuse import ReusePair

# From so many candidate pairs on (some 30,000 articles), loading numba and what it has compiled takes
# less time than doing without.
WORTH_COMPILING = 20_000
# Texts of so many tokens keep their index between pairs; it is quicker to make than to look for
# in shorter ones.
LONG = 20_000


def shared_wording(articles: Iterable[Article]) -> Iterator[ReusePair]:
    """The pairs of articles that share wording, in the order in which the articles came.

    Articles are read once, one at a time; of each some eight kilobytes for 550 words are kept.
    Pairs that share quotations, names or stock phrases only are given with a score of 0: they are
    no reuse, but show what the articles have in common. Boilerplate is looked for within an
    outlet: in articles that do not say whose they are nothing is taken for it.
    """
    wordings: list[Wording] = []
    paths: list[str] = []
    outlets: dict[str, int] = {}
    outlet_of: list[int] = []
    prints: list[npt.NDArray[np.int64]] = []
    for article in articles:
        words = wording(article)
        wordings.append(words)
        paths.append(article.path)
        prints.append(fingerprints(words.keys, words.widths))
        outlet = _outlet(article)
        outlet_of.append(-1 if outlet is None else outlets.setdefault(outlet, len(outlets)))
    outlet_numbers = np.array(outlet_of, dtype=np.int64)
    postings = _postings(prints, outlet_numbers)
    del prints
    _mark_recurring(wordings, postings)
    pairs = candidate_pairs(postings, Limits())
    del postings
    one_outlet = (outlet_numbers[pairs.a] == outlet_numbers[pairs.b]) & (outlet_numbers[pairs.a] >= 0)
    yield from _aligned(paths, wordings, pairs, one_outlet)


def _outlet(article: Article) -> str | None:
    """Whose article it is, as far as telling outlets apart needs: a host no table knows will do."""
    if article.outlet is not None:
        return article.outlet.domain or article.outlet.name
    stated = (claim.value for claim in article.publisher_claims if claim.basis != "text")
    return next(stated, "").lower().removeprefix("www.") or None


def _postings(prints: list[npt.NDArray[np.int64]], outlet_of: npt.NDArray[np.int64]) -> Postings:
    documents = np.repeat(np.arange(len(prints), dtype=np.int32), [len(each) for each in prints])
    together = np.concatenate([np.empty(0, dtype=np.int64), *prints])
    return Postings(documents, together, recurring(documents, together, outlet_of))


def _mark_recurring(wordings: list[Wording], postings: Postings) -> None:
    at = np.flatnonzero(postings.recurring)
    documents = postings.documents[at]
    for document in np.unique(documents):
        first, last = np.searchsorted(documents, (document, document + 1))
        words = wordings[document]
        within = covered(words.keys, words.widths, postings.fingerprints[at[first:last]])
        wordings[document] = replace(words, kinds=words.kinds | within * np.uint8(RECURRING))


def _aligned(
    paths: list[str], wordings: list[Wording], pairs: Pairs, one_outlet: npt.NDArray[np.bool_]
) -> Iterator[ReusePair]:
    kernel = compiled() if len(pairs) >= WORTH_COMPILING else PLAIN
    indexes = _Indexes(wordings)
    for one, other, own in zip(pairs.a.tolist(), pairs.b.tolist(), one_outlet.tolist(), strict=True):
        if len(wordings[one]) >= len(wordings[other]):
            found = overlap(indexes.of(one), wordings[other], kernel, one_outlet=own)
        else:
            turned = overlap(indexes.of(other), wordings[one], kernel, one_outlet=own)
            found = mirrored(turned) if turned else None
        if found is not None:
            yield _pair(paths[one], paths[other], found)


class _Indexes:
    """The index of the text used last, and of every long one."""

    def __init__(self, wordings: list[Wording]) -> None:
        self._wordings = wordings
        self._long: dict[int, Indexed] = {}
        self._last: tuple[int, Indexed] | None = None

    def of(self, document: int) -> Indexed:
        if self._last is not None and self._last[0] == document:
            return self._last[1]
        made = self._long.get(document) or indexed(self._wordings[document])
        if len(made.wording) >= LONG:
            self._long[document] = made
        self._last = document, made
        return made


def _pair(a: str, b: str, found: Overlap) -> ReusePair:
    return ReusePair(a, b, "copy", found.score, found.share_of_a, found.share_of_b, found.passages)
