"""`provenance outlets`: adding an outlet, and what is refused."""

import pytest

from provenance.cli import main


@pytest.fixture
def vault(tmp_path):
    (tmp_path / "provenance.toml").write_text('[notes]\nsections = ["Mine"]\n')
    return tmp_path


def add(vault, *arguments):
    return main(["outlets", "add", "--vault", str(vault), *arguments])


def test_an_added_outlet_is_known_to_the_vault(vault, capsys):
    assert (
        add(vault, "Harbour Courier", "--domain", "harbour-courier.example", "--alias", "the Courier?") == 0
    )
    assert "Harbour Courier: added in" in capsys.readouterr().out
    assert main(["outlets", "show", "harbour-courier.example", "--vault", str(vault)]) == 0
    assert "Harbour Courier" in capsys.readouterr().out
    assert main(["outlets", "check", "--vault", str(vault)]) == 0


def test_the_settings_are_made_where_there_are_none(tmp_path):
    assert add(tmp_path, "Harbour Courier") == 0
    assert (tmp_path / "provenance.toml").read_text() == '[[outlet]]\nname = "Harbour Courier"\n'


def test_a_known_outlet_is_corrected(vault, capsys):
    assert add(vault, "Reuters", "--domain", "reuters-mirror.example") == 0
    assert "Reuters: corrected in" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("Harbour Courier", "--domain", "reuters.com"), "already belongs to Reuters"),
        (("Harbour Courier", "--alias", "Reuters"), "is also a name of Reuters"),
        (("Harbour Courier", "--domain", "https://courier.example/"), "leads nowhere"),
        (("Harbour Courier", "--kind", "gazette"), "kind must be one of"),
        (("Harbour Courier", "--service-of", "Nobody At All"), "which no line names"),
        (("Harbour Courier", "--service-of", "Harbour Courier"), "a service of itself"),
    ],
)
def test_an_outlet_that_contradicts_is_refused_and_nothing_written(vault, capsys, arguments, says):
    before = (vault / "provenance.toml").read_bytes()
    assert add(vault, *arguments) == 2
    said = capsys.readouterr().err
    assert "'Harbour Courier' was not added" in said
    assert says in said
    assert (vault / "provenance.toml").read_bytes() == before


def test_the_same_outlet_is_not_added_twice(vault, capsys):
    assert add(vault, "Harbour Courier") == 0
    assert add(vault, "Harbour Courier") == 2
    assert "already has an [[outlet]]" in capsys.readouterr().err


def test_check_lists_every_fault(vault, capsys):
    (vault / "provenance.toml").write_text(
        '[[outlet]]\nname = "A Courier"\ndomains = ["reuters.com"]\n'
        '[[outlet]]\nname = "B Courier"\ndomains = ["www.b.example"]\n'
    )
    assert main(["outlets", "check", "--vault", str(vault)]) == 1
    said = capsys.readouterr().out
    assert "already belongs to Reuters" in said
    assert "leads nowhere" in said
    assert said.endswith("2 faults found\n")
