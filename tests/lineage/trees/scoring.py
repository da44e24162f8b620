"""How many edges of copying trees are found, in which direction, and how well their confidence holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from provenance.lineage.evidence_wording import likeness
from provenance.lineage.stemma import Circumstances, stemma
from tests.lineage.reuse.labelled import article
from tests.lineage.trees.models import Tree


@dataclass(frozen=True)
class Score:
    """`right`: share of true edges found in their direction (undecided ones in their likelier order);
    `joined`: the same without direction; `undecided`: share of the edges shown; `confidence` and
    `decided_right`: mean confidence of decided edges, and the share of them that is right."""

    right: float
    joined: float
    undecided: float
    confidence: float
    decided_right: float


def score(found: Iterable[Tree], dated: bool = False) -> Score:
    """Score all trees together."""
    true = right = joined = shown = open_edges = decided = decided_right = 0
    confidence = 0.0
    for tree in found:
        like = likeness([article(str(number), text) for number, text in enumerate(tree.texts)])
        known = Circumstances.none(len(tree.texts))
        known.tied[:] = True
        if dated:
            known.earlier[:] = _earlier(tree)
        truth = {(taker, giver) for taker, giver in enumerate(tree.giver) if giver is not None}
        true += len(truth)
        for descent in stemma(like, known).descents:
            edge = (descent.taker, descent.giver)
            shown += 1
            right += edge in truth
            joined += edge in truth or edge[::-1] in truth
            if descent.decided:
                decided += 1
                decided_right += edge in truth
                confidence += descent.confidence
            else:
                open_edges += 1
    return Score(
        right / true,
        joined / true,
        open_edges / max(1, shown),
        confidence / max(1, decided),
        decided_right / max(1, decided),
    )


def _earlier(tree: Tree) -> object:
    """Each text dated after the one it was made from."""
    import numpy as np

    depth = [0] * len(tree.giver)
    for number in range(len(tree.giver)):
        at, steps = number, 0
        while tree.giver[at] is not None:
            at, steps = tree.giver[at], steps + 1
        depth[number] = steps * 100 + number
    age = np.array(depth)
    return np.sign(age[:, None] - age[None, :]).astype(np.int8)
