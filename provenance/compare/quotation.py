"""Whether a place stands inside quotation marks of its own paragraph."""

from provenance.compare.wordlists import Place

# Every mark that opens, with the marks that may close it.
_CLOSED_BY = {
    "«": "»",
    "»": "«",
    "“": "”",
    "„": '“”‟"»',
    "‟": "”",
    "”": "”",
    "‹": "›",
    "‘": "’",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    '"': '"',
}
_PARAGRAPH = 4000  # characters on either side in which quotation marks are paired


def in_quotes(place: Place) -> bool:
    """Whether a place stands between two marks that belong together. A mark without its pair opens
    nothing."""
    low = max(place.text.rfind("\n", 0, place.start) + 1, place.start - _PARAGRAPH)
    high = place.text.find("\n", place.end)
    high = min(len(place.text) if high < 0 else high, place.end + _PARAGRAPH)
    paragraph = place.text[low:high]
    start, end = place.start - low, place.end - low
    opened: list[tuple[int, str]] = []
    for index, mark in enumerate(paragraph):
        closes = next((n for n in reversed(range(len(opened))) if mark in opened[n][1]), None)
        if closes is not None and _can_close(paragraph, index):
            begin, _ = opened[closes]
            del opened[closes:]
            if begin < start and index >= end:
                return True
        elif mark in _CLOSED_BY and _can_open(paragraph, index):
            opened.append((index, _CLOSED_BY[mark]))
    return False


def _can_close(paragraph: str, index: int) -> bool:
    """An apostrophe inside a word closes nothing, nor a straight mark that a word follows at once."""
    if paragraph[index] not in '’‘"':
        return True
    before, after = _around(paragraph, index)
    if paragraph[index] == '"':
        return not (before.isspace() and after.isalnum())
    return not after.isalnum()


def _can_open(paragraph: str, index: int) -> bool:
    """A mark opens before a word; the sign for inches, and a lone mark at a word's end, do not."""
    before, after = _around(paragraph, index)
    if paragraph[index] in '"‘‚”»':
        return not before.isalnum() and not after.isspace()
    return True


def _around(paragraph: str, index: int) -> tuple[str, str]:
    before = paragraph[index - 1] if index else " "
    return before, paragraph[index + 1] if index + 1 < len(paragraph) else " "
