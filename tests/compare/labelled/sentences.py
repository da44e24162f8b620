"""Sentences of the invented articles: good enough for texts whose author avoided abbreviations."""

import re

_ENDS = re.compile(r"(?<=[.!?։।؟])[”»\"]?\s+|(?<=[。！？])(?![」』”])")
_ENDS_GREEK = re.compile(r"(?<=[.!;])\s+")
_ENDS_THAI = re.compile(r" (?=[ก-๙]{12})")


def sentences(block: str, language: str) -> list[str]:
    """The sentences of one block, without the white space between them."""
    if language == "th":
        pattern = _ENDS_THAI
    elif language == "el":
        pattern = _ENDS_GREEK
    else:
        pattern = _ENDS
    parts: list[str] = []
    start = 0
    for match in pattern.finditer(block):
        end = match.start() + len(match.group().rstrip())
        # "3. Mai": a full stop after a short number ends no sentence here.
        if re.search(r"\b\d{1,2}\.$", block[start:end]):
            continue
        parts.append(block[start:end])
        start = match.end()
    parts.append(block[start:])
    return [part for part in parts if part.strip()]
