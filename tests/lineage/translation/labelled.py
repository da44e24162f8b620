"""The labelled set: invented news stories in ten languages, and vaults made of them.

A file of `stories` holds one story in ten languages, in three paragraphs that correspond, and two
independent reports of the same event (`== report LANGUAGE`), each of one paragraph. Stories 1 to 8
are for fitting, 9 to 12 are held out: they are scored, never looked at to change anything.

An `Example` knows of which paragraphs of which stories it is made; two examples in different
languages are a translation exactly when they share a paragraph.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from provenance.model.article import Article, Language
from provenance.model.text import Block, Piece, ReadableText

LANGUAGES = ("en", "ru", "uk", "de", "fr", "es", "tr", "ar", "hy", "zh")
FITTING = range(1, 9)
HELD_OUT = range(9, 13)
PARAGRAPHS = 3

Unit = tuple[int, int]  # story and paragraph


@dataclass(frozen=True)
class Example:
    article: Article
    units: frozenset[Unit]
    events: frozenset[int]


@cache
def stories() -> dict[int, dict[str, list[str]]]:
    """Paragraphs by number of the story and heading (`en`, `report fr`)."""
    found: dict[int, dict[str, list[str]]] = {}
    for path in sorted((Path(__file__).parent / "stories").glob("*.txt")):
        sections: dict[str, list[str]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("== "):
                sections[line[3:]] = []
            elif line:
                sections[list(sections)[-1]].append(line)
        found[int(path.name[:2])] = sections
    return found


def article(path: str, paragraphs: Iterable[str], language: str) -> Article:
    """An article of these paragraphs."""
    blocks = []
    text = ""
    for paragraph in paragraphs:
        blocks.append(Block(len(text), len(text) + len(paragraph)))
        text += paragraph + "\n"
    readable = ReadableText(text, tuple(blocks), (Piece(0, len(text), 0, len(text)),))
    return Article(path, "text", text, readable, "0" * 64, language=Language(None, language))


def example(path: str, language: str, units: Iterable[Unit]) -> Example:
    """An article made of some paragraphs of some stories."""
    chosen = list(units)
    made = article(path, [stories()[story][language][part] for story, part in chosen], language)
    return Example(made, frozenset(chosen), frozenset(story for story, _ in chosen))


def reports(numbers: Iterable[int]) -> list[Example]:
    """The independent reports of some stories."""
    return [
        Example(
            article(f"{number}-report-{heading[7:]}", texts, heading[7:]), frozenset(), frozenset([number])
        )
        for number in numbers
        for heading, texts in stories()[number].items()
        if heading.startswith("report ")
    ]


def whole(numbers: Iterable[int]) -> list[Example]:
    """Every story whole in every language, beside the independent reports."""
    numbers = list(numbers)
    made = [
        example(f"{number}-{language}", language, [(number, part) for part in range(PARAGRAPHS)])
        for number in numbers
        for language in LANGUAGES
    ]
    return made + reports(numbers)


def short(numbers: Iterable[int]) -> list[Example]:
    """Every paragraph an article of its own: some 300 to 450 characters."""
    return [
        example(f"{number}-{part}-{language}", language, [(number, part)])
        for number in numbers
        for part in range(PARAGRAPHS)
        for language in LANGUAGES
    ]


def third(numbers: Iterable[int]) -> list[Example]:
    """Whole articles, and articles of which one paragraph in three is translated from one of them.

    The first half of the stories is there whole; the rest of each mixed article comes from the other
    half, from other stories in each language, as far as there are enough.
    """
    numbers = list(numbers)
    given, other = numbers[: len(numbers) // 2], numbers[len(numbers) // 2 :]
    made = whole(given)
    for at, number in enumerate(given):
        for place, language in enumerate(LANGUAGES):
            part = (at + place) % PARAGRAPHS
            fillers = [
                (other[(at + place + step) % len(other)], (place + step) % PARAGRAPHS) for step in (0, 1)
            ]
            units = [*fillers[:part], (number, part), *fillers[part:]]
            made.append(example(f"{number}-third-{language}", language, units))
    return made


SETS = {"whole": whole, "short": short, "third": third}
