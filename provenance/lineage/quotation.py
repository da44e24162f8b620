"""Where a text quotes: stretches in quotation marks of any kind, and block quotations."""

import re
from collections.abc import Iterator

from provenance.model.span import Span
from provenance.model.text import Block, ReadableText

# What may close a quotation that each mark opens; customs differ by language and by typist.
_CLOSERS = {
    "«": "»", "»": "«»", "“": "”“\"", "„": "“”\"„", "‟": "”", "”": "”", "\"": "\"", "＂": "＂",
    "「": "」", "『": "』", "〝": "〞〟", "‹": "›", "›": "‹", "‘": "’", "‚": "‘’", "❝": "❞", "'": "'",
    "《": "》", "〈": "〉", "’": "’",
}  # fmt: skip
_MARK = re.compile("[«»“”„‟\"＂「」『』〝〞〟‹›‘’‚❝❞'《》〈〉]")
# Marks that are also apostrophes: they open after a gap before a letter, and close before none.
_APOSTROPHES = frozenset("'’‘")
# A quotation longer than this is a mark that was never closed.
LONGEST = 4000


def quoted_stretches(readable: ReadableText) -> Iterator[Span]:
    """The stretches of `readable.text` in quotation marks, in order, outermost ones only.

    A quotation that goes on over several paragraphs, each of which opens with a mark, is given
    paragraph by paragraph. Titles and single words in quotation marks are given too: how much
    must be quoted to be speech is for the caller to say.
    """
    text = readable.text
    if not _MARK.search(text) and all(block.kind != "quote" for block in readable.blocks):
        return
    for number, block in enumerate(readable.blocks):
        if block.kind == "quote":
            yield Span(block.start, block.end)
            continue
        following = readable.blocks[number + 1] if number + 1 < len(readable.blocks) else None
        yield from _in_block(text, block, following)


def _in_block(text: str, block: Block, following: Block | None) -> Iterator[Span]:
    opened: int | None = None
    closers = ""
    depth = 0
    for mark in _MARK.finditer(text, block.start, block.end):
        at, character = mark.start(), mark.group()
        if opened is not None and at - opened > LONGEST:
            opened = None
        if opened is None:
            if _opens(text, block, at, character):
                opened, closers, depth = at, _CLOSERS[character], 0
        elif character == text[opened] and character not in closers:
            depth += 1
        elif character in closers and _closes(text, block, at, character):
            if depth:
                depth -= 1
            else:
                yield Span(opened, at + 1)
                opened = None
    if opened is not None and following is not None and text.startswith(text[opened], following.start):
        yield Span(opened, block.end)


def _opens(text: str, block: Block, at: int, character: str) -> bool:
    if character not in _CLOSERS:
        return False
    before = text[at - 1] if at > block.start else " "
    after = text[at + 1] if at + 1 < block.end else " "
    if character in _APOSTROPHES:
        return after.isalpha() and not before.isalnum()
    if character == "«" and before.isspace():
        return True  # in French with a space after it
    # A mark glued to the word before it closes something that was never opened.
    return not after.isspace() and (not before.isalnum() or character in "「『《〈«„")


def _closes(text: str, block: Block, at: int, character: str) -> bool:
    if character not in _APOSTROPHES:
        return True
    after = text[at + 1] if at + 1 < block.end else " "
    return not after.isalnum() and not text[at - 1].isspace()
