"""Every cue file compiles, and each of its example sentences is decided as the file says."""

import re

import pytest

from provenance.citations import cite, load_outlets
from provenance.citations.languages import (
    COMMON,
    NOTHING,
    LanguageFileError,
    language_codes,
    load_language,
    read_language,
)
from tests.citations.articles import article

BRACKETED = re.compile(r"\[([^\]]+)\]")


def examples():
    for code in language_codes():
        for rule in load_language(code).rules:
            if rule.id.startswith(f"{code}:"):
                for example in rule.examples:
                    yield pytest.param(code, rule, example, id=f"{rule.id}: {example}")


@pytest.fixture(scope="module")
def outlets():
    return load_outlets()


@pytest.mark.parametrize(("code", "rule", "example"), list(examples()))
def test_example_is_decided_by_its_rule(code, rule, example, outlets):
    """An example writes each outlet in brackets; all of them get the rule's kind, by that rule."""
    body = BRACKETED.sub(r"\1", example)
    found = cite(article(body, code), outlets)
    wanted = [match.start() - 2 * number for number, match in enumerate(BRACKETED.finditer(example))]
    decided = {
        start
        for citation in found
        if citation.kind == rule.kind and citation.rule == rule.id
        for start in wanted
        if citation.start <= start < citation.end
    }
    assert decided == set(wanted), [(c.outlet.name, c.kind, c.rule, c.evidence) for c in found]


@pytest.mark.parametrize("code", language_codes())
def test_every_citing_rule_of_a_language_has_an_example(code):
    for rule in load_language(code).rules:
        if rule.id.startswith(f"{code}:") and rule.kind not in (NOTHING, "mention"):
            assert rule.examples, f"{rule.id} has no example"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ({"rule": [{"name": "x", "kind": "saurce"}]}, "kind 'saurce' is none of"),
        (
            {"rule": [{"name": "x", "kind": "source", "patterns": ["says"]}]},
            "must hold {outlet} exactly once",
        ),
        ({"rule": [{"name": "x", "kind": "source", "patterns": ["<sez> {outlet}"]}]}, "no word class <sez>"),
        (
            {"rule": [{"name": "x", "kind": "source", "patterns": ["a ..99 {outlet}"]}]},
            "must be 1 to 60 long",
        ),
        (
            {"rule": [{"name": "x", "kind": "source", "patterns": ["a ..9 b ..9 c ..9 {outlet}"]}]},
            "multiply to more",
        ),
        ({"rule": [{"name": "x", "kind": "source", "pattern": ["a {outlet}"]}]}, "no such key: pattern"),
        ({"words": {"report": "says"}}, "expected a list of texts"),
    ],
)
def test_a_faulty_cue_file_says_where(file, said):
    with pytest.raises(LanguageFileError, match=r"languages/xx\.toml") as caught:
        read_language(file, "xx", {})
    assert said in str(caught.value)


def test_a_language_without_a_file_knows_names_only():
    assert not load_language("xx").cues
    assert load_language("xx").code == COMMON
