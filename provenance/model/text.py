"""What a reader sees of a body, and where each character of it stands there."""

from bisect import bisect_right
from dataclasses import dataclass

from provenance.model.span import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of readable characters that comes from one stretch of the body.

    The run is `text[at : at + length]`. Where `length == end - start` it is the same
    characters one for one; otherwise (an entity, collapsed white space) every character of
    the run stands for the whole stretch `start..end`.
    """

    at: int
    length: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or cell: a stretch of readable text that a line break ends.

    `kind` is one of `paragraph`, `heading`, `list-item`, `quote`, `caption`, `code`, `cell`.
    """

    start: int
    end: int
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class ReadableText:
    """The text of a body as a reader sees it, in blocks, with a map back to the body.

    Blocks are in order and do not overlap; sentences never cross a block. Characters between
    blocks (line breaks) belong to no block. Pieces are in order of `at`; characters that no
    piece covers (a line break put in between blocks) map to the empty stretch between their
    neighbours.
    """

    text: str
    blocks: tuple[Block, ...]
    pieces: tuple[Piece, ...]

    def body_span(self, start: int, end: int) -> Span:
        """The stretch of the body that encloses the readable characters `start..end`.

        An empty stretch gives the empty span at its place. Raises ValueError when the text
        has no pieces.
        """
        if not self.pieces:
            raise ValueError("no text to point into")
        first = self._start_offset(start)
        if end <= start:
            return Span(first, first)
        return Span(first, max(first, self._end_offset(end)))

    def _start_offset(self, position: int) -> int:
        piece = self._piece_at(position)
        within = position - piece.at
        if within >= piece.length:
            return piece.end
        return piece.start + (within if piece.length == piece.end - piece.start else 0)

    def _end_offset(self, position: int) -> int:
        # An end belongs to the last character before it, so that it never takes in markup
        # that follows the text.
        piece = self._piece_at(position - 1)
        within = position - piece.at
        if within >= piece.length or piece.length != piece.end - piece.start:
            return piece.end
        return piece.start + within

    def _piece_at(self, position: int) -> Piece:
        index = bisect_right(self.pieces, position, key=lambda piece: piece.at) - 1
        return self.pieces[max(index, 0)]
