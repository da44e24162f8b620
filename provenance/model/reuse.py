"""Text that stands in more than one article."""

from dataclasses import dataclass

from provenance.model.span import Span

KINDS = ("copy", "translation")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of each of two bodies that has the same wording (or says the same, translated).

    `similarity` is from 0 to 1: the letters of the matching words as a share of both stretches.
    `quoted` marks direct speech in both articles: it is no sign that one has it from the other.
    """

    a: Span
    b: Span
    similarity: float
    quoted: bool


@dataclass(frozen=True, slots=True)
class ReusePair:
    """Two articles that share text, by their paths; `passages` in the order of `a`.

    `kind` is `copy` (the wording is shared) or `translation`. `score` from 0 to 1 says how strong
    the evidence for reuse is; quoted passages add nothing to it. `share_of_a` and `share_of_b` are
    the shares of the letters of each article's own text that stand in passages, quoted ones too.
    """

    a: str
    b: str
    kind: str
    score: float
    share_of_a: float
    share_of_b: float
    passages: tuple[Passage, ...]

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no kind of reuse: {self.kind!r}")
