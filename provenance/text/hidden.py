"""Which start tags hide their content from a reader, told by their attributes alone.

Style sheets are not read. Text in such elements is never lost: it is searched after the
visible text, and what is found there is reported as found in a hidden place.
"""

import re
from collections.abc import Iterable

VISIBLE, NOSCRIPT, HIDDEN, JSON_LD = range(4)
PLACES = ("visible", "noscript", "hidden", "json-ld")

# Classes by which the widespread frameworks hide text or show it on demand only
# (Bootstrap, WordPress, Tailwind, Drupal, Foundation, GOV.UK and their kin).
_CLASSES = frozenset((
    "sr-only", "visually-hidden", "visuallyhidden", "visually_hidden", "screen-reader-text",
    "screen-reader-only", "screenreader", "screen-reader", "screenreader-only", "element-invisible",
    "offscreen", "off-screen", "a11y-hidden", "assistive-text", "govuk-visually-hidden", "show-for-sr",
    "hidden", "is-hidden", "u-hidden", "d-none", "hide", "tooltiptext", "tooltip-text", "tooltip-content",
    "tooltip__content", "tooltip__text", "popover", "popover-content", "popup-text", "popuptext",
))  # fmt: skip
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ON_DEMAND = frozenset(("details", "dialog"))  # shown when opened
_ATTRIBUTE = re.compile(r"([^\s/>=\"']+)(?:\s*+=\s*+(?:\"([^\"]*+)\"?|'([^']*+)'?|([^\s>]*+)))?")
_NAME = re.compile(r"<([^\s/>]+)")
# Every start tag that hides has one of these in it: finding them first is what makes this fast.
_TOLD_BY = (
    b"hid", b"display", b"screen", b"sr-only", b"for-sr", b"invisible", b"assistive", b"tooltip", b"pop",
    b"d-none", b"<details", b"<dialog",
)  # fmt: skip
# A footnote mark: a superscript that is one short reference, linked or in brackets.
_NOTE_MARK = re.compile(
    r"<sup[^>]*>\s*(?:<a[^>]*>\s*\[?(?:\d{1,3}|\*|[a-z])\]?\s*</a>|\[(?:\d{1,3}|\*|[a-z])\])\s*</sup",
    re.IGNORECASE,
)
_NOTE_MARK_REACH = 500  # characters after the start tag


def hiding_tags(tags: Iterable[str]) -> frozenset[str]:
    """Those of `tags` (source of tags, without line breaks) that hide what their element holds."""
    # Bytes are searched: one character of another script would make a search of the text slow.
    lines = "\n".join(tags).encode("utf-8", "surrogatepass")
    lower = lines.lower()
    told: set[bytes] = set()
    for word in _TOLD_BY:
        at = lower.find(word)
        while at >= 0:
            end = lines.find(b"\n", at)
            if end < 0:
                end = len(lines)
            told.add(lines[lines.rfind(b"\n", 0, at) + 1 : end])
            at = lower.find(word, end)
    return frozenset(filter(_hides, (tag.decode("utf-8", "surrogatepass") for tag in told)))


def is_note_mark(source: str, start: int, end: int) -> bool:
    """Whether the start tag `source[start:end]` begins a footnote mark."""
    return bool(_NOTE_MARK.match(source, start, end + _NOTE_MARK_REACH))


def _hides(tag: str) -> bool:
    named = _NAME.match(tag)
    if not named:
        return False
    attributes: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(tag, named.end()):
        attributes.setdefault(found[1].lower(), found[2] or found[3] or found[4] or "")
    return (
        attributes.get("hidden", "false").lower() != "false"
        or bool(_HIDING_STYLE.search(attributes.get("style", "")))
        or not _CLASSES.isdisjoint(attributes.get("class", "").lower().split())
        or attributes.get("role", "").lower() == "tooltip"
        or (named[1].lower() in _ON_DEMAND and "open" not in attributes)
    )
