"""Columns give back what was put in."""

import json

import sqlalchemy as sa
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from provenance.store.column_types import Json, original, storable

ANY_TEXT = st.text(st.characters(codec=None), max_size=40)


@given(ANY_TEXT)
@example("\x00\x1a\ud800\udc00\x1a0000")
@example("\x1a001a")
def test_any_text_is_storable_and_comes_back(text: str) -> None:
    stored = storable(text)
    stored.encode("utf-8")
    assert "\x00" not in stored
    assert original(stored) == text


@given(ANY_TEXT, ANY_TEXT)
def test_different_texts_are_stored_differently(one: str, other: str) -> None:
    assert (storable(one) == storable(other)) == (one == other)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\x1a")))
def test_ordinary_text_is_stored_as_it_is(text: str) -> None:
    assert storable(text) == text


@given(st.recursive(st.none() | st.integers() | ANY_TEXT, lambda inner: st.lists(inner, max_size=4)))
@example(["\ud83d\ude00", "\U0001f600"])
def test_json_comes_back(value: object) -> None:
    dialect: sa.Dialect = sqlite.dialect()
    stored = Json().process_bind_param(value, dialect)
    assert Json().process_result_value(stored, dialect) == value
    if isinstance(value, list) and "\x1a" not in (stored or "\x1a"):
        assert json.loads(stored or "") == value
