"""The program as a whole: start-up, and how each kind of failure ends it."""

import subprocess
import sys
import time

import pytest

from provenance.cli import articles, main, program
from provenance.model.errors import ProvenanceError, UsageError
from provenance.pipeline.run import Interrupted

HEAVY = (
    "sqlalchemy",
    "requests",
    "rich",
    "lxml",
    "bs4",
    "numpy",
    "alembic",
    "tldextract",
    "provenance.pipeline",
)


def run(*arguments, **how):
    return subprocess.run(
        [sys.executable, "-m", "provenance", *arguments], capture_output=True, text=True, check=False, **how
    )


def test_help_is_there_at_once():
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        assert run("--help").returncode == 0
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.3


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from provenance.cli import main; main(['--help']); "
        f"sys.stderr.write(' '.join(name for name in {HEAVY!r} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "check" in done.stdout


def test_version():
    done = run("--version")
    assert done.stdout.startswith("provenance, version ")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("frobnicate",),
        ("check",),
        ("check", "no-such-file.md"),
        ("check", ".", "--format", "pdf"),
        ("check", ".", "--jobs", "0"),
        ("cite", ".", "--captures", "wayback"),
        ("schema", "nothing"),
        ("outlets", "show", "No Outlet Of That Name"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(arguments, capsys):
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert said.strip()
    assert "Traceback" not in said


@pytest.fixture
def failing(monkeypatch):
    """Makes `provenance schema` fail in the given way."""

    def fail_with(error):
        def callback(**_):
            raise error

        monkeypatch.setattr(program.schema, "callback", callback)

    return fail_with


def test_a_bug_is_one_line_that_says_so(failing, capsys, monkeypatch):
    monkeypatch.delenv("PROVENANCE_DEBUG", raising=False)
    failing(KeyError("x"))
    assert main(["schema", "check"]) == 3
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "bug in provenance" in said
    assert "KeyError: 'x'" in said
    assert "--debug" in said


def test_a_bug_shows_its_traceback_where_that_is_asked_for(failing, capsys, monkeypatch):
    failing(KeyError("x"))
    monkeypatch.setenv("PROVENANCE_DEBUG", "1")
    assert main(["schema", "check"]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_faults_of_use_are_one_line(failing, capsys):
    failing(UsageError("name another\nplace \x1b[2J"))
    assert main(["schema", "check"]) == 2
    assert capsys.readouterr().err == "provenance: name another place ?[2J\n"
    failing(ProvenanceError("the database is gone"))
    assert main(["schema", "check"]) == 2


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), Interrupted("interrupted after 3 articles: run again")]
)
def test_an_interruption_ends_with_130_and_says_how_to_go_on(failing, capsys, error):
    failing(error)
    assert main(["schema", "check"]) == 130
    assert "run" in capsys.readouterr().err


def test_schema_is_printed(capsys):
    assert main(["schema", "verify"]) == 0
    assert '"$id": "provenance/verify/1"' in capsys.readouterr().out


def test_outlets_are_listed_shown_and_checked(capsys):
    assert main(["outlets", "list", "--language", "ru"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("Kommersant\tkommersant.ru\t") for line in lines)
    assert main(["outlets", "show", "https://www.kommersant.ru/doc/1"]) == 0
    assert "native name: Коммерсантъ" in capsys.readouterr().out
    assert main(["outlets", "check"]) == 0
    assert "no fault found" in capsys.readouterr().out


def test_verbs_share_their_options():
    names = {
        command.name: {parameter.name for parameter in command.params}
        for command in (articles.check, articles.verify, articles.cite, articles.report)
    }
    assert names["check"] == names["verify"]
    assert names["check"] - names["cite"] == {"captures", "proxy"}
    assert names["cite"] - names["report"] == {"jobs", "explain"}
