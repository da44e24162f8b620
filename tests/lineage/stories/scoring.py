"""Are the articles of each story found together, and no others with them?

The vault: twelve invented stories in ten languages (shortened to two of their three paragraphs), two
independent reports of each, and four look-alikes in three languages, mixed.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from provenance.lineage.stories import group, subjects
from provenance.lineage.translation_pairs import translation_pairs
from provenance.model.article import Article
from tests.lineage.translation.labelled import article, stories

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Found:
    """Of one story: the share of its articles in the group that has most of them, and how much of
    that group is of it."""

    story: str
    recall: float
    precision: float


def vault() -> dict[str, tuple[Article, str]]:
    """Every article with the story that it is of, by its path."""
    made: dict[str, tuple[Article, str]] = {}
    for number, sections in stories().items():
        for heading, paragraphs in sections.items():
            path = f"{number}-{heading}"
            made[path] = article(path, paragraphs[:2], heading.split()[-1]), str(number)
    with (HERE / "look_alikes.toml").open("rb") as stream:
        for story in tomllib.load(stream)["story"]:
            name = f"beside {story['beside']}"
            for language in ("en", "ru", "de"):
                path = f"{name}-{language}"
                made[path] = article(path, story[language].split("\n\n"), language), name
    return dict(sorted(made.items(), key=lambda each: each[0][::-1]))


def score() -> list[Found]:
    """One line a story."""
    labelled = list(vault().values())
    articles = [each for each, _ in labelled]
    groups = group(articles, subjects(articles, {}), translation_pairs(articles))
    found = []
    for name in sorted({story for _, story in labelled}):
        wanted = {position for position, (_, story) in enumerate(labelled) if story == name}
        best = max(groups, key=lambda each: len(wanted & set(each)), default=[])
        inside = wanted & set(best)
        found.append(Found(name, len(inside) / len(wanted), len(inside) / max(1, len(best))))
    return found
