"""From paths to files: order, names, links, and what is no file at all."""

import os
import sys
import time

import pytest

from provenance.model.article import PassedOver, Unreadable
from provenance.model.errors import UsageError
from provenance.vault.walk import VaultFile, walk


@pytest.fixture
def folder(tmp_path):
    for name in (
        "b.md",
        "a.txt",
        "a/z.html",
        "a/deep/x.jsonl",
        "c.WARC.GZ",
        "d.wacz",
        ".obsidian/app.json",
        "e.jpg",
        ".hidden.md",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Text")
    return tmp_path


def test_files_come_in_the_order_of_their_names_with_their_formats(folder):
    found = list(walk([str(folder)]))
    assert [
        (f.path.removeprefix(f"{folder.as_posix()}/"), f.format) for f in found if isinstance(f, VaultFile)
    ] == [
        ("a/deep/x.jsonl", "jsonl"),
        ("a/z.html", "html"),
        ("a.txt", "text"),
        ("b.md", "markdown"),
        ("c.WARC.GZ", "warc"),
        ("d.wacz", "warc"),
    ]
    assert [(f.path.rpartition("/")[2], f.reason) for f in found if isinstance(f, PassedOver)] == [
        (".hidden.md", "hidden file"),
        (".obsidian", "hidden folder"),
        ("e.jpg", "no article format (.jpg)"),
    ]


@pytest.mark.parametrize("given", ["notes", "notes/", "./notes", "notes/../notes", "."])
def test_paths_are_the_given_one_and_the_position_below_it(tmp_path, monkeypatch, given):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("Text")
    monkeypatch.chdir(tmp_path)
    below = "notes/a.md" if given == "." else "a.md"
    assert [found.path for found in walk([given])] == [f"{given.rstrip('/')}/{below}"]


def test_a_single_file_goes_by_its_own_path_whatever_its_ending(tmp_path):
    file = tmp_path / "saved"
    file.write_text("Text")
    assert [(found.path, found.format) for found in walk([str(file)])] == [(file.as_posix(), "text")]


def test_what_is_given_twice_is_read_once(folder):
    paths = [str(folder / "a"), str(folder), str(folder / "b.md")]
    files = [found.file.resolve() for found in walk(paths) if isinstance(found, VaultFile)]
    assert len(files) == len(set(files)) == 6


def test_a_file_that_opens_with_front_matter_counts_whatever_its_ending(tmp_path):
    (tmp_path / "a.article").write_text("---\ntitle: x\n---\nText")
    (tmp_path / "b").write_bytes(b"\xef\xbb\xbf+++\r\ntitle = 'x'\r\n+++\r\nText")
    (tmp_path / "c.article").write_text("Text")
    assert [type(found) for found in walk([str(tmp_path)])] == [VaultFile, VaultFile, PassedOver]


def test_a_path_that_does_not_exist_is_a_wrong_use(tmp_path):
    with pytest.raises(UsageError, match="nirgends"):
        list(walk([str(tmp_path), str(tmp_path / "nirgends")]))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_are_not_followed(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("Text")
    vault = tmp_path / "vault"
    (vault / "sub").mkdir(parents=True)
    (vault / "a.md").write_text("Text")
    (vault / "out.md").symlink_to(outside / "secret.md")
    (vault / "outfolder").symlink_to(outside)
    (vault / "twice.md").symlink_to(vault / "a.md")
    (vault / "sub" / "loop").symlink_to(vault)
    (vault / "nowhere.md").symlink_to(vault / "nothing")
    found = list(walk([str(vault)]))
    assert [f.path.rpartition("/")[2] for f in found if isinstance(f, VaultFile)] == ["a.md"]
    assert {f.path.rpartition("/")[2]: f.reason for f in found if isinstance(f, PassedOver)} == {
        "out.md": "link that leads out of the vault",
        "outfolder": "link that leads out of the vault",
        "twice.md": "link to another place in the vault",
        "loop": "link to another place in the vault",
        "nowhere.md": "link that leads nowhere",
    }


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything is readable to root")
def test_a_folder_that_cannot_be_read_is_a_record(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0)
    try:
        found = list(walk([str(tmp_path)]))
    finally:
        closed.chmod(0o700)
    assert [type(f) for f in found] == [Unreadable]
    assert found[0].problems[0].code == "unreadable-folder"


def test_a_folder_that_vanishes_is_a_record(folder, monkeypatch):
    scan = os.scandir

    def refuse(path):
        if str(path).endswith("deep"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    unreadable = [found for found in walk([str(folder)]) if isinstance(found, Unreadable)]
    assert [(found.path.rpartition("/")[2], found.problems[0].code) for found in unreadable] == [
        ("deep", "unreadable-folder")
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems fold such names")
def test_names_that_differ_by_case_or_unicode_form_are_different_files(tmp_path):
    for name in ("A.md", "a.md", "é.md", "e\u0301.md"):
        (tmp_path / name).write_text("Text")
    assert len({found.path for found in walk([str(tmp_path)])}) == 4


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_no_text_can_be_written_out(tmp_path):
    with open(os.path.join(os.fsencode(tmp_path), b"\xff\xfe.md"), "wb") as file:
        file.write(b"Text")
    (found,) = walk([str(tmp_path)])
    assert found.path.encode("utf-8").endswith(b"\\xff\\xfe.md")
    assert found.file.read_bytes() == b"Text"


def test_folders_may_be_nested_deeply(tmp_path):
    place = tmp_path
    for _ in range(150):
        place = place / "d"
        place.mkdir()
    (place / "a.md").write_text("Text")
    assert [type(found) for found in walk([str(tmp_path)])] == [VaultFile]


def test_a_folder_of_many_files_that_are_no_articles_is_quick(tmp_path):
    for number in range(5_000):
        (tmp_path / f"{number}.bin").touch()
    begin = time.process_time()
    assert sum(isinstance(found, PassedOver) for found in walk([str(tmp_path)])) == 5_000
    assert time.process_time() - begin < 3  # measured 0.05 s
