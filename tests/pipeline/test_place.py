"""Where the database is kept when nobody says."""

from pathlib import Path

import pytest

from provenance.model.errors import UsageError
from provenance.pipeline.place import check_paths, state_folder, vault_folder


@pytest.fixture
def vault(tmp_path):
    (tmp_path / "vault" / "sub" / "deep").mkdir(parents=True)
    (tmp_path / "vault" / "sub" / "a.md").write_text("a")
    (tmp_path / "vault" / "b.md").write_text("b")
    return tmp_path / "vault"


@pytest.mark.parametrize("mark", [".provenance", ".obsidian", "provenance.toml"])
def test_the_nearest_folder_above_with_a_mark(vault, mark):
    (vault / mark).mkdir() if mark.startswith(".") else (vault / mark).touch()
    assert vault_folder([str(vault / "sub" / "deep")]) == vault
    assert vault_folder([str(vault / "sub" / "a.md")]) == vault


def test_a_nearer_mark_wins(vault):
    (vault / ".obsidian").mkdir()
    (vault / "sub" / ".provenance").mkdir()
    assert vault_folder([str(vault / "sub" / "deep")]) == vault / "sub"


def test_without_a_mark_the_folder_itself(vault):
    assert vault_folder([str(vault / "sub")]) == vault / "sub"
    assert vault_folder([str(vault / "sub" / "a.md")]) == vault / "sub"


def test_several_paths_share_their_common_folder(vault):
    assert vault_folder([str(vault / "sub" / "a.md"), str(vault / "b.md")]) == vault
    assert vault_folder([str(vault / "b.md"), str(vault / "b.md")]) == vault


def test_relative_paths_and_dots(vault, monkeypatch):
    monkeypatch.chdir(vault / "sub")
    assert vault_folder(["deep/.."]) == vault / "sub"
    assert vault_folder(["."]) == vault / "sub"


def test_a_path_that_is_not_there_is_named(vault):
    with pytest.raises(UsageError, match=r"nowhere\.md"):
        check_paths([str(vault), str(vault / "nowhere.md")])


def test_state_folder_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PROVENANCE_STATE_DIR", str(tmp_path))
    assert state_folder() == tmp_path
    monkeypatch.delenv("PROVENANCE_STATE_DIR")
    assert state_folder() != tmp_path
    assert isinstance(state_folder(), Path)
