"""Tokens: what a rewrite of the form leaves alone, their keys leave alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.tokens import NAME, NUMBER, tokens


def words(text):
    found = tokens(text)
    return [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", []),
        ("— … !?", []),
        ("Don't stop: 1,5 млн.", ["Don't", "stop", "1,5", "млн"]),
        ("l’eau (2024-06-14)", ["l’eau", "2024", "06", "14"]),
        ("so\u00adft 'quoted' words", ["so\u00adft", "quoted", "words"]),
        ("青湾 port", ["青", "湾", "port"]),
        ("ไทย", ["ไ", "ท", "ย"]),
        ("대한민국 서울", ["대한민국", "서울"]),
    ],
)
def test_words_of_many_scripts(text, wanted):
    assert words(text) == wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CAFÉ", "café"),
        ("ёлка", "Елка"),
        ("cafe\u0301", "café"),
        ("don't", "don’t"),
        ("١٢٣", "123"),
        ("كِتَاب", "كتاب"),
        ("белорусских оборудования", "белорусские оборудование"),
    ],
)
def test_keys_know_no_case_accent_or_ending(one, other):
    assert tokens(one).keys.tolist() == tokens(other).keys.tolist()


@pytest.mark.parametrize(
    ("one", "other"), [("1234567", "1234568"), ("1.5", "15"), ("war", "was"), ("中", "国")]
)
def test_keys_tell_numbers_and_words_apart(one, other):
    assert tokens(one).keys.tolist() != tokens(other).keys.tolist()


def test_forms_tell_endings_apart():
    one, other = tokens("белорусских"), tokens("белорусские")
    assert one.keys[0] == other.keys[0]
    assert one.forms[0] != other.forms[0]


def test_kinds():
    assert tokens("Anna saw 3 ships").kinds.tolist() == [NAME, 0, NUMBER, 0]


@given(st.text(max_size=80), st.text(max_size=80))
def test_places_are_in_order_and_keys_depend_on_the_word_alone(before, text):
    found = tokens(text)
    assert (found.starts < found.ends).all()
    assert (found.ends[:-1] <= found.starts[1:]).all()
    shifted = tokens(f"{before}\n{text}")
    tail = len(shifted) - len(found)
    assert np.array_equal(shifted.keys[tail:], found.keys)
    assert np.array_equal(shifted.starts[tail:] - len(before) - 1, found.starts)
