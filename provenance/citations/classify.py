"""Which role an outlet plays in a sentence: the first rule whose pattern fits decides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from operator import or_

from provenance.citations.certainty import LIKELY, SURE, beside_noun, certainty_of
from provenance.citations.find import NameFound
from provenance.citations.languages import NOTHING, Language, Rule
from provenance.citations.patterns import LIKELY_NAME, Pattern, match
from provenance.citations.sentence import Group, Sentence, place_of
from provenance.citations.tokens import fold
from provenance.model.span import Span

# Roles in which an outlet can turn out to have only passed on what another one has.
_REPORTING = frozenset({"source"})


@dataclass(frozen=True, slots=True)
class Role:
    """What one name was taken for. `rule` None: no cue stands by it.

    `refused` says why it counts for nothing, where it does. `cue` encloses the words that
    decided (the name included), in readable text.
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
    certainties = [
        max(certainty_of(sentence, name, language) for name in group.names) for group in sentence.groups
    ]
    sentence = _with_likely_names(sentence, certainties)
    before = list(accumulate(sentence.items, or_, initial=0))
    behind = list(accumulate(reversed(sentence.items), or_, initial=0))[::-1]
    rulings = [
        _rule_for(sentence, group, certainty, language, before[group.item], behind[group.last + 1])
        for group, certainty in zip(sentence.groups, certainties, strict=True)
    ]
    _mark_relays(rulings)
    return [role for ruling in rulings for role in _roles_of(sentence, ruling, language)]


def _with_likely_names(sentence: Sentence, certainties: Sequence[int]) -> Sentence:
    """The sentence with the words of doubtful but likely names readable as another outlet's."""
    items = list(sentence.items)
    for group, certainty in zip(sentence.groups, certainties, strict=True):
        if certainty >= LIKELY:
            for place in range(group.item, group.last + 1):
                items[place] |= LIKELY_NAME
    return replace(sentence, items=tuple(items))


def _rule_for(
    sentence: Sentence, group: Group, certainty: int, language: Language, left: int, right: int
) -> _Ruling:
    """The first rule that fits; `left` and `right` are what stands anywhere before and behind the name."""
    items, first, last = sentence.items, group.item, group.last
    unknown = all(name.unknown for name in group.names)
    around = left | right
    for rule in language.rules:
        if rule.cue_bits and not rule.cue_bits & around:
            continue
        if (
            certainty < rule.asks
            or (rule.only_unsure and certainty >= SURE)
            or (unknown and not rule.unknown)
        ):
            continue
        for pattern in rule.patterns:
            if not _may_match(pattern, left, right) or not _has_form(pattern, group, sentence):
                continue
            found = match(pattern, items, first, last)
            if found:
                return _Ruling(group, rule, pattern.written, *found, rule.kind)
    return _Ruling(group, None, "", first, last, "mention")


def _may_match(pattern: Pattern, left: int, right: int) -> bool:
    """A cheap refusal: something the pattern needs stands nowhere on that side."""
    for needed in pattern.left_needs:
        if not needed & left:
            return False
    for needed in pattern.right_needs:  # noqa: SIM110  a loop is three times as fast as all(...)
        if not needed & right:
            return False
    return True


def _has_form(pattern: Pattern, group: Group, sentence: Sentence) -> bool:
    form = pattern.form
    if form is None:
        return True
    if form == "quoted":
        return group.names[0].quoted
    if form == "base":
        return not any(name.bent for name in group.names)
    bent = [name for name in group.names if name.bent]
    return (form == "bent" and bool(bent)) or any(_is_written(form, sentence, name) for name in bent)


def _is_written(form: str, sentence: Sentence, name: NameFound) -> bool:
    """Whether a bent name begins (`x*`) or ends (`*x`) with the letters of the form."""
    first, behind = place_of(sentence.words, name)
    words = [word for word in sentence.words[first:behind] if word.is_word]
    if form.endswith("*"):
        return bool(words) and words[0].folded.startswith(fold(form[:-1]))
    return bool(words) and form.startswith("*") and words[-1].folded.endswith(fold(form[1:]))


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
    spoken_to = False  # "he told Bild, TASS passes on": what was said to another outlet before
    for ruling in rulings:
        spoken_to = spoken_to or ruling.kind == "quote"
        if (
            ruling.kind == "source"
            and ruling.rule is not None
            and ruling.rule.relays
            and (
                spoken_to
                or any(other is not ruling and not (other.rule and other.rule.relays) for other in sources)
            )
        ):
            ruling.kind = "relay"


def _roles_of(sentence: Sentence, ruling: _Ruling, language: Language) -> list[Role]:
    found = []
    group = ruling.group
    cue_start = sentence.places[ruling.first].start if ruling.first < group.item else None
    cue_end = sentence.places[ruling.last].end if ruling.last > group.last else None
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
        elif ruling.rule is None:
            role = _without_cue(sentence, role, language)
        found.append(role)
    return found


def _without_cue(sentence: Sentence, role: Role, language: Language) -> Role:
    """A name that nothing is credited to is a mention, if it is surely the name of an outlet."""
    name = role.name
    if name.unknown:
        return replace(role, kind=None, refused="an unknown outlet, and no cue beside it")
    if name.small:
        return replace(role, kind=None, refused="written small, and no cue beside it")
    if name.unsure and not beside_noun(sentence, name, language):
        return replace(role, kind=None, refused="also an ordinary word or name, and no cue beside it")
    return role
