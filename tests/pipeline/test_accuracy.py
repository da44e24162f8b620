"""Every run says how far its citations are to be trusted, language by language."""

import json

import pytest
from jsonschema import Draft202012Validator

from provenance.cli import main
from provenance.report import schema

ENGLISH = "The harbour will close in May, Reuters reported. Nobody had told the crews of the ferries.\n"


def test_languages_of_a_run_are_named_with_their_figures(tmp_path, capsys):
    (tmp_path / "a.md").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "b.md").write_text(
        "Hafnen stänger i maj, skriver tidningen. Ingen visste något om det förut.\n", encoding="utf-8"
    )
    for verb, name in (("cite", "cite"), ("report", "check")):
        capsys.readouterr()
        assert main([verb, "--format", "json", str(tmp_path)]) == 0
        document = json.loads(capsys.readouterr().out)
        Draft202012Validator(schema(name)).validate(document)
        english, swedish = document["run"]["accuracy"]
        assert (english["language"], english["name"]) == ("en", "English")
        assert 0.5 < english["precision"] <= 1
        assert (swedish["language"], swedish["precision"]) == ("sv", None)
    assert main(["verify", "--captures", "none", "--format", "json", str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out)["run"]["accuracy"] == []


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize("verb", ["cite", "trace"])
def test_reports_for_people_end_with_the_figures(tmp_path, capsys, verb, form):
    (tmp_path / "a.md").write_text(ENGLISH, encoding="utf-8")
    assert main([verb, "--format", form, str(tmp_path)]) == 0
    footer = capsys.readouterr().out.partition("How far to trust the citations")[2]
    assert "English: measured precision" in footer
