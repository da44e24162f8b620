"""Sources that a page states for machines: `isBasedOn` and `citation` of an article's JSON-LD.

The properties are those of schema.org's CreativeWork: what the article is derived from, and the
works it refers to.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from provenance.citations.languages import Rule
from provenance.citations.names import name_tree
from provenance.citations.outlets import OutletEntry, OutletTable
from provenance.model.span import Span
from provenance.text.page_metadata import json_ld

_PROPERTIES = {
    "isBasedOn": Rule("any:based-on", "source", (), ()),
    "isBasedOnUrl": Rule("any:based-on", "source", (), ()),
    "citation": Rule("any:stated-citation", "source", (), ()),
}
_ADDRESSES = ("url", "@id", "sameAs")
_PUBLISHERS = ("publisher", "provider", "sourceOrganization", "author")
# Values read of one block; no article rests on more.
_MOST = 200


@dataclass(frozen=True, slots=True)
class StatedSource:
    """A known outlet that the page names as a source; `place` encloses its address or name in the source."""

    entry: OutletEntry
    place: Span
    property: str
    rule: Rule


def stated_sources(page_source: str, outlets: OutletTable) -> Iterator[StatedSource]:
    """The outlets that the articles in a page's JSON-LD are based on or cite, each place once."""
    seen = set()
    for offset, block in json_ld(page_source):
        try:
            loaded = json.loads(block, strict=False)
        except (ValueError, RecursionError):
            continue
        for name, given in _stated(loaded):
            entry = _entry(given, outlets)
            place = _place(given, block, offset) if entry else None
            if entry and place and place not in seen:
                seen.add(place)
                yield StatedSource(entry, place, name, _PROPERTIES[name])


def _stated(loaded: object) -> Iterator[tuple[str, str]]:
    """Property and value (an address or a name) of what articles are said to rest on."""
    waiting, articles = [loaded], 0
    while waiting and articles < _MOST:
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node[:_MOST]
        elif isinstance(node, Mapping):
            waiting += [node[key] for key in ("@graph", "mainEntity") if key in node]
            articles += 1
            if "Article" in str(node.get("@type")):
                for name in _PROPERTIES:
                    yield from ((name, value) for value in _values(node.get(name)))


def _values(given: object) -> Iterator[str]:
    listed = given[:_MOST] if isinstance(given, list) else [given]
    for one in listed:
        if isinstance(one, str):
            yield one
        elif isinstance(one, Mapping):
            address = next((one[key] for key in _ADDRESSES if isinstance(one.get(key), str)), None)
            owners = [one[key] for key in _PUBLISHERS if isinstance(one.get(key), Mapping)]
            names = [owner.get("name") for owner in owners[:1]]
            value = address or next(iter(names), one.get("name") if _is_organization(one) else None)
            if isinstance(value, str):
                yield value


def _is_organization(described: Mapping[object, object]) -> bool:
    return "Organization" in str(described.get("@type"))


def _entry(given: str, outlets: OutletTable) -> OutletEntry | None:
    if "://" in given:
        return outlets.at_domain(given)
    aliases = name_tree(outlets).find(given) if len(given) < _MOST else []
    return aliases[0].entry if len({alias.entry.outlet.name for alias in aliases}) == 1 else None


def _place(given: str, block: str, offset: int) -> Span | None:
    """Where the value is written; None where JSON spells it in another way than plainly."""
    for written in (given, given.replace("/", "\\/"), json.dumps(given)[1:-1]):
        at = block.find(f'"{written}"')
        if at >= 0:
            return Span(offset + at + 1, offset + at + 1 + len(written))
    return None
