"""What is written: every place in a text where an outlet is named, known or unknown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provenance.citations.languages import Language
from provenance.citations.names import Alias, NameTree, Node, WordForms
from provenance.citations.outlets import OutletName, OutletTable
from provenance.citations.patterns import length_at
from provenance.citations.tokens import (
    APOSTROPHES,
    QUOTES,
    WORD,
    Token,
    fold,
    glued_parts,
    is_quoted,
    without_elisions,
)

# What may stand between the words of one name.
_BETWEEN = re.compile(r"(?:[-‐‑.'’ʼ&+/·:]|\s?[«»\"“”„‘’《》「」『』]|\s?[&+\-–—/|]\s?|!?\s{1,2})?")
_SUFFIX = re.compile(r"([-‐‑'’ʼ‘])([^\W\d_]{1,6})(?![^\W_])")
_SUFFIX_AFTER_QUOTE = re.compile(r"[»”“\"״]([-‐‑]?)([^\W\d_]{1,6})(?![^\W_])")
_OPENING, _CLOSING = frozenset("《〈「『"), frozenset("》〉」』")  # those that no language turns round
_KATAKANA = re.compile(r"[ァ-ヺー-ヿｦ-ﾟ]")
_ADDRESS = re.compile(
    r"(?<![\w.@/-])(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,5}[a-z]{2,24}(?![\w@-])(?:/[^\s<>\"'«»)\]]{0,2000})?",
    re.IGNORECASE,
)
_FILE_ENDINGS = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|mp4|css|js|pdf|html?|php|docx?)(?:[?#].*)?$", re.IGNORECASE
)
# Top-level domains by which an address that no table knows is still seen to be a site.
_TOP_LEVEL = re.compile(r"\.(?:[a-z]{2}|com|net|org|info|media|news|press|online|today|live|agency)$")
_LONGEST_NAME = 6  # words of a name that no table knows
_LONGEST_NAME_LETTERS = 60
_ADJECTIVES_AFTER_NOUN = 2  # "le quotidien économique japonais Nikkei"


@dataclass(frozen=True, slots=True)
class NameFound:
    """A place where an outlet is named; offsets into the readable text.

    `aliases` are the names of the tables it may be (empty for an unknown outlet, whose name is
    `unknown`). `end` takes in case endings; `bent`: not in its base form. `small`: written without
    the capital its name has. `by_noun`: a word for an outlet stands beside it.
    """

    start: int
    end: int
    aliases: tuple[Alias, ...] = ()
    unknown: str | None = None
    bent: bool = False
    quoted: bool = False
    small: bool = False
    address: bool = False
    by_noun: bool = False

    @property
    def unsure(self) -> bool:
        """Whether the tables say of every outlet by this name that it is also an ordinary word or a name."""
        return bool(self.aliases) and all(alias.name.ambiguous for alias in self.aliases)


def names_in(
    text: str, table: OutletTable, tree: NameTree, forms: WordForms, language: Language
) -> Iterator[NameFound | int]:
    """Names the tables know, in order; between them positions of words that speak of an outlet (int)."""
    addresses = _addresses(text, table)
    address = next(addresses, None)
    done = 0
    seen = forms.interest  # most words were met before, and a call costs more than a look
    for found in WORD.finditer(text):
        start = found.start()
        while address is not None and address[0] <= start:
            if address[0] >= done:
                done = address[1]
                if address[2] is not None:
                    yield address[2]
            address = next(addresses, None)
        if start < done:
            continue
        raw = found.group()
        interest = seen.get(raw)
        if interest is None:
            interest = forms.is_interesting(raw)
        if not interest:
            continue
        name = None
        if interest & 1:
            name = _name_at(text, found, tree, forms, language)
        elif interest & 4:
            name = _glued_name(text, found, tree, forms, language)
        if name is not None and not (interest & 2 and name.small and name.end == found.end()):
            yield name
            done = name.end
        elif interest & 2:  # also where an outlet's name is that very word (Canal+), written small
            yield start


def _name_at(
    text: str, first: re.Match[str], tree: NameTree, forms: WordForms, language: Language
) -> NameFound | None:
    end, node, bent = _longest(text, first.group(), first.end(), tree.root, forms, False)
    if node is None or _is_mail_address(text, first.start()) or _inside_katakana(text, first.start(), end):
        return None
    for inner in WORD.finditer(text, first.end(), end):
        # "the newspaper Al-Quds" is a name, but here it may be the newspaper Al-Quds Al-Arabi.
        further, other, other_bent = _longest(text, inner.group(), inner.end(), tree.root, forms, False)
        if other is not None and further > end:
            return _as_found(text, inner.start(), further, other.aliases, other_bent, language)
    return _as_found(text, first.start(), end, node.aliases, bent, language)


def _inside_katakana(text: str, start: int, end: int) -> bool:
    """Whether the name is a piece of a longer katakana word (タイム in リアルタイム)."""
    edges = [text[start - 1 : start + 1]] if start else []
    edges.append(text[end - 1 : end + 1])
    return any(len(edge) == 2 and all(map(_KATAKANA.match, edge)) for edge in edges)


def _is_mail_address(text: str, start: int) -> bool:
    return start > 1 and text[start - 1] == "@" and text[start - 2].isalnum()


def _longest(
    text: str, raw: str, end: int, node: Node, forms: WordForms, bent: bool
) -> tuple[int, Node | None, bool]:
    """Follow the tree as far as the text goes; the furthest place where a name ends."""
    best: tuple[int, Node | None, bool] = (end, None, bent)
    for form in forms.of(raw):
        reached = node.following.get(form.base)
        if reached is None:
            continue
        met_bent = bent or form.bent
        if reached.aliases and (best[1] is None or (best[0] == end and best[2] and not met_bent)):
            best = (end, reached, met_bent)
        elif reached.aliases and best[1] is not None and best[::2] == (end, met_bent):
            # "Nacionala" bends Nacional and Nacionale alike: which it is, resolving decides.
            best = (end, Node([*best[1].aliases, *reached.aliases]), met_bent)
        if reached.following:
            gap = _BETWEEN.match(text, end)
            word = WORD.match(text, gap.end() if gap else end)
            if word:
                further = _longest(text, word.group(), word.end(), reached, forms, met_bent)
                if further[1] is not None and further[0] > best[0]:
                    best = further
    return best


def _as_found(
    text: str, start: int, end: int, aliases: Sequence[Alias], bent: bool, language: Language
) -> NameFound | None:
    written = text[start:end]
    fitting = _for_language(aliases, written, language)
    if not fitting:
        return None
    quoted = is_quoted(text, start, end)
    suffix = _SUFFIX_AFTER_QUOTE.match(text, end) if quoted else _SUFFIX.match(text, end)
    if suffix and _is_case_ending(written, suffix[1], suffix[2], language):
        end, bent = suffix.end(), True
    small = not any(_has_capitals_of(written, alias.name.text, language) for alias in fitting)
    if small and (all(alias.name.ambiguous for alias in fitting) or _is_plain_word(written, language)):
        return None
    return NameFound(start, end, fitting, bent=bent, quoted=quoted, small=small)


def _is_plain_word(written: str, language: Language) -> bool:
    """Whether the cues list it as a word of the language ("belga" in Spanish)."""
    bits = language.vocabulary.bits(fold(written))
    return bool(bits & (language.adjective_bits | language.classes["also_people"].bits))


def _has_capitals_of(written: str, name: str, language: Language) -> bool:
    """Whether each word that the name writes with a capital has one in the text, articles apart."""
    article = language.classes["article"].bits
    pairs = [
        (here.group(), there.group())
        for here, there in zip(WORD.finditer(written), WORD.finditer(name), strict=False)
    ]
    told = [pair for pair in pairs if not language.vocabulary.bits(fold(pair[0])) & article] or pairs
    return all(
        here[0].isupper() or not there[0].isupper() or here.lower() == here.upper() for here, there in told
    )


def _for_language(aliases: Sequence[Alias], written: str, language: Language) -> tuple[Alias, ...]:
    """Of each outlet the name that the article's language knows best; a name may be a word in one alone."""
    best: dict[str, Alias] = {}
    for alias in sorted(
        aliases,
        key=lambda one: (
            one.name.language != language.code,
            one.name.language is not None,
            not _has_capitals_of(written, one.name.text, language),
        ),
    ):
        foreign = alias.name.language not in (None, language.code)
        if alias.needs_capitals and not written[: len(alias.name.text)].isupper():
            continue
        if not (foreign and alias.name.ambiguous):
            best.setdefault(alias.entry.outlet.name, alias)
    return tuple(best.values())


