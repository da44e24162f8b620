"""`outlets`: what is known of outlets, from the package's tables and a vault's own."""

from collections.abc import Iterator, Sequence

from provenance.citations import OutletTable, load_outlets
from provenance.citations.outlets import OutletEntry
from provenance.model.errors import UsageError
from provenance.report.neutral import neutral
from provenance.vault import vault_outlets


def outlets_of(paths: Sequence[str]) -> OutletTable:
    """The outlets known to the vault that `paths` lie in. Raises ProvenanceError for a bad table."""
    return load_outlets(vault_outlets(paths))


def listed(vault: str | None, *, language: str | None = None, country: str | None = None) -> Iterator[str]:
    """One line an outlet, in the order of names: name, domain, country, languages, split by tabs."""
    table = _table(vault)
    for entry in sorted(table.entries, key=lambda entry: entry.outlet.name.casefold()):
        if language and language.lower() not in entry.languages:
            continue
        if country and country.lower() != entry.country:
            continue
        cells = (entry.outlet.name, entry.outlet.domain or "", entry.country, ",".join(entry.languages))
        yield "\t".join(neutral(cell) for cell in cells)


def shown(name: str, vault: str | None) -> Iterator[str]:
    """What is known of the outlet of that name, alias or address. Raises UsageError for none."""
    found = _found(_table(vault), name)
    if not found:
        raise UsageError(
            f"no outlet is known as {name!r}: `provenance outlets list` shows all, an [[outlet]] table in "
            "provenance.toml adds one"
        )
    for entry in found:
        yield from (neutral(line) for line in _lines(entry))


def checked(vault: str | None) -> str:
    """One line on the tables, which were read whole. Raises ProvenanceError at the first bad line."""
    table = _table(vault)
    countries = {entry.country for entry in table.entries if entry.country}
    return f"{len(table.entries)} outlets in {len(countries)} countries, no fault found"


def _table(vault: str | None) -> OutletTable:
    return outlets_of((vault,)) if vault else load_outlets()


def _found(table: OutletTable, name: str) -> list[OutletEntry]:
    wanted = name.casefold()
    by_name = [
        entry for entry in table.entries if any(each.text.casefold() == wanted for each in entry.names)
    ]
    at_domain = table.at_domain(name) if "." in name else None
    return by_name or ([at_domain] if at_domain else [])


def _lines(entry: OutletEntry) -> Iterator[str]:
    yield entry.outlet.name
    rows = (
        ("native name", entry.outlet.name_native),
        ("domains", ", ".join(entry.domains)),
        ("languages", ", ".join(entry.languages)),
        ("country", entry.country),
        ("kind", entry.kind),
        ("service of", entry.service_of),
        (
            "names",
            ", ".join(f"{each.language}:{each.text}" if each.language else each.text for each in entry.names),
        ),
    )
    for label, value in rows:
        if value:
            yield f"  {label}: {value}"
    if entry.owner is not None:
        yield f"  owner: {entry.owner.name} (as of {entry.owner.as_of}; {entry.owner.basis})"
    yield f"  stated in: {entry.place}"
