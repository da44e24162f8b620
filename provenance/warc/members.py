"""A WARC file read as the gzip members it is made of, in bounded memory.

Every record of a well-made `.warc.gz` is a gzip member of its own, so a member's offset is enough
to come back to a record. Files that were compressed as a whole are one member, uncompressed files
none: for them the place of a record is an offset within.
"""

import zlib
from typing import BinaryIO

_CHUNK = 64 * 1024
# A header line or a record's headers longer than this are damage, not data (bytes).
_LONGEST_LINE = 64 * 1024
_LONGEST_HEADERS = 256 * 1024


class DamagedMember(Exception):
    """What stands here is not what a WARC file holds."""


class MemberReader:
    """Reads one member after the other. `read` and `readline` stop at the end of a member."""

    def __init__(self, file: BinaryIO, offset: int = 0) -> None:
        self._file = file
        self._start(offset, b"")

    def _start(self, offset: int, carried: bytes) -> None:
        self.member = offset
        self.within = 0
        if not carried:
            self._file.seek(offset)
        self._raw = carried if len(carried) >= 2 else carried + self._file.read(_CHUNK)
        self.compressed = self._raw[:2] == b"\x1f\x8b"
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS) if self.compressed else None
        self._buffer, self._at, self._header_bytes = b"", 0, 0

    def begin_record(self) -> None:
        """Start counting header lines anew."""
        self._header_bytes = 0

    def read(self, size: int) -> bytes:
        """`size` bytes, fewer only at the end of the member. Raises DamagedMember."""
        pieces = []
        while size > 0 and self._filled():
            piece = self._buffer[self._at : self._at + size]
            self._moved(len(piece))
            size -= len(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def readline(self, size: int | None = None) -> bytes:
        """One line of at most `size` bytes. Raises DamagedMember for lines that no WARC has."""
        limit = _LONGEST_LINE if size is None or size < 0 else min(size, _LONGEST_LINE)
        line = b""
        while len(line) < limit and not line.endswith(b"\n") and self._filled():
            end = self._buffer.find(b"\n", self._at, self._at + limit - len(line)) + 1
            end = end or min(len(self._buffer), self._at + limit - len(line))
            line += self._buffer[self._at : end]
            self._moved(end - self._at)
        self._header_bytes += len(line)
        if len(line) >= _LONGEST_LINE or self._header_bytes > _LONGEST_HEADERS:
            raise DamagedMember("a header without an end")
        return line

    def skip(self, size: int) -> int:
        """Pass over `size` bytes; returns how many there were."""
        skipped = 0
        while skipped < size and self._filled():
            step = min(size - skipped, len(self._buffer) - self._at)
            self._moved(step)
            skipped += step
        return skipped

    def ended(self) -> bool:
        """Whether an uncompressed file has been read to its end."""
        return self._inflater is None and not self._filled()

    def next_member(self) -> bool:
        """Go to the next member; False at the end of the file. The present one must be read out."""
        if self._inflater is None or not self._inflater.eof:
            return False
        carried = self._inflater.unused_data
        offset = self._file.tell() - len(carried)
        self._start(offset, carried)
        return bool(self._raw)

    def find_next_member(self) -> bool:
        """After damage: look for the next gzip signature, or the next line that opens a record."""
        if not self.compressed:
            return self._find_record_line()
        position = self.member + 1
        while True:
            self._file.seek(position)
            block = self._file.read(_CHUNK)
            found = block.find(b"\x1f\x8b\x08")
            if found >= 0:
                self._start(position + found, b"")
                return True
            if len(block) < _CHUNK:
                return False
            position += _CHUNK - 2

    def _find_record_line(self) -> bool:
        position = self.member + self.within
        while True:
            self._file.seek(position)
            block = self._file.read(_CHUNK)
            found = block.find(b"\nWARC/1.")
            if found >= 0:
                self._start(position + found + 1, b"")
                return True
            if len(block) < _CHUNK:
                return False
            position += _CHUNK - 7

    def _moved(self, count: int) -> None:
        self._at += count
        self.within += count

    def _filled(self) -> bool:
        """Whether there is something in the buffer, after trying to put something there."""
        if self._at < len(self._buffer):
            return True
        self._at = 0
        if self._inflater is None:
            self._buffer, self._raw = self._raw or self._file.read(_CHUNK), b""
            return bool(self._buffer)
        self._buffer = b""
        while not self._buffer and not self._inflater.eof:
            if not self._raw:
                self._raw = self._file.read(_CHUNK)
                if not self._raw:
                    raise DamagedMember("the file ends in the middle of a record")
            try:
                self._buffer = self._inflater.decompress(self._raw, _CHUNK)
            except zlib.error as error:
                raise DamagedMember(f"damaged compression ({error})") from None
            self._raw = self._inflater.unconsumed_tail
        return bool(self._buffer)
