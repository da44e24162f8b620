"""Whether a capture holds a saved text: verdict, reason and evidence."""

from dataclasses import dataclass, field
from enum import StrEnum

from provenance.model.article import SetAside
from provenance.model.capture import Capture


class Verdict(StrEnum):
    """The six verdicts; docs/explanation/verdicts.md says what each may claim."""

    HOLDS = "holds"
    DIFFERS = "differs"
    OTHER = "other"
    UNAVAILABLE = "unavailable"
    UNCHECKED = "unchecked"
    UNLINKED = "unlinked"


REASONS: dict[Verdict, frozenset[str]] = {
    Verdict.HOLDS: frozenset({"every-sentence-held", "held-with-omissions"}),
    Verdict.DIFFERS: frozenset({"words-changed", "text-absent", "both"}),
    Verdict.OTHER: frozenset(
        {
            "soft-404",
            "consent-wall",
            "paywall-stub",
            "challenge",
            "homepage",
            "script-shell",
            "other-article",
            "other-language",
            "empty",
        }
    ),
    Verdict.UNAVAILABLE: frozenset(
        {"not-archived", "other-capture", "excluded", "archived-error", "blocked"}
    ),
    Verdict.UNCHECKED: frozenset(
        {
            "offline",
            "rate-limited",
            "network",
            "timeout",
            "archive-failing",
            "refused-by-archive",
            "too-large",
            "refused-address",
            "unsupported-archive",
            "unsupported-media-type",
            "undecodable",
            "not-in-captures",
            "nothing-to-compare",
        }
    ),
    Verdict.UNLINKED: frozenset({"no-archive-url", "not-an-archive-url"}),
}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A place in a text: `body[start:end] == text` in a saved body; enclosing in page source."""

    start: int
    end: int
    text: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where saved text and capture disagree.

    `kind` is `changed`, `added`, `omitted` or `moved`; `material` any of `number`, `date`,
    `name`, `negation`, `hedge`, `quote`, empty for mere wording. The side that has nothing
    (an added or omitted sentence) carries the empty stretch at the place where it would stand,
    or None where no such place is known.
    """

    kind: str
    material: tuple[str, ...]
    saved: Excerpt | None
    captured: Excerpt | None


@dataclass(frozen=True, slots=True)
class Sentences:
    """How many sentences of the saved text were looked for, how many are held, and where."""

    total: int
    held: int
    visible: int = 0
    json_ld: int = 0
    noscript: int = 0
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares (0 to 1) of letters and digits: of the saved text held, of the captured article saved."""

    saved: float
    captured: float


@dataclass(frozen=True, slots=True)
class CapturedPage:
    """What the capture says of itself, for the front-matter audit. None: it does not say."""

    title: str | None = None
    published: str | None = None
    language: str | None = None
    site_name: str | None = None
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing one saved text with one capture found."""

    verdict: Verdict
    reason: str
    sentences: Sentences
    coverage: Coverage
    differences: tuple[Difference, ...] = ()
    formatting_differences: int = 0
    notes: tuple[str, ...] = ()
    page: CapturedPage = CapturedPage()


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on one archive link of one article.

    `method` names the comparing method and its version. `comparison` is None where nothing was
    compared. `link` is the archive link as written, `detail` one plain sentence for a person.
    `capture` is the capture that was compared; a capture that was offered in place of the one
    asked for stands in `neighbour` with a verification of its own. `also` holds the other
    archive links of the same article.
    """

    verdict: Verdict
    reason: str
    method: str
    detail: str = ""
    link: str | None = None
    capture: Capture | None = None
    comparison: Comparison | None = None
    set_aside: tuple[SetAside, ...] = ()
    neighbour: "Verification | None" = None
    also: tuple["Verification", ...] = field(default=())

    def __post_init__(self) -> None:
        if self.reason not in REASONS[self.verdict]:
            raise ValueError(f"{self.reason!r} is no reason for {self.verdict}")
