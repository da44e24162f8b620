"""Comments in Markdown, which can span blocks: `%% Obsidian %%` and `<!-- HTML -->`."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from provenance.text.markdown_inline import FILLER, following_ticks

# Where a comment may begin, and what keeps one from beginning (code). `5 %%` is a slip, no comment.
_OPENING = re.compile(
    r"(?P<fence>^[ \t]{0,3}(?:`{3,}(?=[^`\n]*$)|~{3,}))"
    r"|(?P<ticks>`+)|(?P<percent>(?<![0-9%])%%(?!%))|(?P<html><!--)",
    re.M,
)
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_CLOSED_BY = {"percent": "%%", "html": "-->"}


def without_comments(body: str) -> tuple[str, list[tuple[int, int]]]:
    """The body with every comment painted over by `FILLER`, same length, and where they were.

    An opening that is never closed is text: hiding the rest of a file would hide what was saved.
    """
    if "%%" not in body and "<!--" not in body:
        return body, []
    comments = list(_comments(body))
    parts = []
    at = 0
    for start, end in comments:
        parts += [body[at:start], FILLER * (end - start)]
        at = end
    parts.append(body[at:])
    return "".join(parts), comments


def _comments(body: str) -> Iterator[tuple[int, int]]:
    code = _CodeSpans(body)
    never_closed = set()  # kinds whose end was sought in vain, so that it is sought once
    at = 0
    while opening := _OPENING.search(body, at):
        at = opening.end()
        if opening["fence"]:
            at = _end_of_fence(body, opening)
        elif opening["ticks"]:
            at = code.end(opening)
        elif opening.lastgroup not in never_closed:
            closed_by = _CLOSED_BY[str(opening.lastgroup)]
            end = body.find(closed_by, opening.end())
            if end < 0:
                never_closed.add(opening.lastgroup)
            else:
                at = end + len(closed_by)
                yield opening.start(), at


def _end_of_fence(body: str, opening: re.Match[str]) -> int:
    mark = opening[0].strip()
    closing = re.compile(rf"^[ \t]*{mark[0]}{{{len(mark)},}}[ \t]*$", re.M).search(body, opening.end())
    return closing.end() if closing else len(body)


class _CodeSpans:
    """Where code in backticks ends: at the next run as long, in the same paragraph."""

    def __init__(self, body: str) -> None:
        has_code = "`" in body
        self._following = following_ticks(body) if has_code else {}
        self._blank_lines = [blank.start() for blank in _BLANK_LINE.finditer(body)] if has_code else []

    def end(self, opening: re.Match[str]) -> int:
        closing = self._following.get(opening.start())
        next_blank = bisect_right(self._blank_lines, opening.start())
        if closing is None or (
            next_blank < len(self._blank_lines) and self._blank_lines[next_blank] < closing
        ):
            return opening.end()
        return closing + len(opening[0])
