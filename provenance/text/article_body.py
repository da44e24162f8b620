"""The article text that a page carries in its JSON-LD, with a map back to the page source."""

import re

from provenance.text.page import JSON_LD, Element, Page, read_page
from provenance.text.page_metadata import json_ld

_BODY = re.compile(r'"(?:articleBody|text)"\s*:\s*"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "r": " ", "t": " ", "b": " ", "f": " "}
_MARKUP = re.compile(r"</?[a-z]+[\s>/]|&[a-z#0-9]+;", re.IGNORECASE)
_LEAST = 200  # characters; a shorter one is a comment, a question or a caption


def read_article_body(source: str) -> Page | None:
    """The longest `articleBody` of the page as a page of its own over the same source, or None."""
    bodies = [
        (found.start(1) + offset, found[1])
        for offset, block in json_ld(source)
        for found in _BODY.finditer(block)
    ]
    start, literal = max(bodies, key=lambda body: len(body[1]), default=(0, ""))
    if len(literal) < _LEAST:
        return None
    text, starts, ends = _decoded(literal, start)
    page = Page(source)
    page.elements.append(Element("body", -1, start, start))
    if _MARKUP.search(text):
        inner = read_page(text)
        for at, length, low, high in zip(
            inner.run_at, inner.run_length, inner.run_start, inner.run_end, strict=True
        ):
            if length == high - low:
                _add_runs(page, at, starts[low:high], ends[low:high])
            else:
                _add_run(page, at, length, starts[low], ends[high - 1])
        page.text = inner.text
        page.block_start, page.block_end, page.block_kind = (
            inner.block_start,
            inner.block_end,
            inner.block_kind,
        )
    else:
        _add_lines(page, text, starts, ends)
    page.block_element = [0] * len(page.block_start)
    return page


def _decoded(literal: str, start: int) -> tuple[str, list[int], list[int]]:
    """A JSON string's text, and for each character where it begins and ends in the source."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def add(text: str, low: int, high: int) -> None:
        for character in text:
            characters.append(character)
            starts.append(start + low)
            ends.append(start + high)

    position = 0
    for escape in _ESCAPE.finditer(literal):
        for index in range(position, escape.start()):
            add(literal[index], index, index + 1)
        add(_unescaped(escape), escape.start(), escape.end())
        position = escape.end()
    for index in range(position, len(literal)):
        add(literal[index], index, index + 1)
    return "".join(characters), starts, ends


def _unescaped(escape: re.Match[str]) -> str:
    if escape[1]:
        pair = bytes.fromhex(escape[1]) + bytes.fromhex(escape[2] or "")
        return pair.decode("utf-16-be", "replace")
    return _PLAIN.get(escape[3], escape[3])


def _add_lines(page: Page, text: str, starts: list[int], ends: list[int]) -> None:
    page.text = text
    position = 0
    for line in text.split("\n"):
        end = position + len(line)
        if line.strip():
            page.block_start.append(position)
            page.block_end.append(end)
            page.block_kind.append("paragraph")
        position = end + 1
    _add_runs(page, 0, starts, ends)


def _add_runs(page: Page, at: int, starts: list[int], ends: list[int]) -> None:
    """Add characters from `at` on: one run for every stretch that maps one to one, one for every escape."""
    begin = 0
    for index in range(1, len(starts) + 1):
        plain = ends[index - 1] - starts[index - 1] == 1
        if index < len(starts) and plain and ends[index] == ends[index - 1] + 1 == starts[index] + 1:
            continue
        _add_run(page, at + begin, index - begin, starts[begin], ends[index - 1])
        begin = index


def _add_run(page: Page, at: int, length: int, start: int, end: int) -> None:
    page.run_at.append(at)
    page.run_length.append(length)
    page.run_start.append(start)
    page.run_end.append(end)
    page.run_place.append(JSON_LD)
