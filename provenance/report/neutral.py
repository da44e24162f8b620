"""Text from files and pages made harmless for a terminal, a note or a page.

A title may hold escape codes that repaint a terminal and bidirectional controls that show a
sentence in another order than it was written in (CVE-2021-42574). They are shown as escapes, so
that a person sees that they are there.
"""

import re

# White space that would break a line, control characters (C0, DEL, C1), bidirectional embeddings,
# overrides and isolates, tag characters and lone surrogates. Left-to-right and right-to-left marks
# stay: they are ordinary in Hebrew, Arabic and Persian text and cannot reorder letters.
_BREAKS = re.compile(r"[\t\n\x0b\x0c\r\x85\u2028\u2029]+")
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]")


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def neutral(text: str) -> str:
    """`text` on one line, with control characters shown as escapes (`\\x1b`, `\\u202e`)."""
    return UNSAFE.sub(_shown, _BREAKS.sub(" ", text))
