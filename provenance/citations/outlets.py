"""The outlets that are known: tables shipped with the package and a vault's own."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from importlib.resources.abc import Traversable

from provenance.model.errors import ProvenanceError
from provenance.model.outlet import Outlet

KINDS = frozenset(
    {"agency", "broadcaster", "newspaper", "magazine", "portal", "investigative", "fact-checker"}
)
COLUMNS = ("name", "domains", "languages", "native names", "aliases", "kind", "owner", "service of")
_LANGUAGE_PREFIX = re.compile(r"([a-z]{2,3}):(?=\S)")
# What `OutletTable.at_domain` can reach: a host without its www, perhaps one folder.
_DOMAIN = re.compile(r"(?!(?:www|m|amp|mobile)\.)[^\s/:@?#,.]+(?:\.[^\s/:@?#,.]+)+(?:/[^\s/?#,]+)?")
_OWNER = re.compile(r"(?P<name>.+?) \(as of (?P<as_of>\d{4}(?:-\d\d)*); basis: (?P<basis>.+)\)")


class OutletTableError(ProvenanceError):
    """A line of an outlet table that cannot be used; names the file, the line and what to change."""


@dataclass(frozen=True, slots=True)
class OutletName:
    """One way an outlet is called. `language` None: in any. `ambiguous`: also a word, or another's name."""

    text: str
    language: str | None = None
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns an outlet, as of when, and how that is known."""

    name: str
    as_of: str
    basis: str


@dataclass(frozen=True, slots=True)
class OutletEntry:
    """All that is known of one outlet. `names` begins with the canonical one; `place` is `FILE:LINE`."""

    outlet: Outlet
    names: tuple[OutletName, ...]
    domains: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    country: str = ""
    kind: str = ""
    owner: Owner | None = None
    service_of: str | None = None
    place: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class OutletTable:
    """Every outlet known, reachable by canonical name and by domain (host, or host with a path).

    Compared by identity, so that what is built from a table can be kept beside it.
    """

    entries: tuple[OutletEntry, ...]
    by_name: Mapping[str, OutletEntry] = field(repr=False)
    by_domain: Mapping[str, OutletEntry] = field(repr=False)

    def at_domain(self, address: str) -> OutletEntry | None:
        """The outlet that publishes at a host or URL: the longest path, then the nearest parent host."""
        host, _, path = re.sub(r"^[a-z+]+://", "", address.strip().lower()).partition("/")
        host = re.sub(r":\d+$", "", host.rsplit("@", 1)[-1]).strip(".")
        first = path.split("/", 1)[0]
        for prefix in ("www.", "m.", "amp.", "mobile."):
            host = host.removeprefix(prefix)
        while host.count("."):
            found = self.by_domain.get(f"{host}/{first}") or self.by_domain.get(host)
            if found:
                return found
            host = host.partition(".")[2]
        return None


def load_outlets(extra: Sequence[Mapping[str, object]] = ()) -> OutletTable:
    """The package's tables with a vault's own `[[outlet]]` tables added.

    An extra outlet with a known `name` corrects that outlet: the keys it gives replace what the
    table says (`aliases` and `domains` are added in front). Raises OutletTableError for a line
    that cannot be read and for an extra outlet that contradicts another one.
    """
    listed = _with_own(shipped_outlets(), extra)
    if extra:
        # A fault names a place at its beginning, or in brackets.
        own = tuple(f"{_place(number)}{mark}" for number, _ in enumerate(extra, start=1) for mark in ":);")
        for fault in faults(listed):
            if any(place in fault for place in own):
                raise OutletTableError(fault)
    return outlet_table(listed)


def shipped_outlets() -> list[OutletEntry]:
    """Every line of the package's tables. Raises OutletTableError for one that cannot be read."""
    return [
        entry for file in _table_files() for entry in read_table(file.read_text(encoding="utf-8"), file.name)
    ]


