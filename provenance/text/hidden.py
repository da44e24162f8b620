"""Which start tags hide their content from a reader, told by their attributes alone.

Style sheets are not read. Text in such elements is never lost: it is searched after the
visible text, and what is found there is reported as found in a hidden place.
"""

import re

# Classes by which the widespread frameworks hide text or show it on demand only
# (Bootstrap, WordPress, Tailwind, Drupal, Foundation, GOV.UK and their kin).
_CLASSES = (
    "sr-only|visually-hidden|visuallyhidden|visually_hidden|screen-reader-text|screen-reader-only|screenreader|"
    "screen-reader|screenreader-only|element-invisible|offscreen|off-screen|a11y-hidden|assistive-text|"
    "govuk-visually-hidden|show-for-sr|hidden|is-hidden|u-hidden|d-none|hide|tooltiptext|tooltip-text|"
    "tooltip-content|tooltip__content|tooltip__text|popover|popover-content|popup-text|popuptext"
)
_HIDING_TAG = re.compile(
    r"\shidden(?=[\s/>=])(?!\s*=\s*[\"']?false)"
    r"|display\s*:\s*none"
    r"|visibility\s*:\s*hidden"
    rf"|\sclass\s*=\s*[\"']?(?:[^\"'<>]*\s)?(?:{_CLASSES})(?=[\s\"'>])"
    r"|\srole=[\"']?tooltip"
    r"|<(?:details|dialog)(?!.*\sopen[\s=>])",
    re.IGNORECASE | re.DOTALL,
)
# A footnote mark: a superscript that is one short reference, linked or in brackets.
_NOTE_MARK = re.compile(
    r"<sup[^>]*>\s*(?:<a[^>]*>\s*\[?(?:\d{1,3}|\*|[a-z])\]?\s*</a>|\[(?:\d{1,3}|\*|[a-z])\])\s*</sup",
    re.IGNORECASE,
)
# Every tag that can match has one of these in it; finding them first is what makes this fast.
_TOLD_BY = (
    "hidden", "HIDDEN", "display", "DISPLAY", "screen", "sr-only", "for-sr", "invisible", "assistive",
    "tooltip", "popover", "popup", "d-none", "hide", "<details", "<DETAILS", "<dialog", "<DIALOG", "<sup", "<SUP",
)  # fmt: skip


def telling_positions(source: str) -> list[int]:
    """Ascending offsets of words that a hiding start tag would hold; most are in other tags."""
    found: list[int] = []
    for word in _TOLD_BY:
        at = source.find(word)
        while at >= 0:
            found.append(at)
            at = source.find(word, at + 1)
    found.sort()
    return found


def hides(source: str, start: int, end: int) -> bool:
    """Whether the start tag `source[start:end]` hides what its element holds."""
    return bool(_HIDING_TAG.search(source, start, end) or _NOTE_MARK.match(source, start, end + 500))
