"""Reading outlet tables: what a line may hold, and what is said of one that cannot be read."""

import pytest

from provenance.citations.outlets import (
    OutletTableError,
    Owner,
    faults,
    load_outlets,
    outlet_table,
    read_table,
)

LINE = (
    "Beacon | beacon.example; lamp.example | ru; en | ru:Маяк? | The Beacon; en:Lamp? | newspaper"
    " | Harbour House (as of 2023; basis: annual report) | "
)


def entries(*lines):
    return list(read_table("# comment\n" + "\n".join(lines), "xx.psv"))


def test_a_line_is_read_whole():
    (entry,) = entries(LINE)
    assert entry.outlet.name == "Beacon"
    assert entry.outlet.domain == "beacon.example"
    assert entry.outlet.name_native == "Маяк"
    assert entry.owner == Owner("Harbour House", "2023", "annual report")
    assert [(name.text, name.language, name.ambiguous) for name in entry.names] == [
        ("Beacon", None, False),
        ("Маяк", "ru", True),
        ("The Beacon", None, False),
        ("Lamp", "en", True),
    ]
    assert (entry.country, entry.place) == ("xx", "xx.psv:2")


def test_a_canonical_name_may_be_doubtful():
    (entry,) = entries("Time | time.example | en |  | Time? | magazine |  | ")
    assert [(name.text, name.ambiguous) for name in entry.names] == [("Time", True)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Beacon | beacon.example", "xx.psv:2: 2 columns, expected 8"),
        (" | b.example | en |  |  | portal |  | ", "no name in the first column"),
        ("Beacon | b.example | en |  |  | paper |  | ", "kind 'paper' is none of"),
        ("Beacon | b.example | en |  |  | portal | Somebody | ", "owner must read"),
    ],
)
def test_a_faulty_line_is_named(line, said):
    with pytest.raises(OutletTableError) as caught:
        entries(line)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_contradictions_are_found():
    found = list(
        faults(
            entries(
                "One | a.example | en |  | Shared | portal |  | Two",
                "Two | a.example | en |  | Shared | portal |  | One",
                "Three |  | en |  |  | portal |  | Nobody",
            )
        )
    )
    assert any("domain 'a.example' of Two already belongs to One (xx.psv:2)" in fault for fault in found)
    assert any("'Shared' of Two is also a name of One" in fault for fault in found)
    assert any("One is, by way of One, a service of itself" in fault for fault in found)
    assert any("service of 'Nobody', which no line names" in fault for fault in found)


def test_the_nearest_host_and_the_longest_path_answer():
    table = outlet_table(
        entries(
            "World | world.example | en |  |  | broadcaster |  | ",
            "World Russian | world.example/russian | ru |  |  | broadcaster |  | World",
        )
    )
    for address, name in {
        "https://www.world.example/news/1": "World",
        "world.example/russian/2": "World Russian",
        "https://edition.world.example:8080/x": "World",
        "WORLD.EXAMPLE": "World",
    }.items():
        assert table.at_domain(address).outlet.name == name
    for address in ("example", "notworld.example", "https://user@evil.example/world.example", ""):
        assert table.at_domain(address) is None


def test_a_vault_corrects_and_adds_outlets():
    known = load_outlets()
    table = load_outlets(
        [
            {"name": "Politico", "domains": ["mirror.example"], "aliases": ["Polly"]},
            {"name": "New One", "domains": ["new.example"]},
        ]
    )
    assert len(table.entries) == len(known.entries) + 1
    corrected = table.by_name["Politico"]
    assert corrected.outlet.domain == "mirror.example"
    assert set(known.by_name["Politico"].domains) < set(corrected.domains)
    assert table.at_domain("new.example").outlet.name == "New One"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "no name"),
        ({"name": "X", "aliases": [3]}, "aliases must be a list of texts"),
        ({"name": "X", "kind": "blog"}, "kind must be one of"),
        ({"name": "X", "domains": ["politico.eu"]}, "already belongs to Politico"),
        ({"name": "X", "service_of": "Nobody Known"}, "which no line names"),
    ],
)
def test_a_vault_s_faulty_outlet_is_named(given, said):
    with pytest.raises(OutletTableError) as caught:
        load_outlets([{"name": "Y"}, given])
    assert said in str(caught.value)
    assert "[[outlet]] number 2" in str(caught.value)
