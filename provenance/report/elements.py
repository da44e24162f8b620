"""The pieces that a report for people is made of, before anything is said of how they look."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """The one sentence that comes first."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One article's line. `verdict` is a verdict, `unreadable`, or empty for a verb without any."""

    path: str
    verdict: str
    sentences: str
    note: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The lines of all articles, walked once, in the vault's order."""

    rows: Iterable[Row]
    verdicts: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """The article and copy that the following lines are about."""

    path: str
    title: str | None
    verdict: str
    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch in its context; `marked` is what is meant."""

    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One changed, added, omitted or moved place."""

    label: str
    saved: Passage | None
    captured: Passage | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of an article that name an outlet."""

    kind: str
    outlet: str
    text: str
    basis: str


@dataclass(frozen=True, slots=True)
class Credits:
    """One giver and its takers, indented by `depth`."""

    giver: str
    remark: str
    takers: tuple[str, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class Line:
    """A remark; `path` where it is about a file."""

    text: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """A remark on the subject above."""

    text: str


Element = Answer | Heading | Rows | Subject | Change | Evidence | Credits | Line | Aside
