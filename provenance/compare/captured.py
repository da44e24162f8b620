"""The captured page as the text to search: its substance by place, and its sentences."""

from functools import cached_property

import numpy as np

from provenance.text.page import JSON_LD, VISIBLE, Page
from provenance.text.sentences import sentences
from provenance.text.substance import Substance, substance


class CapturedText:
    """A page with the streams in which a saved text is looked for.

    `stream` is what a reader sees. `everything` is the same with hidden and `<noscript>` text
    where it stands in the source. Both index into `page.text`.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.text = page.text
        self.place = np.zeros(len(page.text), dtype=np.uint8)
        for run in np.flatnonzero(page.run_place != VISIBLE).tolist():
            at = page.runs.at[run]
            self.place[at : at + page.runs.length[run]] = page.run_place[run]
        self._starts: dict[tuple[int, int], set[int]] = {}

    @cached_property
    def stream(self) -> Substance:
        """The visible text's substance."""
        return substance(self.text, self.place != VISIBLE) if self.place.any() else substance(self.text)

    @cached_property
    def everything(self) -> Substance:
        """The substance of visible, hidden and noscript text, in source order."""
        return substance(self.text, self.place == JSON_LD)

    @cached_property
    def whole(self) -> Substance:
        """The substance of all text, JSON-LD included."""
        return substance(self.text)

    def begins_sentence(self, stream: Substance, index: int) -> bool:
        """Whether `stream.characters[index]` is the first of a sentence or block of the page.

        The end of the stream counts as one: what ends there ends a sentence.
        """
        if index <= 0 or index >= len(stream):
            return True
        position = int(stream.positions[index])
        before = int(stream.positions[index - 1])
        if "\n" in self.text[before:position]:
            return True
        return position in self._sentence_starts(stream, self.page.block_at(position))

    def _sentence_starts(self, stream: Substance, block: int) -> set[int]:
        """First positions of substance of the sentences of a block."""
        starts = self._starts.get((id(stream), block))
        if starts is None:
            page = self.page
            starts = set()
            for span in sentences(self.text, page.block_start[block], page.block_end[block]):
                first = stream.index_at(span.start)
                if first < len(stream):
                    starts.add(int(stream.positions[first]))
            self._starts[id(stream), block] = starts
        return starts

    def sentence_starts_between(self, stream: Substance, first: int, last: int) -> list[int]:
        """Indices in `first..last` (both included) at which a sentence or block begins."""
        found = [first] if self.begins_sentence(stream, first) else []
        if last > first:
            low = int(stream.positions[first])
            block = self.page.block_at(low)
            high = int(stream.positions[last - 1]) + 1
            while 0 <= block < len(self.page.block_start) and self.page.block_start[block] < high:
                for position in self._sentence_starts(stream, block):
                    index = stream.index_at(position)
                    if first < index < last:
                        found.append(index)
                text_start = self.page.block_start[block]
                text_end = self.page.block_end[block]
                line = self.text.find("\n", max(text_start, low), min(text_end, high))
                while line >= 0:
                    index = stream.index_at(line)
                    if first < index < last:
                        found.append(index)
                    line = self.text.find("\n", line + 1, min(text_end, high))
                block += 1
            if self.begins_sentence(stream, last):
                found.append(last)
        return sorted(set(found))