def _is_case_ending(name: str, joint: str, suffix: str, language: Language) -> bool:
    """Whether "'s", "-ն" or "'ın" after a name is an ending of it rather than another word."""
    suffixes = language.forms.suffixes
    if fold(suffix) in suffixes or ("*" in suffixes and joint in APOSTROPHES):
        return True
    other_script = name[-1].isascii() != suffix[0].isascii()
    return other_script and len(suffix) <= 4 and (joint in APOSTROPHES or not suffix[0].isupper())


def _glued_name(
    text: str, found: re.Match[str], tree: NameTree, forms: WordForms, language: Language
) -> NameFound | None:
    """A name that bad extraction ran together with a neighbour: sure names written with a capital only."""
    for offset, part in glued_parts(found.group()):
        if len(part) < 3 or not part[0].isupper():
            continue
        start = found.start() + offset
        end, node, bent = _longest(text, part, start + len(part), tree.root, forms, False)
        if node is None:
            continue
        sure = [alias for alias in node.aliases if not alias.name.ambiguous]
        if sure:
            return _as_found(text, start, end, sure, bent, language)
    return None


def _addresses(text: str, table: OutletTable) -> Iterator[tuple[int, int, NameFound | None]]:
    """Bare URLs and host names with the outlet they stand for, None where they stand for none."""
    for found in _ADDRESS.finditer(text):
        written = found.group().rstrip(".,;:!?")
        start, end = found.start(), found.start() + len(written)
        is_url = "/" in written
        if is_url and _FILE_ENDINGS.search(written):
            yield start, end, None
            continue
        entry = table.at_domain(written)
        if entry:
            sure = Alias(entry, OutletName(written), needs_capitals=False, begins_small=True)
            yield start, end, NameFound(start, end, (sure,), address=True)
        elif is_url:
            yield start, end, None
        elif _TOP_LEVEL.search(written):
            yield start, end, NameFound(start, end, unknown=written, address=True)


