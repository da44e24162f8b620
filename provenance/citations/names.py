"""The names of all outlets in one search tree, and the word forms under which they are met."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from provenance.citations.languages import Language, load_language
from provenance.citations.outlets import OutletEntry, OutletName, OutletTable
from provenance.citations.tokens import WORD, fold, glued_parts, single_script

# Shorter names in capitals are words of another kind when written small (ap, dw, rt).
_CAPITALS_UP_TO = 3
# A run of letters longer than this is no word that could hold glued names.
_LONGEST_GLUED = 80


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of one outlet as it stands in the tables, with what that asks of the text.

    `needs_article`: a name without its article (the Hill), which in English is none without one.
    """

    entry: OutletEntry
    name: OutletName
    needs_capitals: bool
    begins_small: bool
    needs_article: bool = False


@dataclass(slots=True)
class Node:
    """A place in the tree: the names that end here and the words that may follow."""

    aliases: list[Alias] = field(default_factory=list)
    following: dict[str, "Node"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """A word of some name, met in a text: its folded base form, and whether it was met in another form."""

    base: str
    bent: bool


class NameTree:
    """All names of an outlet table, by folded word."""

    def __init__(self, entries: Iterable[OutletEntry]) -> None:
        self.root = Node()
        self.words: set[str] = set()
        for entry in entries:
            known = {name.text for name in entry.names}
            for name in entry.names:
                self._add(entry, name, needs_article=name.ambiguous and f"The {name.text}" in known)
                bare = name.text.removeprefix("The ")
                if bare not in known:
                    language = "en" if name.ambiguous else name.language
                    unsure = OutletName(bare, language, name.ambiguous or " " not in bare)
                    self._add(entry, unsure, needs_article=unsure.ambiguous)

    def find(self, name: str) -> list[Alias]:
        """Every outlet that goes by exactly this name."""
        node: Node | None = self.root
        for found in WORD.finditer(name):
            node = node.following.get(fold(found.group())) if node else None
        return node.aliases if node and node is not self.root else []

    def _add(self, entry: OutletEntry, name: OutletName, needs_article: bool) -> None:
        node = self.root
        words = [fold(found.group()) for found in WORD.finditer(name.text)]
        if not words:
            return
        for word in words:
            self.words.add(word)
            node = node.following.setdefault(word, Node())
        letters = [character for character in name.text if character.isalpha()]
        capitals = name.text.upper() == name.text != name.text.lower() and len(letters) <= _CAPITALS_UP_TO
        node.aliases.append(Alias(entry, name, capitals, name.text[0].islower(), needs_article))


@lru_cache(maxsize=4)
def name_tree(outlets: OutletTable) -> NameTree:
    """The tree of a table's names, built once."""
    return NameTree(outlets.entries)


@lru_cache(maxsize=64)
def word_forms(outlets: OutletTable, code: str | None) -> "WordForms":
    """How one language bends the words of a table's names, built once."""
    return WordForms(name_tree(outlets), load_language(code))


class WordForms:
    """Looks words of a text up among the words of names, as one language bends them."""

    def __init__(self, tree: NameTree, language: Language) -> None:
        self._tree = tree
        self._forms = language.forms
        self._by_form: dict[str, list[str]] = {}
        for ending, forms in language.forms.endings:
            for form in forms:
                self._by_form.setdefault(form, []).append(ending)
        self._longest = max(map(len, self._by_form), default=0)
        noun = language.classes["noun"]
        self._noun_bits = noun.first_bits
        self._vocabulary = language.vocabulary
        self._known: dict[str, tuple[Form, ...]] = {}
        # What `is_interesting` said of the words met so far.
        self.interest: dict[str, int] = {}

    def of(self, raw: str) -> tuple[Form, ...]:
        """The words of names that a written word may be."""
        known = self._known.get(raw)
        if known is None:
            known = tuple(dict.fromkeys(self._look_up(raw)))
            if len(self._known) > 200_000:
                self._known.clear()
            self._known[raw] = known
        return known

    def is_interesting(self, raw: str) -> int:
        """Whether a word may begin a name (1), speaks of an outlet (2), or hides a name glued on (4)."""
        known = self.interest.get(raw)
        if known is None:
            known = int(any(form.base in self._tree.root.following for form in self.of(raw)))
            if self._vocabulary.bits(fold(raw)) & self._noun_bits:
                known |= 2
            if not known and self._may_be_glued(raw):
                known = 4
            if len(self.interest) > 200_000:
                self.interest.clear()
            self.interest[raw] = known
        return known

    def _may_be_glued(self, raw: str) -> bool:
        if len(raw) > _LONGEST_GLUED:
            return False
        parts = glued_parts(raw)
        return len(parts) > 1 and any(
            form.base in self._tree.root.following
            for _, part in parts
            if len(part) > 2
            for form in self.of(part)
        )

    def _look_up(self, raw: str) -> Iterable[Form]:
        readings = [fold(raw)]
        other = single_script(raw)
        if other:
            readings.append(fold(other))
        for word in readings:
            yield from self._bases(word)
            for prefix, put_back in self._forms.prefixes:
                if not word.startswith(prefix):
                    continue
                for form in self._bases(put_back + word[len(prefix) :]):
                    if len(word) - len(prefix) >= 3 or self._only_begins_names(form.base):
                        yield Form(form.base, True)

    def _only_begins_names(self, word: str) -> bool:
        """Whether a short word is the first of longer names only (דר of דר שפיגל)."""
        node = self._tree.root.following.get(word)
        return len(word) > 1 and node is not None and not node.aliases

    def _bases(self, word: str) -> Iterable[Form]:
        if word in self._tree.words:
            yield Form(word, False)
        for length in range(min(self._longest, len(word) - 2) + 1):
            form = word[len(word) - length :]
            for ending in self._by_form.get(form, ()):
                base = word[: len(word) - length] + ending
                if base != word and base in self._tree.words and word in self._forms.of(base):
                    yield Form(base, True)
