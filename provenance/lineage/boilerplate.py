"""Text that recurs throughout one outlet: comment rules, subscription lines, tickers.

It tells nothing of who has what from whom. It is known by recurring, not by its words: a
fingerprint that several articles of one outlet hold, articles that have a good part of their text
to themselves. (Versions of one article, which share most of it, do not make it boilerplate.)
"""

import numpy as np
import numpy.typing as npt

# Articles of one outlet in which text must stand to be boilerplate of that outlet.
LEAST_ARTICLES = 3
# An article counts where it has this many fingerprints of its own for every one that recurs, or
# where no more recur than a long footer has (some 100 words) and a few sentences are its own.
LEAST_OWN = 0.5
LONG_FOOTER, FEW_SENTENCES = 40, 6

Ints = npt.NDArray[np.signedinteger]


def recurring(documents: Ints, fingerprints: npt.NDArray[np.int64], outlets: Ints) -> npt.NDArray[np.bool_]:
    """Which postings are boilerplate of their document's outlet.

    Posting `i` says that `documents[i]` holds `fingerprints[i]`, each once, in order of documents;
    `outlets[d]` numbers the outlet of document `d`, negative where it is not known (nothing
    recurs in it then).
    """
    found = np.zeros(len(documents), dtype=np.bool_)
    places = np.searchsorted(documents, np.arange(len(outlets) + 1, dtype=documents.dtype))
    by_outlet = np.argsort(outlets, kind="stable")
    edges = np.searchsorted(outlets[by_outlet], np.arange(int(outlets.max(initial=-1)) + 2))
    for outlet in range(len(edges) - 1):
        articles = by_outlet[edges[outlet] : edges[outlet + 1]]
        if len(articles) < LEAST_ARTICLES:
            continue
        at = np.concatenate([np.arange(places[each], places[each + 1]) for each in articles.tolist()])
        number = np.repeat(np.arange(len(articles)), np.diff(places)[articles])
        found[at] = _recurring_in(number, fingerprints[at], len(articles))
    return found


def _recurring_in(
    articles: npt.NDArray[np.int64], fingerprints: npt.NDArray[np.int64], count: int
) -> npt.NDArray[np.bool_]:
    """The same for the `count` articles of one outlet."""
    _, group, holders = np.unique(fingerprints, return_inverse=True, return_counts=True)
    alone = holders[group] == 1
    own = np.bincount(articles, weights=alone, minlength=count)
    shared = np.bincount(articles, weights=~alone, minlength=count)
    counts = (own >= LEAST_OWN * shared) | ((shared <= LONG_FOOTER) & (own >= FEW_SENTENCES))
    witnesses = np.bincount(group, weights=counts[articles])
    enough: npt.NDArray[np.bool_] = (witnesses >= LEAST_ARTICLES)[group]
    return enough
