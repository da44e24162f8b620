"""What a run found of one article: what reports and machine output are made of."""

from dataclasses import dataclass
from datetime import datetime

from provenance.model.accuracy import Accuracy
from provenance.model.article import Language, PassedOver, SetAside
from provenance.model.citation import Citation
from provenance.model.outlet import Outlet
from provenance.model.problem import Problem
from provenance.model.verification import Verification


@dataclass(frozen=True, slots=True)
class ArticleFinding:
    """One article's line in every report. A verb leaves what it does not look at as None.

    `readable` False marks a file that could not be read; its `problems` say why.
    """

    path: str
    content_sha256: str | None
    readable: bool = True
    outlet: Outlet | None = None
    url: str | None = None
    title: str | None = None
    published: datetime | None = None
    language: Language = Language()
    problems: tuple[Problem, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    verification: Verification | None = None
    citations: tuple[Citation, ...] | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a verb: what was asked, when, with which version and methods.

    `accuracy` says of each language in which citations were looked for how far to trust them.
    """

    verb: str
    paths: tuple[str, ...]
    started_at: datetime
    version: str
    finished_at: datetime | None = None
    passed_over: tuple[PassedOver, ...] = ()
    accuracy: tuple[Accuracy, ...] = ()
