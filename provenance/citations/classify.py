"""Which role an outlet plays in a sentence: the first rule whose pattern fits decides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from provenance.citations import patterns
from provenance.citations.find import NameFound
from provenance.citations.languages import NOTHING, Language, Rule
from provenance.citations.patterns import Pattern, match
from provenance.citations.sentence import Group, Sentence
from provenance.citations.tokens import QUOTES
from provenance.model.span import Span

# Roles in which an outlet can turn out to have only passed on what another one has.
_REPORTING = frozenset({"source"})


@dataclass(frozen=True, slots=True)
class Role:
    """What one name was taken for. `rule` None: no cue stands by it. `refused` says why it counts for nothing.

    `cue` encloses the words that decided (the name included), in readable text.
    """

    name: NameFound
    kind: str | None
    rule: Rule | None
    cue: Span
    pattern: str = ""
    refused: str = ""


@dataclass(slots=True)
class _Ruling:
    group: Group
    rule: Rule | None
    pattern: str
    first: int
    last: int
    kind: str


def roles(sentence: Sentence, language: Language) -> list[Role]:
    """The role of every name of a sentence, in order."""
    rulings = [_rule_for(sentence, group, language) for group in sentence.groups]
    _mark_relays(rulings)
    return [role for ruling in rulings for role in _roles_of(sentence, ruling, language)]


def _rule_for(sentence: Sentence, group: Group, language: Language) -> _Ruling:
    items = sentence.items
    at = group.item
    left = right = 0
    for bits in items[max(0, at - patterns.REACH) : at]:
        left |= bits
    for bits in items[at + 1 : at + 1 + patterns.REACH]:
        right |= bits
    unsure = not any(_stands_alone(sentence, name, language) for name in group.names)
    likely = any(_may_be_outlet(sentence, name, language) for name in group.names)
    unknown = all(name.unknown for name in group.names)
    for rule in language.rules:
        if (unsure and not _admits(rule, group, likely)) or (unknown and not rule.unknown):
            continue
        for pattern in rule.patterns:
            if not _may_match(pattern, left, right) or not _has_form(pattern, group):
                continue
            found = match(pattern, items, at, at)
            if found:
                return _Ruling(group, rule, pattern.written, *found, rule.kind)
    return _Ruling(group, None, "", at, at, "mention")


def _may_match(pattern: Pattern, left: int, right: int) -> bool:
    return all(needed & left for needed in pattern.left_needs) and all(
        needed & right for needed in pattern.right_needs
    )


def _has_form(pattern: Pattern, group: Group) -> bool:
    if pattern.form is None:
        return True
    if pattern.form == "quoted":
        return group.names[0].quoted
    bent = any(name.bent for name in group.names)
    return bent == (pattern.form == "bent")


def _admits(rule: Rule, group: Group, likely: bool) -> bool:
    """Whether a rule may be asked about a word that is perhaps no outlet at all."""
    if rule.kind == NOTHING:
        return True
    return rule.proves_name and not any(name.small and _all_ambiguous(name) for name in group.names) and likely


def _all_ambiguous(name: NameFound) -> bool:
    return bool(name.aliases) and all(alias.name.ambiguous for alias in name.aliases)


def _stands_alone(sentence: Sentence, name: NameFound, language: Language) -> bool:
    """Whether the form of a name shows that it is one, without any cue beside it."""
    if name.address or not _all_ambiguous(name):
        return not name.small
    index, after = _place(sentence, name)
    if name.small or not _may_be_outlet(sentence, name, language):
        return False
    if name.quoted or name.by_noun or _beside_noun(sentence, index, after, language):
        return True
    words = sentence.words
    written = "".join(word.raw for word in words[index:after])
    others = [word.raw for n, word in enumerate(words) if word.raw[0].isalpha() and not index <= n < after]
    if len(written) >= 3 and written.isupper():
        return sum(1 for word in others if word.isupper()) * 2 < len(others)
    if written.isascii() and others and not any(word.isascii() for word in others[:3]):
        return True
    if not any(word.is_word for word in words[:index]) or not written[0].isupper() or _in_capitals(others):
        return False
    if words[index - 1].folded == ":" or (index > 1 and words[index - 1].raw in QUOTES):
        return False
    return not language.nouns_capitalised or after - index > 1


def _may_be_outlet(sentence: Sentence, name: NameFound, language: Language) -> bool:
    """Whether an unsure name is at least no part of a longer one (Prime Minister), nor a bare common word."""
    if not _all_ambiguous(name) or name.quoted or name.address:
        return True
    index, after = _place(sentence, name)
    words = sentence.words
    article, noun = language.classes["article"].bits, language.classes["noun"].bits
    before = words[index - 1] if index else None
    bits = language.vocabulary.bits(before.folded) if before and before.is_word else 0
    writes_the = language.vocabulary.bits("the") & article
    if writes_the and all(alias.needs_article for alias in name.aliases) and not bits & article:
        return False
    if language.nouns_capitalised:
        return True
    if before and before.is_word and index > 1 and before.raw[0].isupper() and not bits & (article | noun):
        return False
    behind = words[after] if after < len(words) else None
    if behind and behind.is_word and behind.raw[0].isupper() and not _in_capitals([word.raw for word in words]):
        return bool(language.vocabulary.bits(behind.folded) & noun)
    return True


def _place(sentence: Sentence, name: NameFound) -> tuple[int, int]:
    """The words of a name: index of its first, and of the first behind it."""
    words = sentence.words
    index = next((n for n, word in enumerate(words) if word.end > name.start), len(words) - 1)
    after = next((n for n in range(index, len(words)) if words[n].start >= name.end), len(words))
    return index, after


def _in_capitals(words: Sequence[str]) -> bool:
    """A headline in which most longer words begin with a capital, so that a capital shows nothing."""
    longer = [word for word in words if len(word) > 3]
    return len(longer) > 2 and sum(1 for word in longer if word[0].isupper()) * 5 > len(longer) * 3


def _beside_noun(sentence: Sentence, index: int, after: int, language: Language) -> bool:
    """Whether a word for an outlet stands right before (an article apart) or right after the name."""
    words, noun = sentence.words, language.classes["noun"].bits
    article = language.classes["article"].bits
    for place in (index - 1, index - 2):
        if place < 0 or not words[place].is_word:
            break
        bits = language.vocabulary.bits(words[place].folded)
        if bits & noun:
            return True
        if not bits & article:
            break
    return after < len(words) and bool(language.vocabulary.bits(words[after].folded) & noun)


def _mark_relays(rulings: list[_Ruling]) -> None:
    """In "TASS reports, citing Bloomberg" the outlet that cites another is a relay.

    It stands before the cue as a rule ("A, citing B, which refers to C": A and B relay), else
    right after what is cited ("Citing B, A reports").
    """
    before: _Ruling | None = None
    owed = False
    for ruling in rulings:
        if ruling.rule is not None and ruling.rule.cites:
            if before is not None and before.kind in _REPORTING:
                before.kind = "relay"
            owed = before is None
        elif owed and ruling.kind in _REPORTING:
            ruling.kind, owed = "relay", False
        if ruling.kind in ("source", "relay"):
            before = ruling
    sources = [ruling for ruling in rulings if ruling.kind == "source"]
    for ruling in sources:
        if (
            ruling.rule is not None
            and ruling.rule.relays
            and any(other is not ruling and not (other.rule and other.rule.relays) for other in sources)
        ):
            ruling.kind = "relay"


def _roles_of(sentence: Sentence, ruling: _Ruling, language: Language) -> list[Role]:
    found = []
    at = ruling.group.item
    cue_start = sentence.places[ruling.first].start if ruling.first < at else None
    cue_end = sentence.places[ruling.last].end if ruling.last > at else None
    for name in ruling.group.names:
        cue = Span(
            name.start if cue_start is None else min(cue_start, name.start),
            name.end if cue_end is None else max(cue_end, name.end),
        )
        role = Role(name, ruling.kind, ruling.rule, cue, ruling.pattern)
        if ruling.kind == NOTHING:
            role = replace(
                role, kind=None, refused=f"{ruling.rule.id if ruling.rule else ''} says it is no outlet"
            )
        elif ruling.kind == "mention":
            role = _without_cue(sentence, role, language)
        found.append(role)
    return found


def _without_cue(sentence: Sentence, role: Role, language: Language) -> Role:
    """A name with no cue is a mention, if it is surely the name of an outlet."""
    name = role.name
    if name.unknown:
        return replace(role, kind=None, refused="an unknown outlet, and no cue beside it")
    if name.small:
        return replace(role, kind=None, refused="written small, and no cue beside it")
    if _all_ambiguous(name) and not _surely_named(sentence, name, language):
        return replace(role, kind=None, refused="also an ordinary word or name, and no cue beside it")
    return role


def _surely_named(sentence: Sentence, name: NameFound, language: Language) -> bool:
    return _beside_noun(sentence, *_place(sentence, name), language)
