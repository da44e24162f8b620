"""An outlet: whoever publishes articles."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher as it is reported.

    `name` is the outlet's own Latin-script form (RBC, Der Spiegel); for an outlet that no
    table knows it is the name as the text gives it, and `domain` is None.
    """

    name: str
    domain: str | None = None
    name_native: str | None = None


@dataclass(frozen=True, slots=True)
class PublisherClaim:
    """Something in or about a file that says who published the article.

    Claims are gathered by the vault in order of weight and resolved to an outlet by the
    citations room; the first that resolves wins. `basis` is one of `settings` (the vault's
    provenance.toml), `front-matter`, `url`, `archive-link`, `page-metadata`, `text`.
    `value` is a name, or a host name where `is_domain`. `start`/`end` point into the body
    where the claim stands in it.
    """

    value: str
    is_domain: bool
    basis: str
    field: str | None = None
    start: int | None = None
    end: int | None = None
