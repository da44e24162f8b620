"""What lies between the stretches of a thread: words changed, sentences added, sentences left out.

A gap inside a sentence is a change. A gap between sentences is split at sentence ends on both
sides: what is left of a sentence at either end is a change to it, whole sentences of the saved
text are absent, whole sentences of the capture are extra.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from provenance.compare.captured import CapturedText
from provenance.compare.locate import Stretch
from provenance.compare.saved import SavedText
from provenance.text.substance import Substance


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where the streams part: `s0..s1` of the saved, `c0..c1` of the captured one.

    `kind`: `changed` (words of a sentence), `absent` (whole saved sentences), `extra` (whole
    sentences of the capture).
    """

    kind: Literal["changed", "absent", "extra"]
    s0: int
    s1: int
    c0: int
    c1: int


class GapFinder:
    """Finds the gaps of threads; knows where sentences begin on both sides."""

    def __init__(self, saved: SavedText, captured: CapturedText, stream: Substance) -> None:
        self._saved = saved
        self._captured = captured
        self._stream = stream
        bounds = {sentence.first for sentence in saved.sentences}
        bounds |= {sentence.last for sentence in saved.sentences}
        self._bounds = sorted(bounds)
        self._covered: list[tuple[int, int]] = []

    def cover(self, stretches: list[Stretch]) -> None:
        """Tell which stretches of the capture are taken by any thread."""
        self._covered = sorted((stretch.captured, stretch.captured_end) for stretch in stretches)

    def gaps(self, stretches: tuple[Stretch, ...], *, last_saved: int, first_saved: int = 0) -> Iterator[Gap]:
        """Gaps of one thread, whose saved text runs from `first_saved` to `last_saved`."""
        first, last = stretches[0], stretches[-1]
        begin = self._sentence_begin(first.captured)
        yield from self._between(first_saved, first.saved, begin, first.captured)
        for before, after in pairwise(stretches):
            yield from self._between(before.saved_end, after.saved, before.captured_end, after.captured)
        end = self._sentence_end(last.captured_end)
        yield from self._between(last.saved_end, last_saved, last.captured_end, end)

    def _between(self, s0: int, s1: int, c0: int, c1: int) -> Iterator[Gap]:
        if s0 == s1 and c0 == c1:
            return
        bounds = self._bounds[bisect_left(self._bounds, s0) : bisect_right(self._bounds, s1)]
        if not bounds and s0 == s1 and self._between_lines(s0, c0, c1):
            # List items and verses on lines of their own, with nothing to end their sentences.
            bounds = [s0]
        if not bounds:
            yield Gap("changed", s0, s1, c0, c1)
            return
        starts = self._captured.sentence_starts_between(self._stream, c0, c1)
        if not starts:
            # No sentence of the capture begins or ends here: its words belong to one sentence.
            if c0 == c1:
                starts = [c0]
            elif bounds[0] > s0 or bounds[-1] == s1:
                starts = [c1]
            else:
                starts = [c0]
        if bounds[0] > s0 or starts[0] > c0:
            yield Gap("changed", s0, bounds[0], c0, starts[0])
        if bounds[-1] > bounds[0]:
            yield Gap("absent", bounds[0], bounds[-1], starts[0], starts[0])
        if starts[-1] > starts[0]:
            yield Gap("extra", bounds[0], bounds[0], starts[0], starts[-1])
        if s1 > bounds[-1] or c1 > starts[-1]:
            yield Gap("changed", bounds[-1], s1, starts[-1], c1)

    def _between_lines(self, s: int, c0: int, c1: int) -> bool:
        """Whether the saved text breaks its line here, and the gap in the capture is whole blocks."""
        if not 0 < s < len(self._saved.stream) or not 0 < c0 <= c1 < len(self._stream):
            return False
        positions = self._saved.stream.positions
        if "\n" not in self._saved.text[int(positions[s - 1]) : int(positions[s])]:
            return False
        text, places = self._captured.text, self._stream.positions
        return all("\n" in text[int(places[c - 1]) : int(places[c])] for c in (c0, c1))

    def _sentence_begin(self, index: int) -> int:
        """Where the captured sentence that holds `index` begins, no further than what is taken."""
        low = index
        floor = self._taken_before(index)
        while low > floor and not self._captured.begins_sentence(self._stream, low):
            low -= 1
        return low

    def _sentence_end(self, index: int) -> int:
        high = index
        ceiling = self._taken_after(index)
        while high < ceiling and not self._captured.begins_sentence(self._stream, high):
            high += 1
        return high

    def _taken_before(self, index: int) -> int:
        at = bisect_right(self._covered, (index, -1))
        return max((end for _, end in self._covered[max(0, at - 3) : at] if end <= index), default=0)

    def _taken_after(self, index: int) -> int:
        at = bisect_left(self._covered, (index, -1))
        return self._covered[at][0] if at < len(self._covered) else len(self._stream)
