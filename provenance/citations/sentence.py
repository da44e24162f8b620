"""A sentence that names outlets, as patterns see it: a row of items with each group of names as one."""

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from provenance.citations import patterns
from provenance.citations.find import NameFound
from provenance.citations.languages import Language
from provenance.citations.tokens import QUOTES, Token, fold
from provenance.model.span import Span
from provenance.model.text import Block
from provenance.text.sentences import sentences

# A sentence is sought at most half this far on either side of a name, so that a text without
# full stops costs no more than one with them.
LONGEST_SENTENCE = 2_000
_WORDS_BEFORE_NOUN = 3  # "the Guardian, the German weekly magazine Der Spiegel and ..."
_ARMENIAN_STOP = "։"  # ends a sentence; inside one it is written for a colon
# "Read also: Who will pay? - The Guardian", "Who will pay? - asks The Guardian": one sentence.
_QUESTION_THEN_DASH = re.compile(r"[?!]\W{0,2}\s[-\u2013\u2014]\s")
_DROPPED = QUOTES | set(".…!?*_~#>")


@dataclass(frozen=True, slots=True)
class Group:
    """Names that share one role ("Reuters, AP and Bloomberg report"), from `item` to `last` in the row.

    More than one item: a doubtful name of several words, which the patterns of others may read.
    """

    names: tuple[NameFound, ...]
    item: int
    last: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """`items` are bit sets (see patterns), `places` where each item stands in the readable text."""

    span: Span
    block: Block
    words: tuple[Token, ...]
    items: tuple[int, ...]
    places: tuple[Span, ...]
    groups: tuple[Group, ...]


