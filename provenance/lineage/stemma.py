"""Who has it from whom: the one place where direction is decided.

Each pair of texts gets log-odds, a sum of pieces of evidence weighed by `data/direction.toml`. Over all
trees that could join the texts of a story, each with the probability that those odds give it, the
probability of one edge is its marginal by the matrix-tree theorem (Tutte 1948; Koo, Globerson, Carreras
and Collins 2007). The tree shown is the spanning arborescence with the greatest sum of marginals, that
is, of edges expected to be right (Edmonds 1967, by networkx).
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import networkx as nx
import numpy as np
import numpy.typing as npt

from provenance.lineage.evidence_wording import Likeness

Floats = npt.NDArray[np.float64]
Weights = Mapping[str, Mapping[str, float]]

REGIMES = ("revision", "retelling", "rewriting")
FEATURES = ("kept", "dice", "near", "private", "length", "details", "new_details")
# Texts that share fewer runs of three words than this have nothing from each other. From here on one may
# be the other told anew, but two people who tell of one event share as much or more (up to 0.3 of the
# labelled pairs of tests/lineage/reuse): unless a comparison found passages, no such edge is decided.
# From PLAINLY on (half of all runs) no passages need be shown.
LEAST_DICE, PLAINLY = 0.025, 0.5
# An order is decided from this probability on.
DECIDED = 0.65
# So many givers of a text are weighed when the tree is chosen.
MOST_GIVERS = 12
# An edge that is likelier than this is rather shown, with its confidence, than left out.
NO_GIVER = 0.02
# Log-odds are kept within this, so that no probability is exactly 0 or 1.
GREATEST, LEAST_START = 30.0, -7.0


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known beside the wording; squares are [taker, giver] of booleans or log-odds.

    `tied` says that another comparison (reuse, translation) has found that the two share text.
    """

    tied: npt.NDArray[np.bool_]
    translation: Floats
    earlier: npt.NDArray[np.int8]  # 1: the giver is the earlier by its dates, -1: the later, 0: not known
    credited: npt.NDArray[np.bool_]
    linked: npt.NDArray[np.bool_]

    @classmethod
    def none(cls, count: int) -> "Circumstances":
        """Nothing is known."""
        no = np.zeros((count, count), dtype=np.bool_)
        return cls(no, np.zeros((count, count)), np.zeros((count, count), dtype=np.int8), no, no)


@dataclass(frozen=True, slots=True)
class Descent:
    """Text `taker` has it from text `giver` (positions). `confidence`: see Edge; `pieces`: log-odds by
    name. Not `firm`: the two share rare wording, and may be reports of one event all the same."""

    taker: int
    giver: int
    decided: bool
    confidence: float
    pieces: tuple[tuple[str, float], ...]
    firm: bool = True
    order: float = 0.5


@dataclass(frozen=True, slots=True)
class Stemma:
    """The tree over texts; whoever is no `taker` has it from none of them."""

    descents: tuple[Descent, ...]
    regime: str


