"""Passages: what two articles share, with its places; quotations and boilerplate apart."""

import random
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.lineage.chains import PLAIN, compiled
from provenance.lineage.passages import mirrored, overlap
from provenance.lineage.quotation import quoted_stretches
from provenance.lineage.seeds import indexed
from provenance.lineage.wording import body_places, wording
from provenance.model.article import SetAside
from provenance.model.text import Block, Piece, ReadableText
from provenance.pipeline.shared_wording import shared_wording
from tests.lineage.reuse.labelled import article

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def prose(count, seed):
    """Words that no other seed has, in an order that does not repeat."""
    chance = random.Random(seed)
    return ["".join(chance.choices(LETTERS, k=chance.randint(3, 9))) for _ in range(count)]


def compared(a, b, kernel=PLAIN):
    return overlap(indexed(wording(article("a", a))), wording(article("b", b)), kernel)


def pairs(*texts, outlet=None):
    return list(shared_wording(article(str(n), text, outlet) for n, text in enumerate(texts)))


def test_a_planted_passage_is_found_where_it_stands():
    passage = " ".join(prose(40, 1))
    a = " ".join([*prose(90, 2), passage, *prose(60, 3)])
    b = " ".join([*prose(20, 4), passage, *prose(30, 5)])
    found = compared(a, b)
    (only,) = found.passages
    assert only.a.of(a) == passage == only.b.of(b)
    assert only.similarity == 1.0
    assert not only.quoted
    assert found.share_of_b == pytest.approx(
        len(passage.replace(" ", "")) / len(b.replace(" ", "")), abs=0.001
    )
    assert found.is_reuse


def test_a_passage_with_words_swapped_and_left_out_is_one_passage():
    words = prose(60, 1)
    taken = [word for n, word in enumerate(words) if n % 9]
    taken[::6] = prose(len(taken[::6]), 9)
    found = compared(" ".join([*prose(50, 2), *words]), " ".join([*taken, *prose(50, 3)]))
    (only,) = found.passages
    assert 0.6 < only.similarity < 0.9


def test_two_sides_can_be_changed_about():
    a, b = " ".join(prose(80, 1)), " ".join(prose(80, 1)[40:] + prose(80, 1)[:20])
    there, back = compared(a, b), mirrored(compared(a, b))
    assert (there.share_of_a, there.share_of_b) == (back.share_of_b, back.share_of_a)
    assert [p.a for p in back.passages] == sorted(p.b for p in there.passages)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6))
def test_every_passage_lies_in_its_body_and_shares_lie_between_0_and_1(seed):
    chance = random.Random(seed)
    stock = prose(60, 1)

    def text():
        pieces = [stock[(at := chance.randrange(50)) : at + 25] for _ in range(chance.randrange(4))]
        pieces += [prose(chance.randrange(30), chance.random()) for _ in range(3)]
        chance.shuffle(pieces)
        return " ".join(word for piece in pieces for word in piece)

    a, b = text(), text()
    found = compared(a, b)
    if found is None:
        return
    assert 0 < found.share_of_a <= 1 and 0 < found.share_of_b <= 1 and 0 <= found.score < 1
    for passage in found.passages:
        first = set(passage.a.of(a).split())
        assert first & set(passage.b.of(b).split())
        assert passage.a.of(a) == passage.a.of(a).strip()


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.sampled_from(prose(12, 1)), max_size=120),
    st.lists(st.sampled_from(prose(12, 1)), max_size=120),
)
def test_compiled_and_plain_kernels_find_the_same(one, other):
    pytest.importorskip("numba")
    a, b = " ".join(one), " ".join(other)
    assert compared(a, b, compiled()) == compared(a, b, PLAIN)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said: "We will not go there." Then he left.', ['"We will not go there."']),
        ("Er sagte: „Wir gehen nicht hin.“ Dann ging er.", ["„Wir gehen nicht hin.“"]),
        ("»Wir gehen nicht hin«, sagte er.", ["»Wir gehen nicht hin«"]),
        ("Il a dit : « Nous n'irons pas là-bas » hier.", ["« Nous n'irons pas là-bas »"]),
        ("«Читайте „Вестник“ по утрам», — сказал он.", ["«Читайте „Вестник“ по утрам»"]),
        ("The minister's aide said ‘we can’t go’ twice.", ["‘we can’t go’"]),
        ("他说：“我们不去。”然后走了。「好」", ["“我们不去。”", "「好」"]),
        ("A mark that is never closed: “and so on", []),
        ("The 1970s' end, six o'clock and rock 'n' roll", ["'n'"]),
    ],
)
def test_quotation_marks_of_all_kinds(text, quoted):
    readable = article("a", text).readable
    assert [span.of(readable.text) for span in quoted_stretches(readable)] == quoted


def test_a_quotation_goes_on_over_paragraphs_that_open_with_a_mark():
    readable = article(
        "a", "She said: “This is the first part.\n\n“This is the second part,” and left."
    ).readable
    found = [span.of(readable.text) for span in quoted_stretches(readable)]
    assert found == ["“This is the first part.", "“This is the second part,”"]


