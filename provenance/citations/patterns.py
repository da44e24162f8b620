"""Patterns over the words around a name, matched outward from the name in bounded steps.

No regular expression takes part: each side of a pattern is a short list of elements, a gap spans
at most `LONGEST_GAP` items, and the gaps of a side multiply to at most `MOST_TRIES`, so one try
costs a bounded number of steps whatever the text. The notation is described in
docs/how-to/add-a-language.md.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from math import prod
from operator import or_

from provenance.citations.tokens import fold, mark, tokens

LONGEST_GAP = 60  # items; a verb may end a long sentence, and Chinese counts characters
MOST_TRIES = 512  # product of the gaps on one side

# What an item of a sentence can be, besides the words of a language's own classes.
# LIKELY_NAME: a word of what is likely an outlet's name; patterns read it as a word and as {other}.
WORD, MARK, OUTLET, START, LINE_START, END, LINE_END, CAPITAL, NUMBER, QUOTE, LIKELY_NAME = (
    1 << n for n in range(11)
)
_EDGES = START | LINE_START | END | LINE_END
_FIRST_FREE_BIT = 11
_BUILT_IN = {"word": WORD, "Name": CAPITAL, "number": NUMBER, "mark": MARK}
_ANCHORS = {"^": START, "^^": LINE_START, "$": END, "$$": LINE_END}
# What ends a gap: words only; words and marks; anything at all inside the sentence.
_GAP_STOPS = {"..": _EDGES | MARK | OUTLET, ".,": _EDGES | OUTLET, ",,": _EDGES}
_GAP = re.compile(r"(\.\.|\.,|,,)(\d+)")
_SLOT = re.compile(r"\{outlet(?::(base|bent|quoted|\w{1,8}\*|\*\w{1,8}))?\}")


class PatternError(ValueError):
    """A pattern that is not written as docs/how-to/add-a-language.md says."""


class Vocabulary:
    """The words a language's patterns ask for; each class of words is one bit."""

    def __init__(self, letters: Mapping[str, str], accented: Collection[str] = ()) -> None:
        self._letters = str.maketrans(dict(letters)) if letters else None
        self._accented = frozenset(word.lower() for word in accented)
        self._exact: dict[str, int] = {}
        self._beginnings: dict[str, int] = {}
        self._ends: dict[str, int] = {}
        self._lengths: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
        self._known: dict[str, int] = {}
        self._next = _FIRST_FREE_BIT
        self._literals: dict[tuple[str, bool, bool], int] = {}

    def new_bit(self) -> int:
        """A bit no class has yet."""
        bit = 1 << self._next
        self._next += 1
        return bit

    def phrase(self, written: str, bit: int | None = None) -> tuple[int, ...]:
        """The bits of each word of `written`; with `bit` given a single word is entered under it."""
        spelled: list[tuple[str, bool, bool]] = []
        for part in written.split():
            core = part.strip("*")
            words = [one for one in tokens(core, 0, len(core)) if one.is_word]
            if not words:
                spelled.extend((mark(character), False, False) for character in core)
            for place, word in enumerate(words):
                ends = part.endswith("*") and place == len(words) - 1
                begins = part.startswith("*") and place == 0
                spelled.append((self._fold(word.raw), ends, begins))
        if not spelled:
            raise PatternError(f"no word in {written!r}")
        if bit is not None and len(spelled) == 1:
            self._enter(*spelled[0], bit)
            return (bit,)
        return tuple(self._literal(one) for one in spelled)

    def rewrites(self, character: str) -> bool:
        """Whether the language reads a character as another one."""
        return self._letters is not None and ord(character) in self._letters

    def bits(self, folded: str) -> int:
        """All classes a word belongs to."""
        known = self._known.get(folded)
        if known is None:
            word = folded.translate(self._letters) if self._letters else folded
            known = self._exact.get(word, 0)
            if not self._lengths[0]:
                self._lengths = (_lengths(self._beginnings), _lengths(self._ends))
            for length in self._lengths[0]:
                if length <= len(word):
                    known |= self._beginnings.get(word[:length], 0)
            for length in self._lengths[1]:
                if 0 < length <= len(word):
                    known |= self._ends.get(word[-length:], 0)
            if len(self._known) > 100_000:
                self._known.clear()
            self._known[folded] = known
        return known

    def spelling(self, raw: str, folded: str) -> str:
        """The form of a word to ask `bits` for: `folded`, but for the words whose accent tells them apart."""
        written = raw.lower()
        return written if written in self._accented else folded

    def _fold(self, word: str) -> str:
        folded = self.spelling(word, fold(word))
        return folded.translate(self._letters) if self._letters else folded

    def _literal(self, spelled: tuple[str, bool, bool]) -> int:
        if spelled not in self._literals:
            self._literals[spelled] = self.new_bit()
            self._enter(*spelled, self._literals[spelled])
        return self._literals[spelled]

    def _enter(self, word: str, any_end: bool, any_beginning: bool, bit: int) -> None:
        table = self._beginnings if any_end else self._ends if any_beginning else self._exact
        table[word] = table.get(word, 0) | bit


