"""Text that recurs throughout one outlet: comment rules, subscription lines, tickers.

It tells nothing of who has what from whom. It is known by recurring, not by its words: a
fingerprint that several articles of one outlet hold, articles that have a good part of
their text to themselves. (Versions of one article, which share most of it, do not make it
boilerplate.)
"""

import numpy as np
import numpy.typing as npt

# Articles of one outlet in which text must stand to be boilerplate of that outlet.
LEAST_ARTICLES = 3
# An article counts where it has this many fingerprints of its own for every one that recurs.
LEAST_OWN = 0.5

Int64 = npt.NDArray[np.int64]


def recurring(documents: Int64, fingerprints: Int64, outlets: Int64) -> npt.NDArray[np.bool_]:
    """Which postings are boilerplate of their document's outlet.

    Posting `i` says that `documents[i]` holds `fingerprints[i]`, each once; `outlets[d]` numbers
    the outlet of document `d`, negative where it is not known (nothing recurs in it then).
    """
    found = np.zeros(len(documents), dtype=np.bool_)
    known = np.flatnonzero(outlets[documents] >= 0) if len(documents) else np.empty(0, dtype=np.int64)
    if not len(known):
        return found
    outlet, prints = outlets[documents[known]], fingerprints[known]
    order = np.lexsort((prints, outlet))
    changes = (np.diff(prints[order]) != 0) | (np.diff(outlet[order]) != 0)
    group = np.empty(len(order), dtype=np.int64)
    group[order] = np.concatenate(([0], np.cumsum(changes)))
    holders = np.bincount(group)[group]
    document = documents[known]
    shared = np.bincount(document, weights=holders > 1, minlength=len(outlets))
    own = np.bincount(document, weights=holders == 1, minlength=len(outlets))
    counts = (own >= LEAST_OWN * shared)[document]
    witnesses = np.bincount(group, weights=counts)[group]
    found[known] = witnesses >= LEAST_ARTICLES
    return found
