"""Adding an `[[outlet]]` table to a vault's `provenance.toml`."""

import json
import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from provenance.model.errors import UsageError
from provenance.vault.settings import LARGEST_SETTINGS, SETTINGS_NAME, find_settings, read_settings

OutletGiven = Mapping[str, str | Sequence[str]]


def settings_file(path: Path, folder: Path) -> Path:
    """The `provenance.toml` that holds for `path`; where there is none, the one to make in `folder`."""
    found = find_settings(path).folder
    return (found or folder) / SETTINGS_NAME


def append_outlet(file: Path, given: OutletGiven) -> None:
    """Append an `[[outlet]]` table to `file`, which is made where missing; no byte before it is changed.

    Raises UsageError where the file would not be valid settings afterwards, or cannot be written.
    """
    try:
        before = file.read_bytes() if file.exists() else b""
        added = _table(given, before)
        _check(before + added, given, file)
        with file.open("ab") as stream:
            stream.write(added)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror or error}") from error
    finally:
        read_settings.cache_clear()


def _table(given: OutletGiven, before: bytes) -> bytes:
    """The table as bytes, with the line ends that the file has."""
    newline = "\r\n" if b"\r\n" in before else "\n"
    lines = ["[[outlet]]", *(f"{key} = {_value(value)}" for key, value in given.items() if value), ""]
    gap = newline if before else ""
    if before and not before.endswith(b"\n"):
        gap += newline
    try:
        return (gap + newline.join(lines)).encode("utf-8")
    except UnicodeEncodeError:
        raise UsageError("the outlet was not added: it holds characters that are no text") from None


def _value(value: str | Sequence[str]) -> str:
    if isinstance(value, str):
        # A JSON string is a TOML string but for DEL, which TOML wants escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    return "[" + ", ".join(map(_value, value)) + "]"


def _check(content: bytes, given: OutletGiven, file: Path) -> None:
    """Refuse to write what could not be read back (as where the file has `outlet = [...]`)."""
    if len(content) > LARGEST_SETTINGS:
        raise UsageError(f"{file}: would be larger than {LARGEST_SETTINGS // 1_000_000} MB: shorten it first")
    try:
        outlets = tomllib.loads(content.decode("utf-8-sig")).get("outlet")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{file}: nothing was added, as the file would not be valid TOML: {error}") from None
    kept = {key: value if isinstance(value, str) else list(value) for key, value in given.items() if value}
    if not isinstance(outlets, list) or outlets[-1] != kept:
        raise UsageError(f"{file}: nothing was added: write its outlets as [[outlet]] tables first")
