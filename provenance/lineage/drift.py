"""Drift: facts that several witnesses state, and state differently.

Two statements are taken for the same fact when they are of one kind and subject and their sentences
share enough that is rare; never because they agree. Nothing is shown that does not stand at a place
in two articles at least.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from provenance.lineage.drift_facts import Fact, facts_of
from provenance.lineage.translation_candidates import at_large
from provenance.model.article import Article
from provenance.model.story import Drift, Edge, Variant

# How much two sentences must share (the sum of -log of how common each shared key is, in nats) for
# their facts to be one. A span of years that shares an end is much by itself; a number with its unit
# needs a sentence that plainly says the same; contrasting words stand beside the same rare name.
LEAST_SHARED = {"years": 8.0, "number": 24.0}
LEAST_FOR_CONTRAST = 6.0
# So many different texts of a story are compared, and so many variants and places are shown.
MOST_TEXTS, MOST_FOUND, MOST_DRIFTS, MOST_PLACES = 120, 400, 40, 200


def drift_of(articles: Sequence[Article], edges: Sequence[Edge]) -> tuple[Drift, ...]:
    """The facts on which articles of a story differ, the best witnessed first."""
    by_subject: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for number, article in _distinct(articles):
        for fact in facts_of(article, number):
            by_subject[fact.kind, fact.subject].append(fact)
    found = [
        drift
        for facts in by_subject.values()
        if len({fact.value for fact in facts}) > 1
        for same in _same_fact(facts)
        if (drift := _drift(same, edges)) is not None
    ]
    found.sort(key=lambda each: (-len(_places(each)), each.fact))
    shown: list[Drift] = []
    for drift in found[:MOST_FOUND]:
        # One place may be read as several facts (beside two names, say): the best witnessed is shown.
        if not any(_places(drift) <= _places(other) for other in shown):
            shown.append(drift)
    return tuple(shown[:MOST_DRIFTS])


def _places(drift: Drift) -> set[tuple[str, int]]:
    return {(place.path, place.start) for variant in drift.variants for place in variant.witnesses}


def _distinct(articles: Sequence[Article]) -> Iterable[tuple[int, Article]]:
    seen: set[str] = set()
    for number, article in enumerate(articles):
        text = article.readable.text
        if text not in seen and len(seen) < MOST_TEXTS:
            seen.add(text)
            yield number, article


def _same_fact(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Groups of facts of one kind and subject that state the same thing of the world."""
    leader = list(range(len(facts)))

    def lead(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    ways = _best_ways(facts)
    for one, other in ways:
        leader[lead(one)] = lead(other)
    groups: dict[int, list[Fact]] = defaultdict(list)
    for index, fact in enumerate(facts):
        groups[lead(index)].append(fact)
    return [group for group in groups.values() if len({fact.value for fact in group}) > 1]


def _best_ways(facts: Sequence[Fact]) -> list[tuple[int, int]]:
    """Pairs of facts of two articles that are each other's nearest, and near enough."""
    best: dict[tuple[int, int], tuple[float, int]] = {}
    shared: dict[tuple[int, int], float] = {}
    for i, one in enumerate(facts):
        for j, other in enumerate(facts):
            if one.article == other.article or not _comparable(one, other):
                continue
            if j < i:
                value = shared.get((j, i), 0.0)
            else:
                value = shared[i, j] = _shared(one, other)
            if value >= LEAST_SHARED.get(one.kind, LEAST_FOR_CONTRAST):
                # Equal values first among equals: a repeated number is matched with itself.
                near = (value + 0.5 * (one.value == other.value), -j)
                if near > best.get((i, other.article), (0.0, 0)):
                    best[i, other.article] = near
    return [(i, -j) for (i, _), (_, j) in best.items() if -best.get((-j, facts[i].article), (0.0, 1))[1] == i]


def _comparable(one: Fact, other: Fact) -> bool:
    if one.kind != "years":
        return True
    (a, b), (c, d) = one.value.split("-"), other.value.split("-")
    return a == c or b == d


def _shared(one: Fact, other: Fact) -> float:
    """What two sentences share, in nats; spellings of one name count once."""
    total = 0.0
    names: set[str] = set()
    for key in sorted(one.context & other.context):
        bare = key[2:].lstrip("0").lower()
        if key[0] in "swz" and bare in names:
            continue
        names.add(bare)
        if key[0] != "z":
            total -= math.log(at_large(key))
    return total


def _drift(same: Sequence[Fact], edges: Sequence[Edge]) -> Drift | None:
    values: dict[str, list[Fact]] = defaultdict(list)
    for fact in same:
        values[fact.value].append(fact)
    holders = {value: {fact.article for fact in facts} for value, facts in values.items()}
    # An article that has several of the values states several facts, not one in two ways.
    for value in list(values):
        others = set().union(*(held for other, held in holders.items() if other != value))
        # One that gives the other's number too, of something else, tells the same in other words.
        elsewhere = any(
            value in fact.stated for fact in same if fact.kind == "number" and fact.value != value
        )
        if holders[value] <= others or elsewhere:
            del values[value]
            del holders[value]
    if len(values) < 2:
        return None
    ordered = sorted(values, key=lambda value: (-len(holders[value]), value))
    most = len(holders[ordered[0]]) > len(holders[ordered[1]])
    variant_of = {fact.place.path: value for value in ordered for fact in values[value]}
    changed = tuple(
        number
        for number, edge in enumerate(edges)
        if edge.taker.path in variant_of
        and edge.giver.path in variant_of
        and variant_of[edge.taker.path] != variant_of[edge.giver.path]
    )
    first = values[ordered[0]][0]
    return Drift(
        _named(first),
        first.material,
        tuple(
            Variant(
                value,
                tuple(fact.place for fact in values[value])[:MOST_PLACES],
                root_side=most and value == ordered[0],
            )
            for value in ordered
        ),
        changed,
    )


def _named(fact: Fact) -> str:
    if fact.kind == "years":
        return "span of years"
    if fact.kind == "number":
        return f"day of {fact.label}" if "date" in fact.material else f"number of {fact.label}"
    return f"{fact.kind} ({fact.label})"
