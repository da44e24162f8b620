"""The cue files: what each language says when one outlet credits another."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from importlib.resources import files
from operator import or_

from provenance.citations.patterns import (
    Element,
    Pattern,
    PatternError,
    Vocabulary,
    parse_pattern,
    word_class,
)
from provenance.citations.tokens import fold
from provenance.model.citation import KINDS
from provenance.model.errors import ProvenanceError

# A rule may also say that a name is none at all: a person or a charity that bears it.
NOTHING = "nothing"
_RULE_KEYS = {"name", "kind", "patterns", "examples", "cites", "relays", "names", "only_unsure", "unknown"}
# Classes that finding and grouping use; every language file fills them, if only with an empty list.
REQUIRED_CLASSES = ("article", "and", "noun", "also_people")
# How sure a rule wants to be that a word is an outlet's name at all, least first.
CERTAINTIES = ("any", "likely", "sure")
COMMON = "common"


class LanguageFileError(ProvenanceError):
    """A cue file that cannot be used; names the file, the rule and what to change."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of naming an outlet, and what it means.

    `cites`: the outlet before it in the sentence (else after it) only relays. `relays`: it is
    itself a relay where another outlet in the sentence is the source. `asks`: how sure it must be
    that the word is a name (an index of CERTAINTIES). `only_unsure`: it speaks of doubtful names
    alone. `unknown`: outlets outside the tables may be claimed by it.
    """

    id: str
    kind: str
    patterns: tuple[Pattern, ...]
    examples: tuple[str, ...]
    cites: bool = False
    relays: bool = False
    asks: int = 2
    only_unsure: bool = False
    unknown: bool = True
    cue_bits: int = 0


@dataclass(frozen=True, slots=True)
class NameForms:
    """How names change in a language: exchanged endings, suffixes after a mark, glued prefixes.

    The suffix `*` stands for any after an apostrophe (Reuters'ın). A prefix comes with what is put
    back in its place (Arabic لل for ال: لل, ال). One of `and_prefixes` joins a name to the one before.
    """

    endings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    suffixes: frozenset[str] = frozenset()
    prefixes: tuple[tuple[str, str], ...] = ()
    and_prefixes: tuple[str, ...] = ()

    def of(self, word: str) -> list[str]:
        """Every other form of a folded word: the longest ending that fits is exchanged."""
        for ending, forms in self.endings:
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                stem = word[: len(word) - len(ending)]
                return [stem + form for form in forms]
        return []


@dataclass(frozen=True, slots=True)
class Language:
    """A language's cues, compiled. `cues` False: only what every language shares is known.

    `noun_after`: the word for an outlet may follow its name. `unquoted_names`: in which script an
    unknown outlet's name may stand without quote marks (`any-script` or `foreign-script`).
    """

    code: str
    name: str
    nouns_capitalised: bool
    noun_after: bool
    unquoted_names: str
    vocabulary: Vocabulary
    classes: Mapping[str, Element]
    rules: tuple[Rule, ...]
    forms: NameForms
    examples: tuple[Mapping[str, object], ...]
    cues: bool = True

    @property
    def adjective_bits(self) -> int:
        """Words that may stand between the word for an outlet and its name ("el portal local X")."""
        return self.classes["adjective"].bits if "adjective" in self.classes else 0


@cache
def language_codes() -> tuple[str, ...]:
    """The languages that have a cue file."""
    folder = files("provenance.citations").joinpath("data", "languages")
    names = (file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))
    return tuple(sorted(name for name in names if name != COMMON))


@cache
def load_language(code: str | None) -> Language:
    """The cues of a language with those that every language shares. Raises LanguageFileError."""
    shared = _read(COMMON)
    if code not in language_codes():
        return read_language(shared, COMMON, None)
    return read_language(_read(code), code, shared)


def read_language(given: Mapping[str, object], code: str, shared: Mapping[str, object] | None) -> Language:
    """Compile one cue file (parsed TOML). Raises LanguageFileError."""
    where = f"languages/{code}.toml"
    vocabulary = Vocabulary(_table(given, "fold", where), _texts(given.get("accented", []), where))
    words: dict[str, object] = {**_table(shared or {}, "words", where), **_table(given, "words", where)}
    for name in REQUIRED_CLASSES:
        words.setdefault(name, [])
    try:
        classes = {name: word_class(_texts(members, where), vocabulary) for name, members in words.items()}
        rules = [*_rules(given, code, where, classes, vocabulary)]
        if shared is not None:
            rules += _rules(shared, COMMON, f"languages/{COMMON}.toml", classes, vocabulary)
    except PatternError as error:
        raise LanguageFileError(f"{where}: {error}") from None
    return Language(
        code,
        str(given.get("name", code)),
        bool(given.get("nouns_capitalised", False)),
        bool(given.get("noun_after", False)),
        str(given.get("unquoted_names", "any-script")),
        vocabulary,
        classes,
        tuple(rules),
        _name_forms(_table(given, "names", where), where),
        tuple(_tables(given, "example", where)),
        cues=shared is not None,
    )


def _read(code: str) -> Mapping[str, object]:
    file = files("provenance.citations").joinpath("data", "languages", f"{code}.toml")
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguageFileError(f"languages/{code}.toml: {error}; mend the file") from None


def _rules(
    given: Mapping[str, object], code: str, where: str, classes: Mapping[str, Element], vocabulary: Vocabulary
) -> list[Rule]:
    rules: list[Rule] = []
    for table in _tables(given, "rule", where):
        name, kind = table.get("name"), table.get("kind")
        if not isinstance(name, str):
            raise LanguageFileError(f"{where}: rule number {len(rules) + 1} has no name")
        spot = f"{where}, rule {name!r}"
        if kind not in KINDS and kind != NOTHING:
            raise LanguageFileError(f"{spot}: kind {kind!r} is none of {', '.join((*KINDS, NOTHING))}")
        unknown_keys = set(table) - _RULE_KEYS
        if unknown_keys:
            raise LanguageFileError(f"{spot}: no such key: {', '.join(sorted(unknown_keys))}")
        asks = str(
            table.get(
                "names", "any" if kind in (NOTHING, "photo") else "likely" if kind == "related" else "sure"
            )
        )
        if asks not in CERTAINTIES:
            raise LanguageFileError(f"{spot}: names must be one of {', '.join(CERTAINTIES)}")
        patterns = []
        for written in _texts(table.get("patterns", []), spot):
            try:
                patterns.append(parse_pattern(written, classes, vocabulary))
            except PatternError as error:
                raise LanguageFileError(f"{spot}: {error}") from None
        rules.append(
            Rule(
                f"{code}:{name}",
                str(kind),
                tuple(patterns),
                tuple(_texts(table.get("examples", []), spot)),
                cites=bool(table.get("cites", False)),
                relays=bool(table.get("relays", False)),
                asks=CERTAINTIES.index(asks),
                only_unsure=bool(table.get("only_unsure", False)),
                unknown=bool(table.get("unknown", kind not in ("mention", NOTHING))),
                cue_bits=_cue_bits(patterns),
            )
        )
    return rules


def _cue_bits(patterns: Sequence[Pattern]) -> int:
    needs = [(*pattern.left_needs, *pattern.right_needs) for pattern in patterns]
    return reduce(or_, (needed[0] for needed in needs), 0) if all(needs) else 0


def _name_forms(given: Mapping[str, object], where: str) -> NameForms:
    endings = _table(given, "endings", where)
    prefixes = [prefix.partition("=") for prefix in _texts(given.get("prefixes", []), where)]
    pairs = sorted(
        ((fold(base), str(forms).split()) for base, forms in endings.items()), key=lambda pair: -len(pair[0])
    )
    return NameForms(
        tuple((base, tuple("" if form == "-" else fold(form) for form in forms)) for base, forms in pairs),
        frozenset(fold(suffix) for suffix in _texts(given.get("suffixes", []), where)),
        tuple((fold(prefix), fold(back)) for prefix, _, back in prefixes),
        tuple(fold(prefix) for prefix in _texts(given.get("and_prefixes", []), where)),
    )


def _table(given: Mapping[str, object], key: str, where: str) -> Mapping[str, str]:
    value = given.get(key, {})
    if not isinstance(value, Mapping):
        raise LanguageFileError(f"{where}: [{key}] must be a table")
    return value


def _tables(given: Mapping[str, object], key: str, where: str) -> Sequence[Mapping[str, object]]:
    value = given.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        raise LanguageFileError(f"{where}: write each {key} as [[{key}]]")
    return value


def _texts(value: object, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise LanguageFileError(f"{where}: expected a list of texts, not {value!r}")
    return value
