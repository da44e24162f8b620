"""One place where an article names an outlet, and in which role."""

from dataclasses import dataclass

from provenance.model.judgement import Judgement
from provenance.model.outlet import Outlet

KINDS = ("source", "relay", "quote", "republication", "photo", "related", "mention", "self")


@dataclass(frozen=True, slots=True)
class Citation:
    """An outlet named in an article.

    `evidence` is the cue with the name as written and `body[start:end] == evidence` (in page
    source `start..end` enclose it). `sentence` is the sentence around it, `rule` the rule that
    fired (`ru:reports`), `confidence` 0 to 1. `judgement` is what a person said of it, if anything.
    """

    outlet: Outlet
    kind: str
    evidence: str
    start: int
    end: int
    sentence: str
    rule: str
    confidence: float
    judgement: Judgement | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no citation kind: {self.kind!r}")

    @property
    def stands(self) -> bool:
        """False where a person says that it is wrong: nothing is concluded from it then."""
        return self.judgement is None or self.judgement.word != "wrong"
