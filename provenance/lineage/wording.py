"""The wording of an article: its tokens, each with its place in the body."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.lineage.quotation import quoted_stretches
from provenance.model.article import Article, SetAside
from provenance.model.span import Span
from provenance.model.text import ReadableText
from provenance.text.tokens import WORD_WIDTH, tokens

# Bits of `Wording.kinds` beside those of text.tokens (NAME, NUMBER).
QUOTED = 4
RECURRING = 8

# Fewer quoted words than this are a title, a name or irony, not speech.
SPEECH = 4 * WORD_WIDTH


@dataclass(frozen=True, slots=True)
class Wording:
    """The tokens of an article's own text (see text.tokens), without what is set aside.

    `starts` and `lengths` are places in the body; the lengths stand in for letters in shares and
    similarities. `kinds` says of each token whether it is a name, a number, quoted, recurring.
    """

    keys: npt.NDArray[np.uint32]
    forms: npt.NDArray[np.uint16]
    starts: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.uint16]
    kinds: npt.NDArray[np.uint8]
    widths: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.keys)


def wording(article: Article) -> Wording:
    """The wording of an article."""
    readable = article.readable
    found = tokens(readable.text)
    kinds = found.kinds | _quoted(readable, found.starts, found.widths)
    starts, ends = body_places(readable, found.starts, found.ends)
    kept = _outside(article.set_aside, starts)
    lengths = np.minimum(ends - starts, np.iinfo(np.uint16).max).astype(np.uint16)
    if kept.all():
        return Wording(found.keys, found.forms, starts, lengths, kinds, found.widths)
    return Wording(
        found.keys[kept], found.forms[kept], starts[kept], lengths[kept], kinds[kept], found.widths[kept]
    )


def body_places(
    readable: ReadableText, starts: npt.NDArray[np.int32], ends: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """What `ReadableText.body_span` gives for many stretches (none empty) at once."""
    pieces = readable.pieces
    if len(pieces) == 1 and pieces[0].length == pieces[0].end - pieces[0].start == len(readable.text):
        shift = np.int32(pieces[0].start - pieces[0].at)
        return starts + shift, ends + shift
    if not pieces or not len(starts):
        return starts, ends
    at, length, begin, end = np.array(
        [(piece.at, piece.length, piece.start, piece.end) for piece in pieces], dtype=np.int32
    ).T
    exact = length == end - begin
    index = np.maximum(np.searchsorted(at, starts, side="right") - 1, 0)
    within = starts - at[index]
    body_starts = np.where(
        within >= length[index], end[index], begin[index] + np.where(exact[index], within, 0)
    )
    index = np.maximum(np.searchsorted(at, ends - 1, side="right") - 1, 0)
    within = ends - at[index]
    inside = exact[index] & (within < length[index])
    body_ends = np.maximum(body_starts, np.where(inside, begin[index] + within, end[index]))
    return body_starts.astype(np.int32), body_ends.astype(np.int32)


def _quoted(
    readable: ReadableText, starts: npt.NDArray[np.int32], widths: npt.NDArray[np.uint8]
) -> npt.NDArray[np.uint8]:
    kinds = np.zeros(len(starts), dtype=np.uint8)
    for stretch in quoted_stretches(readable):
        first, last = np.searchsorted(starts, (stretch.start, stretch.end))
        if int(widths[first:last].sum()) >= SPEECH:
            kinds[first:last] = QUOTED
    return kinds


def _outside(stretches: tuple[SetAside, ...], starts: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    kept = np.ones(len(starts), dtype=np.bool_)
    for stretch in stretches:
        first, last = np.searchsorted(starts, (stretch.start, stretch.end))
        kept[first:last] = False
    return kept


def span_of(wording: Wording, first: int, last: int) -> Span:
    """The stretch of the body from token `first` to token `last`, both included."""
    return Span(int(wording.starts[first]), int(wording.starts[last]) + int(wording.lengths[last]))
