"""Align a stretch of saved text that does not stand word for word with a window of the capture.

Exact seeds, extended, the heaviest colinear chain of them, then finer seeds in the gaps, and
Levenshtein's distance on what is left (RapidFuzz): seed-chain-extend, as sequence aligners do.
"""

from collections.abc import Callable

from rapidfuzz.distance import Levenshtein

from provenance.compare.locate import Stretch, occurrences

# Seed lengths from coarse to fine. Four characters of an unspaced script say what a dozen
# letters say.
_SEEDS = (16, 8, 5)
_SEEDS_UNSPACED = (8, 4, 2)
_BOX = 400  # characters; a gap with a longer side is not aligned letter by letter
_SLACK = 60
_TIGHT = 12
# Letters that agree between two changes by chance are no agreement: a run shorter than this
# counts only where it is a whole gap's end.
_CHANCE = 3


def align(saved: str, captured: str, s0: int, s1: int, c0: int, c1: int) -> list[Stretch]:
    """Stretches of `saved[s0:s1]` that stand in `captured[c0:c1]`, in order on both sides.

    Empty when the two have nothing in common that is longer than chance. Where the captured
    stretch is hardly longer than the saved one (both lie between the same neighbours), what is
    too short for a seed is aligned all the same.
    """
    seeds = _SEEDS_UNSPACED if _unspaced(saved[s0:s1]) else _SEEDS
    tight = c1 - c0 <= 2 * (s1 - s0) + _TIGHT
    found = _align(saved, captured, (s0, s1, c0, c1), seeds[:2])
    if not found and tight:
        found = _align(saved, captured, (s0, s1, c0, c1), seeds[2:], held=True)
    return found


def _unspaced(text: str) -> bool:
    han = sum("\u3040" <= character <= "\u9fff" for character in text)
    return 2 * han > len(text)


def _align(
    saved: str, captured: str, box: tuple[int, int, int, int], seeds: tuple[int, ...], held: bool = False
) -> list[Stretch]:
    s0, s1, c0, c1 = box
    if s0 == s1 or c0 == c1:
        return []
    if not seeds:
        # Letter by letter only where something around the gap ties the two sides together.
        small = s1 - s0 <= _BOX and c1 - c0 <= _BOX
        return _letters(saved, captured, box) if held and small else []
    anchors = _chain(_anchors(saved, captured, box, seeds[0]))
    if not anchors:
        return _align(saved, captured, box, seeds[1:], held)
    found: list[Stretch] = []
    left_s, left_c = s0, c0
    for anchor in [*anchors, None]:
        right_s, right_c = (anchor.saved, anchor.captured) if anchor else (s1, c1)
        gap = (left_s, right_s, left_c, right_c)
        if right_s > left_s and right_c > left_c:
            gap = _trim(gap, first=not found, last=anchor is None)
            found += _align(saved, captured, gap, seeds[1:], held=True)
        if anchor:
            found.append(anchor)
            left_s, left_c = anchor.saved_end, anchor.captured_end
    return found


def _trim(box: tuple[int, int, int, int], *, first: bool, last: bool) -> tuple[int, int, int, int]:
    """A gap open at one end reaches no further into the capture than the saved text could."""
    s0, s1, c0, c1 = box
    reach = 2 * (s1 - s0) + _SLACK
    if first and c1 - c0 > reach:
        c0 = c1 - reach
    elif last and c1 - c0 > reach:
        c1 = c0 + reach
    return s0, s1, c0, c1


def _anchors(saved: str, captured: str, box: tuple[int, int, int, int], size: int) -> list[Stretch]:
    """Seeds of `size` characters that both sides share, extended as far as they agree."""
    s0, s1, c0, c1 = box
    found: dict[tuple[int, int], Stretch] = {}
    reached: dict[int, int] = {}  # how far the saved text is matched, by captured place less saved place
    for at in range(s0, s1 - size + 1, max(1, size // 4)):
        for place in occurrences(saved[at : at + size], captured, c0, c1):
            if at < reached.get(place - at, -1):
                continue
            stretch = _extended(saved, captured, box, at, place)
            found[stretch.saved, stretch.captured] = stretch
            reached[place - at] = stretch.saved_end
    return sorted(found.values(), key=lambda stretch: (stretch.saved, stretch.captured))


def _extended(saved: str, captured: str, box: tuple[int, int, int, int], at: int, place: int) -> Stretch:
    s0, s1, c0, c1 = box
    low = _agreeing(
        lambda done, more: (
            saved[at - done - more : at - done] == captured[place - done - more : place - done]
        ),
        min(at - s0, place - c0),
    )
    high = _agreeing(
        lambda done, more: (
            saved[at + done : at + done + more] == captured[place + done : place + done + more]
        ),
        min(s1 - at, c1 - place),
    )
    return Stretch(at - low, place - low, low + high)


def _agreeing(agree: Callable[[int, int], bool], limit: int) -> int:
    """How many characters agree, `limit` at most; `agree(done, more)` tells of the `more` after `done`."""
    done, more = 0, 16
    while done < limit:
        more = min(more, limit - done)
        if agree(done, more):
            done, more = done + more, 2 * more
        elif more == 1:
            break
        else:
            more //= 2
    return done


def _chain(anchors: list[Stretch]) -> list[Stretch]:
    """The heaviest chain of anchors in order on both sides; overlaps are cut from the later one."""
    weights: list[int] = []
    previous: list[int] = []
    for index, anchor in enumerate(anchors):
        weights.append(anchor.length)
        previous.append(-1)
        for before in range(index):
            earlier = anchors[before]
            overlap = max(0, earlier.saved_end - anchor.saved, earlier.captured_end - anchor.captured)
            if (
                earlier.saved >= anchor.saved
                or earlier.captured >= anchor.captured
                or overlap >= anchor.length
            ):
                continue
            # A chain that stays on one diagonal explains the text with fewer changes.
            drift = abs((anchor.captured - anchor.saved) - (earlier.captured - earlier.saved))
            weight = weights[before] + anchor.length - overlap - min(drift // 50, anchor.length // 2)
            if weight > weights[index]:
                weights[index], previous[index] = weight, before
    if not anchors:
        return []
    chain: list[Stretch] = []
    index = max(range(len(anchors)), key=weights.__getitem__)
    while index >= 0:
        chain.append(anchors[index])
        index = previous[index]
    chain.reverse()
    cut = chain[:1]
    for anchor in chain[1:]:
        last = cut[-1]
        overlap = max(0, last.saved_end - anchor.saved, last.captured_end - anchor.captured)
        cut.append(Stretch(anchor.saved + overlap, anchor.captured + overlap, anchor.length - overlap))
    return cut


def _letters(saved: str, captured: str, box: tuple[int, int, int, int]) -> list[Stretch]:
    """Letters both sides share, by Levenshtein's distance, without chance agreements."""
    s0, s1, c0, c1 = box
    found: list[Stretch] = []
    for operation in Levenshtein.opcodes(saved[s0:s1], captured[c0:c1]):
        if operation.tag != "equal":
            continue
        length = operation.src_end - operation.src_start
        begins = operation.src_start == operation.dest_start == 0
        ends = operation.src_end == s1 - s0 and operation.dest_end == c1 - c0
        if length >= _CHANCE or begins or ends:
            found.append(Stretch(s0 + operation.src_start, c0 + operation.dest_start, length))
    return found
