"""The verb `reuse`, from files to the report."""

import json

import pytest
from jsonschema import Draft202012Validator

from provenance.cli import main
from provenance.report import schema

SHARED = (
    "Inspectors found the damage during a survey in March, when one of the piles under the quay had moved by "
    "forty centimetres and the tide was washing sand out from beneath the concrete slab of the terminal."
)


@pytest.fixture
def vault(tmp_path):
    (tmp_path / "a.md").write_text(
        f"---\nsite: first.example\n---\n# A title\n\nThe terminal is shut.\n\n{SHARED}\n", encoding="utf-8"
    )
    (tmp_path / "b.txt").write_text(
        f"{SHARED}\n\nNobody was hurt, said the harbour office.\n", encoding="utf-8"
    )
    (tmp_path / "c.txt").write_text(
        "Beekeepers lost half of their colonies last winter.\n\nA queen now costs sixty crowns.\n",
        encoding="utf-8",
    )
    (tmp_path / "broken.html").write_bytes(b"\x00\x01\x02" * 50)
    return tmp_path


def lines(capsys, *arguments):
    code = main(["reuse", *map(str, arguments)])
    return code, capsys.readouterr().out


def test_records_point_into_the_bodies_and_fit_the_schema(vault, capsys):
    _, out = lines(capsys, "--format", "jsonl", vault / "a.md", vault / "b.txt", vault / "c.txt")
    (record,) = map(json.loads, out.splitlines())
    Draft202012Validator(schema("reuse")).validate(record)
    assert record["a"].endswith("/a.md") and record["b"].endswith("/b.txt")
    assert record["kind"] == "copy"
    (passage,) = record["passages"]
    body = (vault / "a.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    assert body[passage["a"]["start"] : passage["a"]["end"]] == SHARED.rstrip(".")
    assert record["share_of_b"] > record["share_of_a"] * 0.5 > 0.2


def test_document_counts_what_cannot_be_read(vault, capsys):
    code, out = lines(capsys, "--format", "json", vault)
    document = json.loads(out)
    Draft202012Validator(schema("reuse")).validate(document)
    assert len(document["pairs"]) == 1
    unreadable = [each["path"] for each in document["articles"] if not each["readable"]]
    assert code == (1 if unreadable else 0)
    assert len(document["articles"]) + len(document["passed_over"]) == 4


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_people_see_the_matching_words_and_no_escape_codes(vault, capsys, form):
    (vault / "d.txt").write_text(
        f"{SHARED}\n\nA line with \x1b[31m red.\n".replace("slab", "sl\x1bab"), encoding="utf-8"
    )
    _, out = lines(capsys, "--format", form, vault)
    assert "washing sand out from beneath" in out
    assert "\x1b" not in out


def test_one_article_shares_with_nobody(vault, capsys):
    code, out = lines(capsys, vault / "c.txt")
    assert code == 0
    assert "no pairs share text" in out
