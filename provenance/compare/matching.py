"""Saved text against captured text: what is the same, in which order, and what lies between.

A match is a list of threads. Each thread is a list of stretches in order on both sides; the
first follows the article, the others hold what stands out of order (moved paragraphs).
"""

from dataclasses import dataclass

from provenance.compare.alignment import align
from provenance.compare.locate import (
    Bounded,
    Located,
    Stretch,
    locate,
    long_enough,
    occurrences,
    whole_sentences,
)
from provenance.compare.saved import SavedText, Sentence

# A sentence of which less than this share of letters is found again is not that sentence: it is
# absent. Half, because two halves of two sentences spliced must still be shown as a change.
SAME_SENTENCE = 0.5
# From this share of letters on, the sentence in its own place is the same one with a change in it.
NEARLY_THE_SAME = 0.75
_WINDOW_SLACK = 200  # characters of the capture looked at beyond the neighbours of a lost sentence


@dataclass(frozen=True, slots=True)
class Thread:
    """Stretches in order on both sides. `main` is the thread that follows the article."""

    stretches: tuple[Stretch, ...]
    main: bool


def match(saved: SavedText, captured: str, bounded: Bounded) -> list[Thread]:
    """Threads of `saved` in the captured stream's characters, the main one first (if any)."""
    located = locate(saved, captured, bounded)
    main = [_sentence_stretch(saved.sentences[number], at) for number, at in located.chain.items()]
    moved = dict(located.displaced)
    lost: list[int] = []
    for run in _runs(saved, located):
        low, high = _window(saved, located, run, len(captured))
        first, last = saved.sentences[run[0]].first, saved.sentences[run[-1]].last
        stretches = align(saved.stream.characters, captured, first, last, low, high)
        changed = [n for n in run if n in moved and _stands_changed(saved, n, stretches, moved)]
        for number in changed:
            del moved[number]
        gone = [
            n
            for n in run
            if n not in changed and (n in moved or not is_same_sentence(saved.sentences[n], stretches))
        ]
        main += _without(saved, gone, stretches)
        lost += [number for number in gone if number not in moved]
    displaced = _displaced(saved, Located(located.chain, moved))
    taken = [stretch for group in (main, *displaced) for stretch in group]
    for numbers in _lines(saved, lost):
        found = _moved_line(saved, numbers, captured, bounded, taken)
        groups = [found] if found else [_elsewhere(saved.sentences[n], saved, captured) for n in numbers]
        displaced += [group for group in groups if group]
        taken += [stretch for group in groups for stretch in group]
    main.sort(key=lambda stretch: (stretch.saved, stretch.captured))
    threads = [Thread(tuple(_merged(main)), main=True)] if main else []
    return threads + [Thread(tuple(_merged(group)), main=False) for group in _joined(displaced)]


def _sentence_stretch(sentence: Sentence, at: int) -> Stretch:
    return Stretch(sentence.first, at, sentence.last - sentence.first)


def _runs(saved: SavedText, located: Located) -> list[list[int]]:
    """Runs of neighbouring sentences that the chain does not hold."""
    return _consecutive([number for number in range(len(saved.sentences)) if number not in located.chain])


