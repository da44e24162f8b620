"""The tokens of a page, joined, are the page; cutting it in batches changes nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.text import html_tokens
from provenance.text.html_tokens import token_batches
from provenance.text.page import read_page

SIGNS = st.lists(
    st.sampled_from(
        ["<", ">", "/", "!--", "--", "a", " ", '"', "'", "=", "<p>", "</p>", "<script>", "</script>", "-"]
    ),
    max_size=60,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(SIGNS)
def test_texts_and_markup_joined_are_the_source(source: str) -> None:
    (batch,) = token_batches(source)
    assert "".join(map(str.__add__, batch.texts, batch.markups)) == source
    assert all(markup.startswith("<") for markup in batch.markups[:-1])


def test_names_are_as_written() -> None:
    source = "a<P class=x>b</P >c<!-- d --><Script>e</sCript>f<br/>"
    (batch,) = token_batches(source)
    assert list(zip(batch.texts, batch.unshown, batch.names, strict=True)) == [
        ("a", None, "P"), ("b", None, "/P"), ("c", None, None), ("", "Script", None), ("f", None, "br"),
        ("", None, None),
    ]  # fmt: skip


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_batches_change_nothing(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    source = (
        "<div><p hidden>One</p><p>Two<br><br>three<script/>four<b>five</b></div><span hidden>six</span> seven"
    )
    whole = read_page(source)
    monkeypatch.setattr(html_tokens, "_BATCH", size)
    assert len(list(token_batches(source))) > 1
    batched = read_page(source)
    assert batched.readable == whole.readable and batched.tree == whole.tree
    assert batched.run_place.tolist() == whole.run_place.tolist()
