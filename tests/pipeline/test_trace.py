"""The verb `trace`, from files to the report."""

import json

import pytest
from jsonschema import Draft202012Validator

from provenance.cli import main
from provenance.report import schema

LEAK = (
    "Three tonnes of solvent leaked from the Brandvik paint works into the river Aune, Reuters reported, "
    "citing letters of the county. The manager, Solveig Tveit, knew of cracks in it from 2018 to {year}."
)
ANEW = (
    "Salmon died along the Aune after a spill at paint works of Brandvik. From 2018 to 2022 Solveig Tveit "
    "knew that a tank was cracked, according to Reuters, which saw letters of the county."
)


@pytest.fixture
def vault(tmp_path):
    (tmp_path / "a.md").write_text(
        f"---\nsite: first.example\npublished: 2024-06-15\n---\n\n{LEAK.format(year=2022)}\n",
        encoding="utf-8",
    )
    (tmp_path / "b.txt").write_text(f"{LEAK.format(year=2020)}\n\nNobody was fined.\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text(f"{ANEW}\n", encoding="utf-8")
    (tmp_path / "d.txt").write_text(
        "Beekeepers lost half of their colonies last winter.\n\nA queen now costs sixty crowns.\n",
        encoding="utf-8",
    )
    return tmp_path


def output(capsys, *arguments):
    code = main(["trace", *map(str, arguments)])
    return code, capsys.readouterr().out


def test_one_story_with_its_root_outside_of_the_vault(vault, capsys):
    code, out = output(capsys, "--format", "json", vault)
    document = json.loads(out)
    Draft202012Validator(schema("trace")).validate(document)
    (story,) = document["stories"]
    assert code == 0
    assert [path.rpartition("/")[2] for path in story["articles"]] == ["a.md", "b.txt", "c.txt"]
    assert story["roots"][0]["outlet"]["name"] == "Reuters" and not story["roots"][0]["in_vault"]
    assert (story["independent_origins"]["low"], story["independent_origins"]["high"]) == (1, 1)
    years = {variant["value"] for drift in story["drift"] for variant in drift["variants"]}
    assert {"2018-2022", "2018-2020"} <= years
    bodies = {each: each.read_text(encoding="utf-8").split("---\n")[-1] for each in vault.glob("[a-c].*")}
    for drift in story["drift"]:
        for variant in drift["variants"]:
            for place in variant["witnesses"]:
                body = next(text for file, text in bodies.items() if place["path"].endswith(file.name))
                assert body[place["start"] : place["end"]] == place["text"]


def test_lines_are_stories_that_fit_the_schema(vault, capsys):
    _, out = output(capsys, "--format", "jsonl", vault)
    (record,) = map(json.loads, out.splitlines())
    Draft202012Validator(schema("trace")).validate(record)


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_reports_for_people_begin_with_the_root(vault, capsys, form):
    _, out = output(capsys, "--format", form, vault)
    assert out.index("root: Reuters") < out.index("independent origins")
    assert "not in the vault" in out and "2018-2020" in out.replace("\\", "")
    assert "4 articles read" in out


def test_a_title_cannot_repaint_the_terminal(vault, capsys):
    (vault / "a.md").write_text(
        f'---\nsite: first.example\ntitle: "\\e[2Jgone"\n---\n\n{LEAK.format(year=2022)}\n', encoding="utf-8"
    )
    _, out = output(capsys, vault)
    assert "\x1b" not in out


def test_a_date_that_has_not_come_decides_nothing(vault, capsys):
    text = (vault / "a.md").read_text(encoding="utf-8").replace("2024-06-15", "2999-01-01")
    (vault / "a.md").write_text(text, encoding="utf-8")
    _, out = output(capsys, "--format", "json", vault)
    (story,) = json.loads(out)["stories"]
    assert not any("date" in edge["bases"] for edge in story["edges"])
    assert story["impossible"] == []


def test_a_folder_without_articles_has_no_story(tmp_path, capsys):
    code, out = output(capsys, "--format", "json", tmp_path)
    assert code == 0 and json.loads(out)["stories"] == []
