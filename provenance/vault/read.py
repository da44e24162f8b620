"""A vault, read file by file."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from provenance.model.article import Article, PassedOver, Unreadable
from provenance.model.problem import Problem
from provenance.text.decode import decode
from provenance.vault.article import Source
from provenance.vault.duplicates import Duplicates
from provenance.vault.jsonl import read_jsonl
from provenance.vault.saved_page import read_saved_page
from provenance.vault.settings import FileRule, VaultSettings, find_settings
from provenance.vault.text_file import read_text_file
from provenance.vault.walk import VaultFile, walk
from provenance.vault.web_archive_file import read_web_archive

# Bytes of one Markdown, text or HTML file. A page saved with its pictures inside reaches 20 MB.
LARGEST_FILE = 64_000_000

_Read = Article | Unreadable | PassedOver


def read_vault(paths: Sequence[str]) -> Iterator[_Read]:
    """Read every article under `paths`, in the order of names, one at a time.

    What is no article comes as PassedOver, what cannot be read as Unreadable; every file under
    `paths` is one of them. Memory grows by some hundred bytes an article (its digest and path, so
    that copies are found). Raises UsageError for a path that does not exist and for settings that
    cannot be used, before the first article.
    """
    settings = {given: find_settings(Path(given)) for given in paths if Path(given).exists()}
    return _read_all(walk(paths), settings)


def _read_all(
    files: Iterator[VaultFile | PassedOver | Unreadable], settings: Mapping[str, VaultSettings]
) -> Iterator[_Read]:
    duplicates = Duplicates()
    for found in files:
        if not isinstance(found, VaultFile):
            yield found
            continue
        for read in _read_file(found, settings[found.given]):
            yield duplicates.check(read) if isinstance(read, Article) else read


def _read_file(found: VaultFile, settings: VaultSettings) -> Iterator[_Read]:
    rule = settings.for_file(found.file)
    try:
        if found.format == "jsonl":
            yield from read_jsonl(found.path, found.file, rule)
        elif found.format == "warc":
            yield from read_web_archive(found.path, found.file, rule)
        else:
            yield _read_single(found, rule, settings.note_sections)
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or type(error).__name__}."
        yield Unreadable(found.path, (Problem("unreadable-file", message),))


def _read_single(found: VaultFile, rule: FileRule, note_sections: tuple[str, ...]) -> _Read:
    with found.file.open("rb") as stream:
        content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        message = f"The file is larger than {LARGEST_FILE // 1_000_000} MB."
        return Unreadable(found.path, (Problem("too-large", message),))
    decoded = decode(content, None)
    if decoded is None:
        message = "The file is binary, or its text is in no charset that can be told."
        return Unreadable(found.path, (Problem("undecodable", message),))
    source = Source(found.path, found.format, hashlib.sha256(content).hexdigest())
    if found.format == "html":
        return read_saved_page(source, decoded.text, rule)
    return read_text_file(source, decoded.text, rule, note_sections)
