"""WARC files, and the WARC files inside WACZ files, opened for reading."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

SUFFIXES = (".warc", ".warc.gz", ".wacz")
_ZIP = b"PK\x03\x04"
# A WACZ holds its WARC files uncompressed (they are gzip already); no honest one shrinks further.
_LARGEST_RATIO = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: a file, in a WACZ the entry's name, the gzip member, the offset in it."""

    path: Path
    entry: str | None
    member: int = 0
    within: int = 0


@dataclass(frozen=True, slots=True)
class Damage:
    """Something in a WARC or WACZ file that could not be read; what stands before it was."""

    place: Place
    message: str


def warc_files(path: Path) -> Iterator[Path]:
    """`path` itself, or every WARC and WACZ file below it in order of name (links are not followed)."""
    if not path.is_dir():
        yield path
        return
    for below in sorted(path.rglob("*")):
        if below.name.lower().endswith(SUFFIXES) and below.is_file() and not below.is_symlink():
            yield below


def entries(path: Path) -> Iterator[Place | Damage]:
    """The WARC streams of a file: itself, or each WARC in a WACZ. Raises OSError."""
    with path.open("rb") as file:
        is_zip = file.read(4) == _ZIP
    if not is_zip:
        yield Place(path, None)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            listed = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        yield Damage(Place(path, None), f"not a readable WACZ file ({error})")
        return
    for info in listed:
        refusal = _refusal(info)
        if refusal:
            yield Damage(Place(path, info.filename), refusal)
        elif info.filename.lower().endswith(SUFFIXES[:2]):
            yield Place(path, info.filename)


def _refusal(info: zipfile.ZipInfo) -> str | None:
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or ":" in name.split("/")[0] or ".." in PurePosixPath(name).parts:
        return "an entry's name leads out of the WACZ file: passed over"
    if info.flag_bits & 0x1:
        return "an encrypted entry: passed over"
    if info.file_size > _LARGEST_RATIO * max(info.compress_size, 1024):
        return "an entry that would grow more than two hundred times: passed over"
    return None


@contextmanager
def open_stream(place: Place) -> Iterator[BinaryIO]:
    """The bytes of a WARC stream, seekable. Raises OSError and zipfile.BadZipFile."""
    if place.entry is None:
        with place.path.open("rb") as file:
            yield file
        return
    with zipfile.ZipFile(place.path) as archive:
        info = archive.getinfo(place.entry)
        if info.compress_type == zipfile.ZIP_STORED:
            with place.path.open("rb") as file:
                yield cast(
                    BinaryIO, io.BufferedReader(_Slice(file, _content_offset(file, info), info.file_size))
                )
        else:
            with archive.open(info) as entry:
                yield cast(BinaryIO, entry)


def _content_offset(file: BinaryIO, info: zipfile.ZipInfo) -> int:
    """Where a stored entry's bytes begin: after its local header, whose length the header itself says."""
    file.seek(info.header_offset)
    header = file.read(30)
    if len(header) < 30 or header[:4] != _ZIP:
        raise zipfile.BadZipFile("no local header")
    return (
        info.header_offset
        + 30
        + int.from_bytes(header[26:28], "little")
        + int.from_bytes(header[28:30], "little")
    )


class _Slice(io.RawIOBase):
    """A stretch of a file as a file: a stored entry is sought in without reading what precedes it."""

    def __init__(self, file: BinaryIO, start: int, length: int) -> None:
        self._file, self._start, self._length, self._position = file, start, length, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._length}[whence]
        self._position = max(0, origin + offset)
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        size = max(0, min(len(buffer), self._length - self._position))
        self._file.seek(self._start + self._position)
        data = self._file.read(size)
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)
