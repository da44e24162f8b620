"""Where in the captured text the saved sentences stand, word for word.

A sentence that stands in several places is taken where the order of the sentences around it
puts it: the heaviest chain of places in the same order on both sides (weighted longest
increasing subsequence). What is found only out of that order is displaced.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from provenance.compare.saved import SavedText, Sentence

# A shorter sentence stands by chance inside other words; it is looked for between its
# neighbours only, or at whole sentences of the page.
SHORT = 12
SHORT_UNSPACED = 6
_MANY = 12  # places of one sentence that are considered


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of both streams that are the same: `saved..saved+length`, `captured..+length`."""

    saved: int
    captured: int
    length: int

    @property
    def saved_end(self) -> int:
        """Where the stretch ends in the saved stream."""
        return self.saved + self.length

    @property
    def captured_end(self) -> int:
        """Where the stretch ends in the captured stream."""
        return self.captured + self.length


def long_enough(characters: str) -> bool:
    """Whether a stretch of substance is too long to stand somewhere by chance."""
    if len(characters) >= SHORT:
        return True
    return len(characters) >= SHORT_UNSPACED and any("\u3040" <= c <= "\u9fff" for c in characters)


def occurrences(characters: str, within: str, low: int = 0, high: int | None = None) -> list[int]:
    """The first places of `characters` in `within[low:high]`, at most a dozen, not overlapping."""
    high = len(within) if high is None else high
    found: list[int] = []
    at = within.find(characters, low, high)
    while at >= 0 and len(found) < _MANY:
        found.append(at)
        at = within.find(characters, at + len(characters), high)
    return found


@dataclass(frozen=True, slots=True)
class Located:
    """Sentences found whole. `chain` maps a sentence's number to its place in the captured
    stream, in the same order on both sides; `displaced` gives the places of the others."""

    chain: dict[int, int]
    displaced: dict[int, list[int]]


Bounded = Callable[[int], bool]
"""Whether a sentence of the capture begins at an index of its stream (or one ends there)."""


def locate(saved: SavedText, captured: str, bounded: Bounded) -> Located:
    """Find every sentence of `saved` in the captured stream's characters."""
    places = _places(saved, captured, bounded)
    chain = _heaviest_chain(saved.sentences, places)
    _place_between(saved, captured, chain)
    displaced = {number: found for number, found in places.items() if number not in chain}
    return Located(chain, displaced)


def whole_sentences(places: list[int], length: int, bounded: Bounded) -> list[int]:
    """Those of the places at which whole sentences of the capture stand."""
    return [at for at in places if bounded(at) and bounded(at + length)]


def _occurrences(text: str, captured: str, bounded: Bounded) -> list[int]:
    """Places of a text long enough to be told from others; of several, those that are whole sentences."""
    found = occurrences(text, captured) if long_enough(text) else []
    if len(found) > 1:
        return whole_sentences(found, len(text), bounded) or found
    return found


def _places(saved: SavedText, captured: str, bounded: Bounded) -> dict[int, list[int]]:
    """All places of each sentence, whole blocks first: a block found settles its sentences."""
    characters = saved.stream.characters
    whole = captured.find(characters)
    if whole >= 0:
        return {number: [whole + sentence.first] for number, sentence in enumerate(saved.sentences)}
    places: dict[int, list[int]] = {}
    number = 0
    while number < len(saved.sentences):
        end = number
        while end < len(saved.sentences) and saved.sentences[end].block == saved.sentences[number].block:
            end += 1
        first = saved.sentences[number].first
        block = characters[first : saved.sentences[end - 1].last]
        found = _occurrences(block, captured, bounded)
        for inside in range(number, end):
            sentence = saved.sentences[inside]
            if found:
                places[inside] = [at + sentence.first - first for at in found]
            else:
                text = characters[sentence.first : sentence.last]
                if alone := _occurrences(text, captured, bounded):
                    places[inside] = alone
        number = end
    return places


def _heaviest_chain(sentences: tuple[Sentence, ...], places: dict[int, list[int]]) -> dict[int, int]:
    """One place a sentence, in order and without overlap, of the greatest weight in letters.

    Places that follow their neighbour without a gap weigh a little more, so that of two equal
    copies of a text the one that holds it in one piece is taken.
    """
    if _in_order(sentences, places):
        return {number: places[number][0] for number in sorted(places)}
    # best[i]: (end, weight, entry) of the lightest-ending chains, ends and weights ascending.
    ends: list[int] = []
    best: list[tuple[int, int]] = []
    entries: list[tuple[int, int, int]] = []  # sentence, place, previous entry
    for number in sorted(places):
        length = sentences[number].last - sentences[number].first
        before = sentences[number - 1] if number else None
        joined = {at + before.last - before.first for at in places.get(number - 1, [])} if before else set()
        reached: list[tuple[int, int, int]] = []
        for at in places[number]:
            index = bisect_left(ends, at + 1) - 1
            weight, previous = best[index] if index >= 0 else (0, -1)
            entries.append((number, at, previous))
            reached.append((at + length, weight + 2 * length + (at in joined), len(entries) - 1))
        for end, weight, entry in reached:
            _keep(ends, best, end, weight, entry)
    chain: dict[int, int] = {}
    entry = best[-1][1] if best else -1
    while entry >= 0:
        number, at, entry = entries[entry]
        chain[number] = at
    return dict(sorted(chain.items()))


def _in_order(sentences: tuple[Sentence, ...], places: dict[int, list[int]]) -> bool:
    """Whether every sentence has one place and all stand in order: then that is the chain."""
    end = 0
    for number in sorted(places):
        if len(places[number]) > 1 or places[number][0] < end:
            return False
        end = places[number][0] + sentences[number].last - sentences[number].first
    return True


def _keep(ends: list[int], best: list[tuple[int, int]], end: int, weight: int, entry: int) -> None:
    """Keep the frontier of chains: a later end must weigh more."""
    index = bisect_left(ends, end)
    if index < len(ends) and ends[index] == end:
        if best[index][0] >= weight:
            return
    elif index and best[index - 1][0] >= weight:
        return
    else:
        ends.insert(index, end)
        best.insert(index, (weight, entry))
    best[index] = (weight, entry)
    while index + 1 < len(ends) and best[index + 1][0] <= weight:
        del ends[index + 1], best[index + 1]


def _place_between(saved: SavedText, captured: str, chain: dict[int, int]) -> None:
    """Give sentences that have no place yet the one between their neighbours, if they stand there.

    Short sentences ("No.", "Why?") are everywhere; between their neighbours they are themselves.
    """
    placed = sorted(chain)
    number = 0
    while number < len(saved.sentences):
        if number in chain:
            number += 1
            continue
        sentence = saved.sentences[number]
        index = bisect_left(placed, number)
        low = 0
        if index:
            previous = placed[index - 1]
            low = chain[previous] + saved.sentences[previous].last - saved.sentences[previous].first
        high = chain[placed[index]] if index < len(placed) else len(captured)
        text = saved.stream.characters[sentence.first : sentence.last]
        at = -1
        if index and captured.startswith(text, low) and low + len(text) <= high:
            at = low
        elif index < len(placed) and placed[index] == number + 1 and captured.endswith(text, low, high):
            at = high - len(text)
        if at >= 0:
            chain[number] = at
            placed.insert(index, number)
        number += 1
