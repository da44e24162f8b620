"""The article text that a page carries in its JSON-LD, with a map back to the page source."""

import re
from collections.abc import Iterator

import numpy as np

from provenance.text.html_tree import Element, Tree
from provenance.text.page import JSON_LD, Page, Runs, read_page
from provenance.text.page_metadata import json_ld

_BODY = re.compile(r'"(?:articleBody|text)"\s*:\s*"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "r": " ", "t": " ", "b": " ", "f": " "}
_MARKUP = re.compile(r"</?[a-z]+[\s>/]|&[a-z#0-9]+;", re.IGNORECASE)
_LEAST = 200  # characters; a shorter one is a comment, a question or a caption

_Run = tuple[int, int, int, int]  # place in the text, length, stretch of the source


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
    runs: list[_Run] = []
    if _MARKUP.search(text):
        inner = read_page(text)
        for at, length, low, high in zip(*(column.tolist() for column in inner.runs), strict=True):
            if length == high - low:
                runs += _runs(at, starts[low:high], ends[low:high])
            else:
                runs.append((at, length, starts[low], ends[high - 1]))
        text, block_start, block_end = inner.text, inner.block_start, inner.block_end
    else:
        block_start, block_end = _lines(text)
        runs += _runs(0, starts, ends)
    columns = Runs(*np.array(runs, dtype=np.int64).reshape(-1, 4).T)
    # The JSON says nothing of elements: one holds all.
    tree = Tree([Element("body", -1, 0)], [0] * len(block_start), [])
    return Page(source, text, block_start, block_end, columns, lambda: tree, place=JSON_LD)


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


def _lines(text: str) -> tuple[list[int], list[int]]:
    """Where the lines of a text begin and end, those with nothing on them left out."""
    begins: list[int] = []
    ends: list[int] = []
    position = 0
    for line in text.split("\n"):
        end = position + len(line)
        if line.strip():
            begins.append(position)
            ends.append(end)
        position = end + 1
    return begins, ends


def _runs(at: int, starts: list[int], ends: list[int]) -> Iterator[_Run]:
    """Runs of characters from `at` on: one for every stretch that maps one to one, one for every escape."""
    begin = 0
    for index in range(1, len(starts) + 1):
        plain = ends[index - 1] - starts[index - 1] == 1
        if index < len(starts) and plain and ends[index] == ends[index - 1] + 1 == starts[index] + 1:
            continue
        yield at + begin, index - begin, starts[begin], ends[index - 1]
        begin = index
