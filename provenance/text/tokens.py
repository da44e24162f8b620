"""The tokens of a text as numbers, for comparing wording at scale: words, or characters where a
script writes no spaces.

A token's key is made from what survives a light rewrite: letter case, accents, harakat and
zero-width characters are gone, and of a word the first five letters count, so that an inflected
form ("белорусских", "белорусские") keeps its key. A number counts whole.
"""

import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# Letters of a word that its key is made from. Five part few words of different meaning in the
# same place of the same sentence, and join most inflected forms of one.
STEM = 5

# What a token is (bits of `kinds`).
NAME = 1  # begins with a capital, in scripts that have them
NUMBER = 2  # begins with a digit

# How much of a text a token is, in sixths of a word: news in Chinese takes some two characters for
# a word of English, in Thai (vowel signs count) and in kana some three to four; a word of Korean says
# as much as one and a half, one of Hebrew or Arabic a little more than one.
WORD_WIDTH, IDEOGRAPH_WIDTH, SYLLABLE_WIDTH = 6, 3, 2
HANGUL_WIDTH, SEMITIC_WIDTH = 9, 7

# Classes of characters, in the bits above a folded character's code.
_GAP, _LETTER, _DIGIT, _NOTHING, _APOSTROPHE, _SEPARATOR, _IDEOGRAPH, _SYLLABLE = range(8)
_CLASS_SHIFT = 21
_UPPER = np.uint32(1 << 24)
_CODE = np.uint32((1 << _CLASS_SHIFT) - 1)
_UNKNOWN = np.uint32(0xFFFFFFFF)
_table = np.full(0x110000, _UNKNOWN, dtype=np.uint32)

_IGNORED = (
    range(0x0300, 0x0370), range(0x0483, 0x048A), range(0x0591, 0x05C8), range(0x0610, 0x061B),
    range(0x064B, 0x0660), range(0x06D6, 0x06DD), range(0x200B, 0x2010), range(0xFE00, 0xFE10),
)  # fmt: skip
_IGNORED_ALONE = frozenset({0x00AD, 0x0640, 0x0670, 0x2060, 0xFEFF})
_IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x32000))
_SYLLABLES = (
    range(0x0E00, 0x0F00), range(0x1000, 0x10A0), range(0x1780, 0x1800), range(0x3041, 0x3100),
)  # fmt: skip
_APOSTROPHES = frozenset("'’ʼ‘`´")
_SEPARATORS = frozenset(".,:/·٫٬⁄")

# Odd multipliers of the rolling hashes; the constants of the finaliser are splitmix64's (Steele,
# Lea and Flood 2014).
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_powers = np.ones(1, dtype=np.uint64)
_inverses = np.ones(1, dtype=np.uint64)

UInt8 = npt.NDArray[np.uint8]
UInt16 = npt.NDArray[np.uint16]
UInt32 = npt.NDArray[np.uint32]
UInt64 = npt.NDArray[np.uint64]
Int32 = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, one entry each in every array.

    `text[starts[i]:ends[i]]` is token `i`; `keys` tells tokens of different stems apart, `forms`
    different words of one stem (both are hashes: that two tokens agree by chance has odds of one
    in four thousand million and, within a stem, one in 65,536). `kinds` holds NAME and NUMBER,
    `widths` how much text the token is, in sixths of a word.
    """

    keys: UInt32
    forms: UInt16
    starts: Int32
    ends: Int32
    kinds: UInt8
    widths: UInt8

    def __len__(self) -> int:
        return len(self.keys)

    def only(self, kept: npt.NDArray[np.bool_]) -> "Tokens":
        """The tokens that `kept` marks."""
        return Tokens(
            self.keys[kept],
            self.forms[kept],
            self.starts[kept],
            self.ends[kept],
            self.kinds[kept],
            self.widths[kept],
        )


def tokens(text: str) -> Tokens:
    """The tokens of `text`, in order; none for a text without letters and digits."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    looked_up = _looked_up(codes)
    classes = (looked_up >> np.uint32(_CLASS_SHIFT)).astype(np.uint8) & np.uint8(7)
    _settle_joiners(classes)
    positions = None
    if (classes == _NOTHING).any():
        positions = np.flatnonzero(classes != _NOTHING)
        classes, looked_up = classes[positions], looked_up[positions]
    in_word = (classes == _LETTER) | (classes == _DIGIT)
    alone = classes >= _IDEOGRAPH
    begins = in_word.copy()
    begins[1:] &= ~in_word[:-1]
    closes = in_word.copy()
    closes[:-1] &= ~in_word[1:]
    starts = np.flatnonzero(begins | alone)
    ends = np.flatnonzero(closes | alone) + 1
    first = classes[starts]
    number = first == _DIGIT
    hashed = rolling(looked_up & _CODE)
    stem_ends = np.where(number, ends, np.minimum(ends, starts + STEM))
    kinds = (looked_up[starts] & _UPPER != 0).astype(np.uint8) * np.uint8(NAME)
    kinds |= number.astype(np.uint8) * np.uint8(NUMBER)
    widths = np.full(len(starts), WORD_WIDTH, dtype=np.uint8)
    widths[first == _IDEOGRAPH] = IDEOGRAPH_WIDTH
    widths[first == _SYLLABLE] = SYLLABLE_WIDTH
    letters = looked_up[starts] & _CODE
    widths[(letters >= 0x0590) & (letters < 0x0700) & ~number] = SEMITIC_WIDTH
    widths[(letters >= 0xAC00) & (letters <= 0xD7A3)] = HANGUL_WIDTH
    keys = (hash_of(hashed, starts, stem_ends) >> np.uint64(32)).astype(np.uint32)
    forms = (hash_of(hashed, starts, ends) >> np.uint64(48)).astype(np.uint16)
    if positions is not None:
        starts, ends = positions[starts], positions[ends - 1] + 1
    return Tokens(keys, forms, starts.astype(np.int32), ends.astype(np.int32), kinds, widths)


