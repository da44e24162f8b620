"""Transfer and content coding undone, within a limit, by what the bytes are rather than what a header says.

Archives send bodies coded though nobody asked, name a coding twice, or name one that was already
taken off; so a stated coding is undone only where the bytes bear it.
"""

import re
import zlib

import brotli

# Types whose bytes are meant to be compressed: here a gzip signature is the document itself.
COMPRESSED_MEDIA = frozenset(
    {"application/gzip", "application/x-gzip", "application/x-tar", "image/svg+xml-compressed"}
)
_MOST_CODINGS = 3  # one is normal and two are seen; more is an attack
_GZIP = b"\x1f\x8b\x08"


class TooLarge(Exception):
    """The decoded body would pass the limit."""


class Undecodable(Exception):
    """The body ends too early, is damaged, or has a coding that nothing here can undo."""


def decode_content(body: bytes, stated: str | None, media_type: str | None, limit: int) -> bytes:
    """Undo the content coding of `body` (`stated` is the Content-Encoding header, `limit` in bytes).

    Raises TooLarge and Undecodable.
    """
    codings = [c.strip().lower() for c in (stated or "").split(",")]
    codings = [c for c in codings if c not in ("", "identity", "none", "utf-8")][:_MOST_CODINGS]
    for coding in reversed(codings):
        body = _undo(coding, body, limit)
    if media_type not in COMPRESSED_MEDIA:
        for _ in range(_MOST_CODINGS - len(codings)):
            if not body.startswith(_GZIP):
                break
            body = inflate(body, limit)
        if not codings and (media_type or "").startswith("text/") and _is_binary(body):
            body = _unstated_brotli(body, limit)
    if len(body) > limit:
        raise TooLarge(f"more than {limit} bytes")
    return body


def dechunk(body: bytes, limit: int) -> bytes:
    """Undo chunked transfer coding (RFC 9112 section 7.1); a body without chunks comes back as it is.

    Raises Undecodable where the last chunk is missing, TooLarge past `limit`.
    """
    pieces: list[bytes] = []
    position, size_so_far = 0, 0
    while True:
        line = _CHUNK_HEAD.match(body, position)
        if line is None:
            if not pieces:
                return body
            raise Undecodable("the body ends inside its chunks")
        size = int(line[1], 16)
        position = line.end()
        if size == 0:
            return b"".join(pieces)
        size_so_far += size
        if size_so_far > limit:
            raise TooLarge(f"more than {limit} bytes")
        if position + size > len(body):
            raise Undecodable("the body ends inside a chunk")
        pieces.append(body[position : position + size])
        position += size
        if body[position : position + 2] == b"\r\n":
            position += 2


_CHUNK_HEAD = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")


def inflate(body: bytes, limit: int) -> bytes:
    """Undo gzip, all members of it. Raises TooLarge and Undecodable."""
    pieces: list[bytes] = []
    while body.startswith(_GZIP):
        piece, body = _inflate_once(body, limit - sum(map(len, pieces)), 16 + zlib.MAX_WBITS)
        pieces.append(piece)
    return b"".join(pieces)


def _undo(coding: str, body: bytes, limit: int) -> bytes:
    if coding in ("gzip", "x-gzip"):
        return inflate(body, limit) if body.startswith(_GZIP) else body
    if coding == "deflate":
        return _deflate(body, limit)
    if coding == "br":
        return _stated_brotli(body, limit)
    if _is_binary(body):
        raise Undecodable(f"unknown content coding {coding[:40]!r}")
    return body


def _inflate_once(body: bytes, limit: int, window: int) -> tuple[bytes, bytes]:
    inflater = zlib.decompressobj(window)
    try:
        decoded = inflater.decompress(body, limit + 1)
    except zlib.error as error:
        raise Undecodable(f"damaged compression: {error}") from None
    if len(decoded) > limit:
        raise TooLarge(f"more than {limit} bytes")
    if not inflater.eof:
        raise Undecodable("the compressed body ends too early")
    return decoded, inflater.unused_data


def _deflate(body: bytes, limit: int) -> bytes:
    # RFC 9110 means zlib's format by "deflate"; many servers send the bare stream.
    is_zlib = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    try:
        return _inflate_once(body, limit, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)[0]
    except Undecodable:
        if _is_binary(body):
            raise
        return body


def _stated_brotli(body: bytes, limit: int) -> bytes:
    try:
        return _unbrotli(body, limit)
    except Undecodable:
        if _is_binary(body):
            raise
        return body


def _unstated_brotli(body: bytes, limit: int) -> bytes:
    try:
        return _unbrotli(body, limit)
    except Undecodable:
        return body  # brotli has no signature: this was something else


def _unbrotli(body: bytes, limit: int) -> bytes:
    decoder = brotli.Decompressor()
    try:
        decoded = decoder.process(body, output_buffer_limit=limit + 1)
        while not decoder.is_finished() and not decoder.can_accept_more_data() and len(decoded) <= limit:
            decoded += decoder.process(b"", output_buffer_limit=limit + 1 - len(decoded))
    except brotli.error:
        raise Undecodable("damaged brotli compression") from None
    if len(decoded) > limit:
        raise TooLarge(f"more than {limit} bytes")
    if not decoder.is_finished():
        raise Undecodable("the compressed body ends too early")
    return bytes(decoded)


def _is_binary(body: bytes) -> bool:
    """Whether the first kilobyte has control characters that no text encoding but UTF-16 or UTF-32 uses."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    return re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", body[:1024]) is not None
