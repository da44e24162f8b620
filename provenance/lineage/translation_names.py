"""Names by the sound of their consonants, so that one name agrees with itself in every script.

A word is written in Latin letters (anyascii), its vowels and breathings dropped and letters of
one sound made one. Two keys: `s:` tells b from p and l from r, `z:` does not, for scripts that
do not write the difference (Arabic, Chinese).
"""

import re
from functools import lru_cache
from importlib.resources import files

from anyascii import anyascii

# Longer spellings first.
_SPELLINGS = (
    ("shch", "s"), ("tsch", "s"), ("dsch", "s"), ("sch", "s"), ("tch", "s"), ("dzh", "s"), ("dj", "s"),
    ("sh", "s"), ("zh", "s"), ("ch", "s"), ("ts", "s"), ("tz", "s"), ("cz", "s"), ("dz", "s"), ("kh", ""),
    ("gh", "g"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("qu", "k"), ("x", "ks"), ("q", "k"), ("w", "v"),
    ("z", "s"), ("h", ""),
)  # fmt: skip
_SPELLING = re.compile("|".join(spelling for spelling, _ in _SPELLINGS))
_SOUND = dict(_SPELLINGS)
_SOFT_C = re.compile(r"c(?=[eiy])")
_NOT_CONSONANT = re.compile(r"[^bcdfgjklmnprstv]")
_DOUBLED = re.compile(r"(.)\1+")
_COARSE = str.maketrans("bpdtgkfvlrmn", "PPTTKKFFLLNN")
# Letters whose mark makes another sound, which writing them in plain Latin would lose.
_MARKED = str.maketrans("čćçĉšşśŝžźżẑ", "ssssssssssss")
# Scripts that write long vowels with a consonant's letter, which anyascii gives as w.
_VOWEL_W = frozenset({"ar", "fa", "he", "ur"})
# What the letter j stands for, where it is not the sound of "John".
_J = {"de": "", "nl": "", "sv": "", "pl": "", "cs": "", "hy": "s", "es": ""}


@lru_cache(maxsize=200_000)
def consonants(word: str, language: str) -> str:
    """The consonants of a word in the order of their sound, one letter each; may be empty."""
    latin = anyascii(word.lower().translate(_MARKED)).lower()
    if language in _VOWEL_W:
        latin = latin.replace("w", "")
    latin = latin.replace("j", _J.get(language, "s"))
    latin = _SPELLING.sub(lambda found: _SOUND[found.group()], latin)
    latin = _SOFT_C.sub("s", latin).replace("c", "k")
    return _DOUBLED.sub(r"\1", _NOT_CONSONANT.sub("", latin))


def coarse(skeleton: str) -> str:
    """The same without the differences that Arabic and Chinese do not write."""
    return _DOUBLED.sub(r"\1", skeleton.translate(_COARSE)).replace("s", "S").replace("j", "S")


@lru_cache(maxsize=1)
def _chinese_sounds() -> dict[str, str]:
    source = files("provenance.lineage").joinpath("data", "translation", "chinese_sounds.psv")
    sounds = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "sound|")):
            sound, characters = line.split("|")
            sounds.update(dict.fromkeys(characters, "" if sound == "-" else sound))
    return sounds


def spelled_names(text: str) -> list[tuple[int, str]]:
    """Places and coarse consonants of what may be foreign names spelled in Chinese characters.

    A run of characters that spell sounds gives every stretch of two to six of them, because
    nothing marks where the name begins; stretches of fewer than three consonants are dropped.
    """
    sounds = _chinese_sounds()
    found = []
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and text[end] in sounds:
            end += 1
        for begin in range(start, end - 1):
            for stop in range(begin + 2, min(end, begin + 6) + 1):
                skeleton = _DOUBLED.sub(r"\1", "".join(sounds[character] for character in text[begin:stop]))
                if len(skeleton) >= 3:
                    found.append((begin, skeleton))
        start = end + 1
    return found