@cache
def weights() -> Weights:
    """The table of log-odds."""
    text = files("provenance.lineage").joinpath("data/direction.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def regimes(like: Likeness) -> dict[str, float]:
    """How probable each regime is, from how much of its wording a text shares with its nearest.

    Revisions leave most sentences as they are; retellings keep whole stretches and cut others, so that
    lengths differ; rewriting changes every sentence and keeps the length.
    """
    if len(like.dice) < 2:
        return {"revision": 0.0, "retelling": 1.0, "rewriting": 0.0}
    nearest = float(np.median(like.dice.max(axis=1)))
    spread = float(np.median(np.abs(like.length[np.arange(len(like.dice)), like.dice.argmax(axis=1)])))
    scores = np.array([14 * (nearest - 0.72), 0.0, 14 * (0.22 - nearest) + 20 * (0.15 - spread)])
    scores = np.exp(scores - scores.max())
    return dict(zip(REGIMES, (scores / scores.sum()).tolist(), strict=True))


def features(like: Likeness) -> dict[str, Floats]:
    """The squares that the weights multiply."""
    return {
        "kept": np.log(like.kept + 0.02),
        "dice": np.log(like.dice + 0.01),
        "near": -np.log(1.0 - np.minimum(like.dice, 1.0) + 0.02),
        "private": like.private,
        "length": like.length,
        "details": like.details,
        "new_details": like.new_details,
    }


def stemma(like: Likeness, known: Circumstances, table: Weights | None = None) -> Stemma:
    """The tree that joins the texts, with the evidence for each edge."""
    table = table or weights()
    likely = regimes(like)
    pieces = log_odds(like, known, likely, table)
    total = sum(pieces.values(), np.zeros_like(like.kept))
    possible = known.tied | known.credited | known.linked | (like.own_dice >= LEAST_DICE)
    np.fill_diagonal(possible, False)
    firm = known.tied | known.credited | known.linked | (like.own_dice >= PLAINLY)
    first = sum(likely[regime] * table[regime]["first"] for regime in REGIMES)
    chances = marginals(total, possible, np.full(len(total), first))
    trust = sum(likely[regime] * table[regime]["trust"] for regime in REGIMES)
    descents = tuple(
        _descent(taker, giver, chances, pieces, trust if firm[taker, giver] else None)
        for taker, giver in sorted(_tree(chances, possible))
    )
    return Stemma(descents, max(likely, key=lambda regime: likely[regime]))


def log_odds(
    like: Likeness, known: Circumstances, likely: Mapping[str, float], table: Weights
) -> dict[str, Floats]:
    """Each piece of evidence as log-odds that the taker has it from the giver."""
    pieces: dict[str, Floats] = {
        name: sum((likely[regime] * table[regime][name] for regime in REGIMES), 0.0) * values
        for name, values in features(like).items()
    }
    about = table["circumstances"]
    pieces["date"] = np.where(
        known.earlier > 0, about["earlier"], np.where(known.earlier < 0, about["later"], 0.0)
    )
    pieces["credit"] = known.credited.astype(np.float64) * about["credited"]
    pieces["link"] = known.linked.astype(np.float64) * about["linked"]
    # Wording cannot be compared across languages: a translation counts as if so much were kept.
    across = known.translation > 0
    for name in FEATURES:
        pieces[name] = np.where(across, 0.0, pieces[name])
    pieces["translation"] = np.where(across, about["translation"] * (known.translation - 1), 0.0)
    return pieces


def marginals(total: Floats, possible: npt.NDArray[np.bool_], first: Floats) -> Floats:
    """The probability that each giver is the taker's, over all trees ([taker, giver])."""
    top = np.maximum(np.where(possible, total, -np.inf).max(axis=1, initial=-np.inf), first)
    odds = np.where(possible, np.exp(np.clip(total - top[:, None], -GREATEST, 0.0)), 0.0)
    # Only how the starts stand to each other decides the first text; all of them lifted by the same
    # amount keep the matrix from becoming singular.
    start = first - top
    lift = max(0.0, LEAST_START - float(start.max(initial=-np.inf)))
    start = np.exp(np.clip(start + lift, -GREATEST, 0.0))
    # Rows are takers: the Laplacian's diagonal holds all that could come to each.
    laplacian = np.diag(odds.sum(axis=1) + start) - odds
    inverse = np.linalg.inv(laplacian)
    chances = odds * (np.diag(inverse)[:, None] - inverse.T)
    return np.asarray(np.clip(np.nan_to_num(chances), 0.0, 1.0), dtype=np.float64)


def _tree(chances: Floats, possible: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The edges (taker, giver) of the arborescence with the greatest sum of chances."""
    graph = nx.DiGraph()
    root = -1
    for taker in range(len(chances)):
        graph.add_edge(root, taker, weight=NO_GIVER * max(0.0, 1.0 - float(chances[taker].sum())))
        givers = np.flatnonzero(possible[taker])
        for giver in givers[np.argsort(-chances[taker, givers], kind="stable")][:MOST_GIVERS].tolist():
            graph.add_edge(giver, taker, weight=float(chances[taker, giver]))
    tree = nx.maximum_spanning_arborescence(graph, attr="weight", default=0.0)
    return [(taker, giver) for giver, taker in tree.edges if giver != root]


def _descent(
    taker: int, giver: int, chances: Floats, pieces: Mapping[str, Floats], trust: float | None
) -> Descent:
    """The edge with what speaks for it. `trust` None: that there is one is not certain enough."""
    here, there = float(chances[taker, giver]), float(chances[giver, taker])
    order = here / max(here + there, 1e-12)
    shown = tuple(
        (name, round(float(values[taker, giver] - values[giver, taker]), 3))
        for name, values in pieces.items()
    )
    if order < DECIDED or trust is None:
        return Descent(taker, giver, False, round(max(order, 0.0), 4), shown, trust is not None, order)
    return Descent(taker, giver, True, round(here**trust, 4), shown, order=order)


def order_of_dates(spans: Sequence[tuple[float | None, float | None]]) -> npt.NDArray[np.int8]:
    """Which text is the earlier, from the earliest and latest moment each can be from."""
    count = len(spans)
    earliest = np.array([-np.inf if low is None else low for low, _ in spans])
    latest = np.array([np.inf if high is None else high for _, high in spans])
    before = latest[:, None] < earliest[None, :]
    made = np.zeros((count, count), dtype=np.int8)
    made[before.T] = 1  # [taker, giver]: the giver is before the taker
    made[before] = -1
    return made
