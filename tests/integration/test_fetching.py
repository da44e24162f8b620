"""The main job over HTTP, against a replay server in the shape of the Wayback Machine."""

import json
import shutil
from pathlib import Path

import pytest

from provenance.cli import main
from tests.integration.test_examples import VERDICTS
from tests.support.replay import ReplayServer

EXAMPLES = Path(__file__).parents[2] / "examples"
# The replay server has what the file of captures has; an archive that answers says more than a
# file that holds nothing.
OVER_HTTP = VERDICTS | {"bridge/velmora-today.md": ("unavailable", "not-archived")}


@pytest.fixture
def vault(tmp_path, monkeypatch):
    monkeypatch.setenv("PROVENANCE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLES / "vault", tmp_path / "vault", ignore=shutil.ignore_patterns(".provenance"))
    return tmp_path / "vault"


@pytest.fixture
def archive():
    with ReplayServer(EXAMPLES / "captures.warc.gz") as server:
        yield server


def records(capsys, *arguments):
    assert main(["verify", *arguments, "--format", "json"]) == 1
    captured = capsys.readouterr()
    assert captured.err == ""
    return {each["path"].removeprefix("vault/"): each for each in json.loads(captured.out)["articles"]}


def test_every_copy_is_fetched_once_and_kept(vault, archive, capsys):
    first = records(capsys, "vault", "--captures", archive.prefix)
    assert {
        path: (record["verification"]["verdict"], record["verification"]["reason"])
        for path, record in first.items()
    } == OVER_HTTP
    fetched = first["ferry/prichal.md"]["verification"]["capture"]
    assert fetched["timestamp"] == "20250317093000"
    assert fetched["original"] == "https://prichal.example/news/parom-aurelia"

    asked = len(archive.requests)
    second = records(capsys, "vault", "--captures", archive.prefix)
    again = [path for _, path in archive.requests[asked:] if ".example" in path]
    # Only what the archive did not have is asked for again.
    assert again == ["/web/20250402101000id_/https://velmora-today.example/old-bridge-cracks"]
    assert second == first


def test_a_file_that_was_named_first_is_asked_first(vault, archive, capsys):
    records(
        capsys, "vault/ferry", "--captures", str(EXAMPLES / "captures.warc.gz"), "--captures", archive.prefix
    )
    assert archive.requests == []


def test_titles_that_steer_a_terminal_are_shown_and_not_obeyed(vault, capsys):
    note = vault / "ferry" / "inselbote.md"
    text = note.read_text(encoding="utf-8").replace('title: "Fähre', 'title: "\\e]0;owned\\a\\u202eFähre')
    note.write_text(text, encoding="utf-8")
    assert main(["verify", "vault", "--captures", str(EXAMPLES / "captures.warc.gz")]) == 1
    out = capsys.readouterr().out
    assert "\\x1b]0;owned\\x07" in out
    assert not {"\x1b", "\x07", "\u202e"} & set(out)


def test_a_table_of_outlets_with_a_fault_is_named(vault, capsys):
    settings = vault / "provenance.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + '\n[[outlet]]\nkind = "newspaper"\n')
    assert main(["cite", "vault"]) == 2
    said = capsys.readouterr().err
    assert "provenance.toml" in said
    assert said.count("\n") == 1
