"""The saved text as a query: its substance, its blocks and its sentences."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from provenance.model.article import Article
from provenance.text.sentences import sentence_bounds
from provenance.text.substance import Substance, substance


class Sentence(NamedTuple):
    """One sentence of the saved text.

    `start..end` is its stretch of the readable text, `first..last` its stretch of the
    substance (half open, never empty), `block` the index of its block.
    """

    start: int
    end: int
    first: int
    last: int
    block: int


@dataclass(frozen=True, slots=True)
class SavedText:
    """What of an article is looked for in a capture; what is set aside is not in it."""

    article: Article
    text: str
    stream: Substance
    sentences: tuple[Sentence, ...]


def read_saved(article: Article) -> SavedText:
    """Prepare the saved text of `article` for comparing."""
    readable = article.readable
    stream = substance(readable.text, _set_aside(article))
    spans: list[tuple[int, int]] = []
    numbers: list[int] = []
    for number, block in enumerate(readable.blocks):
        spans += sentence_bounds(readable.text, block.start, block.end)
        numbers += [number] * (len(spans) - len(numbers))
    bounds = np.searchsorted(stream.positions, np.array(spans, dtype=np.int64).reshape(-1)).tolist()
    found = tuple(
        Sentence(start, end, first, last, number)
        for (start, end), first, last, number in zip(spans, bounds[0::2], bounds[1::2], numbers, strict=True)
        if first < last
    )
    return SavedText(article, readable.text, stream, found)


def _set_aside(article: Article) -> np.typing.NDArray[np.bool_] | None:
    """Which characters of the readable text are set aside (their offsets point into the body)."""
    if not article.set_aside:
        return None
    pieces = article.readable.pieces
    left_out = np.zeros(len(article.readable.text), dtype=np.bool_)
    starts = [piece.start for piece in pieces]
    for aside in article.set_aside:
        index = max(bisect_right(starts, aside.start) - 1, 0)
        while index < len(pieces) and pieces[index].start < aside.end:
            piece = pieces[index]
            index += 1
            if piece.end <= aside.start:
                continue
            if piece.length == piece.end - piece.start:
                low = max(aside.start - piece.start, 0)
                high = min(aside.end - piece.start, piece.length)
            else:
                low, high = 0, piece.length
            left_out[piece.at + low : piece.at + high] = True
    return left_out
