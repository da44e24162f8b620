"""Look for the saved text in one stream of a page: what is held, what is changed, what is absent."""

from dataclasses import dataclass

from provenance.compare.captured import CapturedText
from provenance.compare.differences import Change, Evidence
from provenance.compare.gaps import GapFinder
from provenance.compare.matching import Thread, match
from provenance.compare.region import NEARLY_ALL, Region
from provenance.compare.saved import SavedText, Sentence
from provenance.text.page import VISIBLE
from provenance.text.substance import Substance


@dataclass
class Found:
    """What one reading of the page (its visible text, or its JSON-LD) holds of the saved text."""

    evidence: Evidence
    threads: list[Thread]
    region: Region
    changes: list[Change]
    absent: list[int]
    places: dict[int, int]  # sentence number -> place, for every sentence held

    @property
    def held(self) -> int:
        return len(self.places)


def find(saved: SavedText, captured: CapturedText, stream: Substance) -> Found:
    """Look for the saved text in one stream of the page."""
    evidence = Evidence(saved, captured, stream)
    threads = match(saved, stream.characters, lambda index: captured.begins_sentence(stream, index))
    stretches = [stretch for thread in threads for stretch in thread.stretches]
    near = threads
    if len(threads) > 1:
        core = Region(captured, stream, threads[0].stretches, saved.stream.characters, NEARLY_ALL)
        taken = core.blocks_of(stretches)
        near = [t for t in threads if t.main or not any(core.is_far(s, taken) for s in t.stretches)]
        stretches = [stretch for thread in near for stretch in thread.stretches]
    region = Region(captured, stream, stretches, saved.stream.characters)
    finder = GapFinder(saved, captured, stream)
    finder.cover(stretches)
    changes: list[Change] = []
    absent = set(range(len(saved.sentences)))
    for thread in near:
        first, last = _extent(saved, thread)
        gaps = list(finder.gaps(thread.stretches, first_saved=first, last_saved=last))
        changes += evidence.changes(gaps)
        absent -= _touched(saved.sentences, thread)
    places = _held(saved, captured, stream, near, changes, absent)
    return Found(evidence, near, region, changes, sorted(absent), places)


def _extent(saved: SavedText, thread: Thread) -> tuple[int, int]:
    """The stretch of the saved stream that a thread answers for: whole sentences."""
    if thread.main:
        return 0, len(saved.stream)
    touched = _touched(saved.sentences, thread)
    return saved.sentences[min(touched)].first, saved.sentences[max(touched)].last


def _touched(sentences: tuple[Sentence, ...], thread: Thread) -> set[int]:
    """Numbers of the sentences of which a thread has something."""
    touched: set[int] = set()
    number = 0
    for stretch in thread.stretches:
        while number and sentences[number - 1].last > stretch.saved:
            number -= 1
        while number < len(sentences) and sentences[number].last <= stretch.saved:
            number += 1
        while number < len(sentences) and sentences[number].first < stretch.saved_end:
            touched.add(number)
            number += 1
        number = max(0, number - 1)
    return touched


def _held(
    saved: SavedText,
    captured: CapturedText,
    stream: Substance,
    threads: list[Thread],
    changes: list[Change],
    absent: set[int],
) -> dict[int, int]:
    """Sentences that stand whole: found, and no change touches them."""
    broken: set[int] = set()
    for change in changes:
        broken |= sentences_of(saved.sentences, change)
    held = sorted(set(range(len(saved.sentences))) - absent - broken)
    if stream is captured.stream:
        return dict.fromkeys(held, VISIBLE)
    return {number: _place(saved.sentences[number], threads, captured, stream) for number in held}


def _place(sentence: Sentence, threads: list[Thread], captured: CapturedText, stream: Substance) -> int:
    """The place where a held sentence stands: that of the least visible of its letters."""
    for thread in threads:
        for stretch in thread.stretches:
            if stretch.saved <= sentence.first and sentence.last <= stretch.saved_end:
                at = stretch.captured + sentence.first - stretch.saved
                return int(captured.place[stream.positions[at : at + sentence.last - sentence.first]].max())
    return VISIBLE


def sentences_of(sentences: tuple[Sentence, ...], change: Change) -> set[int]:
    """The saved sentences a change is in. Words left out between two sentences are missing from
    the end of the one or the beginning of the other: neither is whole."""
    inside = {n for n, s in enumerate(sentences) if s.first < change.s1 and change.s0 < s.last}
    return inside or {n for n, s in enumerate(sentences) if change.s0 in (s.first, s.last)}