def _consecutive(numbers: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _window(saved: SavedText, located: Located, run: list[int], end: int) -> tuple[int, int]:
    """The captured stretch between the places of the sentences around `run`."""
    before = run[0] - 1
    after = run[-1] + 1
    length = saved.sentences[run[-1]].last - saved.sentences[run[0]].first
    reach = 3 * length + _WINDOW_SLACK
    low = high = -1
    if before >= 0:
        low = located.chain[before] + saved.sentences[before].last - saved.sentences[before].first
    if after < len(saved.sentences):
        high = located.chain[after]
    if low < 0:
        low = max(0, high - reach) if high >= 0 else 0
    if high < 0:
        high = min(end, low + reach) if before >= 0 else end
    return low, high


def _displaced(saved: SavedText, located: Located) -> list[list[Stretch]]:
    """Sentences found out of order, those that follow one another on both sides together.

    Of several places the one nearest to the article is taken: a table of contents or a teaser
    says the same words elsewhere.
    """
    low = min(located.chain.values(), default=0)
    high = max(located.chain.values(), default=0)
    groups: list[list[Stretch]] = []
    for number in sorted(located.displaced):
        places = located.displaced[number]
        sentence = saved.sentences[number]
        last = groups[-1][-1] if groups else None
        if last and last.saved_end == sentence.first and last.captured_end in places:
            groups[-1].append(_sentence_stretch(sentence, last.captured_end))
        else:
            nearest = min(places, key=lambda at: max(low - at, at - high, 0))
            groups.append([_sentence_stretch(sentence, nearest)])
    return groups


def _found_letters(sentence: Sentence, stretches: list[Stretch]) -> tuple[int, int]:
    """Letters of a sentence that stretches hold: altogether, and in the longest piece."""
    total = longest = 0
    for stretch in stretches:
        shared = min(sentence.last, stretch.saved_end) - max(sentence.first, stretch.saved)
        if shared > 0:
            total += shared
            longest = max(longest, shared)
    return total, longest


def is_same_sentence(sentence: Sentence, stretches: list[Stretch]) -> bool:
    """Whether enough of a sentence is found again, in long enough pieces, to be that sentence."""
    length = sentence.last - sentence.first
    total, longest = _found_letters(sentence, stretches)
    return total >= SAME_SENTENCE * length and longest >= min(length / 4, 16)


def _stands_changed(
    saved: SavedText, number: int, stretches: list[Stretch], displaced: dict[int, list[int]]
) -> bool:
    """Whether a sentence that stands word for word elsewhere stands changed in its own place.

    Then that is what happened to it: a teaser or an older version says the saved words, the
    article says others.
    """
    sentence = saved.sentences[number]
    total, _ = _found_letters(sentence, stretches)
    if total < NEARLY_THE_SAME * (sentence.last - sentence.first):
        return False
    inside = [s for s in stretches if s.saved < sentence.last and sentence.first < s.saved_end]
    return not any(
        at < stretch.captured_end
        and stretch.captured < at + saved.sentences[other].last - saved.sentences[other].first
        for other, places in displaced.items()
        for at in places
        for stretch in inside
    )


def _without(saved: SavedText, lost: list[int], stretches: list[Stretch]) -> list[Stretch]:
    """The stretches less what they hold of lost sentences: chance agreements are no evidence."""
    kept = stretches
    for number in lost:
        sentence = saved.sentences[number]
        cut: list[Stretch] = []
        for stretch in kept:
            head = min(sentence.first, stretch.saved_end) - stretch.saved
            if head > 0:
                cut.append(Stretch(stretch.saved, stretch.captured, head))
            skip = max(sentence.last, stretch.saved) - stretch.saved
            if skip < stretch.length:
                cut.append(Stretch(stretch.saved + skip, stretch.captured + skip, stretch.length - skip))
        kept = cut
    return kept


def _elsewhere(sentence: Sentence, saved: SavedText, captured: str) -> list[Stretch]:
    """A changed sentence that stands away from its neighbours, found by its own seeds."""
    characters = saved.stream.characters
    text = characters[sentence.first : sentence.last]
    if not long_enough(text):
        return []
    size = max(6, min(16, len(text) // 4))
    votes: dict[int, int] = {}
    for offset in range(0, len(text) - size + 1, max(1, size // 2)):
        for place in occurrences(text[offset : offset + size], captured):
            bucket = (place - offset) // 64
            votes[bucket] = votes.get(bucket, 0) + 1
    if not votes:
        return []
    bucket = max(votes, key=lambda key: (votes[key] + votes.get(key + 1, 0), -key))
    low = max(0, bucket * 64 - _WINDOW_SLACK)
    high = min(len(captured), bucket * 64 + 128 + len(text) + _WINDOW_SLACK)
    stretches = align(characters, captured, sentence.first, sentence.last, low, high)
    return stretches if is_same_sentence(sentence, stretches) else []


def _lines(saved: SavedText, lost: list[int]) -> list[list[int]]:
    """Lost sentences, those of one block together."""
    lines: list[list[int]] = []
    for run in _consecutive(lost):
        for number in run:
            if lines and lines[-1][-1] == number - 1 and _same_block(saved, number - 1, number):
                lines[-1].append(number)
            else:
                lines.append([number])
    return lines


def _same_block(saved: SavedText, number: int, other: int) -> bool:
    sentences = saved.sentences
    inside = 0 <= number < len(sentences) and 0 <= other < len(sentences)
    return inside and sentences[number].block == sentences[other].block


def _moved_line(
    saved: SavedText, numbers: list[int], captured: str, bounded: Bounded, taken: list[Stretch]
) -> list[Stretch]:
    """A line of its own, too short to be looked for, that stands elsewhere as a line of its own.

    Only where no other sentence is found: "Yes." put in place of "No." must not be taken for
    the "Yes." that answers another question.
    """
    if _same_block(saved, numbers[0] - 1, numbers[0]) or _same_block(saved, numbers[-1], numbers[-1] + 1):
        return []
    first, last = saved.sentences[numbers[0]].first, saved.sentences[numbers[-1]].last
    text = saved.stream.characters[first:last]
    for at in whole_sentences(occurrences(text, captured), len(text), bounded):
        if not any(stretch.captured < at + len(text) and at < stretch.captured_end for stretch in taken):
            return [Stretch(first, at, len(text))]
    return []


def _merged(stretches: list[Stretch]) -> list[Stretch]:
    """Join stretches that touch on both sides; drop what would break the order."""
    merged: list[Stretch] = []
    for stretch in stretches:
        if merged:
            last = merged[-1]
            if last.saved_end == stretch.saved and last.captured_end == stretch.captured:
                merged[-1] = Stretch(last.saved, last.captured, last.length + stretch.length)
                continue
            if stretch.saved < last.saved_end or stretch.captured < last.captured_end:
                continue
        merged.append(stretch)
    return merged


def _joined(groups: list[list[Stretch]]) -> list[list[Stretch]]:
    """Displaced groups that follow one another on both sides are one moved passage."""
    groups.sort(key=lambda group: group[0].saved)
    joined: list[list[Stretch]] = []
    for group in groups:
        last = joined[-1][-1] if joined else None
        if last and last.saved_end == group[0].saved and last.captured_end == group[0].captured:
            joined[-1] += group
        else:
            joined.append(group)
    return joined
