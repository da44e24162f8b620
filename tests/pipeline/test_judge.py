"""A person's word on a citation: kept beside the evidence, shown as theirs, there after every run."""

import json

import pytest
from jsonschema import Draft202012Validator

from provenance.cli import main
from provenance.report import schema

TEXT = "The pier will close in May, Reuters reported.\n\nAccording to Politico and Bloomberg, ships wait.\n"


@pytest.fixture
def article(tmp_path):
    (tmp_path / "provenance.toml").write_text("")
    place = tmp_path / "pier.md"
    place.write_text(TEXT, encoding="utf-8")
    assert main(["cite", "-o", str(tmp_path / "report.txt"), str(place)]) == 0
    return place


def written(verb, form, article, capsys):
    capsys.readouterr()
    assert main([verb, "--format", form, str(article)]) == 0
    return capsys.readouterr().out


def citations(article, capsys, verb="cite"):
    document = json.loads(written(verb, "json", article, capsys))
    Draft202012Validator(schema(verb if verb == "cite" else "check")).validate(document)
    return {each["outlet"]["name"]: each for each in document["articles"][0]["citations"]}


def judge(article, citation, word, *more):
    return main(["outlets", "judge", str(article), str(citation["start"]), word, *more])


def test_a_judgement_survives_runs_and_changes_no_evidence(article, capsys):
    before = citations(article, capsys)
    assert before["Reuters"]["judgement"] is None
    assert judge(article, before["Reuters"], "wrong", "--note", "another Reuters") == 0
    for verb in ("cite", "cite", "report"):
        after = citations(article, capsys, verb)
        said = after["Reuters"].pop("judgement")
        assert (said["word"], said["note"]) == ("wrong", "another Reuters")
        assert after["Reuters"] == {
            key: value for key, value in before["Reuters"].items() if key != "judgement"
        }
        assert after["Politico"]["judgement"] is None


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize("verb", ["cite", "report"])
def test_reports_show_it_as_a_persons_word_and_conclude_nothing_from_what_is_wrong(
    article, capsys, form, verb
):
    tree = written(verb, form, article, capsys).partition("Who credits whom")[2]
    assert "Reuters" in tree.partition("Articles")[0]
    assert judge(article, citations(article, capsys)["Reuters"], "wrong", "--note", "another one") == 0
    report = " ".join(written(verb, form, article, capsys).split())
    assert "wrong, says a person on 20" in report
    assert "another one" in report
    tree = report.partition("Who credits whom")[2]
    assert "Reuters" not in tree.partition("Articles" if verb == "cite" else "Judged by a person")[0]


def test_the_last_word_counts_and_can_be_taken_back(article, capsys):
    reuters = citations(article, capsys)["Reuters"]
    for word in ("wrong", "confirmed"):
        assert judge(article, reuters, word) == 0
        assert citations(article, capsys)["Reuters"]["judgement"]["word"] == word
    assert judge(article, reuters, "withdrawn") == 0
    assert citations(article, capsys)["Reuters"]["judgement"] is None


def test_outlets_that_share_their_evidence_are_told_apart(article, capsys):
    politico = citations(article, capsys)["Politico"]
    capsys.readouterr()
    assert judge(article, politico, "wrong") == 2
    assert "say --outlet, of Politico, Bloomberg" in capsys.readouterr().err
    assert judge(article, politico, "wrong", "--outlet", "bloomberg") == 0
    after = citations(article, capsys)
    assert after["Politico"]["judgement"] is None
    assert after["Bloomberg"]["judgement"]["word"] == "wrong"


def test_what_is_not_there_cannot_be_judged(article, capsys):
    assert main(["outlets", "judge", str(article), "3", "wrong"]) == 2
    said = capsys.readouterr().err
    assert "names no such outlet at 3; its citations:" in said
    assert "Reuters" in said
    assert main(["outlets", "judge", str(article.with_name("other.md")), "3", "wrong"]) == 2
    assert "run `provenance cite` on it first" in capsys.readouterr().err


def test_another_text_under_the_same_name_has_no_judgement(article, capsys):
    assert judge(article, citations(article, capsys)["Reuters"], "wrong") == 0
    article.write_text(TEXT + "One more line.\n", encoding="utf-8")
    assert citations(article, capsys)["Reuters"]["judgement"] is None
