"""From an article to its citations: names found, sentences read, roles decided, outlets resolved."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import merge

from provenance.citations.classify import Role, roles
from provenance.citations.confidence import FLOOR, confidence
from provenance.citations.find import NameFound, names_in, unknown_names
from provenance.citations.languages import Language, load_language
from provenance.citations.links import FOOTNOTE, Link, footnotes, led_beside, led_by, linked_roles, links_in
from provenance.citations.names import name_tree, word_forms
from provenance.citations.outlets import OutletTable
from provenance.citations.resolve import choose, publisher
from provenance.citations.sentence import LONGEST_SENTENCE, cut_at_names, read_sentence, sentence_around
from provenance.citations.stated import stated_sources
from provenance.citations.tokens import QUOTES, tokens
from provenance.model.article import Article
from provenance.model.citation import Citation
from provenance.model.outlet import Outlet
from provenance.model.span import Span
from provenance.model.text import Block

# Formats whose body is page source: evidence is what a reader sees, the offsets enclose it.
_PAGE_SOURCE = frozenset({"html", "warc"})
# Stretches that are no part of what was published.
_NOT_THE_ARTICLE = frozenset({"note", "markup"})
# Furniture around the article: what is credited there is not what the article rests on.
_AROUND_THE_ARTICLE = {
    "menu": "mention",
    "ticker": "mention",
    "share": "mention",
    "boilerplate": "mention",
    "read-also": "related",
}
_CREDITING = frozenset({"source", "relay", "quote"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One name and what became of it: a citation, or the reason why it is none."""

    role: Role
    sentence: str
    citation: Citation | None
    refused: str = ""


def cite(article: Article, outlets: OutletTable) -> tuple[Citation, ...]:
    """Every place in the article where an outlet is named, in order, with the role it plays there."""
    return tuple(reading.citation for reading in explain(article, outlets) if reading.citation is not None)


def explain(article: Article, outlets: OutletTable) -> tuple[Reading, ...]:
    """What `cite` finds and, beside it, every reading it refused, with the reason."""
    code = (article.language.best or "").partition("-")[0].lower() or None
    language = load_language(code)
    own = article.outlet or publisher(article, outlets)
    found = [
        (role, span)
        for span, roles_there in _sentences_with_names(article, outlets, code, language)
        for role in roles_there
        if article.readable.pieces
    ]
    sure = {
        role.name.aliases[0].entry.outlet.name
        for role, _ in found
        if len(role.name.aliases) == 1 and not role.name.aliases[0].name.ambiguous
    }
    readings = [_reading(article, role, span, language, own, sure) for role, span in found]
    return (
        *_stated_readings(article, outlets, language, own),
        *readings,
        *_footnote_readings(article, outlets, language, own, readings),
    )


def _sentences_with_names(
    article: Article, outlets: OutletTable, code: str | None, language: Language
) -> Iterator[tuple[Span, list[Role]]]:
    """Each sentence that names an outlet, with the roles of the names in it."""
    text = article.readable.text
    starts = [block.start for block in article.readable.blocks]
    links = links_in(article, outlets)
    found = merge(
        names_in(text, outlets, name_tree(outlets), word_forms(outlets, code), language),
        (link.start for link in links),
        key=lambda name: name if isinstance(name, int) else name.start,
    )
    span, block = Span(0, 0), Block(0, 0)
    names: list[NameFound] = []
    more_to_see = False
    for name in found:
        position = name if isinstance(name, int) else name.start
        if position >= span.end:
            yield from _read(text, block, span, names, more_to_see, links, language)
            names, more_to_see = [], False
            index = bisect_right(starts, position) - 1
            if index < 0 or position >= article.readable.blocks[index].end:
                continue
            block = article.readable.blocks[index]
            span = sentence_around(text, block, position, span.end)
        if isinstance(name, int):
            more_to_see = True
        elif name.end <= block.end:
            names.append(led_by(name, links))
            if span.end <= name.end < block.end and len(span) < LONGEST_SENTENCE:
                # A name with a full stop in it (Lenta.ru) is no end of a sentence.
                span = Span(span.start, max(name.end, sentence_around(text, block, name.end).end))
    yield from _read(text, block, span, names, more_to_see, links, language)


def _read(
    text: str,
    block: Block,
    span: Span,
    names: list[NameFound],
    more_to_see: bool,
    links: Sequence[Link],
    language: Language,
) -> Iterator[tuple[Span, list[Role]]]:
    """`more_to_see`: besides known names the sentence has a word for an outlet, or a link to one."""
    if not names and not more_to_see:
        return
    if links:
        names = [led_beside(name, span, links) for name in names]
    words = cut_at_names(tokens(text, span.start, span.end), names)
    if more_to_see:
        names = _with_unknown(names, list(unknown_names(text, words, language, names)))
    found = roles(read_sentence(block, span, words, names, language), language) if names else []
    if links:
        found += linked_roles(text, span, found, links, language)
    if found:
        yield span, found


