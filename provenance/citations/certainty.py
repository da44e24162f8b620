"""How surely a word that may be an outlet's name is one, judged by how it is written."""

from collections.abc import Sequence

from provenance.citations.find import NameFound
from provenance.citations.languages import CERTAINTIES, Language
from provenance.citations.patterns import length_at
from provenance.citations.sentence import Sentence, place_of
from provenance.citations.tokens import APOSTROPHES, QUOTES, Token, fold, without_elisions

IMPOSSIBLE = -1
_LONGEST_NOUN = 4  # words with the adjectives behind them, or characters in Chinese
ANY, LIKELY, SURE = (CERTAINTIES.index(name) for name in ("any", "likely", "sure"))


def certainty_of(sentence: Sentence, name: NameFound, language: Language) -> int:
    """IMPOSSIBLE, ANY (nothing speaks for it or against it), LIKELY (a capital), or SURE."""
    if name.address or not (name.unsure or _is_noun_with_article(name, language)):
        return _certainty_of_small(sentence, name, language) if name.small else SURE
    if name.small:
        return IMPOSSIBLE
    index, after = place_of(sentence.words, name)
    if name.quoted or name.by_noun or beside_noun(sentence, name, language):
        return SURE
    words = sentence.words
    written = "".join(word.raw for word in _without_ending(words[index:after], name))
    others = [word.raw for n, word in enumerate(words) if word.raw[0].isalpha() and not index <= n < after]
    if len(written) >= 3 and written.isupper():
        return SURE if sum(1 for word in others if word.isupper()) * 2 < len(others) else ANY
    first = words[index].raw
    in_latin = first.isascii() and not first.isdigit()
    if in_latin and others and not any(fold(word).isascii() for word in others[:3]):
        return SURE
    if _part_of_longer_name(sentence, name, language):
        return IMPOSSIBLE
    if _capital_tells(words, index, after, others, language):
        return LIKELY
    people = _may_be_people(words[index:after], language) and not (index and words[index - 1].raw == "/")
    return IMPOSSIBLE if people else ANY


def _without_ending(words: Sequence[Token], name: NameFound) -> Sequence[Token]:
    """The words of a name without the case ending behind an apostrophe (NTV'nin)."""
    marked = len(words) > 2 and name.bent and words[-2].raw in APOSTROPHES
    return words[:-2] if marked else words


def _certainty_of_small(sentence: Sentence, name: NameFound, language: Language) -> int:
    """An unmistakable name written without its capitals (reuters, the new york times)."""
    index, after = place_of(sentence.words, name)
    words = [word for word in sentence.words[index:after] if word.is_word]
    article = language.classes["article"].bits
    if sum(1 for word in words if not language.vocabulary.bits(word.folded) & article) > 1:
        return LIKELY
    return IMPOSSIBLE if _may_be_people(words, language) else ANY


def _is_noun_with_article(name: NameFound, language: Language) -> bool:
    """Where every noun has a capital, "Der Spiegel" is as doubtful as "Spiegel" is."""
    if not language.nouns_capitalised or name.quoted:
        return False
    for alias in name.aliases:
        first, _, rest = alias.name.text.partition(" ")
        doubtful = {other.text for other in alias.entry.names if other.ambiguous}
        if language.vocabulary.bits(first.lower()) & language.classes["article"].bits and rest in doubtful:
            return True
    return False


def _may_be_people(words: Sequence[Token], language: Language) -> bool:
    """Whether the word is also one for a person or body that can itself report (the economist, the press)."""
    return any(language.vocabulary.bits(word.folded) & language.classes["also_people"].bits for word in words)


def beside_noun(sentence: Sentence, name: NameFound, language: Language) -> bool:
    """Whether a word for an outlet stands before (articles and adjectives apart) or right after the name."""
    words, noun = without_elisions(sentence.words), language.classes["noun"]
    index, after = place_of(words, name)
    article = language.classes["article"].bits
    bits = [
        language.vocabulary.bits(word.folded) if word.is_word else 0
        for word in words[max(0, index - _LONGEST_NOUN) : after + _LONGEST_NOUN]
    ]
    index, after = min(index, _LONGEST_NOUN), min(index, _LONGEST_NOUN) + after - index
    if language.noun_after and length_at(noun, bits, after):
        return True
    before = bits[:index]
    between = article | language.adjective_bits
    for end in range(index, -1, -1):
        if any(length_at(noun, before[:end], start) == end - start for start in range(end)):
            return True
        if end < 1 or not before[end - 1] & between:
            break
    return False


def _capital_tells(
    words: Sequence[Token], index: int, after: int, others: Sequence[str], language: Language
) -> bool:
    """Whether a capital is there because of the name, and not of the sentence, a title or the language."""
    if _in_capitals(others):
        return False
    begins = not any(word.is_word for word in words[:index])
    begins = begins or words[index - 1].folded == ":" or (index > 1 and _opens_quotation(words[index - 1]))
    told_by = words[index + 1 : after] if begins else words[index:after]
    if language.nouns_capitalised:
        return not begins and len(told_by) > 1 and words[index].raw[0].isupper()
    return any(word.raw[0].isupper() for word in told_by)


def _opens_quotation(word: Token) -> bool:
    return word.raw in QUOTES and not (word.glued and word.raw in APOSTROPHES)


def _part_of_longer_name(sentence: Sentence, name: NameFound, language: Language) -> bool:
    """Whether the word belongs to a longer proper name (Prime Minister), or lacks the article it needs."""
    index, after = place_of(sentence.words, name)
    words = sentence.words
    article, noun = language.classes["article"].bits, language.classes["noun"].bits
    before = words[index - 1] if index else None
    bits = language.vocabulary.bits(before.folded) if before and before.is_word else 0
    writes_the = language.vocabulary.bits("the") & article
    if writes_the and all(alias.needs_article for alias in name.aliases) and not bits & article:
        return True
    if language.nouns_capitalised:
        return False
    follows_start = index < 2 or words[index - 2].folded == ":" or _opens_quotation(words[index - 2])
    if (
        before
        and before.is_word
        and not follows_start
        and before.raw[0].isupper()
        and not bits & (article | noun)
    ):
        return not _in_capitals([word.raw for word in words])
    behind = words[after] if after < len(words) else None
    if (
        behind
        and behind.is_word
        and behind.raw[0].isupper()
        and not _in_capitals([word.raw for word in words])
    ):
        return not language.vocabulary.bits(behind.folded) & noun
    return False


def _in_capitals(words: Sequence[str]) -> bool:
    """A headline in which most longer words begin with a capital, so that a capital shows nothing."""
    longer = [word for word in words if len(word) > 3]
    return len(longer) > 2 and sum(1 for word in longer if word[0].isupper()) * 5 > len(longer) * 3