def unknown_names(
    text: str, words: Sequence[Token], language: Language, known: Sequence[NameFound]
) -> Iterator[NameFound]:
    """Outlets no table knows, named beside a word that speaks of one ("the local portal X")."""
    noun = language.classes["noun"]
    words = without_elisions(words)
    bits = [language.vocabulary.bits(word.folded) if word.is_word else 0 for word in words]
    claimed = -1
    for index in range(len(words)):
        length = length_at(noun, bits, index)
        if not length:
            continue
        spans = [_after(text, words, bits, index + length, language)]
        if language.noun_after:
            spans.append(_before(text, words, bits, index - 1, language))
        for span in spans:
            if span and span[0] >= claimed and not _is_known(span, known):
                start, end = span
                claimed = end
                yield NameFound(
                    start, end, unknown=text[start:end], quoted=is_quoted(text, start, end), by_noun=True
                )


def _is_known(span: tuple[int, int], known: Sequence[NameFound]) -> bool:
    """Whether a name of the tables stands there; one that is only part of a quoted longer name does not."""
    start, end = span
    return any(
        name.start < end
        and start < name.end
        and ((name.start <= start and end <= name.end) or not name.unsure)
        for name in known
    )


def _after(
    text: str, words: Sequence[Token], bits: Sequence[int], index: int, language: Language
) -> tuple[int, int] | None:
    between = language.classes["article"].bits | language.adjective_bits
    for _ in range(_ADJECTIVES_AFTER_NOUN + 1):
        if index < len(words) and bits[index] & between and words[index].raw[0].islower():
            index += 1
    if index >= len(words):
        return None
    if words[index].raw in QUOTES and not words[index].is_word:
        return None if words[index].raw in _CLOSING else _quoted(text, words, index + 1, 1)
    return _capitalised(text, words, bits, index, 1, language)


def _before(
    text: str, words: Sequence[Token], bits: Sequence[int], index: int, language: Language
) -> tuple[int, int] | None:
    if index < 0:
        return None
    if words[index].raw in QUOTES and not words[index].is_word:
        return None if words[index].raw in _OPENING else _quoted(text, words, index - 1, -1)
    span = _capitalised(text, words, bits, index, -1, language)
    long_enough = span and " " in text[span[0] : span[1]].removeprefix("The ")
    return span if long_enough else None


def _quoted(text: str, words: Sequence[Token], index: int, step: int) -> tuple[int, int] | None:
    """The name between quote marks, walking from just inside one mark to the other."""
    inside = index
    for count in range(_LONGEST_NAME + 3):
        if not 0 <= index < len(words):
            return None
        if words[index].raw in QUOTES and not words[index].is_word:
            if not count:
                return None
            first, last = (inside, index - 1) if step > 0 else (index + 1, inside)
            start, end = words[first].start, words[last].end
            looks_named = text[start] == text[start].title() and end - start <= _LONGEST_NAME_LETTERS
            return (start, end) if looks_named else None
        if not words[index].is_word and words[index].folded not in "-.&+/:!'":
            return None
        index += step
    return None


def _capitalised(
    text: str, words: Sequence[Token], bits: Sequence[int], index: int, step: int, language: Language
) -> tuple[int, int] | None:
    """A run of capitalised words; where a language asks for it, only in a script other than its own."""
    closed = language.classes.get("no_name")
    link_bits = language.classes["inside_name"].bits if "inside_name" in language.classes else 0
    last = -1
    begin = index
    while 0 <= index < len(words) and abs(index - begin) < _LONGEST_NAME:
        word = words[index]
        if word.is_word and word.raw[0].isupper() and not (closed and bits[index] & closed.bits):
            last = index
        elif not (last >= 0 and ((word.glued and word.folded in "-.") or bits[index] & link_bits)):
            break
        index += step
    if last < 0:
        return None
    first, final = (begin, last) if step > 0 else (last, begin)
    span = (words[first].start, words[final].end)
    if language.unquoted_names == "foreign-script" and not text[span[0]].isascii():
        return None
    return span