def _footnote_readings(
    article: Article, outlets: OutletTable, language: Language, own: Outlet | None, others: Sequence[Reading]
) -> Iterator[Reading]:
    """A footnote that names an outlet, or gives its address, gives it as the source."""
    if article.format in _PAGE_SOURCE:
        return
    seen = [reading.citation.start for reading in others if reading.citation]
    for start, note in footnotes(article.body):
        if any(start <= position < start + len(note) for position in seen):
            continue
        forms = word_forms(outlets, language.code)
        named = names_in(note, outlets, name_tree(outlets), forms, language)
        name = next(
            (one for one in named if isinstance(one, NameFound) and one.aliases and not one.unsure), None
        )
        if name is None:
            continue
        outlet = _outlet(name, note, language, set())
        kind = "self" if _is_same(outlet, own) else FOOTNOTE.kind
        trust = confidence(FOOTNOTE.id, unknown=False, unsure=False, cues=language.cues)
        role = Role(name, kind, FOOTNOTE, Span(name.start, name.end))
        place = (start + name.start, start + name.end)
        evidence = article.body[place[0] : place[1]]
        yield Reading(role, note, Citation(outlet, kind, evidence, *place, note, FOOTNOTE.id, trust))


def _stated_readings(
    article: Article, outlets: OutletTable, language: Language, own: Outlet | None
) -> Iterator[Reading]:
    """What a page's own description of the article gives as its sources."""
    if article.format not in _PAGE_SOURCE:
        return
    for stated in stated_sources(article.body, outlets):
        outlet, place, rule = stated.entry.outlet, stated.place, stated.rule
        if _is_same(outlet, own):
            continue
        evidence = place.of(article.body)
        trust = confidence(rule.id, unknown=False, unsure=False, cues=language.cues)
        # It stands in no sentence: what is readable there is the empty stretch at the beginning.
        role = Role(NameFound(0, 0, address=True), rule.kind, rule, Span(0, 0), stated.property)
        sentence = f"{stated.property}: {evidence}"
        citation = Citation(outlet, rule.kind, evidence, place.start, place.end, sentence, rule.id, trust)
        yield Reading(role, sentence, citation)


def _with_unknown(known: list[NameFound], unknown: list[NameFound]) -> list[NameFound]:
    """Both in order; a doubtful name inside an unknown outlet's name is none of its own."""
    kept = [
        name
        for name in known
        if not any(other.start < name.end and name.start < other.end for other in unknown)
    ]
    return sorted([*kept, *unknown], key=lambda name: name.start)


def _reading(
    article: Article, role: Role, span: Span, language: Language, own: Outlet | None, sure: set[str]
) -> Reading:
    text = article.readable.text
    sentence = text[span.start : span.end].strip()
    if role.kind is None:
        return Reading(role, sentence, None, role.refused)
    start, end = _with_quote_marks(text, role)
    place = article.readable.body_span(start, end)
    aside = next(
        (aside.reason for aside in article.set_aside if aside.start <= place.start < aside.end), None
    )
    if aside in _NOT_THE_ARTICLE:
        return Reading(role, sentence, None, f"stands in what is not the article ({aside})")
    outlet = _outlet(role.name, text, language, sure)
    rule = role.rule.id if role.rule else f"{language.code}:named"
    trust = confidence(
        rule,
        unknown=not role.name.aliases,
        unsure=role.name.unsure,
        cues=language.cues,
    )
    if trust < FLOOR:
        return Reading(role, sentence, None, f"confidence {trust} is below the floor of {FLOOR}")
    kind = role.kind
    if kind in _CREDITING and aside in _AROUND_THE_ARTICLE:
        kind = _AROUND_THE_ARTICLE[aside]
    if own is not None and (
        outlet.name == own.name or (own.domain is not None and outlet.domain == own.domain)
    ):
        kind = "self"
    evidence = text[start:end] if article.format in _PAGE_SOURCE else place.of(article.body)
    citation = Citation(outlet, kind, evidence, place.start, place.end, sentence, rule, trust)
    return Reading(replace(role, kind=kind), sentence, citation)


def _with_quote_marks(text: str, role: Role) -> tuple[int, int]:
    """The cue, with the quote mark that closes or opens around a name at its edge."""
    start, end = role.cue.start, role.cue.end
    if role.name.quoted:
        if end == role.name.end and end < len(text) and text[end] in QUOTES:
            end += 1
        if start == role.name.start and start > 0 and text[start - 1] in QUOTES:
            start -= 1
    return start, end


def _is_same(outlet: Outlet, own: Outlet | None) -> bool:
    return own is not None and (
        outlet.name == own.name or (own.domain is not None and outlet.domain == own.domain)
    )


def _outlet(name: NameFound, text: str, language: Language, sure: set[str]) -> Outlet:
    if name.aliases:
        return choose(name.aliases, text[name.start : name.end], language.code, sure).outlet
    return Outlet(name.unknown or text[name.start : name.end])
