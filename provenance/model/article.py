"""An article as it was saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from provenance.model.outlet import Outlet, PublisherClaim
from provenance.model.problem import Problem
from provenance.model.resource import ArchiveLink
from provenance.model.text import ReadableText


@dataclass(frozen=True, slots=True)
class SetAside:
    """A stretch of the body that is not the article's own prose.

    `reason` is one of `menu`, `ticker`, `share`, `caption`, `credit`, `read-also`,
    `boilerplate`, `title`, `note` (the user's own: comment, callout, embed, block id, section
    named in provenance.toml), `markup`. Offsets point into the body.
    """

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Language:
    """BCP 47 primary subtags: what the file says, and what its text looks like. None: unknown."""

    declared: str | None = None
    detected: str | None = None

    @property
    def best(self) -> str | None:
        """What the text looks like, else what the file says."""
        return self.detected or self.declared


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a vault.

    `path` is the name it goes by in every output (a file's path, or `FILE#ID`). `body` is the
    text that all offsets point into (docs: reference/offsets). `readable` is its prose and
    furniture without markup; what of it is not the article's own text is listed in `set_aside`.
    `fields` is the front matter as read, by its own names. `content_sha256` is of the file's
    bytes (of the record's bytes for an article inside a file).
    """

    path: str
    format: str  # markdown, text, html, warc, jsonl
    body: str
    readable: ReadableText
    content_sha256: str
    set_aside: tuple[SetAside, ...] = ()
    url: str | None = None
    archive_links: tuple[ArchiveLink, ...] = ()
    title: str | None = None
    published: datetime | None = None
    published_text: str | None = None
    author: str | None = None
    language: Language = Language()
    publisher_claims: tuple[PublisherClaim, ...] = ()
    outlet: Outlet | None = None
    problems: tuple[Problem, ...] = ()
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that looks like an article and could not be read: it stays in every count."""

    path: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file that is no article, with the reason."""

    path: str
    reason: str