def sentence_around(text: str, block: Block, position: int, begin: int = 0) -> Span:
    """The sentence of `block` that holds `position`, bounded to LONGEST_SENTENCE characters.

    `begin` is a place not after `position` where a sentence is known to begin.
    """
    start = max(block.start, begin, position - LONGEST_SENTENCE // 2)
    end = min(block.end, position + LONGEST_SENTENCE // 2)
    window = text[start:end]
    first: int | None = None
    for found in sentences(window, 0, len(window)):
        first = found.start if first is None else first
        if _QUESTION_THEN_DASH.search(window[max(0, found.end - 3) : found.end + 3]):
            continue
        if found.end > position - start:
            return Span(min(start + first, position), start + found.end)
        first = None
    return Span(start, end)


def cut_at_names(words: Iterable[Token], names: Sequence[NameFound]) -> list[Token]:
    """The words, with those that bad extraction glued to a name cut at the name's edges."""
    edges = deque(sorted({edge for name in names for edge in (name.start, name.end)}))
    cut: list[Token] = []
    for word in words:
        while edges and edges[0] <= word.start:
            edges.popleft()
        inner = []
        while edges and edges[0] < word.end:
            inner.append(edges.popleft())
        if not inner or not word.is_word:
            cut.append(word)
            continue
        for start, end in pairwise([word.start, *inner, word.end]):
            raw = word.raw[start - word.start : end - word.start]
            if raw:
                cut.append(Token(start, end, raw, fold(raw), True, word.glued and start == word.start))
    return cut


def read_sentence(
    block: Block, span: Span, words: Sequence[Token], names: Sequence[NameFound], language: Language
) -> Sentence:
    """Lay a sentence out in items; `names` are in order and do not overlap."""
    groups = list(_groups(words, names, language))
    items: list[int] = []
    places: list[Span] = []
    placed: list[Group] = []
    at_start = span.start <= block.start
    items.append(patterns.START | (patterns.LINE_START if at_start else 0))
    places.append(Span(span.start, span.start))
    waiting = iter(groups)
    group = next(waiting, None)
    inside_until = -1
    for index, word in enumerate(words):
        if word.start < inside_until:
            continue
        while group is not None and group[-1].end <= word.start:
            group = next(waiting, None)
        if group is not None and group[0].start < word.end:
            first, inside_until = len(items), group[-1].end
            if len(group) == 1 and group[0].unsure and not group[0].quoted:
                for inner in range(index, len(words)):
                    if words[inner].start >= inside_until:
                        break
                    bits = _bits(words, inner, language)
                    if bits:
                        items.append(bits)
                        places.append(Span(words[inner].start, words[inner].end))
            else:
                items.append(patterns.OUTLET)
                places.append(Span(group[0].start, inside_until))
            placed.append(Group(tuple(group), first, len(items) - 1))
            continue
        bits = _bits(words, index, language)
        if bits:
            items.append(bits)
            places.append(Span(word.start, word.end))
    items.append(patterns.END | (patterns.LINE_END if span.end >= block.end else 0))
    places.append(Span(span.end, span.end))
    return Sentence(span, block, tuple(words), tuple(items), tuple(places), tuple(placed))


def place_of(words: Sequence[Token], name: NameFound) -> tuple[int, int]:
    """The words of a name: index of its first, and of the first behind it."""
    first = bisect_right(words, name.start, key=lambda word: word.end)
    return first, max(first, bisect_left(words, name.end, key=lambda word: word.start))


def _bits(words: Sequence[Token], index: int, language: Language) -> int:
    """What a word or mark is; 0: patterns do not see it (quote marks, full stops, hyphens inside words)."""
    word = words[index]
    if word.is_word:
        bits = patterns.WORD | language.vocabulary.bits(language.vocabulary.spelling(word.raw, word.folded))
        if word.raw[0].isupper():
            bits |= patterns.CAPITAL
        if word.raw[0].isdigit():
            bits |= patterns.NUMBER
        return bits
    is_last = index + 1 == len(words)
    if word.raw in _DROPPED and (is_last or not language.vocabulary.rewrites(word.raw)):
        return 0
    if word.raw == _ARMENIAN_STOP and is_last:
        return 0
    inside_word = word.glued and index + 1 < len(words) and words[index + 1].glued
    if word.folded == "-" and inside_word and word.raw not in "—–―－":
        return 0
    return patterns.MARK | language.vocabulary.bits(word.folded)


def _groups(
    words: Sequence[Token], names: Sequence[NameFound], language: Language
) -> Iterator[list[NameFound]]:
    """Names in a list share a role: three or more with commas, or two with a joining word or stroke."""
    run: list[NameFound] = []
    joined = False
    for name in names:
        joint = _joint(words, run[-1].end, name.start, language) if run else None
        if joint is None:
            yield from _finished(run, joined)
            run, joined = [name], False
        else:
            run.append(name)
            joined = joined or joint == "and"
    yield from _finished(run, joined)


def _finished(run: list[NameFound], joined: bool) -> Iterator[list[NameFound]]:
    if joined or len(run) > 2:
        yield run
    else:
        yield from ([name] for name in run)


def _joint(words: Sequence[Token], start: int, end: int, language: Language) -> str | None:
    """How two names hang together: `and`, `comma`, or None where anything else stands between them."""
    if end - start > 80:
        return None
    first = bisect_left(words, start, key=lambda word: word.start)
    last = bisect_left(words, end, key=lambda word: word.start)
    between = [word for word in words[first:last] if word.raw not in QUOTES]
    bits = [language.vocabulary.bits(word.folded) for word in between]
    next_word = (between or words[last : last + 1])[:1]
    glued_and = any(word.folded.startswith(language.forms.and_prefixes) for word in next_word)
    index, joint = 0, "and" if glued_and else None
    while index < len(between):
        length = patterns.length_at(language.classes["and"], bits, index)
        if length:
            joint, index = "and", index + length
        elif between[index].folded in "/&+":
            joint, index = "and", index + 1
        elif between[index].folded in ",;":
            joint, index = joint or "comma", index + 1
        else:
            break
    rest = between[index:]
    if joint is None or len(rest) > _WORDS_BEFORE_NOUN + 1 or not all(word.is_word for word in rest):
        return None
    allowed = language.classes["article"].bits | language.classes["noun"].bits
    if rest and not bits[-1] & allowed:
        return None
    return joint
