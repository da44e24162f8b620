"""`provenance.toml`: what a vault says of its files that they do not say themselves."""

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

from provenance.model.errors import UsageError

SETTINGS_NAME = "provenance.toml"
# Bytes. Thousands of outlets fit; no more is read than a person could have written.
LARGEST_SETTINGS = 4_000_000

_FILE_KEYS = frozenset({"match", "outlet", "language", "url"})


@dataclass(frozen=True, slots=True)
class FileRule:
    """What `[[files]]` states of the files whose position below the settings matches `match`."""

    match: str
    outlet: str | None = None
    language: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class VaultSettings:
    """The settings of one vault. `outlets` are its `[[outlet]]` tables as they stand."""

    folder: Path | None = None
    files: tuple[FileRule, ...] = ()
    note_sections: tuple[str, ...] = ()
    outlets: tuple[Mapping[str, Any], ...] = ()

    def for_file(self, file: Path) -> FileRule:
        """What the settings state of `file`: for each key the last matching rule that has it."""
        stated = FileRule("")
        if not self.files or self.folder is None:
            return stated
        position = Path(os.path.relpath(file.resolve(), self.folder)).as_posix()
        for rule in self.files:
            if fnmatchcase(position, rule.match):
                stated = FileRule(
                    rule.match,
                    rule.outlet or stated.outlet,
                    rule.language or stated.language,
                    rule.url or stated.url,
                )
        return stated


def find_settings(path: Path) -> VaultSettings:
    """The settings for `path`: of the nearest `provenance.toml` in its folder or above.

    Raises UsageError, naming file and fault, for one that cannot be used.
    """
    folder = path.resolve()
    if not folder.is_dir():
        folder = folder.parent
    for place in (folder, *folder.parents):
        if (place / SETTINGS_NAME).is_file():
            return read_settings(place / SETTINGS_NAME)
    return VaultSettings()


def vault_outlets(paths: Sequence[str]) -> tuple[Mapping[str, Any], ...]:
    """The `[[outlet]]` tables of the vaults that `paths` lie in, as they stand in `provenance.toml`.

    Raises UsageError for settings that cannot be used.
    """
    found = dict.fromkeys(find_settings(Path(path)).folder for path in paths)
    folders = [folder for folder in found if folder is not None]
    return tuple(outlet for folder in folders for outlet in read_settings(folder / SETTINGS_NAME).outlets)


@lru_cache(maxsize=64)
def read_settings(file: Path) -> VaultSettings:
    """Read one `provenance.toml`. Raises UsageError, naming file and fault."""
    try:
        with file.open("rb") as stream:
            source = stream.read(LARGEST_SETTINGS + 1)
        if len(source) > LARGEST_SETTINGS:
            raise UsageError(
                f"{file}: larger than {LARGEST_SETTINGS // 1_000_000} MB: split it or shorten it"
            )
        loaded = tomllib.loads(source.decode("utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{file}: not valid TOML: {error}") from error
    return VaultSettings(
        folder=file.parent,
        files=tuple(_file_rule(table, file) for table in _tables(loaded, "files", file)),
        note_sections=_note_sections(loaded, file),
        outlets=tuple(_tables(loaded, "outlet", file)),
    )


def _tables(loaded: Mapping[str, Any], name: str, file: Path) -> list[dict[str, Any]]:
    tables = loaded.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise UsageError(f"{file}: write [[{name}]] with double brackets, once for each entry")
    return tables


def _file_rule(table: Mapping[str, Any], file: Path) -> FileRule:
    unknown = set(table) - _FILE_KEYS
    if unknown:
        known = ", ".join(sorted(_FILE_KEYS))
        raise UsageError(f"{file}: [[files]] has no {sorted(unknown)[0]!r}: it takes {known}")
    if not table.get("match") or not all(isinstance(value, str) for value in table.values()):
        raise UsageError(f'{file}: each [[files]] needs match = "...", and every value in quotes')
    return FileRule(**table)


def _note_sections(loaded: Mapping[str, Any], file: Path) -> tuple[str, ...]:
    notes = loaded.get("notes", {})
    sections = notes.get("sections", []) if isinstance(notes, dict) else None
    if not isinstance(sections, list) or not all(isinstance(section, str) for section in sections):
        raise UsageError(f'{file}: write [notes] and below it sections = ["My notes"]')
    return tuple(sections)
