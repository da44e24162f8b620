"""The article text in a page's JSON-LD leads back to the page source."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.text.article_body import read_article_body
from provenance.text.page import JSON_LD

SENTENCE = "The ferry sank at dawn, and nobody was hurt. "


def page_of(body: str, *, ascii_only: bool = True) -> str:
    described = json.dumps({"@type": "NewsArticle", "articleBody": body}, ensure_ascii=ascii_only)
    return f'<p>Menu</p><script type="application/ld+json">{described}</script><p>Foot</p>'


def test_a_page_without_one() -> None:
    assert read_article_body("<p>text</p>") is None
    assert read_article_body(page_of("Too short.")) is None
    assert read_article_body(page_of("").replace("articleBody", "other")) is None


def test_lines_are_blocks_and_lead_back() -> None:
    source = page_of(SENTENCE * 5 + '\nShe said: "Why?"\r\n\n' + SENTENCE)
    page = read_article_body(source)
    assert page is not None
    assert [page.text[a:b].strip() for a, b in zip(page.block_start, page.block_end, strict=True)] == [
        (SENTENCE * 5).strip(), 'She said: "Why?"', SENTENCE.strip(),
    ]  # fmt: skip
    at = page.text.index("She")
    assert page.source_span(at, at + 16).of(source) == 'She said: \\"Why?\\"'
    assert set(page.run_place) == {JSON_LD}


@pytest.mark.parametrize("ascii_only", [True, False])
def test_escapes_lead_back(ascii_only: bool) -> None:
    source = page_of(SENTENCE * 5 + "Größe 😀 / end", ascii_only=ascii_only)
    page = read_article_body(source)
    assert page is not None and page.text.endswith("Größe 😀 / end")
    at = page.text.index("😀")
    expected = "\\ud83d\\ude00" if ascii_only else "😀"
    assert page.source_span(at, at + 1).of(source) == expected


def test_markup_inside_is_read() -> None:
    source = page_of("<p>" + SENTENCE * 4 + "</p><p>Fish &amp; <b>chips</b></p>")
    page = read_article_body(source)
    assert page is not None
    assert [page.text[a:b].strip() for a, b in zip(page.block_start, page.block_end, strict=True)] == [
        (SENTENCE * 4).strip(), "Fish & chips",
    ]  # fmt: skip
    at = page.text.index("& chips")
    assert page.source_span(at, at + 7).of(source) == "&amp; <b>chips"


def test_the_longest_is_taken() -> None:
    source = page_of("Comment. " * 30) + page_of(SENTENCE * 20)
    page = read_article_body(source)
    assert page is not None and page.text.startswith("The ferry")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120), st.booleans())
def test_every_text_comes_out_and_leads_back(tail: str, ascii_only: bool) -> None:
    tail = tail.replace("<", "").replace("&", "").encode("utf-8", "replace").decode()
    source = page_of(SENTENCE * 5 + tail, ascii_only=ascii_only)
    page = read_article_body(source)
    assert page is not None
    for control in "\r\t\b\f":
        tail = tail.replace(control, " ")
    assert page.text == SENTENCE * 5 + tail
    for at, length, start, end in zip(*page.runs, strict=True):
        if length == end - start and "\\" not in source[start:end]:
            assert page.text[at : at + length] == source[start:end]


@pytest.mark.parametrize("bad", ["\\u12", "\\", "\\ud83d", "\\udc00x", "\\x"])
def test_broken_escapes_do_not_fail(bad: str) -> None:
    source = f'<script type="application/ld+json">{{"articleBody": "{SENTENCE * 5}{bad} end"}}</script>'
    page = read_article_body(source)
    assert page is not None and page.text.startswith("The ferry")


@pytest.mark.parametrize(
    "source",
    [page_of("\\" * 500_000), page_of("a\n" * 200_000), page_of("\u0436" * 150_000),
     '<script type="application/ld+json">' + '"articleBody":"' * 50_000 + "</script>",
     '<script type="application/ld+json">' + '"text" ' + " " * 500_000 + "</script>",
     page_of("<p>" * 200_000)],
    ids=["backslashes", "lines", "escapes", "openings", "spaces", "markup"],
)  # fmt: skip
def test_hostile_bodies_take_no_longer_than_others(source: str) -> None:
    began = time.process_time()
    read_article_body(source)
    assert time.process_time() - began < 4


def test_an_escape_inside_markup_does_not_widen_what_stands_beside_it() -> None:
    source = page_of("<p>" + SENTENCE * 4 + 'She said "why" twice.</p>')
    page = read_article_body(source)
    assert page is not None
    at = page.text.index("twice")
    assert page.source_span(at, at + 5).of(source) == "twice"
