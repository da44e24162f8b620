"""The edges of one story: from the outlets that articles credit, and from who has whose wording."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from provenance.lineage.stemma import Descent
from provenance.lineage.trace_descents import SAME_TEXT, Told, descents
from provenance.model.citation import Citation
from provenance.model.outlet import Outlet
from provenance.model.reuse import ReusePair
from provenance.model.story import Edge, Evidence, Place, Witness

# Quoted words and short stretches shown for one edge.
MOST_SHOWN = 3
# Wording that two share with a root of their language is the root's own, unless it is nearly all.
NEARLY_ALL = 0.6


def edges_of(told: Told) -> tuple[list[Edge], str | None]:
    """All edges of a story, credits first, and the regime of its texts where any wording is shared."""
    holders = _holders(told)
    parents, regime, like_kept = descents(told, holders)
    edges: list[Edge] = []
    done: set[tuple[int, int]] = set()
    outside: set[tuple[Witness, Witness]] = set()
    tied = _tied(told)
    for position in range(len(told.articles)):
        for name, cited in told.credits(position).items():
            giver = _best_holder(position, holders.get(name, ()), parents, like_kept)
            descent = next((each for each in parents.get(position, ()) if each.giver == giver), None)
            if giver is not None:
                done.add((position, giver))
            edges.append(_credit_edge(told, position, giver, cited, descent, tied))
        for edge in _passed_on(told, position, holders):
            if (edge.taker, edge.giver) not in outside:
                outside.add((edge.taker, edge.giver))
                edges.append(edge)
    for position in sorted(parents):
        for descent in parents[position]:
            if (position, descent.giver) in done:
                continue
            done.add((position, descent.giver))
            explained = _is_explained(told, descent, like_kept)
            if explained and _languages_differ(told, descent):
                continue
            edges.append(_wording_edge(told, descent, tied, regime, explained))
    for descent in _renderings(told, done):
        edges.append(_wording_edge(told, descent, tied, None))
    return edges, regime


def _renderings(told: Told, done: set[tuple[int, int]]) -> Iterable[Descent]:
    """Articles that share wording beside what the tree shows: each has it from the other or from a text
    that nobody has, and the order is left open."""
    row_of = {article.path: position for position, article in enumerate(told.articles)}
    joined = {each for pair in done for each in pair}
    for pair in sorted(told.pairs, key=lambda each: (-each.score, each.a, each.b)):
        a, b = row_of[pair.a], row_of[pair.b]
        if pair.kind != "copy" or pair.score <= 0 or not ({a, b} - joined):
            continue
        taker, giver = (a, b) if pair.share_of_a >= pair.share_of_b else (b, a)
        descent = Descent(taker, giver, False, 0.5, ())
        if told.credits(a) and told.credits(b) and not _is_root_wording(told, descent, {}):
            joined |= {a, b}
            yield descent


def _holders(told: Told) -> dict[str, list[int]]:
    """The articles of each outlet."""
    found: dict[str, list[int]] = defaultdict(list)
    for position, article in enumerate(told.articles):
        if article.outlet is not None:
            found[article.outlet.name].append(position)
    return found


def _tied(told: Told) -> dict[frozenset[str], ReusePair]:
    return {frozenset((pair.a, pair.b)): pair for pair in told.pairs if pair.score > 0}


def _best_holder(
    taker: int,
    holders: Sequence[int],
    parents: Mapping[int, Sequence[Descent]],
    kept: Mapping[tuple[int, int], float],
) -> int | None:
    """Which of an outlet's articles is meant by a credit to it: the one whose wording is shared."""
    others = [each for each in holders if each != taker]
    given = {descent.giver for descent in parents.get(taker, ())}
    return max(others, key=lambda each: (each in given, kept.get((taker, each), 0.0), -each), default=None)


def _credit_edge(
    told: Told,
    taker: int,
    giver: int | None,
    cited: Sequence[Citation],
    descent: Descent | None,
    tied: Mapping[frozenset[str], ReusePair],
) -> Edge:
    path = told.articles[taker].path
    target = Witness(None, cited[0].outlet) if giver is None else told.witness(giver)
    shown = [_credit(path, citation) for citation in cited[:MOST_SHOWN]]
    bases = ["credit"]
    pair = tied.get(frozenset((path, target.path or "")))
    if descent is not None or pair is not None:
        shown += _shared(told, pair, path)
        bases.append("translation" if pair is not None and pair.kind == "translation" else "reuse")
    relation = "credited-reuse" if len(bases) > 1 else "credit-only"
    # Several places say it independently of each other only in part; the best of them counts.
    confidence = round(max(citation.confidence for citation in cited), 4)
    return Edge(told.witness(taker), target, "decided", relation, tuple(bases), confidence, tuple(shown))