def rolling(values: npt.NDArray[np.unsignedinteger]) -> UInt64:
    """Sums from which `hash_of` makes the hash of any stretch of `values` (a polynomial mod 2**64)."""
    _grow_powers(len(values) + 1)
    sums = np.zeros(len(values) + 1, dtype=np.uint64)
    np.cumsum(values.astype(np.uint64) * _powers[: len(values)], out=sums[1:])
    return sums


def hash_of(
    sums: UInt64, starts: npt.NDArray[np.signedinteger], ends: npt.NDArray[np.signedinteger]
) -> UInt64:
    """The 64-bit hashes of the stretches `starts[i]..ends[i]` of what `sums` was made from."""
    mixed: UInt64 = (sums[ends] - sums[starts]) * _inverses[starts]
    mixed ^= mixed >> np.uint64(30)
    mixed *= _MIX_1
    mixed ^= mixed >> np.uint64(27)
    mixed *= _MIX_2
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _grow_powers(length: int) -> None:
    global _powers, _inverses
    if len(_inverses) >= length:  # set last
        return
    size = max(length, 2 * len(_powers), 1 << 14)
    grown = []
    for base in (_BASE, _INVERSE):
        powers = np.full(size, base, dtype=np.uint64)
        powers[0] = 1
        grown.append(np.cumprod(powers, dtype=np.uint64))
    _powers, _inverses = grown


def _looked_up(codes: UInt32) -> UInt32:
    found = _table[codes]
    if (found == _UNKNOWN).any():
        for code in np.unique(codes[found == _UNKNOWN]):
            _table[code] = _entry(int(code))
        found = _table[codes]
    return found


def _settle_joiners(classes: UInt8) -> None:
    """Apostrophes between letters vanish, separators between digits are part of the number."""
    at = np.flatnonzero((classes == _APOSTROPHE) | (classes == _SEPARATOR))
    if not at.size:
        return
    padded = np.concatenate((np.zeros(1, np.uint8), classes, np.zeros(1, np.uint8)))
    before, after = padded[at], padded[at + 2]
    joins = np.where(
        classes[at] == _APOSTROPHE,
        np.where((before == _LETTER) & (after == _LETTER), _NOTHING, _GAP),
        np.where((before == _DIGIT) & (after == _DIGIT), _DIGIT, _GAP),
    )
    classes[at] = joins


def _entry(code: int) -> int:
    """What the table holds of a character: its class, its folded code, whether it is a capital."""
    character = chr(code)
    if code in _IGNORED_ALONE or any(code in marks for marks in _IGNORED):
        return _NOTHING << _CLASS_SHIFT
    if character in _APOSTROPHES:
        return _APOSTROPHE << _CLASS_SHIFT
    if character in _SEPARATORS:
        return _SEPARATOR << _CLASS_SHIFT | ord(".")
    category = unicodedata.category(character)
    if any(code in each for each in _IDEOGRAPHS):
        return _IDEOGRAPH << _CLASS_SHIFT | code
    if category[0] not in "LMN":
        return _GAP
    if category == "Nd":
        return _DIGIT << _CLASS_SHIFT | ord("0") + unicodedata.digit(character)
    if any(code in each for each in _SYLLABLES):
        return _SYLLABLE << _CLASS_SHIFT | code
    if 0xAC00 <= code <= 0xD7A3:  # Hangul would decompose into its letters
        return _LETTER << _CLASS_SHIFT | code
    plain = unicodedata.normalize("NFKD", character)[0].casefold()[:1] or character
    upper = int(_UPPER) if category in ("Lu", "Lt") else 0
    return _LETTER << _CLASS_SHIFT | upper | ord(plain)
