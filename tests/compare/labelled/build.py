"""The labelled set: every case, made from the data files, always the same."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from tests.compare.labelled import adversaries, changed, good, triage
from tests.compare.labelled.cases import DIFFERS, HOLDS, Case, Expected, ServedPage
from tests.compare.labelled.layouts import CHARSETS, LAYOUTS, Layout
from tests.compare.labelled.layouts.markup import plain
from tests.compare.labelled.stories import Change, Story, stories, unmark

# How many articles wear each layout, and how many saved texts of each group a page gets. The articles
# take turns, so that every language meets every kind of page over the whole zoo.
STORIES_PER_LAYOUT = 6
GOOD_COPIES, WORD_CHANGES, STRUCTURE_CHANGES, OMISSIONS = 4, 4, 2, 1


@cache
def all_cases() -> tuple[Case, ...]:
    """Every labelled case, in a fixed order; ids are unique."""
    return tuple(_generated()) + tuple(adversaries.cases()) + tuple(triage.cases())


def _generated() -> Iterator[Case]:
    visits: Counter[str] = Counter()
    for turn, (layout, story) in enumerate(_pages()):
        yield from _good_copies(layout, story, turn)
        yield from _word_changes(layout, story, visits[story.name])
        yield from _structure_changes(layout, story, turn)
        yield from _omissions(layout, story, turn)
        visits[story.name] += 1


def _pages() -> Iterator[tuple[Layout, Story]]:
    everyone = stories()
    at = 0
    for layout in LAYOUTS:
        for _ in range(STORIES_PER_LAYOUT):
            yield layout, everyone[at % len(everyone)]
            # A step that shares no divisor with the number of articles visits all of them.
            at += next(step for step in (7, 5, 3, 1) if len(everyone) % step or step == 1)
    for layout in CHARSETS:
        for language in layout.languages:
            yield layout, next(story for story in everyone if story.language == language)


def _case(
    layout: Layout,
    story: Story,
    page: ServedPage,
    saved: good.Saved,
    group: str,
    family: str,
    reasons: frozenset[str],
    difference: Expected | None = None,
    number: int = 0,
) -> Case:
    body, spans = unmark(saved.body)
    if difference is not None and difference.kind != "omitted":
        difference = Expected(
            difference.kind,
            spans,
            difference.captured,
            difference.material,
            difference.optional,
            difference.tolerated,
        )
    return Case(
        id=f"{layout.name}-{story.name}-{group}-{family}-{number}".replace("_", "-"),
        group=group,
        family=family,
        layout=layout.name,
        language=story.language,
        page=page,
        url=story.url,
        title=story.title,
        body=body,
        markdown=saved.markdown,
        verdict=HOLDS if group in ("good", "omitted") else DIFFERS,
        reasons=reasons,
        expected=() if difference is None else (difference,),
    )


def _served(layout: Layout, story: Story) -> ServedPage:
    body, charset = layout.page(story)
    return ServedPage(body, charset, encoding=layout.encoding)


def _good_copies(layout: Layout, story: Story, turn: int) -> Iterator[Case]:
    copies = [good.COPIES[(turn * GOOD_COPIES + n) % len(good.COPIES)] for n in range(GOOD_COPIES)]
    copies.extend(good.PASTED.get(layout.name, ()))
    if story.language in ("ar", "he"):
        copies.append(good.vowel_points)
    page = _served(layout, story)
    held = frozenset({"every-sentence-held"})
    for copy in dict.fromkeys(copies):
        yield _case(layout, story, page, copy(story), "good", copy.__name__, held)


def _word_changes(layout: Layout, story: Story, visit: int) -> Iterator[Case]:
    page = _served(layout, story)
    for n in range(WORD_CHANGES):
        change = story.changes[(visit * WORD_CHANGES + n) % len(story.changes)]
        dress = good.QUIET[(visit + n) % len(good.QUIET)]
        if (visit + n) % 3 == 2:
            # The other way round: the page has what the data file calls the changed text.
            new_story = story.with_change(change)
            yield _word_change(layout, new_story, _served(layout, new_story), change.reversed, dress, n)
        else:
            yield _word_change(layout, story, page, change, dress, n)


def _word_change(
    layout: Layout, story: Story, page: ServedPage, change: Change, dress: good.Dress, number: int
) -> Case:
    difference = Expected("changed", (), change.words_before, change.material, change.optional)
    saved = dress(story.with_change(change, marked=True))
    reasons = frozenset({"words-changed"})
    return _case(layout, story, page, saved, "changed", change.kind, reasons, difference, number)


def _structure_changes(layout: Layout, story: Story, turn: int) -> Iterator[Case]:
    for n in range(STRUCTURE_CHANGES):
        edit = changed.CHANGES[(turn + n) % len(changed.CHANGES)]
        edited = edit(story, turn)
        saved = good.QUIET[turn % len(good.QUIET)](edited.story)
        difference = Expected(edited.kind, tolerated=edited.missing)
        page = _served(layout, story)
        yield _case(layout, story, page, saved, "changed", edit.__name__, edited.reasons, difference)


def _omissions(layout: Layout, story: Story, turn: int) -> Iterator[Case]:
    for n in range(OMISSIONS):
        edit = changed.OMISSIONS[(turn + n) % len(changed.OMISSIONS)]
        edited = edit(story, turn)
        saved = good.QUIET[turn % 5](edited.story)
        difference = Expected("omitted", (), tuple(plain(part) for part in edited.missing))
        page = _served(layout, story)
        yield _case(layout, story, page, saved, "omitted", edit.__name__, edited.reasons, difference, n)
