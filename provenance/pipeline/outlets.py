"""`outlets`: what is known of outlets, from the package's tables and a vault's own."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from provenance.citations import OutletTable, load_outlets
from provenance.citations.outlets import OutletEntry, OutletTableError, all_faults
from provenance.model.errors import UsageError
from provenance.pipeline.place import check_paths, vault_folder
from provenance.report.neutral import neutral
from provenance.vault import append_outlet, settings_file, vault_outlets


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
            f"no outlet is known as {name!r}: `provenance outlets list` shows all, "
            "`provenance outlets add` adds one"
        )
    for entry in found:
        yield from (neutral(line) for line in _lines(entry))


def checked(vault: str | None) -> tuple[str, list[str]]:
    """One line on the tables, and every fault found in them.

    Raises ProvenanceError for a line or table that cannot be read at all.
    """
    found = [neutral(fault) for fault in all_faults(vault_outlets((vault,)) if vault else ())]
    if found:
        return "1 fault found" if len(found) == 1 else f"{len(found)} faults found", found
    table = _table(vault)
    countries = {entry.country for entry in table.entries if entry.country}
    return f"{len(table.entries)} outlets in {len(countries)} countries, no fault found", []


def added(vault: str, given: Mapping[str, str | Sequence[str]]) -> str:
    """Add an outlet to the `provenance.toml` of a vault, made where missing; one line on what was done.

    An outlet that the package's tables know is corrected by it. Raises UsageError, with nothing
    written, where the outlet contradicts what is known or already stands in the file.
    """
    check_paths((vault,))
    name = str(given["name"])
    file = settings_file(Path(vault), vault_folder((vault,)))
    own = vault_outlets((vault,))
    if any(outlet.get("name") == name for outlet in own):
        raise UsageError(f"{file} already has an [[outlet]] named {name!r}: change it there")
    known = name in load_outlets(own).by_name
    listed = {key: value if isinstance(value, str) else list(value) for key, value in given.items() if value}
    try:
        load_outlets([*own, listed])
    except OutletTableError as fault:
        raise UsageError(f"{name!r} was not added: {fault}") from None
    append_outlet(file, given)
    return f"{neutral(name)}: {'corrected' if known else 'added'} in {neutral(str(file))}"


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
