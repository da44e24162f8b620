"""The article's region of a page, and the whole sentences in it that the saved text lacks.

The region is the smallest element that holds nearly all that was found. Matches outside it
count when nothing but furniture lies between (a lede in the page's header); a match beyond
other running prose is a teaser, a comment or another article, and holds nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from provenance.compare.captured import CapturedText
from provenance.compare.locate import Stretch
from provenance.model.span import Span
from provenance.text.page import Element
from provenance.text.sentences import WORD, sentences
from provenance.text.substance import Substance

# The share of matched letters the region must hold: a stray teaser does not widen it to the page.
NEARLY_ALL = 0.8
_ITEM_WORDS = 4
_PROSE_WORDS = 7
_PROSE_CHARACTERS_UNSPACED = 15
_LINK_SHARE = 0.5
_TAG_REACH = 400  # characters of source before a block in which a link around it opens
_BETWEEN_PROSE = 3  # headings, captions and the like that may stand between two paragraphs of an article
_END_OF_SENTENCE = re.compile(r"[.!?…。！？｡؟۔।։።။៕;][\"'”’»›“)\]」』]*\s*$")
_FURNITURE_ELEMENTS = frozenset(
    ["aside", "figure", "figcaption", "nav", "form", "footer", "button", "dialog", "menu", "address"]
)
_FURNITURE_CLASS = re.compile(
    r"(?:class|id|role|itemprop|data-[a-z-]+)\s*=\s*[\"']?[^\"'>]*?(?<![a-z])(?:related|recommend\w*|promo\w*|newsletter\w*|subscri\w+|sign-?up|"
    r"caption\w*|credits?|ads?|advert\w*|sponsor\w*|banner\w*|share\w*|sharing|social\w*|comments?|disqus|respond|teaser\w*|"
    r"widget\w*|sidebar\w*|cookies?|consent|copyright|disclaimer|tags?|breadcrumbs?|author-?(?:bio|box|info|card)|bio|about-author|"
    r"byline|meta|footer|footnotes?|read-?(?:more|also|next)|see-?also|more-?(?:on|from|stories)|most-?read|popular|trending|"
    r"paywall|donat\w+|support-?us|pull-?quote\w*|pullquote|embed\w*|gallery|slideshow|poll|quiz|infobox|factbox|"
    r"navigation|nav|menu|toolbar|player|transcript-?link|notice|alert|inline-?link\w*|outbrain|taboola)(?![a-z])",
    re.IGNORECASE,
)
_LINK = re.compile(r"<a[\s>].*?(?:</a\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Omission:
    """Whole sentences of the captured article, next to each other, that the saved text lacks.

    Offsets into the page's text; `letters` counts their characters of substance.
    """

    start: int
    end: int
    letters: int


class Region:
    """The article's part of the page, known by what was matched in it."""

    def __init__(
        self,
        captured: CapturedText,
        stream: Substance,
        stretches: Iterable[Stretch],
        saved: str,
        share: float = 1.0,
    ) -> None:
        self._captured, self._page, self._stream, self._saved = captured, captured.page, stream, saved
        self._matched = np.zeros(len(stream), dtype=np.bool_)
        for stretch in stretches:
            self._matched[stretch.captured : stretch.captured_end] = True
        starts = np.array(self._page.block_start, dtype=np.int64)
        self._block_of = np.searchsorted(starts, stream.positions, side="right") - 1
        blocks = len(self._page.block_start)
        self._letters = np.bincount(self._block_of, minlength=blocks)
        self._matched_letters = np.bincount(self._block_of[self._matched], minlength=blocks)
        self._weights: dict[int, int] = {}  # matched letters by element
        self._element = self._smallest_element(share)
        self._prose: dict[int, bool] = {}
        self._furniture: dict[int, bool] = {}  # by element
        touched = np.flatnonzero(self._matched_letters)
        inside = [int(block) for block in touched if self._in_element(int(block))]
        self._first, self._last = (inside[0], inside[-1]) if inside else (0, -1)

    def _smallest_element(self, share: float) -> int:
        """The innermost element that holds this share of the matched letters; -1: the whole page."""
        weights = self._weights
        elements, around = self._page.elements, self._page.block_element
        total = 0
        for block in np.flatnonzero(self._matched_letters).tolist():
            letters = int(self._matched_letters[block])
            total += letters
            weights[around[block]] = weights.get(around[block], 0) + letters
        # A parent comes before its children.
        for element in range(max(weights, default=-1), -1, -1):
            if element in weights:
                parent = elements[element].parent
                weights[parent] = weights.get(parent, 0) + weights[element]
        weights.pop(-1, None)
        # Elements are numbered in source order, so the innermost of a line of ancestors is the last.
        return max((e for e, weight in weights.items() if weight >= share * total), default=-1)

    def _in_element(self, block: int) -> bool:
        element, elements = self._page.block_element[block], self._page.elements
        while element > self._element:  # those around the region come before it
            element = elements[element].parent
        return element == self._element

    def blocks_of(self, stretches: Iterable[Stretch]) -> set[int]:
        """The blocks of the page in which stretches stand."""
        found: set[int] = set()
        for stretch in stretches:
            found.update(self._block_of[stretch.captured : stretch.captured_end].tolist())
        return found

    def is_far(self, stretch: Stretch, taken: set[int]) -> bool:
        """Whether a match stands in furniture or beyond other running prose, away from the article.

        `taken` are the blocks in which anything of the saved text was found.
        """
        low = int(self._block_of[stretch.captured])
        high = int(self._block_of[stretch.captured_end - 1])
        if any(self._in_element(block) for block in range(low, high + 1)):
            return False
        if self._in_furniture(low):
            return True
        between = range(high + 1, self._first) if high < self._first else range(self._last + 1, low)
        return any(block not in taken and self._is_prose(block) for block in between)

    def is_own(self, position: int) -> bool:
        """Whether the text at a position of the page's text belongs to the article, hidden or not."""
        block = self._page.block_at(position)
        if block < 0 or not self._in_element(block):
            return False
        return not self._in_furniture(block) and self._link_share(block) < _LINK_SHARE

    def _is_prose(self, block: int) -> bool:
        known = self._prose.get(block)
        if known is None:
            known = self._prose[block] = self._looks_like_prose(block)
        return known

    def _looks_like_prose(self, block: int) -> bool:
        page = self._page
        text = page.text[page.block_start[block] : page.block_end[block]].strip()
        if not self._letters[block] or not _ends_sentence(text) or not _enough_words(text):
            return False
        if self._in_furniture(block):
            return False
        return self._link_share(block) < _LINK_SHARE

    def _link_share(self, block: int) -> float:
        """The share of a block's characters that are link text."""
        page = self._page
        span = page.source_span(page.block_start[block], page.block_end[block])
        before = page.source[max(0, span.start - _TAG_REACH) : span.start].lower()
        opened = before.rfind("<a ") > before.rfind("</a")
        source = ("<a>" if opened else "") + page.source[span.start : span.end]
        linked = sum(len(_TAG.sub("", found.group())) for found in _LINK.finditer(source))
        return linked / max(1, page.block_end[block] - page.block_start[block])

    def omissions(self) -> list[Omission]:
        """Prose of the article that the saved text lacks: whole paragraphs, and whole sentences
        beside matched ones."""
        found: list[Omission] = []
        for block in self._article_blocks():
            if self._matched_letters[block]:
                found += self._inside_matched_block(block)
            elif self._is_paragraph(block) and not self._repeats(block):
                found.append(self._omission(self._page.block_start[block], self._page.block_end[block]))
        return found

    def _is_paragraph(self, block: int) -> bool:
        if self._is_prose(block) or self._heads_prose(block):
            return True
        between = self._first < block < self._last
        return self._is_short_paragraph(block) if between else self._is_item(block) and self._is_kin(block)

    def _is_item(self, block: int) -> bool:
        """Whether a block is a list item that says something, without a full stop."""
        page = self._page
        if page.block_kind[block] != "list-item" or self._in_furniture(block):
            return False
        words = len(WORD.findall(page.text, page.block_start[block], page.block_end[block]))
        return words >= _ITEM_WORDS and self._link_share(block) < _LINK_SHARE

    def _article_blocks(self) -> list[int]:
        """Blocks from the first to the last match, and the article's own on either side of them."""
        inner = [block for block in range(self._first, self._last + 1) if self._in_element(block)]
        before = self._beside(range(self._first - 1, -1, -1))
        after = self._beside(range(self._last + 1, len(self._page.block_start)))
        return before[::-1] + inner + after

    def _beside(self, blocks: range) -> list[int]:
        """The article's own blocks on one side of the matches: prose like theirs, up to where it stops."""
        own: list[int] = []
        between: list[int] = []
        for block in blocks:
            if not self._in_element(block) or len(between) > _BETWEEN_PROSE:
                break
            if (self._is_prose(block) or self._is_item(block)) and self._is_kin(block):
                own += [*between, block]
                between = []
            else:
                between.append(block)
        return own

    def _is_kin(self, block: int) -> bool:
        """Whether a block is marked up as the matched ones at the edges are."""
        page = self._page
        if page.block_element[block] < 0:
            return False
        element = page.elements[page.block_element[block]]
        for edge in (self._first, self._last):
            if page.block_element[edge] < 0:
                continue
            other = page.elements[page.block_element[edge]]
            if other.name == element.name and (
                other.parent == element.parent or self._cousins(other, element)
            ):
                return True
        return False

    def _cousins(self, one: Element, other: Element) -> bool:
        """Whether the elements' parents are of one kind under one parent (sections of an article)."""
        if one.parent < 0 or other.parent < 0:
            return False
        parent, another = self._page.elements[one.parent], self._page.elements[other.parent]
        return parent.name == another.name and parent.parent == another.parent

    def _is_short_paragraph(self, block: int) -> bool:
        """Whether a block too short for prose is a paragraph all the same: between the matched
        ones, marked up like those beside it, and a sentence or an item of their list."""
        page = self._page
        text = page.text[page.block_start[block] : page.block_end[block]].strip()
        listed = page.block_kind[block] == "list-item"
        if not (listed or _is_sentence(text)):
            return False
        element = page.block_element[block]
        kin = [other for other in (block - 1, block + 1) if self._matched_letters[other]]
        alike = any(
            page.elements[page.block_element[other]].name == page.elements[element].name
            and page.elements[page.block_element[other]].parent == page.elements[element].parent
            for other in kin
            if element >= 0 and page.block_element[other] >= 0
        )
        return alike and not self._in_furniture(block) and self._link_share(block) < _LINK_SHARE

    def _heads_prose(self, block: int) -> bool:
        """Whether a block is the heading of an omitted paragraph."""
        page = self._page
        following = block + 1
        return (
            page.block_kind[block] == "heading"
            and following < len(page.block_start)
            and not self._matched_letters[following]
            and not self._in_furniture(block)
            and self._is_prose(following)
        )

    def _repeats(self, block: int) -> bool:
        """Whether a block says again what the saved text has (a pull quote, a second copy)."""
        at = np.flatnonzero(self._block_of == block)
        if not at.size:
            return True
        return self._stream.characters[int(at[0]) : int(at[-1]) + 1] in self._saved

    def _inside_matched_block(self, block: int) -> list[Omission]:
        """Whole sentences that stand beside matched text in one block."""
        if self._letters[block] == self._matched_letters[block] or self._in_furniture(block):
            return []
        found: list[Omission] = []
        run: list[Span] = []
        for span in sentences(self._page.text, self._page.block_start[block], self._page.block_end[block]):
            low, high = self._stream.index_at(span.start), self._stream.index_at(span.end)
            if low < high and not self._matched[low:high].any():
                run.append(span)
            else:
                found += self._run_omitted(run)
                run = []
        return found + self._run_omitted(run)

    def _run_omitted(self, run: list[Span]) -> list[Omission]:
        """The omission a run of unmatched sentences of one block makes, labels at its ends left off."""
        while run and not _is_sentence(run[0].of(self._page.text)):
            run = run[1:]
        while run and not _is_sentence(run[-1].of(self._page.text)):
            run = run[:-1]
        if not run:
            return []
        low, high = self._stream.index_at(run[0].start), self._stream.index_at(run[-1].end)
        if self._stream.characters[low:high] in self._saved:
            return []
        return [self._omission(run[0].start, run[-1].end)]

    def _in_furniture(self, block: int) -> bool:
        """Whether an element around a block marks furniture; one that holds matched text does not."""
        page = self._page
        asked: list[int] = []
        known: bool | None = False
        for element in page.ancestors(page.block_element[block]):
            known = False if element in self._weights else self._furniture.get(element)
            if known is not None:
                break
            asked.append(element)
            name = page.elements[element].name
            known = name in _FURNITURE_ELEMENTS or bool(_FURNITURE_CLASS.search(page.start_tag(element)))
            if known:
                break
        self._furniture.update(dict.fromkeys(asked, bool(known)))
        return bool(known)

    def _omission(self, start: int, end: int) -> Omission:
        text = self._page.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        letters = self._stream.index_at(end) - self._stream.index_at(start)
        return Omission(start, end, letters)

    def matched_letters(self) -> int:
        """Characters of the captured stream that the saved text has."""
        return int(self._matched.sum())


def _enough_words(text: str) -> bool:
    unspaced = sum("\u3040" <= character <= "\u9fff" for character in text)
    thai = sum("\u0e00" <= character <= "\u0eff" for character in text)
    if unspaced >= _PROSE_CHARACTERS_UNSPACED or thai >= 2 * _PROSE_CHARACTERS_UNSPACED:
        return True
    return len(WORD.findall(text)) - unspaced >= _PROSE_WORDS


def _ends_sentence(text: str) -> bool:
    """Whether a text closes as sentences do; Thai closes them with nothing."""
    return bool(_END_OF_SENTENCE.search(text[-8:])) or "\u0e00" <= text[-1:] <= "\u0eff"


def _is_sentence(text: str) -> bool:
    """A whole sentence, not a label: some words, closed by a full stop."""
    return _ends_sentence(text) and (len(WORD.findall(text)) >= 2 or _enough_words(text))
