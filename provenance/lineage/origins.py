"""On whom a story rests: roots with their shares, how many independent origins, loops, weak places."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

import networkx as nx

from provenance.lineage.trace_descents import Told
from provenance.lineage.trace_links import link_into
from provenance.model.outlet import Outlet
from provenance.model.story import Edge, Merge, MissingLink, Origins, Root, Witness

# A root that less of the story rests on is named beside the main ones and is no certain origin.
BESIDE = 0.15
# Of so many loops at most one shortest cycle each is shown.
MOST_LOOPS = 50

Graph = dict[Witness, dict[Witness, float]]


def resting(told: Told, edges: Sequence[Edge], impossible: Iterable[int] = ()) -> Graph:
    """What each witness rests on, and how much on each: its credits by how often they are given, and
    where it gives none the texts whose wording it has. Edges that dates rule out do not count."""
    out = set(impossible)
    graph: Graph = {told.witness(position): {} for position in range(len(told.articles))}
    for number, edge in enumerate(edges):
        if number in out:
            continue
        graph.setdefault(edge.giver, {})
        onto = graph.setdefault(edge.taker, {})
        if "credit" in edge.bases:
            onto[edge.giver] = onto.get(edge.giver, 0.0) + _emphasis(told, edge)
    for number, edge in enumerate(edges):
        # That one may be the other told anew makes two no single origin.
        if number in out or edge.bases == ("shared-variant",):
            continue
        if "credit" not in edge.bases and not graph[edge.taker]:
            graph[edge.taker][edge.giver] = 1.0
    return graph


def _emphasis(told: Told, edge: Edge) -> float:
    """How much of an article a credit stands for: each place where it is given, the first ones double."""
    if edge.taker.path is None:
        return 1.0
    cited = told.citations.get(edge.taker.path, ())
    end = len(told.by_path[edge.taker.path].body)
    name = edge.giver.outlet.name if edge.giver.outlet else ""
    places = [each.start for each in cited if each.outlet.name == name and each.kind == "source"]
    return 1.0 + sum(2.0 if place < 0.25 * end else 1.0 for place in places)


def roots(told: Told, graph: Graph) -> tuple[Root, ...]:
    """Whom the story rests on, the largest share first."""
    flow = nx.DiGraph()
    flow.add_nodes_from(graph)
    flow.add_edges_from((taker, giver) for taker, onto in graph.items() for giver in onto)
    whole = nx.condensation(flow)
    weight: dict[int, float] = defaultdict(float)
    number_of = whole.graph["mapping"]
    for position in range(len(told.articles)):
        weight[number_of[told.witness(position)]] += 1.0
    shares: dict[Witness, float] = {}
    for component in nx.topological_sort(whole):
        members = whole.nodes[component]["members"]
        leaving: dict[int, float] = defaultdict(float)
        for taker in members:
            for giver, part in graph[taker].items():
                if number_of[giver] != component:
                    leaving[number_of[giver]] += part
        if not leaving:
            shares[_most_relied_on(members, graph)] = weight[component]
        for number, part in leaving.items():
            weight[number] += weight[component] * part / sum(leaving.values())
    total = sum(shares.values()) or 1.0
    listed = sorted(shares.items(), key=lambda each: (-each[1], _name(each[0])))
    return tuple(Root(each, each.path is not None, round(share / total, 4)) for each, share in listed)


def _most_relied_on(members: Iterable[Witness], graph: Graph) -> Witness:
    """Of witnesses in a circle, the one that most of the others rest on."""
    inside = set(members)
    relied: Counter[Witness] = Counter(giver for taker in inside for giver in graph[taker] if giver in inside)
    return min(inside, key=lambda each: (-relied[each], _name(each)))


def origins(told: Told, edges: Sequence[Edge], found: Sequence[Root]) -> Origins:
    """How many independent origins the story has, with a reason for everything that counts as one."""
    merges = [*_merges_of_edges(edges)]
    high = len(found)
    joined: dict[Witness, Witness] = {}
    families: dict[str, list[Root]] = defaultdict(list)
    certain = 0
    main = found[0].witness if found else None
    takers = {edge.giver for edge in edges}
    for root in found:
        outlet = root.witness.outlet
        family = told.background.families.get(outlet.name) if outlet else None
        if family:
            families[family].append(root)
        if root.witness == main:
            certain += 1
        elif root.share < BESIDE and not root.in_vault:
            because = f"{_name(root.witness)} is credited beside {_name(found[0].witness)}"
            merges.append(Merge((_name(root.witness), _name(found[0].witness)), because, certain=False))
            joined[root.witness] = found[0].witness
        elif root.in_vault and root.witness not in takers:
            because = f"{_name(root.witness)} names no source and may have it from any of the others"
            merges.append(Merge((_name(root.witness), _name(found[0].witness)), because, certain=False))
            joined[root.witness] = found[0].witness
        else:
            certain += 1
    for family, same in families.items():
        counted = [root for root in same if root.witness not in joined]
        if len(counted) > 1:
            names = tuple(_name(root.witness) for root in counted)
            merges.append(Merge(names, f"{', '.join(names)} belong to {family}", certain=False))
            certain -= len(counted) - 1
    return Origins(min(max(1, certain), high) if high else 0, high, tuple(merges))


def _merges_of_edges(edges: Sequence[Edge]) -> Iterable[Merge]:
    """Articles that share a giver are not independent of each other."""
    takers: dict[tuple[Witness, str], list[str]] = defaultdict(list)
    for edge in edges:
        if edge.bases == ("shared-variant",):
            continue
        taken = [each for each in edge.evidence if "republish" in each.because or ":dateline" in each.because]
        if taken:
            reason = "publish a text of"
        elif "credit" in edge.bases:
            reason = "credit"
        elif edge.relation == "intermediary-reuse":
            reason = "share a rendering with"
        else:
            reason = "share wording with"
        takers[edge.giver, reason].append(_name(edge.taker))
    for (giver, reason), names in takers.items():
        listed = tuple(dict.fromkeys((*names, _name(giver))))
        some = f"{len(names)} articles {reason}" if len(names) > 1 else f"{names[0]}: {reason}"
        yield Merge(listed, f"{some} {_name(giver)}")


def loops(edges: Sequence[Edge]) -> tuple[tuple[int, ...], ...]:
    """Circles of credit as positions of edges: one shortest circle for each knot of witnesses."""
    number_of = {(edge.taker, edge.giver): number for number, edge in reversed(list(enumerate(edges)))}
    graph = nx.DiGraph()
    graph.add_edges_from(
        (edge.taker, edge.giver) for edge in edges if edge.direction == "decided" and edge.taker != edge.giver
    )
    found: list[tuple[int, ...]] = []
    for knot in nx.strongly_connected_components(graph):
        if len(knot) < 2 or len(found) == MOST_LOOPS:
            continue
        inside = graph.subgraph(knot)
        start = min(knot, key=_name)
        circle = min(
            (nx.shortest_path(inside, giver, start) for giver in inside.successors(start)),
            key=lambda path: (len(path), [_name(each) for each in path]),
        )
        way = [start, *circle]
        found.append(tuple(number_of[pair] for pair in pairwise(way)))
    return tuple(sorted(found))


def weakest_link(edges: Sequence[Edge], graph: Graph) -> int | None:
    """The least certain edge without which there would be an origin more, None where there is none."""
    only = [
        (edge.confidence, number)
        for number, edge in enumerate(edges)
        if edge.taker.path is not None and set(graph.get(edge.taker, ())) == {edge.giver}
    ]
    return min(only)[1] if only else None


def missing(told: Told, edges: Sequence[Edge]) -> tuple[MissingLink, ...]:
    """Outlets credited of which the story has no article, the most cited first."""
    cited: dict[Outlet, list[str]] = defaultdict(list)
    for edge in edges:
        if edge.giver.path is None and edge.giver.outlet is not None and edge.taker.path is not None:
            cited[edge.giver.outlet].append(edge.taker.path)
    listed = sorted(cited.items(), key=lambda each: (-len(each[1]), each[0].name))
    return tuple(
        MissingLink(
            outlet,
            link_into((told.by_path[path] for path in paths), outlet.domain),
            tuple(dict.fromkeys(paths)),
        )
        for outlet, paths in listed
    )


def _name(witness: Witness) -> str:
    if witness.path is not None:
        return witness.path
    return witness.outlet.name if witness.outlet is not None else witness.lost or ""
