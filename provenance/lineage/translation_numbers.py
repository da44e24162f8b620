"""Numbers of a text as values, whatever way a language writes them."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from provenance.lineage.translation_words import Words, folded

_DIGITS = re.compile(r"\d+(?:[.,'’٫٬\u00a0\u202f ]\d+)*")
_SEPARATOR = re.compile(r"[.,'’٫٬\u00a0\u202f ]")
_NEXT_WORD = re.compile(r"[\s\u00a0-]*([^\W\d_]+\.?)")
_CHINESE_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "两": 2,
    "〇": 0,
}
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1_000}
_CHINESE_SCALES = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_CHINESE_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿]{1,12}")
_AFTER_DIGITS = re.compile(r"\s?([十百千万萬亿億]{1,3})")


def numbers(text: str, words: Words) -> Iterator[tuple[int, int, Decimal]]:
    """Each number of a text as (start, end, value), digits and words, with scale words applied.

    "2.5 million", "2,5 млн" and "250万" are one value. Separators are read by the language's own
    (CLDR), so that 1.500 is 1500 in German and one and a half in English.
    """
    covered = 0
    for found in _DIGITS.finditer(text):
        for start, end, value in _split(found.group(), found.start(), words):
            scale, covered = _scale(text, end, words)
            yield start, covered, value * scale
    if words.language in ("zh", "ja"):
        yield from _chinese(text)
    else:
        yield from _in_words(text, words)


def _split(written: str, at: int, words: Words) -> Iterator[tuple[int, int, Decimal]]:
    """The value of digits with separators between; several values where they are no one number."""
    plain = "".join(
        character if not character.isdigit() else str(unicodedata.digit(character)) for character in written
    )
    groups = _SEPARATOR.split(plain)
    marks = _SEPARATOR.findall(plain)
    decimal = "," if words.decimal in (",", "٫") else "."
    if not marks:
        yield at, at + len(written), Decimal(plain)
        return
    decimal_at = len(marks)
    if marks[-1] in (decimal, "٫") and (len(marks) == 1 or marks[-1] != marks[0]):
        decimal_at -= 1
    if all(len(group) == 3 for group in groups[1 : decimal_at + 1]) and len(groups[0]) <= 3:
        whole, rest = "".join(groups[: decimal_at + 1]), groups[decimal_at + 1 :]
        yield at, at + len(written), Decimal(whole + ("." + rest[0] if rest else ""))
        return
    if len(groups) == 2 and marks[0] in ".,٫":
        yield at, at + len(written), Decimal(".".join(groups))
        return
    position = at
    for group in groups:
        yield position, position + len(group), Decimal(group)
        position += len(group) + 1


def _scale(text: str, position: int, words: Words) -> tuple[int, int]:
    """The scale word after a number, as a factor, and where it ends."""
    if words.language in ("zh", "ja"):
        found = _AFTER_DIGITS.match(text, position)
        if not found:
            return 1, position
        factor = 1
        for character in found.group(1):
            factor *= _CHINESE_UNITS.get(character) or _CHINESE_SCALES[character]
        return factor, found.end()
    found = _NEXT_WORD.match(text, position)
    if not found or (len(found.group(1)) < 2 and words.language != "en"):
        return 1, position
    value = words.number(folded(found.group(1).rstrip(".")))
    return (value, found.end(1)) if value is not None and value >= 1_000 else (1, position)


def _in_words(text: str, words: Words) -> Iterator[tuple[int, int, Decimal]]:
    """Numbers written as words; tens and the unit after them are one number."""
    pending: tuple[int, int, int] | None = None
    for found in re.finditer(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)?", text):
        value = words.number(folded(found.group()))
        if value is None or (value >= 1_000 and pending is None):
            continue
        adjacent = pending is not None and found.start() - pending[1] <= 3
        if pending and adjacent and (value >= 1_000 or (value < 10 <= pending[2] and pending[2] % 10 == 0)):
            total = pending[2] * value if value >= 1_000 else pending[2] + value
            pending = (pending[0], found.end(), total)
            continue
        if pending:
            yield pending[0], pending[1], Decimal(pending[2])
        pending = (found.start(), found.end(), value) if value < 1_000 else None
    if pending:
        yield pending[0], pending[1], Decimal(pending[2])


def _chinese(text: str) -> Iterator[tuple[int, int, Decimal]]:
    for found in _CHINESE_NUMERAL.finditer(text):
        written = found.group()
        value = _chinese_value(written)
        if value is not None and value > 1:
            yield found.start(), found.end(), Decimal(value)


def _chinese_value(written: str) -> int | None:
    """The value of a numeral such as 两千三百万; digits in a row (二〇一八) are read one by one."""
    if all(character in _CHINESE_DIGITS for character in written):
        return int("".join(str(_CHINESE_DIGITS[character]) for character in written))
    total = part = digit = 0
    for character in written:
        if character in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[character]
        elif character in _CHINESE_UNITS:
            part += (digit or 1) * _CHINESE_UNITS[character]
            digit = 0
        else:
            if part + digit == 0:
                return None
            total += (part + digit) * _CHINESE_SCALES[character]
            part = digit = 0
    return total + part + digit
