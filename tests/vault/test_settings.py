"""provenance.toml: what a vault says of its files."""

import pytest

from provenance.model.errors import UsageError
from provenance.vault.settings import find_settings, vault_outlets

SETTINGS = """
[[files]]
match = "inselblatt/*"
outlet = "Inselblatt"
language = "de"

[[files]]
match = "*/sturm.txt"
url = "https://inselblatt.example/sturm"

[notes]
sections = ["Meine Notizen"]

[[outlet]]
name = "Inselblatt"
domains = ["inselblatt.example"]
"""


@pytest.fixture
def vault(tmp_path):
    (tmp_path / "provenance.toml").write_text(SETTINGS)
    (tmp_path / "inselblatt").mkdir()
    return tmp_path


def test_rules_by_pattern_add_up(vault):
    settings = find_settings(vault / "inselblatt")
    rule = settings.for_file(vault / "inselblatt" / "sturm.txt")
    assert (rule.outlet, rule.language, rule.url) == ("Inselblatt", "de", "https://inselblatt.example/sturm")
    assert settings.for_file(vault / "anders.txt").outlet is None
    assert settings.note_sections == ("Meine Notizen",)


def test_a_relative_path_matches_the_same(vault, monkeypatch):
    monkeypatch.chdir(vault / "inselblatt")
    settings = find_settings(vault)
    from pathlib import Path

    assert settings.for_file(Path("sturm.txt")).outlet == "Inselblatt"


def test_outlet_tables_are_handed_on_as_they_stand(vault):
    expected = {"name": "Inselblatt", "domains": ["inselblatt.example"]}
    assert [dict(table) for table in vault_outlets([str(vault), str(vault / "inselblatt")])] == [expected]


def test_no_settings_is_no_fault(tmp_path):
    assert find_settings(tmp_path).for_file(tmp_path / "a.md").outlet is None


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("outlet = [", "not valid TOML"),
        ("[files]\nmatch = 'x'", r"\[\[files\]\]"),
        ("[[files]]\noutlet = 'x'", "match"),
        ("[[files]]\nmatch = 'x'\ncolour = 'red'", "colour"),
        ("[[files]]\nmatch = 3", "match"),
        ("[notes]\nsections = 'x'", "sections"),
        ("outlet = 'x'", r"\[\[outlet\]\]"),
    ],
)
def test_settings_that_cannot_be_used_say_what_and_where(tmp_path, source, said):
    (tmp_path / "provenance.toml").write_text(source)
    with pytest.raises(UsageError, match=said) as error:
        find_settings(tmp_path)
    assert "provenance.toml" in str(error.value)
    assert "\n" not in str(error.value)
