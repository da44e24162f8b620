"""Plain text: paragraphs, wrapped or not, and the remains of markup."""
# ruff: noqa: E501 (a case is a line)

import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.vault.plain_text import read_plain_text

SENTENCES = (
    "Der Rat der Stadt hat am Freitag beschlossen, die alte Brücke über den Fluss noch vor dem Winter zu prüfen. "
    "Das Geld dafür liegt nach Angaben der Kämmerei seit März bereit, doch niemand hat es bisher abgerufen. "
    "Der Bürgermeister nannte das ein Versehen, das sich nicht wiederholen werde."
)


def blocks(body):
    readable = read_plain_text(body).readable
    return [readable.text[block.start : block.end] for block in readable.blocks]


def assert_maps_back(body):
    readable = read_plain_text(body).readable
    for piece in readable.pieces:
        shown = readable.text[piece.at : piece.at + piece.length]
        if piece.length == piece.end - piece.start:
            assert all(
                a == b or (a == " " and b in "\r\n")
                for a, b in zip(shown, body[piece.start : piece.end], strict=True)
            )


def test_each_line_is_a_paragraph_where_lines_are_not_wrapped():
    body = f"Kopf der Seite\n{SENTENCES}\nZwischentitel\n{SENTENCES}"
    assert blocks(body) == body.split("\n")


@pytest.mark.parametrize("width", [60, 72, 80, 100])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_hard_wrapped_lines_are_joined(width, line_end):
    body = (line_end * 2).join(textwrap.fill(SENTENCES, width).replace("\n", line_end) for _ in range(3))
    assert blocks(body) == [SENTENCES] * 3
    assert_maps_back(body)


def test_a_short_line_in_wrapped_text_ends_its_paragraph():
    wrapped = textwrap.fill(SENTENCES, 72)
    assert blocks(f"{wrapped}\n\nZwischentitel\n{wrapped}\n\n{wrapped}") == [
        SENTENCES,
        "Zwischentitel",
        SENTENCES,
        SENTENCES,
    ]


def test_a_line_that_begins_in_the_middle_of_a_sentence_goes_on():
    assert blocks("Der Rat hat am Freitag beschlossen, die alte\nbrücke zu sperren.\nKopf\nklein") == [
        "Der Rat hat am Freitag beschlossen, die alte brücke zu sperren.",
        "Kopf",
        "klein",
    ]


def test_an_image_tag_whose_beginning_was_lost_is_set_aside_and_parts_blocks():
    body = "Kopf Ida Kern//blatt.example/bilder/7.jpg?v=1&w=7\u2033> Der Rat sagt Nein."
    plain = read_plain_text(body)
    assert [(body[part.start : part.end], part.reason) for part in plain.set_aside] == [
        ("//blatt.example/bilder/7.jpg?v=1&w=7\u2033>", "markup")
    ]
    assert blocks(body) == ["Kopf Ida Kern", "Der Rat sagt Nein."]


def test_inline_tags_part_nothing_and_entities_are_decoded():
    assert blocks("ein <b>fettes</b> Wort &amp; mehr, 3 < 5 > 2") == ["ein fettes Wort & mehr, 3 < 5 > 2"]


def test_tags_that_an_article_speaks_of_are_text():
    assert blocks("Das Element <title> steht in <head>, </font> ist alt.") == [
        "Das Element <title> steht in <head>, </font> ist alt."
    ]


WORDS = st.sampled_from(
    ["Rat", "Brücke,", "5,3 %", "мост", "橋。", "AT&T", "<5", "a", "U.S.", "//x", "->", "&amp"]
)
LINES = st.lists(WORDS, min_size=0, max_size=12).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\n \n"])), max_size=12))
def test_no_word_is_lost(lines):
    body = "".join(line + end for line, end in lines)
    assert read_plain_text(body).readable.text.split() == body.split()
    assert_maps_back(body)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_maps_back(body):
    assert_maps_back(body)


@pytest.mark.parametrize(
    "body",
    [
        "a\n" * 300_000,
        "<a " * 400_000,
        "//aaa/" * 200_000,
        "&amp" * 300_000,
        " \n" * 500_000,
        "//" + "a" * 2_000_000,
    ],
)
def test_time_is_linear(body):
    begin = time.process_time()
    read_plain_text(body)
    assert time.process_time() - begin < 10