def all_faults(extra: Sequence[Mapping[str, object]] = ()) -> Iterator[str]:
    """Where the package's tables, and a vault's own added to them, contradict each other.

    Raises OutletTableError for a line or table that cannot be read at all.
    """
    shipped = shipped_outlets()
    yield from dict.fromkeys([*faults(shipped), *faults(_with_own(shipped, extra))])


def _with_own(shipped: Sequence[OutletEntry], extra: Sequence[Mapping[str, object]]) -> list[OutletEntry]:
    by_name = {entry.outlet.name: entry for entry in reversed(shipped)}
    for position, given in enumerate(extra, start=1):
        entry = _from_mapping(given, _place(position), by_name)
        by_name[entry.outlet.name] = entry
    known = [by_name.pop(entry.outlet.name) for entry in shipped if entry.outlet.name in by_name]
    return known + list(by_name.values())


def _place(position: int) -> str:
    return f"provenance.toml, [[outlet]] number {position}"


def outlet_table(entries: Iterable[OutletEntry]) -> OutletTable:
    """Index outlets by name and domain; of two that claim the same, the first has it."""
    listed = tuple(entries)
    by_name: dict[str, OutletEntry] = {}
    by_domain: dict[str, OutletEntry] = {}
    for entry in listed:
        by_name.setdefault(entry.outlet.name, entry)
        for domain in entry.domains:
            by_domain.setdefault(domain, entry)
    return OutletTable(listed, by_name, by_domain)


def faults(entries: Iterable[OutletEntry]) -> Iterator[str]:
    """Where outlets contradict each other: one name or domain claimed twice, services in a circle."""
    listed = list(entries)
    by_name: dict[str, OutletEntry] = {}
    domains: dict[str, OutletEntry] = {}
    names: dict[tuple[str, str | None], OutletEntry] = {}
    for entry in listed:
        title = entry.outlet.name
        other = by_name.setdefault(title, entry)
        if other is not entry:
            yield f"{entry.place}: {title} already stands at {other.place}; merge the two lines"
        for domain in entry.domains:
            if not _DOMAIN.fullmatch(domain):
                yield f"{entry.place}: {domain!r} of {title} leads nowhere: write a host such as news.example"
            other = domains.setdefault(domain, entry)
            if other is not entry:
                yield (
                    f"{entry.place}: domain {domain!r} of {title} already belongs to {other.outlet.name} "
                    f"({other.place}); give it to one of the two"
                )
        for name in entry.names:
            other = entry if name.ambiguous else names.setdefault((name.text, name.language), entry)
            if other is not entry:
                yield (
                    f"{entry.place}: {name.text!r} of {title} is also a name of {other.outlet.name} "
                    f"({other.place}); mark it in both with a question mark at its end, or drop it from one"
                )
    for entry in listed:
        yield from _service_faults(entry, by_name)


def _service_faults(entry: OutletEntry, by_name: Mapping[str, OutletEntry]) -> Iterator[str]:
    seen = {entry.outlet.name}
    parent = entry.service_of
    while parent:
        if parent not in by_name:
            yield f"{entry.place}: service of {parent!r}, which no line names"
            return
        if parent in seen:
            yield f"{entry.place}: {entry.outlet.name} is, by way of {parent}, a service of itself; end that"
            return
        seen.add(parent)
        parent = by_name[parent].service_of


def read_table(text: str, file_name: str) -> Iterator[OutletEntry]:
    """The outlets of one table file. Raises OutletTableError at the first line that cannot be read."""
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield _from_line(line, f"{file_name}:{number}", file_name.partition(".")[0])


def _table_files() -> list[Traversable]:
    folder = files("provenance.citations").joinpath("data", "outlets")
    if not folder.is_dir():
        return []
    return sorted(
        (file for file in folder.iterdir() if file.name.endswith(".psv")), key=lambda file: file.name
    )


