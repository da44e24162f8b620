"""Bytes to text: byte order mark, strict UTF-8, HTTP header, <meta>, detector, in that order.

Most pages are UTF-8 whatever they declare, and text of a legacy charset is almost never valid
UTF-8, so bytes are believed before declarations (WHATWG Encoding Standard, section 6, goes the
same way for labels; the order was measured on pages whose <meta> says iso-8859-1 and lies).
"""

import codecs
import re
from dataclasses import dataclass

import chardet
from chardet.enums import EncodingEra

# A declaration stands near the top; some pages put long scripts before it. WHATWG looks at 1,024 bytes.
DECLARATION_BYTES = 65_536
# What the detector sees: measured enough for an article, and 2 ms.
DETECTOR_BYTES = 16_384
# A UTF-8 text with a bad byte in a hundred sequences is damaged UTF-8 (a cut end, a spliced advert);
# legacy text has hardly one good sequence.
DAMAGED_SHARE = 0.01
# More control characters than one in a hundred is no text.
CONTROL_SHARE = 0.01

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels mean what browsers make of them (WHATWG Encoding Standard, section 4.2), in Python's names.
_WEB_LABELS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# Servers send these without being told: a page that declares another charset knows better.
_SERVER_DEFAULTS = frozenset({"cp1252"})
# Charsets that turn plain ASCII into other characters, or bytes into no text at all, are never believed.
_REFUSED = frozenset(
    {"utf-7", "hz", "punycode", "idna", "raw_unicode_escape", "unicode_escape", "undefined", "mbcs", "oem"}
)

_META_CHARSET = re.compile(rb"<meta\b[^>]{0,400}?\bcharset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})", re.I)
_XML_ENCODING = re.compile(
    rb"\s{0,99}<\?xml\b[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})", re.I
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))
_NOT_ASCII = bytes(range(128, 256))
_REPLACEMENT = "�"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the charset (Python's name) it was read with, and what told it.

    `how` is `bom`, `utf-8`, `http`, `meta` or `detector`. `replaced` counts the bytes that could
    not be read and stand as U+FFFD. A byte order mark is not part of the text.
    """

    text: str
    charset: str
    how: str
    replaced: int = 0


def decode(body: bytes, charset: str | None) -> Decoded | None:
    """Read `body` as text; `charset` is what an HTTP header says, None where there is none.

    Returns None where the bytes are no text in any charset that can be told (binary files).
    Line ends are kept. Time and memory are linear in the length of `body`.
    """
    for mark, coded in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            text = body[len(mark) :].decode(coded, "replace")
            return Decoded(text, coded, "bom", text.count(_REPLACEMENT))
    if _looks_binary(body):
        return _detected(body)
    if b"\x1b$" not in body:  # ISO-2022-JP is seven-bit and would pass for UTF-8
        read = _utf8(body)
        if read is not None:
            return read
    from_http = _python_name(charset)
    from_page = _declared(body)
    claims = [(from_http, "http"), (from_page, "meta")]
    if from_http in _SERVER_DEFAULTS and from_page not in (None, "utf-8"):
        claims.reverse()
    for name, how in claims:
        read = _strict(body, name, how)
        if read is not None:
            return read
    for name, how in claims:
        read = _damaged(body, name, how)
        if read is not None:
            return read
    return _detected(body)


def _looks_binary(body: bytes) -> bool:
    head = body[:DECLARATION_BYTES]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > CONTROL_SHARE * len(head)


def _utf8(body: bytes) -> Decoded | None:
    try:
        return Decoded(body.decode("utf-8"), "utf-8", "utf-8")
    except UnicodeDecodeError:
        pass
    text = body.decode("utf-8", "replace")
    replaced = text.count(_REPLACEMENT)
    good = sum(character > "\x7f" for character in text) - replaced
    if replaced <= DAMAGED_SHARE * good or (good and _only_the_end_is_cut(body)):
        return Decoded(text, "utf-8", "utf-8", replaced)
    return None


def _only_the_end_is_cut(body: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _python_name(label: str | None) -> str | None:
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError, UnicodeError):
        return None
    if name in _REFUSED or not _is_text_codec(name):
        return None
    return _WEB_LABELS.get(name, name)


def _is_text_codec(name: str) -> bool:
    try:
        b"".decode(name)
    except (LookupError, ValueError):  # `hex`, `zlib` and the like turn bytes into bytes
        return False
    return True


def _declared(body: bytes) -> str | None:
    head = body[:DECLARATION_BYTES]
    found = _META_CHARSET.search(head) or _XML_ENCODING.match(head)
    name = _python_name(found[1].decode("ascii", "replace")) if found else None
    # A declaration that could be read as ASCII cannot stand in UTF-16 (WHATWG HTML, 13.2.3.2).
    return "utf-8" if name and name.startswith(("utf-16", "utf-32")) else name


def _strict(body: bytes, name: str | None, how: str) -> Decoded | None:
    if name is None:
        return None
    try:
        return Decoded(body.decode(name), name, how)
    except (UnicodeDecodeError, UnicodeError):
        return None


def _damaged(body: bytes, name: str | None, how: str) -> Decoded | None:
    if name is None:
        return None
    text = body.decode(name, "replace")
    replaced = text.count(_REPLACEMENT)
    foreign = len(body) - len(body.translate(None, _NOT_ASCII))
    return Decoded(text, name, how, replaced) if replaced <= DAMAGED_SHARE * foreign else None


def _detected(body: bytes) -> Decoded | None:
    found = chardet.detect(_sample(body), encoding_era=EncodingEra.ALL & ~EncodingEra.MAINFRAME)
    name = _python_name(found["encoding"])
    if name is None:
        return None
    text = body.decode(name, "replace")
    return Decoded(text, name, "detector", text.count(_REPLACEMENT))


def _sample(body: bytes) -> bytes:
    """The first stretch that holds something other than ASCII, where there is one."""
    if len(body) <= DETECTOR_BYTES:
        return body
    first = re.search(rb"[\x80-\xff\x1b\x00]", body)
    start = max(0, first.start() - 256) if first else 0
    start -= start % 4  # keep two- and four-byte units whole
    return body[start : start + DETECTOR_BYTES]
