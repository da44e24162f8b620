"""The machine output: what the contract says, valid by the schemas that are shipped."""

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from provenance.model.article import SetAside
from provenance.model.citation import KINDS
from provenance.model.errors import UsageError
from provenance.model.verification import REASONS, Verdict
from provenance.report import SCHEMAS, Contents, render, schema
from tests.report.sample import finding, sample_contents


def written(contents, form):
    return "".join(render(contents, form))


def of_verb(verb):
    contents = sample_contents()
    return Contents(replace(contents.run, verb=verb), contents.findings, contents.tally)


@pytest.mark.parametrize("verb", SCHEMAS)
def test_document_and_lines_are_valid_by_the_shipped_schema(verb):
    validator = Draft202012Validator(schema(verb))
    Draft202012Validator.check_schema(schema(verb))
    validator.validate(json.loads(written(of_verb(verb), "json")))
    lines = written(of_verb(verb), "jsonl").splitlines()
    assert len(lines) == 8
    for line in lines:
        validator.validate(json.loads(line))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda record: record.pop("path"),
        lambda record: record["verification"].update(verdict="fine"),
        lambda record: record["verification"]["differences"][0]["saved"].update(start=-1),
        lambda record: record["citations"][0].update(kind="rumour"),
    ],
)
def test_schema_refuses_what_the_contract_does_not_know(spoil):
    record = json.loads(written(sample_contents(), "jsonl").splitlines()[1])
    validator = Draft202012Validator(schema("check"))
    assert validator.is_valid(record)
    spoil(record)
    assert not validator.is_valid(record)


def test_schemas_list_the_words_of_the_model():
    definitions = schema("check")["$defs"]
    verdicts = definitions["verification"]["properties"]["verdict"]["enum"]
    assert verdicts == [str(verdict) for verdict in Verdict]
    assert set(definitions["reason"]["enum"]) == set().union(*REASONS.values())
    assert definitions["citation"]["properties"]["kind"]["enum"] == list(KINDS)
    for reason in definitions["set_aside"]["properties"]["reason"]["enum"]:
        assert f"`{reason}`" in (SetAside.__doc__ or "")


def test_schema_is_whole_in_itself_and_unknown_names_are_refused():
    text = json.dumps(schema("provenance/cite/1"))
    for part in text.split('"#/$defs/')[1:]:
        assert part.split('"')[0] in schema("cite")["$defs"]
    assert "difference" not in schema("cite")["$defs"]
    with pytest.raises(UsageError, match="check, cite, verify"):
        schema("../definitions")


def test_verification_record_has_the_fields_of_the_contract():
    record = json.loads(written(sample_contents(), "jsonl").splitlines()[1])
    assert record["schema"] == "provenance/check/1"
    assert record["language"] == {"declared": None, "detected": None}
    assert record["published"] == "2025-03-04T09:00:00+00:00"
    assert record["problems"] == [
        {"code": "language-mismatch", "field": "language", "message": "declared ro, written in ru"}
    ]
    verification = record["verification"]
    assert verification["verdict"] == "differs"
    assert verification["sentences"] == {
        "total": 9,
        "held": 8,
        "places": {"visible": 8, "json-ld": 0, "noscript": 0, "hidden": 0},
    }
    difference = verification["differences"][0]
    assert difference["material"] == ["number"]
    assert difference["saved"]["text"] == "112"
    assert verification["capture"]["payload_digest"] == "sha1:AAAA"
    assert "body" not in verification["capture"]


def test_each_verb_fills_the_keys_it_has():
    verify = json.loads(written(of_verb("verify"), "jsonl").splitlines()[0])
    cite = json.loads(written(of_verb("cite"), "jsonl").splitlines()[0])
    assert "citations" not in verify and "verification" in verify
    assert "verification" not in cite and len(cite["citations"]) == 2


def test_unreadable_file_keeps_a_record_and_a_neighbour_its_own_verdict():
    records = [json.loads(line) for line in written(sample_contents(), "jsonl").splitlines()]
    by_path = {record["path"]: record for record in records}
    assert by_path["vault/broken.md"]["verification"] is None
    assert by_path["vault/broken.md"]["problems"][0]["code"] == "binary-file"
    assert by_path["vault/gone.md"]["verification"]["neighbour"]["verdict"] == "holds"


def test_document_lists_what_was_passed_over_and_is_valid_when_empty():
    contents = sample_contents()
    document = json.loads(written(contents, "json"))
    assert document["passed_over"] == [{"path": "vault/README.md", "reason": "is called README"}]
    assert document["run"]["finished_at"] == "2025-03-06T08:01:00+00:00"
    empty = Contents(replace(contents.run, passed_over=()), [], contents.tally)
    assert json.loads(written(empty, "json"))["articles"] == []


def test_lone_surrogates_survive_the_round_trip():
    contents = sample_contents()
    odd = finding("vault/\udcff.md", title="a\ud800b")
    line = written(Contents(contents.run, [odd], contents.tally), "jsonl")
    line.encode()
    assert json.loads(line)["path"] == "vault/\udcff.md"
