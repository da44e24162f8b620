"""Page source cut into texts and tags, by the tokenizer rules of the HTML standard.

The rules (WHATWG HTML, 13.2.5) are written as one compiled pattern. Once an alternative of it
has begun it always ends, at the latest at the end of the page, and gives nothing back (`*+`):
the scan is linear whatever the page holds.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

# Text of these elements is never shown as text of the page; `svg` has drawings and their titles.
_UNSHOWN = (
    "script", "style", "template", "textarea", "title", "svg", "iframe", "object", "canvas", "audio",
    "video", "select", "xmp", "noembed", "noframes", "datalist",
)  # fmt: skip
_SPACE = r"[ \t\n\r\f]"
_NAME_END = r"(?=[ \t\n\r\f/>])"
_ATTRIBUTES = rf"[^>=]*+(?:={_SPACE}*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|)[^>=]*+)*+"
_TAG_END = r"(?:>|\Z)"


def _either_case(name: str) -> str:
    # Spelled out, because ignoring case by a flag makes every tag of the page slower to tell.
    return "".join(f"[{letter}{letter.upper()}]" for letter in name)


_UNSHOWN_NAME = (
    f"(?=[{''.join(sorted({name[0] + name[0].upper() for name in _UNSHOWN}))}])"
    f"(?:{'|'.join(map(_either_case, _UNSHOWN))})"
)
# Three groups: the whole token, the name of an unshown element, the name of any other tag with
# the slash of an end tag. Comments and declarations have neither name.
_TOKEN = re.compile(
    rf"(<(?:({_UNSHOWN_NAME}){_NAME_END}{_ATTRIBUTES}{_TAG_END}"
    rf"(?:(?<=/>)|[^<]*+(?:<(?!/(?i:\2){_NAME_END})[^<]*+)*+(?:</[^>]*+{_TAG_END}|\Z))"
    rf"|(/?[a-zA-Z][^ \t\n\r\f/>]*+){_ATTRIBUTES}{_TAG_END}"
    rf"|!--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>|\Z))"
    rf"|[!?/][^>]*+{_TAG_END}))"
)
_BATCH = 400_000  # tokens held at a time: some 80 MB


class Batch(NamedTuple):
    """Tokens of a page in columns, one entry each a token.

    `texts` is the text before the markup (may be empty), `markups` the markup itself ("" at the
    end of the page). Of the names at most one is set: `unshown` for a whole element whose content
    is no text of the page, `names` for a tag (`/p` for an end tag), as written; a comment or a
    declaration has neither.
    """

    texts: list[str]
    markups: list[str]
    unshown: list[str | None]
    names: list[str | None]


def token_batches(source: str) -> Iterator[Batch]:
    """Cut `source` into tokens, a batch at a time. Texts and markup, joined, are the source."""
    rest: str | None = source
    while rest is not None:
        parts: list[Any] = _TOKEN.split(rest, _BATCH)
        last = parts.pop()
        if len(parts) < 4 * _BATCH:
            parts += (last, "", None, None)
            rest = None
        else:
            rest = last
        yield Batch(parts[0::4], parts[1::4], parts[2::4], parts[3::4])
