"""Changed copies made from any article: splices, cuts, foreign text, omissions. (Changes of single
words stand in the data files of the articles.)"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from tests.compare.labelled.sentences import sentences
from tests.compare.labelled.stories import CLOSE, OPEN, Story


@dataclass(frozen=True, slots=True)
class Edited:
    """An article as it was saved: changed places are marked, `missing` are the sentences of the page
    that the saved text lacks, wholly (an omission) or in part (any other edit)."""

    story: Story
    kind: str
    reasons: frozenset[str]
    missing: tuple[str, ...] = ()


def spliced(story: Story, turn: int) -> Edited:
    """The first half of one sentence runs on into the second half of the next."""
    number, parts, first = _two_sentences(story, turn)
    head, _ = _cut(parts[first], 1, 2)
    _, tail = _cut(parts[first + 1], 1, 2)
    merged = head.rstrip() + _gap(story) + OPEN + CLOSE + tail.lstrip()
    block = _joined(story, [*parts[:first], merged, *parts[first + 2 :]])
    cut = (parts[first], parts[first + 1])
    return Edited(_with_block(story, number, block), "changed", frozenset({"words-changed"}), cut)


def end_cut_off(story: Story, turn: int) -> Edited:
    """An inner sentence ends too early."""
    number, parts, first = _two_sentences(story, turn)
    head, _ = _cut(parts[first], 2, 3)
    merged = head.rstrip(" ,;:–—-、，") + OPEN + CLOSE + _full_stop(parts[first])
    block = _joined(story, [*parts[:first], merged, *parts[first + 1 :]])
    return Edited(_with_block(story, number, block), "changed", frozenset({"words-changed"}))


def beginning_cut_off(story: Story, turn: int) -> Edited:
    """A sentence starts too late: "It is not true that ..." is gone."""
    number, parts, first = _two_sentences(story, turn)
    _, tail = _cut(parts[first + 1], 1, 3)
    merged = OPEN + CLOSE + tail.lstrip()
    block = _joined(story, [*parts[: first + 1], merged, *parts[first + 2 :]])
    return Edited(_with_block(story, number, block), "changed", frozenset({"words-changed"}))


def middle_left_out(story: Story, turn: int) -> Edited:
    """An ellipsis stands where words of the sentence were."""
    number, parts, first = _two_sentences(story, turn)
    head, rest = _cut(parts[first], 1, 3)
    _, tail = _cut(rest, 1, 2)
    merged = head.rstrip() + " " + OPEN + "[…]" + CLOSE + " " + tail.lstrip()
    block = _joined(story, [*parts[:first], merged, *parts[first + 1 :]])
    return Edited(_with_block(story, number, block), "changed", frozenset({"words-changed"}))


def halves_of_two_paragraphs(story: Story, turn: int) -> Edited:
    """The first half of a sentence runs on into the second half of one far away, which stays."""
    long_blocks = [n for n in range(len(story.blocks)) if _is_prose(story, n)]
    first, second = long_blocks[turn % 2], long_blocks[-1 - turn % 2]
    ours, theirs = (sentences(story.blocks[n], story.language) for n in (first, second))
    head, _ = _cut(ours[0], 1, 2)
    _, tail = _cut(theirs[0], 1, 2)
    # Either half may be called the foreign one: the sentence as a whole is the place.
    merged = OPEN + head.rstrip() + _gap(story) + tail.lstrip() + CLOSE
    block = _joined(story, [merged, *ours[1:]])
    reasons = frozenset({"words-changed", "both"})
    return Edited(_with_block(story, first, block), "changed", reasons, (ours[0], theirs[0]))


def foreign_paragraph(story: Story, turn: int) -> Edited:
    number = 2 + turn % (len(story.blocks) - 3)
    foreign = OPEN + story.furniture.foreign + CLOSE
    blocks = (*story.blocks[:number], foreign, *story.blocks[number:])
    return Edited(story.with_blocks(blocks), "added", frozenset({"text-absent"}))


def foreign_paragraph_at_the_end(story: Story, turn: int) -> Edited:
    foreign = OPEN + story.furniture.foreign + CLOSE
    return Edited(story.with_blocks((*story.blocks, foreign)), "added", frozenset({"text-absent"}))


def foreign_sentence(story: Story, turn: int) -> Edited:
    """A sentence that the page does not have, between two that it has."""
    number, parts, first = _two_sentences(story, turn)
    foreign = OPEN + sentences(story.furniture.foreign, story.language)[0] + CLOSE
    block = _joined(story, [*parts[: first + 1], foreign, *parts[first + 1 :]])
    return Edited(_with_block(story, number, block), "added", frozenset({"text-absent"}))


CHANGES: tuple[Callable[[Story, int], Edited], ...] = (
    spliced,
    foreign_paragraph,
    end_cut_off,
    foreign_sentence,
    beginning_cut_off,
    halves_of_two_paragraphs,
    middle_left_out,
    foreign_paragraph_at_the_end,
)


def inner_paragraph(story: Story, turn: int) -> Edited:
    inner = [n for n in range(3, len(story.blocks) - 1) if _is_prose(story, n)]
    return _without(story, inner[turn % len(inner)])


def first_paragraph(story: Story, turn: int) -> Edited:
    return _without(story, 0)


def last_paragraph(story: Story, turn: int) -> Edited:
    return _without(story, len(story.blocks) - 1)


def second_half(story: Story, turn: int) -> Edited:
    """Only the first half of the article was saved."""
    half = len(story.blocks) // 2
    reasons = frozenset({"held-with-omissions"})
    return Edited(story.with_blocks(story.blocks[:half]), "omitted", reasons, story.blocks[half:])


def one_sentence(story: Story, turn: int) -> Edited:
    number, parts, first = _two_sentences(story, turn)
    block = _joined(story, [*parts[: first + 1], *parts[first + 2 :]])
    return Edited(
        _with_block(story, number, block), "omitted", frozenset({"held-with-omissions"}), (parts[first + 1],)
    )


OMISSIONS: tuple[Callable[[Story, int], Edited], ...] = (
    inner_paragraph,
    one_sentence,
    inner_paragraph,
    first_paragraph,
    inner_paragraph,
    last_paragraph,
    inner_paragraph,
    second_half,
)


def _without(story: Story, number: int) -> Edited:
    rest = (*story.blocks[:number], *story.blocks[number + 1 :])
    return Edited(
        story.with_blocks(rest), "omitted", frozenset({"held-with-omissions"}), (story.blocks[number],)
    )


def _with_block(story: Story, number: int, block: str) -> Story:
    return story.with_blocks((*story.blocks[:number], block, *story.blocks[number + 1 :]))


def _is_prose(story: Story, number: int) -> bool:
    return not story.blocks[number].startswith(("## ", "- "))


def _two_sentences(story: Story, turn: int) -> tuple[int, list[str], int]:
    """A paragraph of two or more sentences, its sentences, and which of them is the first of a pair.

    The second and third block are left alone: on some pages a sentence of theirs stands twice.
    """
    pairs = [
        (number, parts, first)
        for number, block in enumerate(story.blocks)
        if number not in (1, 2) and _is_prose(story, number)
        for parts in [sentences(block, story.language)]
        for first in range(len(parts) - 1)
        if min(len(parts[first]), len(parts[first + 1]))
        > (10 if story.language in ("zh", "ja", "ko") else 24)
    ]
    return pairs[turn % len(pairs)]


def _cut(sentence: str, part: int, of: int) -> tuple[str, str]:
    """`sentence` in two, `part`/`of` into it: between words where there are spaces."""
    words = sentence.split(" ")
    if len(words) >= 4:
        place = min(max(1, len(words) * part // of), len(words) - 1)
        return " ".join(words[:place]), " ".join(words[place:])
    place = len(sentence) * part // of
    while place < len(sentence) - 1 and not _may_cut(sentence, place):
        place += 1
    return sentence[:place], sentence[place:]


def _may_cut(sentence: str, place: int) -> bool:
    before, after = sentence[place - 1], sentence[place]
    joined = unicodedata.category(after).startswith("M") or (
        before.isdigit() and (after.isdigit() or after in ".,%")
    )
    return not joined and not re.match(r"[ะาำๅ。、，]", after) and before not in "เแโใไ.,"


def _gap(story: Story) -> str:
    return "" if story.language in ("zh", "ja", "th") else " "


def _joined(story: Story, parts: list[str]) -> str:
    return ("" if story.language in ("zh", "ja") else " ").join(parts)


def _full_stop(sentence: str) -> str:
    last = sentence.rstrip()[-1]
    return last if unicodedata.category(last).startswith("P") and last not in "?؟？;" else "."
