"""The invented articles (one data file per language) and the changes that are written down for them."""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("articles")

# Marks around the changed words of a text while a saved copy is being made; `unmark` takes them out
# again and tells where they stood. Private-use characters, so no article can contain them.
OPEN, CLOSE = "\ue000", "\ue001"

_GROUP = re.compile(r"\{([^|{}]*)\|([^|{}]*)\}")


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an article: `written` is its text with `{before|after}` around each changed place.

    `material` are the classes a difference must name, `optional` those it may name; None means
    that the classes are not scored (a splice may carry names and numbers with it).
    """

    kind: str
    written: str
    material: frozenset[str] | None
    optional: frozenset[str] = frozenset()

    @property
    def before(self) -> str:
        return _GROUP.sub(lambda match: match[1], self.written)

    @property
    def after(self) -> str:
        return _GROUP.sub(lambda match: match[2], self.written)

    @property
    def marked_after(self) -> str:
        return _GROUP.sub(lambda match: OPEN + match[2] + CLOSE, self.written)

    @property
    def words_before(self) -> tuple[str, ...]:
        return tuple(match[1] for match in _GROUP.finditer(self.written))

    @property
    def reversed(self) -> "Change":
        """The same change the other way round: what was put in is taken out."""
        written = _GROUP.sub(lambda match: "{" + match[2] + "|" + match[1] + "}", self.written)
        return replace(self, written=written)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What a site of this language puts around its articles."""

    read_also: str
    advertisement: str
    share: str
    credit: str
    caption: str
    teasers: tuple[str, ...]
    newsletter: str
    sponsored: str
    comment: str
    foreign: str
    consent: str
    not_found: str
    paywall: str


@dataclass(frozen=True, slots=True)
class Story:
    """One invented article. A block opens with `## ` (subheading), `- ` (list item) or is a paragraph."""

    language: str
    outlet: str
    domain: str
    slug: str
    title: str
    blocks: tuple[str, ...]
    changes: tuple[Change, ...]
    furniture: Furniture

    @property
    def name(self) -> str:
        return f"{self.language}-{self.slug}"

    @property
    def url(self) -> str:
        return f"https://{self.domain}/2024/{self.slug}"

    def block_with(self, text: str) -> int:
        """The number of the one block that holds `text`; ValueError when it is not exactly one."""
        found = [number for number, block in enumerate(self.blocks) if block.count(text) == 1]
        total = sum(block.count(text) for block in self.blocks)
        if total != 1:
            raise ValueError(f"{self.name}: {total} times in the article, must be once: {text!r}")
        return found[0]

    def with_change(self, change: Change, marked: bool = False) -> "Story":
        """The article after `change`; `marked` puts marks around the words that changed."""
        number = self.block_with(change.before)
        after = change.marked_after if marked else change.after
        block = self.blocks[number].replace(change.before, after)
        return replace(self, blocks=(*self.blocks[:number], block, *self.blocks[number + 1 :]))

    def with_blocks(self, blocks: tuple[str, ...]) -> "Story":
        return replace(self, blocks=blocks)


def unmark(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """`text` without marks, and the stretches that stood between them (white space at their ends cut off)."""
    clean: list[str] = []
    spans: list[tuple[int, int]] = []
    start = 0
    for character in text:
        if character == OPEN:
            start = len(clean)
        elif character == CLOSE:
            spans.append((start, len(clean)))
        else:
            clean.append(character)
    joined = "".join(clean)
    return joined, tuple(_trimmed(joined, *span) for span in spans)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@cache
def stories() -> tuple[Story, ...]:
    """Every invented article, in the order of language and file."""
    return tuple(story for path in sorted(FOLDER.glob("*.toml")) for story in _read(path))


def _read(path: Path) -> list[Story]:
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    words = document["furniture"]
    furniture = Furniture(**{**words, "teasers": tuple(words["teasers"])})
    return [
        Story(
            language=document["language"],
            outlet=document["outlet"],
            domain=document["domain"],
            slug=entry["slug"],
            title=entry["title"],
            blocks=tuple(entry["paragraphs"]),
            changes=tuple(_change(change) for change in entry.get("change", ())),
            furniture=furniture,
        )
        for entry in document["article"]
    ]


def _change(entry: dict[str, object]) -> Change:
    kind, written = str(entry["kind"]), str(entry["text"])
    return Change(kind, written, *material_classes(entry.get("material")))


def material_classes(written: object) -> tuple[frozenset[str] | None, frozenset[str]]:
    """The classes that must be named (None: not scored) and those that may be, written `class?`."""
    if not isinstance(written, list):
        return None, frozenset()
    return (
        frozenset(name for name in written if not name.endswith("?")),
        frozenset(name[:-1] for name in written if name.endswith("?")),
    )