def test_a_quotation_is_cut_out_of_a_passage_and_does_not_count():
    quotation = "“" + " ".join(prose(30, 1)) + "”"
    before = " ".join(prose(15, 2))
    a = f"{' '.join(prose(40, 3))} {before} {quotation} {' '.join(prose(40, 4))}"
    b = f"{before} {quotation} {' '.join(prose(40, 5))}"
    (pair,) = pairs(a, b)
    assert [passage.quoted for passage in pair.passages] == [False, True]
    (without,) = pairs(a, f"{' '.join(prose(15, 6))} {quotation} {' '.join(prose(40, 5))}")
    assert [passage.quoted for passage in without.passages] == [True]
    assert without.score == 0 < pair.score


def test_what_is_set_aside_is_left_out():
    shared = " ".join(prose(40, 1))
    menu = article("menu", shared + " " + " ".join(prose(60, 2)))
    own = article("own", shared + " " + " ".join(prose(60, 3)))
    assert list(shared_wording([menu, own]))
    aside = (SetAside(0, len(shared), "menu"),)
    bare = type(menu)(menu.path, menu.format, menu.body, menu.readable, menu.content_sha256, set_aside=aside)
    assert list(shared_wording([bare, own])) == []


def test_lines_under_every_article_of_one_outlet_are_boilerplate_but_a_wire_story_is_not():
    footer = " ".join(prose(45, 1))
    articles = [" ".join([*prose(120, n), footer]) for n in range(10, 15)]
    assert pairs(*articles, outlet="one.example") == []
    assert len(pairs(*articles)) == 10  # whose they are is not known
    wire = " ".join(prose(150, 2))
    versions = [" ".join([wire, *prose(30, n)]) for n in range(20, 24)]
    assert len(pairs(*versions, outlet="one.example")) == 6


def test_the_footer_of_two_articles_of_one_outlet_is_nothing():
    footer = " ".join(prose(45, 1))
    a, b = (" ".join([*prose(120, n), footer]) for n in (10, 11))
    assert pairs(a, b, outlet="one.example") == []
    assert len(pairs(a, b)) == 1
    inside = " ".join([*prose(60, 12), footer, *prose(60, 13)])
    assert len(pairs(a, inside, outlet="one.example")) == 1
    assert len(pairs(a, a, outlet="one.example")) == 1


def test_boilerplate_of_one_outlet_that_another_has_taken_is_found():
    background = " ".join(prose(45, 1))
    takers = [article("taker", " ".join([*prose(120, 30), background]), "other.example")]
    own = [article(str(n), " ".join([*prose(120, n), background]), "one.example") for n in range(10, 13)]
    assert {pair.b for pair in shared_wording([*own, *takers])} == {"taker"}


@given(st.data())
def test_places_in_the_body_are_those_of_body_span(data):
    text = data.draw(st.text(alphabet="ab ", min_size=1, max_size=40))
    pieces, at, body = [], 0, 0
    while at < len(text):
        length = data.draw(st.integers(1, 6))
        length = min(length, len(text) - at)
        stretch = data.draw(st.sampled_from([length, length, length + 3, 1]))
        pieces.append(Piece(at, length, body, body + stretch))
        body += stretch + data.draw(st.integers(0, 4))
        at += length + data.draw(st.integers(0, 1))
    readable = ReadableText(text, (Block(0, len(text)),), tuple(pieces))
    spans = [(s, e) for s in range(len(text)) for e in range(s + 1, len(text) + 1)]
    starts, ends = (np.array(each, dtype=np.int32) for each in zip(*spans, strict=True))
    found = zip(*(each.tolist() for each in body_places(readable, starts, ends)), strict=True)
    wanted = [readable.body_span(s, e) for s, e in spans]
    assert list(found) == [(span.start, span.end) for span in wanted]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["", "...", "one", "one two three four", "one two three four"], 0),
        (["la " * 20_000, "la " * 15_000], 0),
        ([" ".join(prose(100, 1) * 40), " ".join(prose(100, 1) + prose(80, 2))], 1),
        ([" ".join(prose(100, 1) * 30), " ".join(prose(100, 1) * 40)], 1),
        ([" ".join(prose(300, 1))] * 1_500, 1_499),
        (
            [
                " ".join([*prose(100, n), "alpha beta gamma delta epsilon zeta", *prose(100, -n)])
                for n in range(1, 600)
            ],
            0,
        ),
        ([" ".join(prose(400_000, 1)), " ".join(prose(400_000, 1)[200_000:200_060] + prose(90, 2))], 1),
    ],
    ids=["empty", "one word", "repeats itself", "both repeat", "copies", "phrase everywhere", "a book"],
)
def test_bad_input_takes_bounded_time(texts, found):
    begun = time.process_time()
    assert sum(pair.score > 0 for pair in pairs(*texts)) == found
    assert time.process_time() - begun < 20


def test_a_text_that_repeats_itself_is_evidence_once():
    once, often = " ".join(prose(30, 1)), " ".join(prose(30, 1) * 20)
    (pair,) = pairs(once + " " + " ".join(prose(50, 2)), often)
    assert pair.share_of_b == pytest.approx(1, abs=0.01)
    (single,) = pairs(once + " " + " ".join(prose(50, 2)), once + " " + " ".join(prose(50, 3)))
    assert pair.score == pytest.approx(single.score, abs=0.02)
