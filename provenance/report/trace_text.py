"""What is said of a story to a person, line by line, before anything of how it looks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provenance.model.story import Drift, Edge, Story, Witness
from provenance.report.contents import Contents

# A tree deeper than this is a chain of copies that nobody reads to its end; more takers of one giver
# are counted.
DEEPEST, MOST_TAKERS, MOST_MERGES, MOST_WITNESSES = 12, 40, 12, 12

_SAID = {
    "credited-reuse": "credits it, shares its wording",
    "uncredited-reuse": "shares its wording, gives no credit",
    "credit-only": "credits it",
    "intermediary-reuse": "shares its wording, credits another",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line, indented by `depth`; 0 is a story's title."""

    depth: int
    text: str


def drawn(story: Story) -> Iterator[Drawn]:
    """Roots first, who has it from them, what is undecided, origins, drift, what could not be seen."""
    yield Drawn(0, f"{story.title or 'untitled'} ({_articles(len(story.articles))}, story {story.id})")
    for root in story.roots:
        place = "in the vault" if root.in_vault else "not in the vault"
        yield Drawn(1, f"root: {name_of(root.witness)} ({place}), {root.share:.0%} of the story rests on it")
        yield from _takers(story, root.witness, 2, {root.witness})
    yield from _undecided(story)
    yield from _origins(story)
    for loop in story.loops:
        names = [name_of(story.edges[number].taker) for number in loop]
        yield Drawn(1, f"a circle: {' < '.join([*names, names[0]])}; none of them is the source")
    for each in story.impossible:
        edge = story.edges[each.edge]
        yield Drawn(1, f"impossible: {name_of(edge.taker)} from {name_of(edge.giver)}: {each.reason}")
    if story.weakest_link is not None:
        edge = story.edges[story.weakest_link]
        yield Drawn(
            1,
            f"weakest link: {name_of(edge.taker)} from {name_of(edge.giver)} ({edge.confidence:.2f}); "
            "without it there is an origin more",
        )
    for drift in story.drift:
        yield from _drift(drift)
    yield from _not_seen(story)


def _takers(story: Story, giver: Witness, depth: int, above: set[Witness]) -> Iterator[Drawn]:
    edges = [each for each in story.edges if each.giver == giver and each.direction == "decided"]
    for edge in edges[:MOST_TAKERS]:
        about = f"{_SAID[edge.relation]}; {', '.join(edge.bases)}; {edge.confidence:.2f}"
        yield Drawn(depth, f"<- {name_of(edge.taker)}: {about}")
        for evidence in edge.evidence[:1]:
            if evidence.place is not None:
                shown = " ".join(evidence.place.text.split())[:160]
                yield Drawn(depth + 1, f'"{shown}" (at {evidence.place.start} of {evidence.place.path})')
        if edge.taker not in above and depth < DEEPEST:
            yield from _takers(story, edge.taker, depth + 1, above | {edge.taker})
    if len(edges) > MOST_TAKERS:
        yield Drawn(depth, f"and {len(edges) - MOST_TAKERS} more")


def _undecided(story: Story) -> Iterator[Drawn]:
    open_edges = [edge for edge in story.edges if edge.direction == "undecided"]
    if open_edges:
        yield Drawn(1, "share wording, and what there is does not say which came first:")
    for edge in open_edges[:MOST_TAKERS]:
        yield Drawn(2, f"{name_of(edge.taker)} -- {name_of(edge.giver)}: {_because(edge)}")
    if len(open_edges) > MOST_TAKERS:
        yield Drawn(2, f"and {len(open_edges) - MOST_TAKERS} more")


def _because(edge: Edge) -> str:
    said = next((each.because for each in edge.evidence if each.because != "shared passage"), "")
    words = next((" ".join(each.place.text.split())[:120] for each in edge.evidence if each.place), "")
    return "; ".join(part for part in (said, f'"{words}"' if words else "") if part) or ", ".join(edge.bases)


def _origins(story: Story) -> Iterator[Drawn]:
    low, high = story.origins.low, story.origins.high
    count = f"{high}" if low == high else f"{low} to {high}"
    yield Drawn(1, f"independent origins: {count}")
    for merge in story.origins.merges[:MOST_MERGES]:
        yield Drawn(2, merge.because + ("" if merge.certain else " (not certain: the range is wider for it)"))
    if len(story.origins.merges) > MOST_MERGES:
        yield Drawn(2, f"and {len(story.origins.merges) - MOST_MERGES} more reasons")


def _drift(drift: Drift) -> Iterator[Drawn]:
    material = f" ({', '.join(drift.material)})" if drift.material else ""
    yield Drawn(1, f"told differently: {drift.fact}{material}")
    for variant in drift.variants:
        side = ", most witnesses" if variant.root_side else ""
        yield Drawn(2, f"{variant.value}{side}:")
        for place in variant.witnesses[:MOST_WITNESSES]:
            yield Drawn(3, f'{place.path}, at {place.start}: "{" ".join(place.text.split())}"')
        if len(variant.witnesses) > MOST_WITNESSES:
            yield Drawn(3, f"and {len(variant.witnesses) - MOST_WITNESSES} more places")


def _not_seen(story: Story) -> Iterator[Drawn]:
    for link in story.missing:
        where = f"; linked as {link.url}" if link.url else ""
        count = len(link.cited_by)
        yield Drawn(
            1,
            f"not seen: {link.outlet.name}, credited by {_articles(count)}, has none in the vault{where}",
        )


def sum_of(contents: Contents, stories: Sequence[Story]) -> str:
    """What the run found, in one sentence."""
    tally = contents.tally
    inside = {path for story in stories for path in story.articles}
    unreadable = f", {tally.unreadable} unreadable" if tally.unreadable else ""
    passed = len(contents.run.passed_over)
    other = f", {passed} file{'s' * (passed != 1)} passed over" if passed else ""
    some = f"{len(stories)} stor{'ies' if len(stories) != 1 else 'y'}" if stories else "no story"
    return f"{_articles(tally.articles)} read{unreadable}{other}; {some}, {_articles(len(inside))} in them"


def _articles(count: int) -> str:
    return f"{count} article{'s' * (count != 1)}"


def name_of(witness: Witness) -> str:
    """An article by its outlet and path, an outlet by its name, a lost text by its mark."""
    if witness.path is not None:
        return f"{witness.outlet.name} [{witness.path}]" if witness.outlet else f"[{witness.path}]"
    return witness.outlet.name if witness.outlet is not None else f"a lost text {witness.lost}"
