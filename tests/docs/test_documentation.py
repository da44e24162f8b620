"""What users can name is documented."""

import ast
import re
from pathlib import Path

import pytest

from provenance.model.citation import KINDS
from provenance.model.verification import REASONS
from provenance.report import SCHEMAS, schema
from tests.docs.commands import PAGE, commands, page
from tests.docs.screen import COMMAND, README, printed, with_screens

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def text_of(name):
    return (DOCS / name).read_text(encoding="utf-8")


def test_the_page_of_commands_is_the_program_s_own_help():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.docs.commands"


def test_every_command_and_option_has_help():
    for context in commands():
        assert context.command.help, context.command_path
        for parameter in context.command.params:
            if parameter.param_type_name == "option":
                assert parameter.help, f"{context.command_path} {parameter.name}"


@pytest.mark.parametrize("verdict", REASONS)
def test_every_verdict_and_reason_is_explained(verdict):
    page_text = text_of("explanation/verdicts.md")
    assert f"## `{verdict}`" in page_text
    for reason in REASONS[verdict]:
        assert f"| `{reason}` |" in page_text


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_citation_is_explained(kind):
    assert f"| `{kind}` |" in text_of("reference/citations.md")


def properties(part):
    """Every name of a property anywhere in a schema."""
    if isinstance(part, dict):
        yield from part.get("properties", {})
        for value in part.values():
            yield from properties(value)
    elif isinstance(part, list):
        for value in part:
            yield from properties(value)


@pytest.mark.parametrize("verb", SCHEMAS)
def test_every_field_of_the_machine_output_is_explained(verb):
    page_text = text_of("reference/json.md")
    assert [name for name in sorted(set(properties(schema(verb)))) if f"`{name}`" not in page_text] == []


def problem_codes():
    """Codes that are given to Problem anywhere in the package, found in the syntax trees."""
    for file in sorted((ROOT / "provenance").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id not in ("Problem", "_unreadable"):
                    continue
                for word in (*node.args, *(keyword.value for keyword in node.keywords)):
                    if isinstance(word, ast.Constant) and re.fullmatch(r"[a-z]+(-[a-z]+)+", str(word.value)):
                        yield word.value


def test_every_code_of_a_problem_is_explained():
    codes = set(problem_codes())
    assert {"language-mismatch", "broken-json"} <= codes
    page_text = text_of("reference/problems.md")
    assert [code for code in sorted(codes) if f"| `{code}` |" not in page_text] == []


def test_every_link_between_pages_leads_somewhere():
    for file in [ROOT / "README.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", file.read_text(encoding="utf-8")):
            assert (file.parent / target).exists(), f"{file.relative_to(ROOT)}: {target}"


def test_the_readme_shows_what_the_program_prints():
    readme = README.read_text(encoding="utf-8")
    assert f"$ {COMMAND}\n" in readme
    assert readme == with_screens(readme, printed()), "run: python -m tests.docs.screen"


def test_the_readme_s_test_command_is_the_one_that_ci_runs():
    readme = README.read_text(encoding="utf-8")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest" in readme
    for part in ("-m venv", "install --quiet --disable-pip-version-check -e '.[test]'", "/pytest"):
        assert part in script
