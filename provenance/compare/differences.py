"""Gaps between the streams -> differences a person can judge: whole words, in both texts."""

import re
import unicodedata
from dataclasses import dataclass

import numpy as np

from provenance.compare.captured import CapturedText
from provenance.compare.gaps import Gap
from provenance.compare.locate import Stretch
from provenance.compare.material import Place, material
from provenance.compare.saved import SavedText
from provenance.model.verification import Excerpt
from provenance.text.substance import Substance

_CONTEXT = 60  # characters shown on either side of a captured place
_REACH = 40  # characters a change is widened by at most, to whole words
# These join letters into one word although they are no substance.
_JOINERS = frozenset("'’‘ʼ\u00ad\u200b\u200c\u200d\u2060\ufeff\u0640")
_SPACE = re.compile(r"\s+")
_SUPERSCRIPT = re.compile(r"<sup(?:\s[^>]*)?>(.*?)</sup", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LONGEST_NOTE_MARK = 3
_NOTE_REACH = 400  # characters of source in which a note's mark follows its word
_ORDINAL = re.compile(r"\s*\(?(?:\d{1,3}|[a-z])[.)]\s*")


@dataclass(frozen=True, slots=True)
class Change:
    """A gap widened to whole words: stretches of both streams."""

    s0: int
    s1: int
    c0: int
    c1: int


class Evidence:
    """Points into both texts: makes changes of gaps, and excerpts of changes."""

    def __init__(self, saved: SavedText, captured: CapturedText, stream: Substance) -> None:
        self.saved, self.captured, self.stream = saved, captured, stream

    # -- widening to words -------------------------------------------------------------------

    def changes(self, gaps: list[Gap]) -> list[Change]:
        """The gaps of kind `changed`, widened to whole words; what then overlaps is one change."""
        saved, captured = self.saved.stream.characters, self.stream.characters
        widened = [
            self._widened(gap)
            for gap in gaps
            if gap.kind == "changed" and saved[gap.s0 : gap.s1] != captured[gap.c0 : gap.c1]
        ]
        merged: list[Change] = []
        for change in widened:
            if merged:
                last = merged[-1]
                touching = change.s0 <= last.s1 and change.c0 <= last.c1
                if (touching or change.s0 < last.s1 or change.c0 < last.c1) and change.s1 >= last.s0:
                    merged[-1] = Change(
                        min(last.s0, change.s0),
                        max(last.s1, change.s1),
                        min(last.c0, change.c0),
                        max(last.c1, change.c1),
                    )
                    continue
            merged.append(change)
        return [change for change in merged if not self.only_formatting(change)]

    def _widened(self, gap: Gap) -> Change:
        s0, s1, c0, c1 = gap.s0, gap.s1, gap.c0, gap.c1
        if s0 == s1 or c0 == c1:
            shift = self._slide(s0, s1, c0, c1)
            s0, s1, c0, c1 = s0 + shift, s1 + shift, c0 + shift, c1 + shift
        steps = 0
        while steps < _REACH and not self._at_words(s0, c0) and self._same(s0 - 1, c0 - 1):
            s0, c0, steps = s0 - 1, c0 - 1, steps + 1
        steps = 0
        while steps < _REACH and not self._at_words(s1, c1) and self._same(s1, c1):
            s1, c1, steps = s1 + 1, c1 + 1, steps + 1
        return Change(s0, s1, c0, c1)

    def _at_words(self, s: int, c: int) -> bool:
        """Whether a word begins here on both sides, or on one where the other side's words are
        glued; a number is never cut."""
        saved, captured = self._breaks_saved(s), self._breaks_captured(c)
        if saved and captured:
            return True
        return (saved and not _in_number(self.stream, c)) or (
            captured and not _in_number(self.saved.stream, s)
        )

    def _same(self, s: int, c: int) -> bool:
        saved, captured = self.saved.stream.characters, self.stream.characters
        return 0 <= s < len(saved) and 0 <= c < len(captured) and saved[s] == captured[c]

    def _slide(self, s0: int, s1: int, c0: int, c1: int) -> int:
        """How far to slide words put in or left out so that they begin and end at word breaks.

        "the cat" against "the the cat": which "the" is new cannot be told, but it is a whole one.
        """
        for distance in range(_REACH):
            for shift in (-distance, distance) if distance else (0,):
                if not self._can_slide(s0, s1, c0, c1, shift):
                    continue
                if s0 == s1:
                    if self._breaks_captured(c0 + shift) and self._breaks_captured(c1 + shift):
                        return shift
                elif self._breaks_saved(s0 + shift) and self._breaks_saved(s1 + shift):
                    return shift
        return 0

    def _can_slide(self, s0: int, s1: int, c0: int, c1: int, shift: int) -> bool:
        if shift < 0:
            return all(self._same(s0 - k, c0 - k) and self._same(s1 - k, c1 - k) for k in range(1, 1 - shift))
        return all(self._same(s0 + k, c0 + k) and self._same(s1 + k, c1 + k) for k in range(shift))

    def _breaks_saved(self, index: int) -> bool:
        return _breaks(self.saved.text, self.saved.stream, index)

    def _breaks_captured(self, index: int) -> bool:
        return _breaks(self.captured.text, self.stream, index)

    # -- formatting --------------------------------------------------------------------------

    def only_formatting(self, change: Change) -> bool:
        """Whether the texts themselves, not their streams, differ in formatting alone.

        The streams are strict: "2020.15" and "2020. 15" differ in them because a point between
        digits is substance. Here both texts are looked at with their punctuation, and without
        white space other than that between digits.
        """
        if self._only_a_border(change):
            return True
        # The letters on either side decide what a sign or a space between is; they belong to the
        # comparison where they are the same on both sides.
        before = self._same(change.s0 - 1, change.c0 - 1)
        after = self._same(change.s1, change.c1)
        low, high = _stretch_with(self.saved.stream, change.s0, change.s1, before, after)
        saved = self.saved.text[low:high]
        low, high = _stretch_with(self.stream, change.c0, change.c1, before, after)
        captured = self._shown(low, high)
        if _as_written(saved) == _as_written(captured):
            return True
        return _same_in_capitals(saved, captured) or self._list_ordinal(change)

    def _only_a_border(self, change: Change) -> bool:
        """Whether two numbers that one side parts with a space are parted otherwise on the other."""
        saved = self.saved.stream.characters[change.s0 : change.s1]
        captured = self.stream.characters[change.c0 : change.c1]
        if saved + captured != " ":
            return False
        stream, index = (self.stream, change.c0) if saved else (self.saved.stream, change.s0)
        return 0 < index < len(stream) and int(stream.positions[index] - stream.positions[index - 1]) > 1

    def is_note_mark(self, change: Change) -> bool:
        """Whether the saved text has a footnote's mark that the page shows as a superscript."""
        words = self.saved.stream.characters[change.s0 : change.s1]
        if change.c0 != change.c1 or not 0 < change.c0 <= len(self.stream) or len(words) > _LONGEST_NOTE_MARK:
            return False
        after = int(self.stream.positions[change.c0 - 1]) + 1
        start = self.captured.page.source_span(after - 1, after).end
        mark = _SUPERSCRIPT.search(self.captured.page.source, start, start + _NOTE_REACH)
        if mark is None:
            return False
        return "".join(c for c in _TAG.sub("", mark[1]) if c.isalnum()).lower() == words

    def _list_ordinal(self, change: Change) -> bool:
        """A list number that one side writes out and the other side's list makes by itself."""
        if change.c0 == change.c1 and change.s1 > change.s0 and change.c0 < len(self.stream):
            block = self.captured.page.block_at(int(self.stream.positions[change.c0]))
            listed = block >= 0 and self.captured.page.block_kind[block] == "list-item"
            text = self.saved.text
            low = int(self.saved.stream.positions[change.s0])
            high = int(self.saved.stream.positions[change.s1 - 1]) + 1
            line = text[text.rfind("\n", 0, low) + 1 : low]
            return listed and not line.strip(" \t(") and bool(_ORDINAL.fullmatch(text[low : high + 1]))
        return False

    def material(self, change: Change) -> tuple[str, ...]:
        """The classes of material that a change touches."""
        s0, s1 = text_span(self.saved.text, self.saved.stream, change.s0, change.s1)
        c0, c1 = text_span(self.captured.text, self.stream, change.c0, change.c1)
        language = self.saved.article.language.best
        return material(Place(self.saved.text, s0, s1), Place(self.captured.text, c0, c1), language)

    # -- excerpts ----------------------------------------------------------------------------

    def saved_excerpt(self, first: int, last: int) -> Excerpt:
        """The stretch of the saved stream as a place in the saved body."""
        start, end = text_span(self.saved.text, self.saved.stream, first, last)
        article = self.saved.article
        span = article.readable.body_span(start, end)
        as_page = article.format in ("html", "warc")
        text = _SPACE.sub(" ", self.saved.text[start:end]) if as_page else span.of(article.body)
        low, high = max(0, start - _CONTEXT), min(len(self.saved.text), end + _CONTEXT)
        return Excerpt(span.start, span.end, text, _SPACE.sub(" ", self.saved.text[low:high]).strip())

    def captured_excerpt(self, first: int, last: int) -> Excerpt:
        """The stretch of the captured stream as a place in the page source."""
        start, end = text_span(self.captured.text, self.stream, first, last)
        return self.page_excerpt(start, end)

    def page_excerpt(self, start: int, end: int) -> Excerpt:
        """A stretch of the page's text as a place in its source."""
        span = self.captured.page.source_span(start, end)
        low, high = max(0, start - _CONTEXT), min(len(self.captured.text), end + _CONTEXT)
        return Excerpt(span.start, span.end, self._shown(start, end), self._shown(low, high))

    def _shown(self, start: int, end: int, *, trimmed: bool = True) -> str:
        """What a reader sees of a stretch of the page's text (all of it where none is visible)."""
        text, place = self.captured.text[start:end], self.captured.place[start:end]
        if place.any() and not place.all():
            text = "".join(character for character, hidden in zip(text, place, strict=True) if not hidden)
        text = _SPACE.sub(" ", text)
        return text.strip() if trimmed else text

    def formatting_differences(self, stretches: list[Stretch]) -> int:
        """Places of the stretches at which both texts are written differently (white space runs
        count as one space)."""
        ours = np.concatenate([self.saved.stream.positions[s.saved : s.saved_end] for s in stretches])
        theirs = np.concatenate([self.stream.positions[s.captured : s.captured_end] for s in stretches])
        text, other = self.saved.text, self.captured.text
        our_codes, their_codes = _codes(text), _codes(other)
        case = int((our_codes[ours] != their_codes[theirs]).sum())
        # Between two letters there is mostly nothing, one sign, or two: these agree at one glance.
        our_step, their_step = np.diff(ours), np.diff(theirs)
        unlike = our_step != their_step
        for sign in (1, 2):
            written = np.flatnonzero(~unlike & (our_step > sign))
            unlike[written] = our_codes[ours[written] + sign] != their_codes[theirs[written] + sign]
        unlike |= our_step > 3
        # What lies between two stretches is a change, or another place of the page.
        unlike[np.cumsum([stretch.length for stretch in stretches])[:-1] - 1] = False
        between = 0
        for index in np.flatnonzero(unlike).tolist():
            mine = text[ours[index] + 1 : ours[index + 1]]
            first, last = int(theirs[index]) + 1, int(theirs[index + 1])
            if mine != other[first:last]:
                between += _SPACE.sub(" ", mine) != self._shown(first, last, trimmed=False)
        return case + between


def _codes(text: str) -> np.typing.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _breaks(text: str, stream: Substance, index: int) -> bool:
    """Whether a word of `text` begins at this index of its stream (or the stream ends)."""
    if index <= 0 or index >= len(stream):
        return True
    before, here = int(stream.positions[index - 1]), int(stream.positions[index])
    if "\u3040" <= text[before] <= "\u9fff" or "\u3040" <= text[here] <= "\u9fff":
        return not (text[before].isdigit() and text[here].isdigit())
    if "\u0e00" <= text[before] <= "\u0eff" and "\u0e00" <= text[here] <= "\u0eff":
        # Thai and Lao write no spaces between words: a syllable's letters stay together.
        return not _is_mark(text[here]) and text[before] not in _LEADING_VOWELS
    between = text[before + 1 : here]
    return any(character not in _JOINERS and not _is_mark(character) for character in between)


def _in_number(stream: Substance, index: int) -> bool:
    """Whether an index cuts a number, or parts it from its sign."""
    around = stream.characters[max(0, index - 1) : index + 1]
    return len(around) == 2 and around[1].isdigit() and (around[0].isdigit() or around[0] in "-+.,:/'")


_LEADING_VOWELS = frozenset("เแโใไເແໂໃໄ")


def _is_mark(character: str) -> bool:
    if "\u0e00" <= character <= "\u0eff":
        return unicodedata.category(character) == "Mn" or character in "\u0e30\u0e32\u0e33\u0eb0\u0eb2\u0eb3"
    return (
        "\u0591" <= character <= "\u05c7"
        or "\u064b" <= character <= "\u0670"
        or "\u0300" <= character <= "\u036f"
    )


def text_span(text: str, stream: Substance, first: int, last: int) -> tuple[int, int]:
    """The stretch of text from the first to the last character of substance, signs included.

    An empty stretch is the place right after the character before it.
    """
    if first >= last:
        place = int(stream.positions[first - 1]) + 1 if first > 0 else 0
        return place, place
    start, end = int(stream.positions[first]), int(stream.positions[last - 1]) + 1
    while end < len(text) and _is_mark(text[end]):
        end += 1
    return start, end


def _stretch_with(stream: Substance, first: int, last: int, before: bool, after: bool) -> tuple[int, int]:
    """The text of a stretch of the stream, with the character of substance before and after it."""
    positions = stream.positions
    if first == last and not before:
        return 0, 0
    low = int(positions[first - 1 if before else first])
    return low, int(positions[last if after else last - 1]) + 1


_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_QUOTE_MARKS = str.maketrans(dict.fromkeys("\"'«»‹›“”„‟‘’‚‛`´「」『』"))
_LOOSE_SPACE = re.compile(r"(?<!\d)\s+|\s+(?!\d)")


def _as_written(text: str) -> str:
    """A text with its punctuation, but for quote marks, kinds of dashes, case and the spaces that
    do not part two numbers."""
    plain = unicodedata.normalize("NFC", text).translate(_DASHES).translate(_QUOTE_MARKS).casefold()
    plain = "".join(character for character in plain if unicodedata.category(character) != "Cf")
    return _SPACE.sub(" ", _LOOSE_SPACE.sub("", plain))


def _same_in_capitals(saved: str, captured: str) -> bool:
    """Turkish, German and Greek capitals have no way back: compare what both become in capitals,
    where one side is written in capitals."""
    saved, captured = _SPACE.sub("", saved), _SPACE.sub("", captured)
    return (saved[1:-1].isupper() or captured[1:-1].isupper()) and _capitals(saved) == _capitals(captured)


def _capitals(text: str) -> str:
    # Turkish writes both İ and I where other languages have one capital.
    return _as_written(text).upper().replace("\u0130", "I").replace("\u0307", "")
