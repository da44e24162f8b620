"""Page furniture in saved text: what a page puts around an article, and no reader calls its text.

Every rule here forgives (what is furniture is not compared), so each is bound to a shape that
running prose does not have: an explicit cue of `data/furniture/`, or a short line without the end
of a sentence in a place where pages keep such lines. A sentence is furniture only by its cue.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from provenance.model.article import SetAside
from provenance.model.text import ReadableText
from provenance.vault.furniture_cues import Cues, cues

# A line of at least this many words that ends like a sentence is running prose.
SENTENCE_WORDS = 8
# Han, kana and Thai do not part words: so many characters count as one.
UNSPACED_CHARACTERS = 2
LONGEST_TITLE = 30  # words in the headline of a related article
LONGEST_CREDIT = 12  # words in a credit line
LONGEST_CAPTION = 7  # words before the credit in brackets: longer is told like prose
LONGEST_NAME_LINE = 6  # words in a line of names only
LONGEST_BOILERPLATE = 40  # words in one sentence of boilerplate
FEWEST_TICKER_LINES = 3
WIDEST_TICKER_GAP = 5  # lines without a time between two ticker lines

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_UNSPACED = re.compile(r"[぀-ヿ㐀-鿿฀-๿]")
_SENTENCE_END = re.compile(r"[.!?…。！？।։؟][\"'”’»“)\]]*$")
_SENTENCE_BREAK = re.compile(r"(?<=[.!?…。！？։؟])[\"'”’»)]*\s+(?=\S)")
_ENDS_WITH_TIME = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d$")
_BEGINS_WITH_TIME = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])")
_NUMBERS_ONLY = re.compile(r"[\d\s.,:+%()/–-]+$")
_LOOSE_COMMA = re.compile(r"\s,$")
_CREDIT_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{3,120})[)\]]\.?$")
_RIGHTS = ("©", "(c) ", "copyright ")
_AFTER_CUE = re.compile(r"\s*(?:[:：—–|»>→]|-\s)\s*|\s*$")


@dataclass(slots=True)
class _Line:
    text: str
    start: int
    kind: str
    blank_before: bool
    key: str
    words: int
    reason: str | None = None

    @property
    def ends_sentence(self) -> bool:
        return _SENTENCE_END.search(self.text[-12:]) is not None

    @property
    def is_prose(self) -> bool:
        return self.words >= SENTENCE_WORDS and (self.ends_sentence or self.words > LONGEST_TITLE)


def find_furniture(readable: ReadableText, body: str, *, is_page_text: bool) -> tuple[SetAside, ...]:
    """The furniture among the blocks of a saved text.

    `is_page_text` marks plain text, in which a whole page may stand: there lines are also known by
    their place (before the article, in a ticker, beside other furniture). Elsewhere only explicit
    cues count.
    """
    lines = list(_lines(readable, body))
    _by_cue(lines)
    if is_page_text:
        _ticker(lines)
        _teasers(lines)
        _leading(lines)
        _trailing(lines)
    found = [
        (line.start, line.start + len(line.text), line.reason) for line in lines if line.reason is not None
    ]
    folded = readable.text.casefold()
    said = tuple(cue for cue in cues().boilerplate if cue in folded)
    if said or any(mark in folded for mark in _RIGHTS):
        found += [part for line in lines if line.reason is None for part in _boilerplate(line, said)]
    return tuple(_joined(readable, body, sorted(found)))


def _joined(readable: ReadableText, body: str, found: list[tuple[int, int, str]]) -> Iterator[SetAside]:
    """As stretches of the body; neighbours of one reason with only space between them are one."""
    last: SetAside | None = None
    for start, end, reason in found:
        span = readable.body_span(start, end)
        if last is not None and last.reason == reason and not body[last.end : span.start].strip():
            last = SetAside(last.start, span.end, reason)
            continue
        if last is not None:
            yield last
        last = SetAside(span.start, span.end, reason)
    if last is not None:
        yield last


def _lines(readable: ReadableText, body: str) -> Iterator[_Line]:
    reached = 0
    for block in readable.blocks:
        text = readable.text[block.start : block.end]
        span = readable.body_span(block.start, block.end)
        between = body[reached : span.start]
        blank = between.count("\n") + between.count("\r") - between.count("\r\n") != 1
        reached = span.end
        yield _Line(text, block.start, block.kind, blank, _line_key(text[:400]), _count_words(text))


def _line_key(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .,:;!|·•–—-…>»«<[]()*#")


def _count_words(text: str) -> int:
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(text)) if not unspaced else unspaced // UNSPACED_CHARACTERS


def _by_cue(lines: list[_Line]) -> None:
    known = cues()
    for position, line in enumerate(lines):
        if line.reason is not None or line.words > LONGEST_TITLE + SENTENCE_WORDS:
            continue
        if line.key in known.lines:
            line.reason = known.lines[line.key]
        elif (title := _after_cue(line, known.read_also)) is not None:
            if _is_one_title(title):
                line.reason = "read-also"
            if not title:
                _list_of_titles(lines, position + 1)
        elif (rest := _after_cue(line, known.credits)) is not None:
            if (
                rest
                and line.words <= LONGEST_CREDIT
                and not (line.ends_sentence and line.words >= SENTENCE_WORDS)
            ):
                line.reason = "credit"
        elif (rest := _after_cue(line, known.details)) is not None:
            if line.words <= LONGEST_CREDIT and not line.ends_sentence:
                line.reason = "boilerplate"
        else:
            line.reason = _picture(line, known)


def _after_cue(line: _Line, beginnings: tuple[str, ...]) -> str | None:
    """What follows one of these cues and its colon or dash at the beginning; None without a cue."""
    folded = line.text.casefold().lstrip(" >»→•·-–—(*[©")
    if not folded.startswith(beginnings):
        return None
    for cue in beginnings:
        if folded.startswith(cue):
            mark = _AFTER_CUE.match(folded, len(cue))
            if mark is not None:
                return folded[mark.end() :].strip()
    return None


def _is_one_title(text: str) -> bool:
    breaks = _SENTENCE_BREAK.split(text)
    return _count_words(text) <= LONGEST_TITLE and len(breaks) == 1


def _list_of_titles(lines: list[_Line], position: int) -> None:
    """The headlines below a line that says only `Read also`: list items, or lines without an end."""
    for line in lines[position : position + 10]:
        is_title = (
            line.words <= LONGEST_TITLE and not line.ends_sentence and line.kind in ("list-item", "heading")
        )
        if line.reason is None and not is_title:
            break
        line.reason = line.reason or "read-also"


def _picture(line: _Line, known: Cues) -> str | None:
    """Caption or credit: a short line that ends with a picture credit in brackets, or such a credit alone."""
    if line.text.startswith("©") and line.words <= LONGEST_NAME_LINE and not line.ends_sentence:
        return "credit"
    credit = _CREDIT_IN_BRACKETS.search(line.text[-160:])
    if credit is None or not credit[1].casefold().startswith(known.credits):
        return None
    told = line.text[: len(line.text) - len(credit[0])].strip()
    if not told:
        return "credit" if line.words <= LONGEST_CREDIT else None
    return "caption" if _count_words(told) <= LONGEST_CAPTION and not _SENTENCE_END.search(told) else None


def _ticker(lines: list[_Line]) -> None:
    """A run of headlines with a time each, and the short lines among them."""
    known = cues()
    timed = [position for position, line in enumerate(lines) if _is_ticker_line(line)]
    group: list[int] = []
    for position in [*timed, len(lines) + WIDEST_TICKER_GAP + 2]:
        if group and position - group[-1] > WIDEST_TICKER_GAP + 1:
            if len(group) >= FEWEST_TICKER_LINES:
                first = next(
                    (p for p in range(group[0], max(-1, group[0] - 8), -1) if lines[p].key in known.tickers),
                    group[0],
                )
                for line in lines[first : group[-1] + 1]:
                    if _is_ticker_line(line) or not line.is_prose:
                        line.reason = "ticker"
            group = []
        group.append(position)
    for line in lines:
        if line.key in known.tickers and line.reason is None:
            line.reason = "ticker"


def _is_ticker_line(line: _Line) -> bool:
    if line.words > LONGEST_TITLE:
        return False
    if _ENDS_WITH_TIME.search(line.text):
        return True
    return _BEGINS_WITH_TIME.match(line.text) is not None and not line.ends_sentence


def _teasers(lines: list[_Line]) -> None:
    """A related article in a box: headline, rubric and perhaps a picture, line under line."""
    known = cues()
    for position, line in enumerate(lines[1:], 1):
        head = lines[position - 1]
        if line.blank_before or line.key not in known.rubrics or line.words > 3:
            continue
        if head.ends_sentence or head.words > LONGEST_TITLE or not head.blank_before:
            continue
        head.reason = line.reason = "read-also"
        for below in lines[position + 1 : position + 3]:
            if below.blank_before or not (below.reason or _is_names(below)):
                break
            below.reason = below.reason or "caption"


def _leading(lines: list[_Line]) -> None:
    """Menus, rubrics and names before the first sentence. The longest line is the headline."""
    first = next((position for position, line in enumerate(lines) if line.is_prose), 0)
    leading = lines[:first]
    headline = max((line.words for line in leading if line.reason is None), default=0)
    still_to_come = Counter(line.key for line in leading)
    times = Counter(line.key for line in lines)
    for line in leading:
        still_to_come[line.key] -= 1
        if line.reason is not None:
            continue
        if line.words >= min(headline, SENTENCE_WORDS):
            if still_to_come[line.key] and not line.ends_sentence:  # the headline once more, in a menu
                line.reason = "menu"
        elif _is_out_of_place(line) or (times[line.key] > 1 and not line.ends_sentence):
            line.reason = "menu"
        elif _is_names(line):
            line.reason = "caption"
    for before, line in pairwise(lines):
        if before.reason == "caption" or line.reason == "caption":
            _beside_caption(before, line)


def _is_out_of_place(line: _Line) -> bool:
    """A number, a rubric or a line with a loose comma (a list that lost its links)."""
    return bool(
        _NUMBERS_ONLY.match(line.text) or _LOOSE_COMMA.search(line.text) or line.key in cues().rubrics
    )


def _beside_caption(before: _Line, line: _Line) -> None:
    """The same names once more, right above or below a caption (an image's text and its caption)."""
    for one, other in ((before, line), (line, before)):
        if (
            one.reason is None
            and other.reason == "caption"
            and other.key.startswith(one.key)
            and _is_names(one)
        ):
            one.reason = "caption"


def _trailing(lines: list[_Line]) -> None:
    """Numbers and rubrics alone on their lines after the last sentence."""
    last = next((p for p in range(len(lines) - 1, -1, -1) if lines[p].is_prose), len(lines))
    for line in lines[last + 1 :]:
        if line.reason is None and (_NUMBERS_ONLY.match(line.text) or line.key in cues().rubrics):
            line.reason = "menu"


def _is_names(line: _Line) -> bool:
    """Nothing but capitalised words, joined by the likes of `and`: a caption or a byline."""
    words = line.text.split()
    if not 0 < len(words) <= LONGEST_NAME_LINE or line.ends_sentence or line.kind == "heading":
        return False
    connectors = cues().connectors
    names = [word.strip(",") for word in words if word.casefold() not in connectors]
    return bool(names) and all(
        name.replace("-", "").replace("’", "").replace("'", "").replace(".", "").isalpha()
        and name[0].isupper()
        for name in names
    )


def _boilerplate(line: _Line, said: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """The sentences of a block that are boilerplate by their own words, one by one."""
    folded = line.text.casefold()
    if len(folded) != len(line.text) or not any(cue in folded for cue in (*said, *_RIGHTS)):
        return
    at = 0
    for end in [*(found.end() for found in _SENTENCE_BREAK.finditer(line.text)), len(line.text)]:
        sentence = folded[at:end].rstrip()
        words = _count_words(sentence)
        is_rights = sentence.startswith(_RIGHTS) and words < SENTENCE_WORDS
        if is_rights or (words <= LONGEST_BOILERPLATE and any(cue in sentence for cue in said)):
            yield line.start + at, line.start + at + len(sentence), "boilerplate"
        at = end
