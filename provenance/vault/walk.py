"""From the paths a user gives to the files that may be articles, in a fixed order."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from provenance.model.article import PassedOver, Unreadable
from provenance.model.errors import UsageError
from provenance.model.problem import Problem

FORMATS = {
    ".md": "markdown", ".markdown": "markdown", ".mdown": "markdown", ".mkd": "markdown",
    ".txt": "text", ".text": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".warc": "warc", ".warc.gz": "warc", ".wacz": "warc",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
# Tools of their own keep these, and nothing in them was written by the user.
_FOREIGN_FOLDERS = frozenset({"node_modules", "__pycache__"})
_NOWHERE = "link that leads nowhere"
# Enough to see whether a file without a known ending opens with front matter.
_HEAD = 8


@dataclass(frozen=True, slots=True)
class VaultFile:
    """A file that may hold articles: the path it goes by in every output, and where it is.

    `given` is the path of the user's under which it was found.
    """

    path: str
    file: Path
    format: str
    given: str = ""


def walk(paths: Sequence[str]) -> Iterator[VaultFile | PassedOver | Unreadable]:
    """Every file under `paths`, each once, in the order of their names.

    Hidden folders are passed over whole. A path that is given may be a link; links below it are
    not followed: what they lead to is read in its own place, or lies outside the vault. Raises
    UsageError, before anything is read, for a path that does not exist or is a pipe or a device
    (reading from it may never end).
    """
    for given in paths:
        if not Path(given).exists():
            raise UsageError(f"{given}: there is no such file or folder")
        if not (Path(given).is_file() or Path(given).is_dir()):
            raise UsageError(f"{given}: is neither a file nor a folder: save what it holds to a file")
    seen: set[Path] = set()
    for given in paths:
        for found in _under(Path(given), _shown(given)):
            if isinstance(found, VaultFile) and len(paths) > 1:
                real = found.file.resolve()
                if real in seen:
                    continue
                seen.add(real)
            yield replace(found, given=given) if isinstance(found, VaultFile) else found


def _under(given: Path, shown: str) -> Iterator[VaultFile | PassedOver | Unreadable]:
    if given.is_dir():
        yield from _folder(given, shown.rstrip("/"))
    else:
        yield _file(given, given.name, shown) or VaultFile(shown, given, "text")


def _folder(folder: Path, shown: str) -> Iterator[VaultFile | PassedOver | Unreadable]:
    """Depth first with a stack of its own: folders may be nested deeper than Python's calls."""
    root = folder.resolve()
    unread: list[tuple[str, Iterator[os.DirEntry[str]]]] = []

    def enter(path: str | Path, name: str) -> Unreadable | None:
        try:
            with os.scandir(path) as entries:
                unread.append((name, iter(sorted(entries, key=lambda entry: entry.name))))
        except OSError as error:
            return Unreadable(name, (Problem("unreadable-folder", _reason("The folder", error)),))
        return None

    if (problem := enter(folder, shown)) is not None:
        yield problem
    while unread:
        parent, entries = unread[-1]
        entry = next(entries, None)
        if entry is None:
            unread.pop()
            continue
        path = f"{parent}/{_shown(entry.name)}"
        if (reason := _reason_to_pass(entry, root)) is not None:
            yield PassedOver(path, reason)
        elif entry.is_dir():
            if (problem := enter(entry.path, path)) is not None:
                yield problem
        else:
            yield _file(entry.path, entry.name, path) or _sniffed(entry, path)


def _reason_to_pass(entry: os.DirEntry[str], root: Path) -> str | None:
    try:
        if entry.is_symlink():
            if not Path(entry.path).resolve().is_relative_to(root):
                return "link that leads out of the vault"
            return "link to another place in the vault" if Path(entry.path).exists() else _NOWHERE
        if entry.is_dir():
            if entry.name.startswith("."):
                return "hidden folder"
            return "folder of another tool" if entry.name in _FOREIGN_FOLDERS else None
        if entry.name.startswith("."):
            return "hidden file"
        return None if entry.is_file() else "no regular file"
    except (OSError, RuntimeError):
        return _NOWHERE


def _file(place: str | Path, name: str, shown: str) -> VaultFile | None:
    """The file by its ending; None for an ending that says nothing of articles."""
    form = FORMATS.get(_ending(name))
    return VaultFile(shown, Path(place), form) if form else None


def _ending(name: str) -> str:
    name = name.lower()
    if name.endswith(".warc.gz"):
        return ".warc.gz"
    stem, dot, ending = name.rpartition(".")
    return dot + ending if stem else ""


def _sniffed(entry: os.DirEntry[str], shown: str) -> VaultFile | PassedOver | Unreadable:
    """Whatever its ending: a file that opens like front matter may be an article."""
    file = Path(entry.path)
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD).removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        return Unreadable(shown, (Problem("unreadable-file", _reason("The file", error)),))
    if head.startswith((b"---\n", b"---\r", b"+++\n", b"+++\r")):
        return VaultFile(shown, file, "text")
    return PassedOver(shown, f"no article format ({_ending(entry.name) or 'no file name ending'})")


def _shown(path: str) -> str:
    """A path as outputs name it: `/` between folders; bytes that are no text as `\\xNN`."""
    text = path.replace("\\", "/") if os.sep == "\\" else path
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _reason(what: str, error: OSError) -> str:
    return f"{what} cannot be read: {error.strerror or type(error).__name__}."
