"""Copying trees with known truth, made by editing models from invented stories.

Three ways in which one text is made from another; every number below is drawn anew for each copy, so
that no tree is like another.

- `retelling`: a person cuts (45 to 95 % of the sentences stay), leaves some sentences as they are,
  words others anew, drops clauses, and adds sentences of their own.
- `rewriting`: every sentence is worded anew (two in five to three in four of the words), a few details
  and sentences are lost.
- `revision`: sentences are added, a few words changed, seldom a sentence taken out.

Each word has a few others that may be put for it (drawn from all stories of the language), the same
ones in every copy: two people who word a sentence anew often take the same synonym, and the word that
one took out another puts back.
"""

import random
import re
from dataclasses import dataclass
from functools import cache
from zlib import crc32

from tests.lineage.translation.labelled import stories

LANGUAGES = ("en", "ru", "de", "fr", "es", "tr")
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZА-ЯÄÖÜÉÈÀÇİŞĞ¿\"“«„])")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_ANY_WORD = re.compile(r"[^\W\d_]+")
# So many words stand for each word in any wording anew.
SYNONYMS = 4


@dataclass(frozen=True)
class Tree:
    """Texts in no order that means anything; `giver[i]` is the text that `i` was made from."""

    regime: str
    language: str
    texts: tuple[str, ...]
    giver: tuple[int | None, ...]


@cache
def sentences_of(story: int, language: str) -> tuple[str, ...]:
    """The sentences of an invented story."""
    return tuple(part for text in stories()[story][language] for part in _END.split(text))


@cache
def words_of(language: str) -> tuple[str, ...]:
    """Words of all stories, for wording anew."""
    found = {
        word
        for story in stories()
        for text in sentences_of(story, language)
        for word in _LONG_WORD.findall(text)
    }
    return tuple(sorted(word for word in found if word.islower()))


def reworded(sentence: str, share: float, language: str, chance: random.Random) -> str:
    """`share` of the words that are no names exchanged."""
    vocabulary = words_of(language)

    def other(found: re.Match[str]) -> str:
        word = found.group()
        if not word.islower() or chance.random() >= share:
            return word
        ring = crc32(word.encode()) % len(vocabulary) // SYNONYMS * SYNONYMS
        return vocabulary[(ring + chance.randrange(SYNONYMS)) % len(vocabulary)]

    return _ANY_WORD.sub(other, sentence)


def retelling(parent: list[str], own: list[str], language: str, chance: random.Random) -> list[str]:
    """A person tells it again, shorter."""
    stays, verbatim, share = chance.uniform(0.45, 0.95), chance.uniform(0.0, 0.6), chance.uniform(0.2, 0.7)
    made = []
    for number, sentence in enumerate(parent):
        if chance.random() > (0.95 if number == 0 else stays):
            continue
        if chance.random() > verbatim:
            sentence = reworded(sentence, share, language, chance)
            if chance.random() < 0.3 and ", " in sentence:
                sentence = sentence[: sentence.rindex(", ")] + "."
        made.append(sentence)
    if len(made) > 2 and chance.random() < 0.3:
        at = chance.randrange(1, len(made) - 1)
        made[at], made[at + 1] = made[at + 1], made[at]
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        made.insert(chance.randrange(1, len(made) + 1) if made else 0, own.pop())
    return made or parent[:1]


def rewriting(parent: list[str], own: list[str], language: str, chance: random.Random) -> list[str]:
    """Every sentence is worded anew."""
    share = chance.uniform(0.4, 0.75)
    made = []
    for sentence in parent:
        if len(parent) > 4 and chance.random() < 0.06:
            continue
        changed = reworded(sentence, share, language, chance)
        if chance.random() < 0.25 and ", " in changed:
            first, _, second = changed.rstrip(".").partition(", ")
            changed = f"{second[:1].upper()}{second[1:]}, {first}."
        words = changed.split()
        lost = chance.uniform(0.0, 0.1)
        kept = [
            word for word in words if not (word[:1].isdigit() or word[:1].isupper()) or chance.random() > lost
        ]
        made.append(" ".join(kept))
    if chance.random() < 0.3:
        made.append(reworded(own.pop(), 0.8, language, chance))
    return made


def revision(parent: list[str], own: list[str], language: str, chance: random.Random) -> list[str]:
    """The text grows."""
    made = list(parent)
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        made.insert(chance.randrange(1, len(made) + 1), own.pop())
    for _ in range(chance.randrange(0, 4)):
        at = chance.randrange(len(made))
        made[at] = reworded(made[at], chance.choice((0.1, 0.1, 0.3)), language, chance)
    if chance.random() < 0.15 and len(made) > 4:
        made.pop(chance.randrange(1, len(made)))
    return made


MODELS = {"retelling": retelling, "rewriting": rewriting, "revision": revision}
# How likely a copy is made from the first text, from the newest one, else from any.
SHAPES = {"retelling": (0.4, 0.1), "rewriting": (0.15, 0.15), "revision": (0.0, 0.85)}


def tree(regime: str, story: int, language: str, seed: int) -> Tree:
    """A tree of five to nine texts of one story."""
    chance = random.Random(seed * 1_000 + story)
    others = [each for each in stories() if each != story]
    pool = [part for other in others for part in sentences_of(other, language)]
    chance.shuffle(pool)
    start = list(sentences_of(story, language))
    if regime == "revision":
        start = start[: chance.randrange(5, len(start) + 1)]
    made, givers = [start], [-1]
    to_first, to_newest = SHAPES[regime]
    while len(made) < chance.randrange(5, 10):
        draw = chance.random()
        newest = len(made) - 1
        giver = (
            0 if draw < to_first else newest if draw < to_first + to_newest else chance.randrange(len(made))
        )
        made.append(MODELS[regime](made[giver], pool, language, chance))
        givers.append(giver)
    order = list(range(len(made)))
    chance.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    texts = tuple(_paragraphs(made[old]) for old in order)
    return Tree(
        regime, language, texts, tuple(place[givers[old]] if givers[old] >= 0 else None for old in order)
    )


def _paragraphs(sentences: list[str]) -> str:
    return "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))


def trees(seeds: range, regimes: tuple[str, ...] = tuple(MODELS)) -> list[Tree]:
    """Trees of every regime, over stories and languages in turn."""
    numbers = sorted(stories())
    return [
        tree(regime, numbers[seed % len(numbers)], LANGUAGES[(seed + offset) % len(LANGUAGES)], seed)
        for seed in seeds
        for offset, regime in enumerate(regimes)
    ]