def _from_line(line: str, place: str, country: str) -> OutletEntry:
    cells = [cell.strip() for cell in re.split(r"(?:^|(?<=\s))\|(?=\s|$)", line)]
    if len(cells) != len(COLUMNS):
        raise OutletTableError(
            f"{place}: {len(cells)} columns, expected {len(COLUMNS)}: {' | '.join(COLUMNS)}"
        )
    name, domains, languages, native, aliases, kind, owner, service_of = cells
    if not name:
        raise OutletTableError(f"{place}: no name in the first column")
    if kind and kind not in KINDS:
        raise OutletTableError(f"{place}: kind {kind!r} is none of {', '.join(sorted(KINDS))}")
    return _entry(
        name, _listed(domains), _listed(languages), _listed(native), _listed(aliases), place,
        country=country, kind=kind, owner=_owner(owner, place), service_of=service_of or None,
    )  # fmt: skip


def _entry(
    name: str,
    domains: Sequence[str],
    languages: Sequence[str],
    native: Sequence[str],
    aliases: Sequence[str],
    place: str,
    *,
    country: str = "",
    kind: str = "",
    owner: Owner | None = None,
    service_of: str | None = None,
) -> OutletEntry:
    natives = [_name(text) for text in native]
    others = [_name(text) for text in aliases]
    own = OutletName(name, ambiguous=OutletName(name, ambiguous=True) in others)
    names = dict.fromkeys([own, *natives, *others])
    clean = tuple(dict.fromkeys(domain.lower().rstrip("/") for domain in domains))
    return OutletEntry(
        Outlet(name, clean[0] if clean else None, natives[0].text if natives else name),
        tuple(
            found
            for found in names
            if not (found.text == name and found is not own and found.language is None)
        ),
        clean,
        tuple(languages),
        country,
        kind,
        owner,
        service_of,
        place,
    )


def _from_mapping(given: Mapping[str, object], place: str, known: Mapping[str, OutletEntry]) -> OutletEntry:
    name = given.get("name")
    if not isinstance(name, str) or not name.strip():
        raise OutletTableError(f'{place}: no name; write name = "..."')
    lists: dict[str, list[str]] = {}
    for key in ("domains", "languages", "native_names", "aliases"):
        value = given.get(key, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(one, str) and one.strip() for one in listed):
            raise OutletTableError(f'{place}: {key} must be a list of texts, as in {key} = ["..."]')
        lists[key] = [one.strip() for one in listed]
    kind, service_of = given.get("kind", ""), given.get("service_of")
    if not isinstance(kind, str) or (kind and kind not in KINDS):
        raise OutletTableError(f"{place}: kind must be one of {', '.join(sorted(KINDS))}")
    made = _entry(
        name.strip(), lists["domains"], lists["languages"], lists["native_names"], lists["aliases"], place,
        kind=kind, service_of=service_of if isinstance(service_of, str) else None,
    )  # fmt: skip
    old = known.get(made.outlet.name)
    if old is None:
        return made
    domains = tuple(dict.fromkeys((*made.domains, *old.domains)))
    native = made.outlet.name_native if lists["native_names"] else old.outlet.name_native
    return replace(
        old,
        outlet=Outlet(old.outlet.name, domains[0] if domains else None, native),
        names=tuple(dict.fromkeys((*made.names, *old.names))),
        domains=domains,
        languages=made.languages or old.languages,
        kind=made.kind or old.kind,
        service_of=made.service_of or old.service_of,
        place=place,
    )


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _name(text: str) -> OutletName:
    ambiguous = text.endswith("?")
    text = text.removesuffix("?").strip()
    prefix = _LANGUAGE_PREFIX.match(text)
    return OutletName(
        text[prefix.end() :] if prefix else text, prefix.group(1) if prefix else None, ambiguous
    )


def _owner(cell: str, place: str) -> Owner | None:
    if not cell:
        return None
    found = _OWNER.fullmatch(cell)
    if not found:
        raise OutletTableError(f"{place}: owner must read `Name (as of YYYY; basis: ...)`, not {cell!r}")
    return Owner(found["name"], found["as_of"], found["basis"])