def _lengths(table: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(sorted({len(word) for word in table})) or (0,)


@dataclass(frozen=True, slots=True)
class Element:
    """One step of a pattern: an item with one of the `bits`, one of the `phrases`, or a gap.

    `first_bits`: what the item must have with which a word or phrase of it begins.
    """

    bits: int = 0
    phrases: tuple[tuple[int, ...], ...] = ()
    optional: bool = False
    forbidden: bool = False
    gap: int = 0
    gap_stops: int = 0
    first_bits: int = field(init=False)

    def __post_init__(self) -> None:
        openings = (phrase[0] for phrase in self.phrases)
        object.__setattr__(self, "first_bits", reduce(or_, openings, self.bits))

    @property
    def is_required(self) -> bool:
        """Whether one of `first_bits` must stand on this side of the name for a pattern to fit."""
        return not (self.optional or self.forbidden or self.gap)


@dataclass(frozen=True, slots=True)
class Pattern:
    """`left` is in order of walking, from the name outward. `form` asks how the name is written.

    `form` is `base`, `bent`, `quoted`, `x*` (bent, and its first word begins with x), `*x` (bent, and its
    last word ends with x), or None.
    """

    written: str
    left: tuple[Element, ...]
    right: tuple[Element, ...]
    form: str | None
    left_needs: tuple[int, ...]
    right_needs: tuple[int, ...]


def parse_pattern(written: str, classes: Mapping[str, Element], vocabulary: Vocabulary) -> Pattern:
    """Compile one pattern. Raises PatternError."""
    slots = list(_SLOT.finditer(written))
    if len(slots) != 1:
        raise PatternError(f"{written!r} must hold {{outlet}} exactly once")
    slot = slots[0]
    left = [_element(part, classes, vocabulary) for part in written[: slot.start()].split()]
    right = [_element(part, classes, vocabulary) for part in written[slot.end() :].split()]
    for side in (left, right):
        if prod(element.gap for element in side if element.gap) > MOST_TRIES:
            raise PatternError(f"{written!r}: its gaps multiply to more than {MOST_TRIES} tries on one side")
    walked = tuple(_reversed(element) for element in reversed(left))
    return Pattern(
        written,
        walked,
        tuple(right),
        slot.group(1),
        tuple(element.first_bits for element in left if element.is_required),
        tuple(element.first_bits for element in right if element.is_required),
    )


def word_class(members: Sequence[str], vocabulary: Vocabulary) -> Element:
    """A class of words and phrases under one name. Raises PatternError."""
    bit = vocabulary.new_bit()
    phrases = [vocabulary.phrase(member, bit) for member in members]
    longer = sorted({phrase for phrase in phrases if len(phrase) > 1}, key=len, reverse=True)
    return Element(bit, tuple(longer))


def _element(part: str, classes: Mapping[str, Element], vocabulary: Vocabulary) -> Element:
    gap = _GAP.fullmatch(part)
    if gap:
        if not 1 <= int(gap[2]) <= LONGEST_GAP:
            raise PatternError(f"gap {part!r} must be 1 to {LONGEST_GAP} long")
        return Element(gap=int(gap[2]), gap_stops=_GAP_STOPS[gap[1]])
    forbidden = len(part) > 1 and part.startswith("!")
    optional = len(part) > 1 and part.endswith("?")
    core = part.removeprefix("!") if forbidden else part
    core = core.removesuffix("?") if optional else core
    bits, phrases = 0, list[tuple[int, ...]]()
    for choice in core.split("|") if len(core) > 1 else [core]:
        found = _choice(choice, classes, vocabulary)
        bits |= found.bits
        phrases.extend(found.phrases)
    return Element(bits, tuple(phrases), optional, forbidden)


def _choice(choice: str, classes: Mapping[str, Element], vocabulary: Vocabulary) -> Element:
    if choice in _ANCHORS:
        return Element(_ANCHORS[choice])
    if choice == "{other}":
        return Element(OUTLET | LIKELY_NAME)
    if choice.startswith("<") and choice.endswith(">"):
        name = choice[1:-1]
        if name in _BUILT_IN:
            return Element(_BUILT_IN[name])
        if name not in classes:
            raise PatternError(f"no word class <{name}> under [words]")
        return classes[name]
    if any(sign in choice for sign in "<>{}"):
        raise PatternError(f"{choice!r} is no word, class or slot; write <one>|<other>, without spaces")
    phrase = vocabulary.phrase(choice)
    return Element(phrase[0]) if len(phrase) == 1 else Element(0, (phrase,))


def _reversed(element: Element) -> Element:
    if not element.phrases:
        return element
    return Element(
        element.bits, tuple(phrase[::-1] for phrase in element.phrases), element.optional, element.forbidden
    )


def match(pattern: Pattern, items: Sequence[int], first: int, last: int) -> tuple[int, int] | None:
    """Match around the name group at `items[first..last]`; items are their bits.

    Returns the first and last index of what matched (the group included), or None.
    """
    left = _walk(pattern.left, 0, items, first - 1, -1, first)
    if left is None:
        return None
    right = _walk(pattern.right, 0, items, last + 1, 1, last)
    return None if right is None else (left, right)


def _walk(
    elements: tuple[Element, ...], at: int, items: Sequence[int], index: int, step: int, reached: int
) -> int | None:
    """Match `elements[at:]` from `items[index]` on; returns the outermost index that matched."""
    size = len(items)
    while at < len(elements):
        element = elements[at]
        if element.gap:
            for _ in range(element.gap + 1):
                found = _walk(elements, at + 1, items, index, step, reached)
                if found is not None:
                    return found
                if not 0 <= index < size or items[index] & element.gap_stops:
                    return None
                index += step
            return None
        lengths = _lengths_matching(element, items, index, step)
        if element.forbidden:
            if lengths:
                return None
            at += 1
            continue
        if element.optional or len(lengths) > 1:
            for length in lengths:
                far = index + (length - 1) * step
                found = _walk(elements, at + 1, items, index + length * step, step, far)
                if found is not None:
                    return found
            if not element.optional:
                return None
            at += 1
            continue
        if not lengths:
            return None
        reached = index + (lengths[0] - 1) * step
        index += lengths[0] * step
        at += 1
    return reached


def _lengths_matching(element: Element, items: Sequence[int], index: int, step: int) -> list[int]:
    size = len(items)
    if not 0 <= index < size or not items[index] & element.first_bits:
        return []
    lengths = []
    item = items[index]
    for phrase in element.phrases:
        if not item & phrase[0]:
            continue
        stop = index + (len(phrase) - 1) * step
        if 0 <= stop < size and all(items[index + n * step] & bits for n, bits in enumerate(phrase)):
            lengths.append(len(phrase))
    if item & element.bits:
        lengths.append(1)
    return lengths


def length_at(element: Element, items: Sequence[int], index: int) -> int:
    """How many items from `index` on a class of words covers, the longest phrase first; 0: none."""
    return max(_lengths_matching(element, items, index, 1), default=0)
