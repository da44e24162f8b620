"""Putting a readable text together, block by block, without losing where a character came from."""

from dataclasses import dataclass, field

from provenance.model.text import Block, Piece, ReadableText


@dataclass(frozen=True, slots=True)
class Run:
    """Readable characters and the stretch of the body they stand for.

    A run as long as its stretch is the same characters one for one (white space may have become
    a space); any other run stands for its stretch as a whole.
    """

    text: str
    start: int
    end: int

    @property
    def one_for_one(self) -> bool:
        return len(self.text) == self.end - self.start


@dataclass(slots=True)
class Assembly:
    """Takes blocks as runs in the order of the body; gives the `ReadableText`."""

    _texts: list[str] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _length: int = 0

    def add(self, runs: list[Run], kind: str = "paragraph") -> str:
        """Add one block, white space at its ends left out; an empty one adds nothing.

        Returns the text of the block.
        """
        runs = _trimmed(runs)
        if not runs:
            return ""
        if self._texts:
            self._texts.append("\n")
            self._length += 1
        begin = self._length
        first_text = len(self._texts)
        for run in runs:
            self._append(run)
        self._blocks.append(Block(begin, self._length, kind))
        return "".join(self._texts[first_text:])

    def build(self) -> ReadableText:
        """The text of all blocks added, a line break between each two."""
        return ReadableText("".join(self._texts), tuple(self._blocks), tuple(self._pieces))

    def _append(self, run: Run) -> None:
        last = self._pieces[-1] if self._pieces else None
        if (
            last is not None
            and run.one_for_one
            and last.length == last.end - last.start
            and last.end == run.start
            and last.at + last.length == self._length
        ):
            self._pieces[-1] = Piece(last.at, last.length + len(run.text), last.start, run.end)
        else:
            self._pieces.append(Piece(self._length, len(run.text), run.start, run.end))
        self._texts.append(run.text)
        self._length += len(run.text)


def _trimmed(runs: list[Run]) -> list[Run]:
    first, last = 0, len(runs)
    while first < last and not runs[first].text.strip():
        first += 1
    while last > first and not runs[last - 1].text.strip():
        last -= 1
    if first == last:
        return []
    kept = runs[first:last]
    head = kept[0]
    if head.one_for_one and head.text[0].isspace():
        space = len(head.text) - len(head.text.lstrip())
        kept[0] = Run(head.text[space:], head.start + space, head.end)
    tail = kept[-1]
    if tail.one_for_one and tail.text[-1].isspace():
        space = len(tail.text) - len(tail.text.rstrip())
        kept[-1] = Run(tail.text[:-space], tail.start, tail.end - space)
    return kept
