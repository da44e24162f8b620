"""For every rule that forgives, changed texts that this rule alone would let through (and texts that
it must go on forgiving). `adversaries.toml` says how an entry is written."""

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.compare.labelled.cases import DIFFERS, Case, Expected, ServedPage
from tests.compare.labelled.layouts import markup
from tests.compare.labelled.stories import Change, Story, material_classes, stories, unmark

FILE = Path(__file__).with_name("adversaries.toml")

# The block of the article behind which the text of an entry stands.
PLACE = 3


def cases() -> Iterator[Case]:
    """Every adversary as a case of the group `adversary`."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["adversary"]
    for entry in entries:
        story = next(story for story in stories() if story.language == entry["language"])
        yield _case(story, entry)


def _case(story: Story, entry: dict[str, str]) -> Case:
    verdict = entry.get("verdict", DIFFERS)
    change = Change(entry.get("kind", "changed"), entry["text"], *material_classes(entry.get("material")))
    body, spans = unmark(_saved(story, change, entry))
    default = {"changed": "words-changed", "added": "text-absent"}[change.kind]
    reasons = frozenset(entry.get("reasons", [default if verdict == DIFFERS else "every-sentence-held"]))
    expected = Expected(change.kind, spans, change.words_before, change.material, change.optional)
    if change.kind == "added":
        expected = Expected("added", spans)
    return Case(
        # A digest and no number, so that an entry keeps its id when others come before it.
        id=f"adversary-{entry['rule']}-{story.language}-{hashlib.sha256(repr(entry).encode()).hexdigest()[:6]}",
        group="adversary" if verdict == DIFFERS else "good",
        family=entry["rule"],
        layout="adversary",
        language=story.language,
        page=ServedPage(_page(story, change, entry).encode()),
        url=story.url,
        title=story.title,
        body=body,
        markdown=entry.get("file", "md") == "md",
        verdict=verdict,
        reasons=reasons,
        expected=(expected,) if verdict == DIFFERS else (),
    )


def _saved(story: Story, change: Change, entry: dict[str, str]) -> str:
    blocks = list(story.blocks)
    blocks.insert(PLACE, entry.get("dress", "TEXT").replace("TEXT", change.marked_after))
    if entry.get("moved"):
        blocks.insert(0, blocks.pop(PLACE))
    return "\n\n".join(blocks) + "\n"


def _page(story: Story, change: Change, entry: dict[str, str]) -> str:
    rendered = markup.blocks(story.blocks)
    shown = entry.get("html") or (f"<p>{markup.text(change.before)}</p>" if change.before.strip() else "")
    if shown:
        rendered.insert(PLACE, shown)
    article = f"<article><h1>{markup.text(story.title)}</h1>{''.join(rendered)}</article>"
    return markup.site(story, article + entry.get("outside", ""), entry.get("head", ""))
