"""One story: who took it from whom, on what it rests, and what changed on the way."""

from dataclasses import dataclass

from provenance.model.outlet import Outlet

DIRECTIONS = ("decided", "undecided")
RELATIONS = ("credited-reuse", "uncredited-reuse", "credit-only", "intermediary-reuse")
BASES = ("credit", "link", "reuse", "translation", "shared-variant", "date")


@dataclass(frozen=True, slots=True)
class Witness:
    """Whoever has or had the story: an article (`path`), an outlet without an article in the vault
    (`outlet` alone), or an inferred text that nobody has (`lost`, such as `w1`)."""

    path: str | None = None
    outlet: Outlet | None = None
    lost: str | None = None

    def __post_init__(self) -> None:
        if not (self.path or self.outlet or self.lost):
            raise ValueError("a witness is an article, an outlet or a lost text")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of an article. `start`/`end` point into its body, `text` is what a reader sees there."""

    path: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A reason for an edge.

    `basis` is one of `BASES`. `place` is where it can be seen (None for what stands in no text, a
    date of the front matter). `log_odds` says how much it speaks for the direction in which the edge
    stands (natural logarithm; negative: against it; 0: it says that the two are connected, not which
    came first).
    """

    basis: str
    place: Place | None
    because: str
    log_odds: float = 0.0

    def __post_init__(self) -> None:
        if self.basis not in BASES:
            raise ValueError(f"no basis: {self.basis!r}")


@dataclass(frozen=True, slots=True)
class Edge:
    """`taker` has the story, or a part of it, from `giver`.

    Where `direction` is `undecided` both stand in the likelier order. `confidence` (0 to 1) is of
    the edge as it stands, for an undecided one of the order alone. `regime` says for an edge without
    credit and dates how texts of this story seem to be made from each other: `revision` (growth),
    `retelling` (loss) or `rewriting`.
    """

    taker: Witness
    giver: Witness
    direction: str
    relation: str
    bases: tuple[str, ...]
    confidence: float
    evidence: tuple[Evidence, ...]
    regime: str | None = None

    def __post_init__(self) -> None:
        if self.direction not in DIRECTIONS or self.relation not in RELATIONS:
            raise ValueError(f"no such edge: {self.direction!r}, {self.relation!r}")


@dataclass(frozen=True, slots=True)
class Root:
    """Whom the story rests on. `share` (0 to 1) is the part of the story's articles that do, an
    article that rests on several being split between them."""

    witness: Witness
    in_vault: bool
    share: float


@dataclass(frozen=True, slots=True)
class Merge:
    """Texts that count as one origin, or may (`certain` False: the low end only), and why."""

    what: tuple[str, ...]
    because: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Origins:
    """From `low` to `high` independent origins."""

    low: int
    high: int
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class Impossible:
    """An edge (by its position) that the dates rule out."""

    edge: int
    reason: str


@dataclass(frozen=True, slots=True)
class MissingLink:
    """An outlet that articles of the story credit and that has none in the vault."""

    outlet: Outlet
    url: str | None
    cited_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the values that witnesses give of a fact. `root_side`: what the nearest to the root has."""

    value: str
    witnesses: tuple[Place, ...]
    root_side: bool = False


@dataclass(frozen=True, slots=True)
class Drift:
    """A fact that witnesses state differently. `material` as for differences (model.verification).

    `changed_at` are the edges (by position) whose two ends have different variants.
    """

    fact: str
    material: tuple[str, ...]
    variants: tuple[Variant, ...]
    changed_at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that is concluded of one story. `articles` in the vault's order; `id` is made from them."""

    id: str
    title: str
    articles: tuple[str, ...]
    roots: tuple[Root, ...]
    origins: Origins
    edges: tuple[Edge, ...]
    loops: tuple[tuple[int, ...], ...] = ()
    impossible: tuple[Impossible, ...] = ()
    weakest_link: int | None = None
    missing: tuple[MissingLink, ...] = ()
    drift: tuple[Drift, ...] = ()
