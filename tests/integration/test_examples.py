"""The main job on the example vault, end to end and offline."""

import gzip
import importlib.util
import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from provenance.cli import main
from provenance.report import schema

EXAMPLES = Path(__file__).parents[2] / "examples"

VERDICTS = {
    "bridge/nordkai-zeitung.txt": ("unlinked", "no-archive-url"),
    "bridge/pereprava.md": ("holds", "every-sentence-held"),
    "bridge/velmora-today.md": ("unchecked", "not-in-captures"),
    "ferry/beregovi-visti.md": ("holds", "every-sentence-held"),
    "ferry/harbour-courier.md": ("holds", "every-sentence-held"),
    "ferry/inselbote.md": ("differs", "words-changed"),
    "ferry/island-ledger.md": ("other", "consent-wall"),
    "ferry/lagoon-post.md": ("holds", "held-with-omissions"),
    "ferry/prichal.md": ("differs", "words-changed"),
}


@pytest.fixture
def vault(tmp_path, monkeypatch):
    monkeypatch.setenv("PROVENANCE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLES / "vault", tmp_path / "vault")
    shutil.rmtree(tmp_path / "vault" / ".provenance", ignore_errors=True)
    shutil.copy(EXAMPLES / "captures.warc.gz", tmp_path)
    return tmp_path / "vault"


@pytest.fixture
def run(capsys, vault):
    def run(*arguments, code=None):
        ended = main(arguments)
        captured = capsys.readouterr()
        if code is not None:
            assert ended == code, captured.err
        return captured.out

    return run


def articles(output):
    return {record["path"].removeprefix("vault/"): record for record in json.loads(output)["articles"]}


CHECK = ("check", "vault", "--captures", "captures.warc.gz", "--format", "json")


def test_every_article_gets_its_verdict(run):
    output = run(*CHECK, code=1)
    Draft202012Validator(schema("check")).validate(json.loads(output))
    found = {
        path: (record["verification"]["verdict"], record["verification"]["reason"])
        for path, record in articles(output).items()
    }
    assert found == VERDICTS
    assert "vault/README.md" in {passed["path"] for passed in json.loads(output)["passed_over"]}


def test_changed_places_are_located_and_named(run, vault):
    found = articles(run(*CHECK))
    number = found["ferry/inselbote.md"]["verification"]["differences"]
    assert [(one["kind"], one["material"]) for one in number] == [("changed", ["number"])]
    assert (number[0]["saved"]["text"], number[0]["captured"]["text"]) == ("112", "121")
    negation = found["ferry/prichal.md"]["verification"]["differences"]
    assert [(one["kind"], one["material"]) for one in negation] == [("changed", ["negation"])]
    for path, record in found.items():
        body = (vault / path).read_text(encoding="utf-8")
        body = body.split("\n---\n", 1)[1] if body.startswith("---\n") else body
        for difference in record["verification"]["differences"]:
            if difference["saved"]:
                saved = difference["saved"]
                assert body[saved["start"] : saved["end"]] == saved["text"]
        for citation in record["citations"]:
            assert body[citation["start"] : citation["end"]] == citation["evidence"]


def test_sources_are_credited_and_nobody_else(run):
    sources = {
        path: sorted({one["outlet"]["name"] for one in record["citations"] if one["kind"] == "source"})
        for path, record in articles(run(*CHECK)).items()
    }
    assert sources == {
        "bridge/nordkai-zeitung.txt": ["Velmora Today"],
        "bridge/pereprava.md": ["Velmora Today"],
        "bridge/velmora-today.md": [],
        "ferry/beregovi-visti.md": ["Harbour Courier", "Reuters"],
        "ferry/harbour-courier.md": [],
        "ferry/inselbote.md": ["Harbour Courier"],
        "ferry/island-ledger.md": ["Lagoon Post"],
        "ferry/lagoon-post.md": ["Harbour Courier"],
        "ferry/prichal.md": ["Harbour Courier"],
    }


def test_publishers_and_problems(run):
    found = articles(run(*CHECK))
    assert found["ferry/prichal.md"]["outlet"]["domain"] == "prichal.example"
    problems = {path: [one["code"] for one in record["problems"]] for path, record in found.items()}
    assert problems.pop("bridge/pereprava.md") == ["language-mismatch"]
    assert not any(problems.values())


def test_a_second_run_needs_no_captures_and_says_the_same(run, vault):
    first = articles(run(*CHECK, code=1))
    (vault.parent / "captures.warc.gz").unlink()
    again = articles(run("check", "vault", "--captures", "none", "--format", "json", code=1))
    again["bridge/velmora-today.md"]["verification"]["detail"] = first["bridge/velmora-today.md"][
        "verification"
    ]["detail"]
    assert again == first


def test_what_is_known_is_not_compared_again_and_a_changed_note_is(run, vault, monkeypatch):
    run(*CHECK)
    compared = []
    from provenance.pipeline import verdict

    really = verdict.compare
    monkeypatch.setattr(
        verdict, "compare", lambda article, page: (compared.append(article.path), really(article, page))[1]
    )
    run(*CHECK)
    assert compared == []
    note = vault / "ferry" / "inselbote.md"
    note.write_text(note.read_text(encoding="utf-8").replace("112", "121"), encoding="utf-8")
    found = articles(run(*CHECK))
    assert compared == ["vault/ferry/inselbote.md"]
    assert found["ferry/inselbote.md"]["verification"]["verdict"] == "holds"


def test_report_renders_what_the_runs_found(run):
    checked = run("check", "vault", "--captures", "captures.warc.gz")
    assert run("report", "vault", code=1) == checked
    assert articles(run("report", "vault/ferry", "--format", "json")).keys() == {
        path for path in VERDICTS if path.startswith("ferry/")
    }


@pytest.mark.parametrize("verb", ["verify", "cite"])
def test_the_other_verbs_fill_their_keys(run, verb):
    captures = ("--captures", "captures.warc.gz") if verb == "verify" else ()
    output = run(verb, "vault", *captures, "--format", "json", code={"verify": 1, "cite": 0}[verb])
    Draft202012Validator(schema(verb)).validate(json.loads(output))
    assert len(articles(output)) == len(VERDICTS)


def test_cite_explains_every_name_and_records_nothing(run, vault):
    lines = run("cite", "--explain", "vault/ferry/prichal.md", code=0).splitlines()
    assert lines[0] == "vault/ferry/prichal.md: published by Prichal"
    assert any("source Harbour Courier by rule ru:" in line for line in lines)
    assert any("photo Reuters by rule ru:" in line for line in lines)
    assert not (vault / ".provenance").exists()


def test_json_lines_are_one_article_each(run):
    lines = run(*CHECK[:-1], "jsonl").splitlines()
    assert [json.loads(line)["schema"] for line in lines] == ["provenance/check/1"] * len(VERDICTS)


def test_strict_counts_problems_and_missing_links(run, vault):
    holds = ("verify", "vault/bridge/pereprava.md", "--captures", "captures.warc.gz")
    run(*holds, code=0)
    run(*holds, "--strict", code=1)
    run("verify", "vault/bridge/nordkai-zeitung.txt", "--captures", "none", code=0)
    run("verify", "vault/bridge/nordkai-zeitung.txt", "--captures", "none", "--strict", code=1)
    run("verify", "vault/bridge/velmora-today.md", "--captures", "none", code=4)


def test_the_database_lies_in_the_vault_and_out_of_version_control(run, vault):
    run("cite", "vault/ferry/inselbote.md")
    assert (vault / ".provenance" / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert not (vault / "ferry" / ".provenance").exists()


def test_a_place_that_cannot_be_written_is_named_with_the_way_out(vault, capsys):
    (vault / ".provenance").write_text("in the way")
    assert main(["cite", "vault"]) == 2
    said = capsys.readouterr().err
    assert "--db" in said
    assert said.count("\n") == 1


def test_a_report_in_the_vault_is_written_over_and_passed_over(run, vault):
    for _ in range(2):
        run(
            "check",
            "vault",
            "--captures",
            "captures.warc.gz",
            "--format",
            "markdown",
            "-o",
            "vault/report.md",
        )
    assert "[[ferry/prichal|prichal]]" in (vault / "report.md").read_text(encoding="utf-8")
    assert "report.md" not in articles(run(*CHECK))
    passed = json.loads(run(*CHECK))["passed_over"]
    assert {"path": "vault/report.md", "reason": "report of an earlier run"} in passed


def test_a_report_in_a_file_leaves_the_answer_on_standard_error(vault, capsys):
    assert main(["cite", "vault", "--format", "html", "-o", "report.html"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("9 articles: ")
    assert "report.html" in captured.err
    assert "<title>Provenance report</title>" in (vault.parent / "report.html").read_text(encoding="utf-8")


def test_a_note_is_never_written_over(vault, capsys):
    note = vault / "ferry" / "prichal.md"
    before = note.read_bytes()
    assert main(["cite", "vault", "-o", str(note)]) == 2
    assert "no earlier report" in capsys.readouterr().err
    assert note.read_bytes() == before


# warcio leaves its temporary files to the garbage collector.
@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")
def test_captures_are_those_of_the_script(tmp_path):
    spec = importlib.util.spec_from_file_location("make_captures", EXAMPLES / "make_captures.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.write_captures(tmp_path / "made.warc.gz")
    kept = (EXAMPLES / "captures.warc.gz").read_bytes()
    assert gzip.decompress((tmp_path / "made.warc.gz").read_bytes()) == gzip.decompress(kept)
