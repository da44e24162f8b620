"""The characters of a text that carry its substance, each with its place.

Formatting is gone: white space, quote marks, dashes, ellipses, zero-width characters, letter
case, Arabic tatweel and harakat, Hebrew points, Unicode composition (all is NFC). What stays:
letters, combining marks, digits; separators and signs inside numbers; percent, per mille,
currency, degree, comparison and arithmetic signs; superscripts and fractions; question marks.
The list is the contract's ("Formatting", "Substance").
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Offsets = npt.NDArray[np.int64]

Codes = npt.NDArray[np.uint32]


class _Table:
    """A number for every character, worked out when the character is first met."""

    _UNKNOWN = 0xFFFFFFFF

    def __init__(self, work_out: Callable[[int], int]) -> None:
        self._work_out = work_out
        self._known: Codes = np.full(0x110000, self._UNKNOWN, dtype=np.uint32)

    def of(self, codes: Codes) -> Codes:
        """The numbers of the characters `codes`."""
        numbers = self._known.take(codes)
        unknown = numbers == self._UNKNOWN
        if unknown.any():
            for code in np.unique(codes[unknown]).tolist():
                self._known[code] = self._work_out(code)
            numbers = self._known.take(codes)
        return numbers


# Kept or dropped by what stands beside them; marked in the table by these private codes.
_SEPARATOR, _HYPHEN, _SIGN, _GREEK_QUESTION, _LONG_DASH, _COMPARISON = range(0x110001, 0x110007)
_SEPARATORS = frozenset(".,:/'’·٫٬⁄’")
_HYPHENS = frozenset("-−–‐‑﹣－")
_LONG_DASHES = frozenset("—―‒")
_DASHES = _HYPHENS | _LONG_DASHES
_COMPARISONS = frozenset("<>=")
_ALWAYS_KEPT = frozenset("%‰‱°℃℉≤≥≠≈±×÷№")
_QUESTION_MARKS = frozenset("?？؟՞⸮﹖¿\u037e")
_HARAKAT = (range(0x064B, 0x0653), range(0x0656, 0x0660), range(0x0610, 0x061B), range(0x06D6, 0x06DD))


def _fold(code: int) -> int:
    """The folded code of one character: itself in lower case, 0 for formatting, or a mark."""
    character = chr(code)
    if character in _QUESTION_MARKS:
        return ord("?")
    if character == ";":
        return _GREEK_QUESTION
    if character in _SEPARATORS:
        return _SEPARATOR
    if character in _HYPHENS:
        return _HYPHEN
    if character in _LONG_DASHES:
        return _LONG_DASH
    if character == "+":
        return _SIGN
    if character in _COMPARISONS:
        return _COMPARISON
    if character in _ALWAYS_KEPT:
        return code
    category = unicodedata.category(character)
    if category[0] == "M":
        harakat = any(code in marks for marks in _HARAKAT) or code == 0x0670
        hebrew_point = 0x0591 <= code <= 0x05C7
        variation_selector = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
        return 0 if harakat or hebrew_point or variation_selector else code
    if category[0] == "N" or category == "Sc":
        return code
    if category[0] == "L":
        if code == 0x0640:  # tatweel
            return 0
        if character == "İ":  # its lower case is i, and a dot above of its own that Turkish does not write
            return ord("i")
        lower = character.lower()
        return ord(lower) if len(lower) == 1 else code
    return 0


@dataclass(frozen=True, slots=True)
class Substance:
    """The substance of a text: `characters[i]` comes from `text[positions[i]]`."""

    characters: str
    positions: Offsets

    def __len__(self) -> int:
        return len(self.characters)

    def index_at(self, position: int) -> int:
        """Index of the first character of substance at or after `position` in the text."""
        return int(np.searchsorted(self.positions, position))


def substance(text: str, left_out: npt.NDArray[np.bool_] | None = None) -> Substance:
    """The substance of `text`, without the characters that `left_out` marks.

    `left_out` has one truth value a character of `text`.
    """
    codes = _codes(text)
    folded = _FOLDED.of(codes)
    contextual = np.flatnonzero(folded > 0x110000)
    if contextual.size:
        folded[contextual] = _resolve(codes, folded, contextual)
    _part_numbers(text, codes, folded)
    if left_out is not None:
        folded[left_out] = 0
    positions = np.flatnonzero(folded)
    characters = folded[positions].tobytes().decode("utf-32-le", "surrogatepass")
    if _DOTTED_I in characters:
        dots = [found.end() - 1 for found in re.finditer(_DOTTED_I, characters)]
        characters, positions = characters.replace(_DOTTED_I, "i"), np.delete(positions, dots)
    if not unicodedata.is_normalized("NFC", characters):
        characters, positions = _composed(characters, positions)
    return Substance(characters, positions)


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _resolve(codes: Codes, folded: Codes, at: npt.NDArray[np.intp]) -> Codes:
    """What the characters at `at` are, by the characters beside them: a code to keep, or 0."""
    padded = np.concatenate(([0], codes, [0]))
    before, after = padded[at], padded[at + 2]
    after_digit, before_digit = _is_digit(before), _is_digit(after)
    kind = folded[at]
    inside = after_digit & before_digit
    # A hyphen or plus before a digit is its sign unless a letter or digit stands before it.
    sign = before_digit & ~after_digit & ~_is_letter(before)
    kept = np.where(kind == _SEPARATOR, np.where(inside, _plain(codes[at]), 0), 0)
    kept = np.where(kind == _HYPHEN, np.where(inside | sign, ord("-"), 0), kept)
    kept = np.where(kind == _LONG_DASH, np.where(inside, ord("-"), 0), kept)
    kept = np.where(kind == _SIGN, np.where(inside | sign, ord("+"), 0), kept)
    # "< 5" and "p<0.05" compare; brackets around a tag, arrows and quoted lines do not.
    beyond = np.where(_is_space(after), padded[np.minimum(at + 3, len(padded) - 1)], after)
    kept = np.where(kind == _COMPARISON, np.where(_is_digit(beyond), codes[at], 0), kept)
    greek = ((before >= 0x0370) & (before <= 0x03FF)) | ((before >= 0x1F00) & (before <= 0x1FFF))
    return np.where(kind == _GREEK_QUESTION, np.where(greek, ord("?"), 0), kept).astype(np.uint32)


# Two numbers with no more than white space, or a point and white space, or a spaced dash between
# them. Their border is substance ("2024 15" is not "202 415"); spaces that group thousands are not.
_BORDER = re.compile(r"[.,:;]?[^\S\n]++|[^\S\n]*+[-−–—‐‑][^\S\n]++|[^\S\n]++[-−–—‐‑]")
_SPACED_DIGITS = re.compile(r"\d+(?:[^\S\n]\d+)*+")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[^\S\n]\d{3})+(?!\d)")


def _part_numbers(text: str, codes: Codes, folded: Codes) -> None:
    """Keep the border between two numbers: a dash as `-`, white space as one space."""
    digits = np.flatnonzero(_is_digit(codes))
    last = np.flatnonzero(np.diff(digits) > 1)
    ends, begins = (digits[last] + 1).tolist(), digits[last + 1].tolist()
    number = int(digits[0]) if ends else 0  # where the number before the border begins
    looked_at = 0  # up to where thousands were looked for
    grouped: set[int] = set()
    for start, end in zip(ends, begins, strict=True):
        border = _BORDER.fullmatch(text, start, end)
        if border:
            dash = next((at for at in range(start, end) if text[at] in _DASHES), -1)
            if dash >= 0:
                folded[dash] = ord("-")
            else:
                if start > looked_at:
                    spaced = _SPACED_DIGITS.match(text, number)
                    looked_at = spaced.end() if spaced else start
                    found = _THOUSANDS.finditer(text, number, looked_at)
                    grouped = {at for thousands in found for at in range(*thousands.span())}
                if start not in grouped:
                    folded[end - 1] = ord(" ")
        number = end


def _plain(codes: Codes) -> Codes:
    """Both apostrophes are one separator."""
    return np.where(codes == ord("’"), ord("'"), codes).astype(np.uint32)


_SPACES = np.array([0x20, 0xA0, 0x202F, 0x2009], dtype=np.uint32)
_DIGIT, _LETTER, _NEITHER = range(3)


def _class(code: int) -> int:
    character = chr(code)
    if character.isdecimal():
        return _DIGIT
    # Scripts without spaces write a sign right after a letter.
    unspaced = 0x0E00 <= code <= 0x0EFF or 0x1000 <= code <= 0x109F or 0x3040 <= code <= 0x9FFF
    return _LETTER if unicodedata.category(character)[0] in "LM" and not unspaced else _NEITHER


def _is_digit(codes: Codes) -> npt.NDArray[np.bool_]:
    return np.equal(_CLASSES.of(codes), _DIGIT)


def _is_letter(codes: Codes) -> npt.NDArray[np.bool_]:
    return np.equal(_CLASSES.of(codes), _LETTER)


def _is_space(codes: Codes) -> npt.NDArray[np.bool_]:
    return np.isin(codes, _SPACES)


def _composed(characters: str, positions: Offsets) -> tuple[str, Offsets]:
    """Compose characters; what a cluster composes to stands where the cluster began.

    Composition stays within a cluster, and a cluster begins with the one character in it that
    continues nothing: so the clusters are the same before and after, in the same order. A
    cluster that composes to nothing shorter keeps its places.
    """
    composed = unicodedata.normalize("NFC", characters)
    old, new = _begins_cluster(characters), _begins_cluster(composed)
    old_start, new_start = np.flatnonzero(old), np.flatnonzero(new)
    as_long = np.diff(old_start, append=len(old)) == np.diff(new_start, append=len(new))
    cluster = np.cumsum(new) - 1
    within = np.arange(len(new)) - new_start[cluster]
    return composed, positions[old_start[cluster] + np.where(as_long[cluster], within, 0)]


def _begins_cluster(characters: str) -> npt.NDArray[np.bool_]:
    begins = np.equal(_CONTINUES.of(_codes(characters)), 0)
    begins[0] = True
    return begins


def _continues(code: int) -> int:
    """1 where a character may compose with what stands before it: a mark, a Hangul vowel or tail."""
    return int(0x1161 <= code <= 0x11FF or unicodedata.category(chr(code))[0] == "M")


# "İ" in two characters, in lower case; the dot above is none that Turkish writes (see _fold).
_DOTTED_I = "i\u0307"
_FOLDED, _CLASSES, _CONTINUES = _Table(_fold), _Table(_class), _Table(_continues)
