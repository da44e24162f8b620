"""Texts made to hurt: the time they take grows with their length and no faster."""

import time

import pytest

from provenance.citations import cite, load_outlets
from tests.citations.articles import article

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def outlets():
    return load_outlets()


def repeated(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


PIECES = {
    "quote marks": "«»\"“”„'",
    "one long word": "a",
    "names without spaces": "Reuters",
    "names in a list": "Reuters, ",
    "names and cues": "сообщает Reuters со ссылкой на Bloomberg ",
    "right-to-left overrides": "\u202eReuters\u202d",
    "full stops": ". ",
    "dots in words": "a.b.",
    "addresses": "http://a.b.c.d/",
    "open quotes": "издание «А ",
    "glued words": "ПишетReutersПишет",
    "invisible characters": "\u00ad\u200b",
    "combining marks": "a\u0301\u0301\u0301",
    "Chinese": "据路透社报道",
}


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
@pytest.mark.parametrize("language", ["ru", "en", None])
def test_time_is_linear(piece, language, outlets):
    """One line of four times the length takes about four times as long, and never minutes."""
    cite(article(repeated(piece, 20_000), language), outlets)
    begin = time.process_time()
    cite(article(repeated(piece, 100_000), language), outlets)
    small = time.process_time() - begin
    begin = time.process_time()
    cite(article(repeated(piece, 400_000), language), outlets)
    large = time.process_time() - begin
    assert large < max(0.5, 8 * small)


def test_ten_megabytes_on_one_line(outlets):
    body = repeated("Nothing much happened in the harbour that day; the ferry came and went. ", 10 * MEGABYTE)
    begin = time.process_time()
    assert cite(article(body + "Reuters reports this.", "en"), outlets)
    assert time.process_time() - begin < 30
