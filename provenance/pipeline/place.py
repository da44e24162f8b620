"""Where the database and the state of a machine's user are kept."""

import os
from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_state_path

from provenance.model.errors import UsageError

# What marks a folder as the top of a vault: a database, settings, or Obsidian's own folder.
VAULT_MARKS = (".provenance", "provenance.toml", ".obsidian")
STATE_VARIABLE = "PROVENANCE_STATE_DIR"


def check_paths(paths: Sequence[str]) -> None:
    """Raise UsageError for a path that does not exist."""
    for path in paths:
        if not Path(path).exists():
            raise UsageError(f"there is no file or folder {path}: check its spelling")


def vault_folder(paths: Sequence[str]) -> Path:
    """The folder whose `.provenance/` holds the database for `paths`.

    The nearest folder at or above them that a mark of `VAULT_MARKS` stands in; without one the
    folder itself (a file's folder; for several paths their common folder). Raises UsageError
    where the paths have no folder in common.
    """
    folders = [_folder_of(path) for path in paths]
    try:
        common = Path(os.path.commonpath(folders))
    except ValueError as error:
        raise UsageError(
            "the given paths have no folder in common: say with --db where to keep the database"
        ) from error
    for folder in (common, *common.parents):
        if any((folder / mark).exists() for mark in VAULT_MARKS):
            return folder
    return common


def state_folder() -> Path:
    """Where the machine's budget for each archive is kept for this user.

    `PROVENANCE_STATE_DIR` names another place; the default is the operating system's own
    (`~/.local/state/provenance` on Linux).
    """
    named = os.environ.get(STATE_VARIABLE)
    return Path(named) if named else user_state_path("provenance", appauthor=False)


def _folder_of(path: str) -> Path:
    # Resolved, so that `..` and links do not hide what lies above.
    resolved = Path(path).resolve()
    return resolved if resolved.is_dir() else resolved.parent
