"""The characters of a text that carry its substance, each with its place.

Formatting is gone: white space, quote marks, dashes, ellipses, zero-width characters, letter
case, Arabic tatweel and harakat, Hebrew points, Unicode composition (all is NFC). What stays:
letters, combining marks, digits; separators and signs inside numbers; percent, per mille,
currency, degree, comparison and arithmetic signs; superscripts and fractions; question marks.
The list is the contract's ("Formatting", "Substance").
"""

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Offsets = npt.NDArray[np.int64]

_UNKNOWN = 0xFFFFFFFF
_fold_table = np.full(0x110000, _UNKNOWN, dtype=np.uint32)

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
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    folded = _fold_table[codes]
    if (folded == _UNKNOWN).any():
        for code in np.unique(codes[folded == _UNKNOWN]):
            _fold_table[code] = _fold(int(code))
        folded = _fold_table[codes]
    contextual = np.flatnonzero(folded > 0x110000)
    if contextual.size:
        folded[contextual] = _resolve(codes, folded, contextual)
    _part_numbers(text, folded)
    if left_out is not None:
        folded[left_out] = 0
    positions = np.flatnonzero(folded)
    characters = folded[positions].tobytes().decode("utf-32-le", "surrogatepass")
    if not unicodedata.is_normalized("NFC", characters):
        return _composed(characters, positions)
    return Substance(characters, positions)


def _resolve(
    codes: npt.NDArray[np.uint32], folded: npt.NDArray[np.uint32], at: npt.NDArray[np.intp]
) -> npt.NDArray[np.uint32]:
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
_BETWEEN_NUMBERS = re.compile(r"(?<=\d)(?:[.,:;]?[^\S\n]+|[^\S\n]*[-−–—‐‑][^\S\n]+|[^\S\n]+[-−–—‐‑])(?=\d)")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[^\S\n]\d{3})+(?!\d)")


def _part_numbers(text: str, folded: npt.NDArray[np.uint32]) -> None:
    """Keep the border between two numbers: a dash as `-`, white space as one space."""
    grouped: set[int] | None = None
    for between in _BETWEEN_NUMBERS.finditer(text):
        gap = between.group()
        dash = next((index for index, character in enumerate(gap) if character in _DASHES), -1)
        if dash >= 0:
            folded[between.start() + dash] = ord("-")
            continue
        if grouped is None:
            grouped = {at for number in _THOUSANDS.finditer(text) for at in range(*number.span())}
        if between.start() not in grouped:
            folded[between.end() - 1] = ord(" ")


def _plain(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Both apostrophes are one separator."""
    return np.where(codes == ord("’"), ord("'"), codes).astype(np.uint32)


_SPACES = np.array([0x20, 0xA0, 0x202F, 0x2009], dtype=np.uint32)
_digit_table = np.zeros(0x110000, dtype=np.uint8)  # 0 not looked up, 1 digit, 2 letter, 3 neither


def _classes(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    classes = _digit_table[codes]
    if not classes.all():
        for code in np.unique(codes[classes == 0]):
            character = chr(int(code))
            # Scripts without spaces write a sign right after a letter.
            unspaced = 0x0E00 <= code <= 0x0EFF or 0x1000 <= code <= 0x109F or 0x3040 <= code <= 0x9FFF
            letter = unicodedata.category(character)[0] in "LM" and not unspaced
            _digit_table[code] = 1 if character.isdecimal() else 2 if letter else 3
        classes = _digit_table[codes]
    return classes


def _is_digit(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    return _classes(codes) == 1


def _is_letter(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    return _classes(codes) == 2


def _is_space(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    return np.isin(codes, _SPACES)


def _composed(characters: str, positions: Offsets) -> Substance:
    """Compose base characters with the marks that follow them, cluster by cluster."""
    composed: list[str] = []
    kept: list[int] = []
    start = 0
    for index in range(1, len(characters) + 1):
        if index < len(characters) and _continues(characters[index]):
            continue
        cluster = characters[start:index].replace("i\u0307", "i")
        for character in unicodedata.normalize("NFC", cluster):
            composed.append(character)
            kept.append(int(positions[start]))
        start = index
    return Substance("".join(composed), np.array(kept, dtype=np.int64))


def _continues(character: str) -> bool:
    """Whether a character may compose with what stands before it: a mark or a Hangul vowel or tail."""
    return (
        unicodedata.combining(character) != 0
        or "\u1161" <= character <= "\u11ff"
        or (unicodedata.category(character) == "Mc")
    )
