"""An outlet is appended to provenance.toml without touching a byte of what stands there."""

import tomllib

import pytest

from provenance.model.errors import UsageError
from provenance.vault import append_outlet, settings_file

COURIER = {
    "name": 'Harbour "Courier"',
    "domains": ("courier.example",),
    "aliases": ("ru:Курьер?",),
    "kind": "",
}


@pytest.mark.parametrize(
    "before",
    [b"", b"# mine\n[notes]\nsections = ['a']", b"\xef\xbb\xbf[[outlet]]\r\nname = 'X'\r\n", b"a = 1\n\n\n"],
)
def test_what_stood_there_is_kept_byte_for_byte(tmp_path, before):
    file = tmp_path / "provenance.toml"
    if before:
        file.write_bytes(before)
    append_outlet(file, COURIER)
    after = file.read_bytes()
    assert after.startswith(before)
    assert (b"\r\n" in after) == (b"\r\n" in before)
    assert tomllib.loads(after.decode("utf-8-sig"))["outlet"][-1] == {
        "name": 'Harbour "Courier"',
        "domains": ["courier.example"],
        "aliases": ["ru:Курьер?"],
    }


@pytest.mark.parametrize("before", [b"outlet = []\n", b"broken = \n", b"\xff\xfe"])
def test_a_file_that_could_not_be_read_back_is_left_alone(tmp_path, before):
    file = tmp_path / "provenance.toml"
    file.write_bytes(before)
    with pytest.raises(UsageError, match="nothing was added"):
        append_outlet(file, COURIER)
    assert file.read_bytes() == before


@pytest.mark.parametrize("name", ["tab\there", "del\x7f", "\\n", "новый\u2028"])
def test_any_name_is_read_back_as_it_was_given(tmp_path, name):
    append_outlet(tmp_path / "provenance.toml", {"name": name})
    loaded = tomllib.loads((tmp_path / "provenance.toml").read_text("utf-8"))
    assert loaded["outlet"] == [{"name": name}]


def test_a_name_that_is_no_text_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no text"):
        append_outlet(tmp_path / "provenance.toml", {"name": "\udcff"})


def test_the_nearest_settings_above_hold(tmp_path):
    (tmp_path / "provenance.toml").write_text("")
    (tmp_path / "deep").mkdir()
    assert settings_file(tmp_path / "deep", tmp_path / "deep") == tmp_path.resolve() / "provenance.toml"
