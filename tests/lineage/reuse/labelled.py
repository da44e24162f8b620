"""The labelled pairs: built from the invented texts of one file a language.

Each file holds a `story`; the same `spun` (words swapped, order kept) and after a `light` rewrite;
an `independent` report of the event with the same names, numbers and quotation; a portrait
`quoting` the same words; two unrelated texts, `other` and `third`; and the `footer` of an outlet.
Pairs that are hard in some way stand in `pairs/`, one file a family.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from provenance.model.article import Article
from provenance.model.outlet import Outlet
from provenance.model.text import Block, Piece, ReadableText

HERE = Path(__file__).parent
LANGUAGES = tuple(sorted(file.stem for file in HERE.glob("*.toml")))


@dataclass(frozen=True)
class Case:
    """Two articles (and others that surround them) and whether the two share wording.

    `least_share` is what must be found of `b` at least where they do.
    """

    name: str
    family: str
    a: Article
    b: Article
    reuse: bool
    least_share: float = 0.0
    around: tuple[Article, ...] = ()


def article(path: str, text: str, outlet: str | None = None) -> Article:
    """An article of plain paragraphs."""
    body = text.strip() + "\n"
    blocks, at = [], 0
    for paragraph in body.split("\n\n"):
        blocks.append(Block(at, at + len(paragraph.rstrip("\n"))))
        at += len(paragraph) + 2
    readable = ReadableText(body, tuple(blocks), (Piece(0, len(body), 0, len(body)),))
    known = Outlet(outlet, outlet) if outlet else None
    return Article(path, "text", body, readable, "0" * 64, outlet=known)


def cases() -> list[Case]:
    """All labelled pairs."""
    made = [case for language in LANGUAGES for case in _of(language)]
    for file in sorted((HERE / "pairs").glob("*.toml")):
        with file.open("rb") as stream:
            for pair in tomllib.load(stream)["pair"]:
                a, b = article("a", pair["a"], "first.example"), article("b", pair["b"], "second.example")
                made.append(Case(pair["name"], file.stem, a, b, pair["reuse"]))
    return made


def _of(language: str) -> list[Case]:
    with (HERE / f"{language}.toml").open("rb") as file:
        texts = {name: text.strip() for name, text in tomllib.load(file).items()}
    story = article("story", texts["story"], "first.example")
    paragraphs = texts["story"].split("\n\n")
    others = texts["other"].split("\n\n")
    signed = [
        article(name, texts[name] + "\n\n" + texts["footer"], "signed.example")
        for name in ("story", "other", "third")
    ]

    def against(family: str, text: str, reuse: bool, least_share: float = 0.0) -> Case:
        other = article("taken", text, "second.example")
        return Case(f"{language}-{family}", family, story, other, reuse, least_share)

    return [
        against("copy", texts["story"], True, 0.99),
        against("formatted", _formatted(texts["story"]), True, 0.98),
        against("reordered", "\n\n".join(reversed(paragraphs)), True, 0.9),
        against("partial", "\n\n".join((others[0], paragraphs[1], *others[1:])), True, 0.2),
        against("end", "\n\n".join((*others, paragraphs[3])), True, 0.2),
        against("spun", texts["spun"], True, 0.7),
        against("light", texts["light"], True, 0.4),
        against("independent", texts["independent"], False),
        against("quote-only", texts["quoting"], False),
        against("unrelated", texts["other"], False),
        Case(f"{language}-boilerplate", "boilerplate", signed[0], signed[1], False, around=(signed[2],)),
        Case(
            f"{language}-boilerplate-short", "boilerplate", signed[1], signed[2], False, around=(signed[0],)
        ),
    ]


def _formatted(text: str) -> str:
    """The same words with other spaces, dashes, quotation marks and letter case."""
    for mark in "«»“”":
        text = text.replace(mark, '"')
    return text.replace("—", " - ").replace(" ", "\u00a0", 3).replace("\n\n", "\n \n\n").upper().lower()
