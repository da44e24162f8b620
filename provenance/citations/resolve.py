"""Which outlet a name or an address stands for."""

from collections.abc import Collection

from provenance.citations.names import Alias, name_tree
from provenance.citations.outlets import OutletEntry, OutletTable
from provenance.citations.tokens import fold
from provenance.model.article import Article
from provenance.model.outlet import Outlet

# Where a name that no table knows is still believed to be the publisher's.
_STATED = frozenset({"settings", "front-matter", "page-metadata"})


def choose(
    aliases: Collection[Alias], written: str, language: str | None, named_for_sure: Collection[str]
) -> OutletEntry:
    """Of the outlets that go by one name, the likeliest.

    In order of weight: it is named beyond doubt elsewhere in the article; the name is given for
    the article's language; it publishes in that language; the name is its canonical one.
    """

    def weight(alias: Alias) -> tuple[bool, bool, bool, bool, bool]:
        return (
            alias.entry.outlet.name in named_for_sure,
            language is not None and alias.name.language == language,
            language in alias.entry.languages,
            fold(alias.entry.outlet.name) == fold(written),
            not alias.name.ambiguous,
        )

    return max(aliases, key=weight).entry


def publisher(article: Article, outlets: OutletTable) -> Outlet | None:
    """Who published the article: the first of its claims that leads to a known outlet.

    Where none does, the first name that the vault, the front matter or the page states, as an
    outlet no table knows, with the host of the article's URL as its domain.
    """
    tree = name_tree(outlets)
    for claim in article.publisher_claims:
        if claim.is_domain:
            entry = outlets.at_domain(claim.value)
            if entry:
                return entry.outlet
            continue
        aliases = tree.find(claim.value)
        if aliases:
            return choose(aliases, claim.value, article.language.best, ()).outlet
    stated = next((c.value for c in article.publisher_claims if not c.is_domain and c.basis in _STATED), None)
    host = next((c.value for c in article.publisher_claims if c.is_domain and c.basis == "url"), None)
    host = host.lower().removeprefix("www.") if host else None
    if stated:
        return Outlet(stated, host)
    return Outlet(host, host) if host else None