def _passed_on(told: Told, position: int, holders: Mapping[str, Sequence[int]]) -> Iterable[Edge]:
    """What an article says of where another outlet has it from: a republished text's credits are those of
    its publisher, and who relays a report has it from the source named in the same sentence."""
    credited = told.credits(position)
    path = told.articles[position].path
    everything = [each for cited in credited.values() for each in cited]
    sources = [each for each in everything if each.kind == "source"]
    found: dict[tuple[str, str], list[Citation]] = defaultdict(list)
    outlets = {each.outlet.name: each.outlet for each in everything}
    for via in everything:
        if holders.get(via.outlet.name) or via.kind not in ("republication", "relay"):
            continue
        for source in sources:
            same = via.kind == "republication" or via.sentence == source.sentence
            if same and source.outlet.name != via.outlet.name:
                found[via.outlet.name, source.outlet.name].append(source)
    for (publisher, name), cited in found.items():
        unique = list(dict.fromkeys(cited))
        yield Edge(
            Witness(None, outlets[publisher]),
            _target(told, outlets[name], holders),
            "decided",
            "credit-only",
            ("credit",),
            round(max(each.confidence for each in unique), 4),
            tuple(_credit(path, each) for each in unique[:MOST_SHOWN]),
        )


def _target(told: Told, outlet: Outlet, holders: Mapping[str, Sequence[int]]) -> Witness:
    known = holders.get(outlet.name)
    return told.witness(known[0]) if known else Witness(None, outlet)


def _credit(path: str, citation: Citation) -> Evidence:
    place = Place(path, citation.start, citation.end, citation.evidence)
    return Evidence("credit", place, f"credits {citation.outlet.name} ({citation.rule})", 6.0)


def _is_explained(
    told: Told,
    descent: Descent,
    kept: Mapping[tuple[int, int], float],
) -> bool:
    """Whether what two articles have in common may come from elsewhere: it may be the root's own words, or
    there is no passage in common and what the taker credits accounts for the rest."""
    if not descent.firm and told.credits(descent.taker):
        return True
    return _is_root_wording(told, descent, kept)


def _languages_differ(told: Told, descent: Descent) -> bool:
    taker, giver = (told.articles[each].language.best for each in (descent.taker, descent.giver))
    return taker != giver


def _is_root_wording(told: Told, descent: Descent, kept: Mapping[tuple[int, int], float]) -> bool:
    """Whether what two articles share may well be the words of an outlet that both credit, which
    writes in their language and of which the vault has no article."""
    if kept.get((descent.taker, descent.giver), 0.0) >= NEARLY_ALL:
        return False
    both = told.credits(descent.taker).keys() & told.credits(descent.giver).keys()
    have = {article.outlet.name for article in told.articles if article.outlet}
    language = told.articles[descent.taker].language.best
    return any(language in told.background.languages.get(name, ()) for name in both - have)


def _wording_edge(
    told: Told,
    descent: Descent,
    tied: Mapping[frozenset[str], ReusePair],
    regime: str | None,
    explained: bool = False,
) -> Edge:
    taker, giver = told.articles[descent.taker], told.articles[descent.giver]
    pair = tied.get(frozenset((taker.path, giver.path)))
    basis = "translation" if pair is not None and pair.kind == "translation" else "reuse"
    shown = _shared(told, pair, taker.path)
    weighed = sorted((piece for piece in descent.pieces if piece[1]), key=lambda piece: -abs(piece[1]))
    for name, log_odds in weighed:
        shown.append(Evidence(_BASIS.get(name, basis), None, _BECAUSE.get(name, name), log_odds))
    credited = told.credits(descent.taker)
    same_credit = credited.keys() & told.credits(descent.giver).keys()
    # Without a passage in common there is only what few other texts of the story have.
    bases = [basis if descent.firm and not explained else "shared-variant"]
    if same_credit and basis == "reuse":
        if not explained:
            bases.append("shared-variant")
        names = ", ".join(sorted(same_credit))
        whose = "may be theirs" if explained else "is not known to be theirs"
        because = f"both credit {names} and share wording that {whose}"
        shown.insert(0, Evidence("shared-variant", None, because))
    if any(name == "date" for name, _ in weighed):
        bases.append("date")
    return Edge(
        told.witness(descent.taker),
        told.witness(descent.giver),
        "decided" if descent.decided and not explained else "undecided",
        "intermediary-reuse" if same_credit else "uncredited-reuse",
        tuple(bases),
        round(descent.order, 4) if explained else descent.confidence,
        tuple(shown),
        regime,
    )


_BASIS = {"date": "date", "credit": "credit", "link": "link", "private": "shared-variant"}
_BECAUSE = {
    "kept": "more of the taker's wording stands in the giver than the other way round",
    "dice": "runs of words shared",
    "private": "wording that few other texts of the story have",
    "length": "length of the two texts",
    "details": "numbers, names and quotations that only one of them has",
    "new_details": "details of the taker that the giver lacks",
    "date": "dates of publication and capture",
    "credit": "one credits the other's outlet",
    "link": "one links to the other",
    "translation": "one translates the other",
    SAME_TEXT: "the same text",
}


def _shared(told: Told, pair: ReusePair | None, path: str) -> list[Evidence]:
    """The longest passages of a pair, in both articles."""
    if pair is None:
        return []
    shown = []
    basis = "translation" if pair.kind == "translation" else "reuse"
    for passage in sorted(pair.passages, key=lambda each: (each.quoted, -len(each.a)))[:MOST_SHOWN]:
        sides = ((pair.a, passage.a), (pair.b, passage.b))
        for side, span in sides if path == pair.a else reversed(sides):
            text = span.of(told.by_path[side].body)
            because = "quoted in both" if passage.quoted else "shared passage"
            shown.append(Evidence(basis, Place(side, span.start, span.end, text), because))
    return shown
