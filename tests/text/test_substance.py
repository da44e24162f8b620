"""Formatting never makes a difference to substance; substance always does."""

import random
import time
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.text.substance import substance

SENTENCES = {
    "Latin": "The “Ardmoor” ferry – built in 1998 – sank at 5 p.m.; nobody was hurt, Mr O'Brien said…",
    "German": "Größer als „Müllers Fähre“ war 2023 keine, sagte Ärztin Jäger.",
    "Turkish": "İstanbul'da ışık söndü, İzmir'de ise IŞIK vardı.",
    "Vietnamese": "Chiếc phà chìm lúc năm giờ chiều ở Việt Trì.",
    "Cyrillic": "Ёлкин и Йован уехали из Киева в 2021 году.",
    "Greek": "Το πλοίο βυθίστηκε χθες το βράδυ στο λιμάνι.",
    "Armenian": "Լաստանավը խորտակվեց երեկոյան։",
    "Georgian": "ბორანი საღამოს ჩაიძირა ნავსადგურში.",
    "Arabic": "غرقت العبارة مساء أمس في المرفأ القديم.",
    "Hebrew": "המעבורת טבעה אמש בנמל הישן.",
    "Devanagari": "नौका शाम को डूब गई, कोई घायल नहीं हुआ।",
    "Bengali": "ফেরিটি সন্ধ্যায় ডুবে গেছে, কোনো আহত নেই।",
    "Burmese": "ကူးတို့ဦးညနေနစ်မြုပ်ခဲ့သည်။",
    "Thai": "เรือข้ามฟากจมเมื่อเย็นวานนี้ที่ท่าเรือเก่า",
    "Chinese": "渡轮昨晚在旧港口沉没，无人受伤。",
    "Japanese": "フェリーが昨夜、旧港で沈没した。",
    "Korean": "어젯밤 옛 항구에서 여객선이 가라앉았다.",
}


@pytest.mark.parametrize("text", SENTENCES.values(), ids=SENTENCES.keys())
@pytest.mark.parametrize("form", ["NFD", "NFC"])
def test_composition_makes_no_difference(text: str, form: str) -> None:
    assert substance(unicodedata.normalize(form, text)).characters == substance(text).characters


@pytest.mark.parametrize("text", SENTENCES.values(), ids=SENTENCES.keys())
def test_composed_characters_stand_where_their_cluster_begins(text: str) -> None:
    written = unicodedata.normalize("NFD", text)
    read = substance(written)
    assert len(read.characters) == len(read.positions)
    assert all(np.diff(read.positions) >= 0)
    for character, position in zip(read.characters, read.positions, strict=True):
        if unicodedata.category(character)[0] == "M":
            continue
        base = unicodedata.normalize("NFD", character)[0]
        assert unicodedata.normalize("NFD", written[position].lower())[0] in (base, "’", "'")


def test_what_marks_compose_to_is_the_same_cluster_for_every_character() -> None:
    # Composing relies on it; a new version of Unicode could break it.
    every = [chr(code) for code in range(0xC0, 0x110000) if not 0xD800 <= code <= 0xDFFF]
    assigned = [character for character in every if unicodedata.category(character)[0] in "LNM"]
    changed = [c for c in assigned if unicodedata.normalize("NFD", c) != unicodedata.normalize("NFC", c)]
    for character in changed:
        decomposed = "a" + unicodedata.normalize("NFD", character) + "b"
        composed = "a" + unicodedata.normalize("NFC", character) + "b"
        assert substance(decomposed).characters == substance(composed).characters, hex(ord(character))


SIGNS = list(' \u00a0\u202f\n\t\u00ad\u200b\u200d\ufeff"“”«»„()[]—!*_#')


@st.composite
def _decorated(draw: st.DrawFn) -> tuple[str, str]:
    """A text of letters, and the same with formatting put between them."""
    letters = draw(st.lists(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=40))
    decorated = [
        (letter.upper() if draw(st.booleans()) and len(letter.upper()) == 1 else letter)
        + "".join(draw(st.lists(st.sampled_from(SIGNS), max_size=3)))
        for letter in letters
    ]
    return "".join(letters), "".join(decorated)


@settings(max_examples=300, deadline=None)
@given(_decorated())
def test_formatting_between_letters_never_matters(pair: tuple[str, str]) -> None:
    plain, decorated = pair
    expected = substance(plain.lower().upper().lower()).characters
    read = substance(decorated.lower().upper().lower())
    assert read.characters == expected


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_a_substance_in_its_own_places(text: str) -> None:
    read = substance(text)
    assert len(read.characters) == len(read.positions)
    assert all(0 <= position < len(text) for position in read.positions)
    assert all(np.diff(read.positions) >= 0)
    again = substance(read.characters)
    assert set(again.characters) <= set(read.characters) | {"i"}


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_unicode_forms_of_any_text_are_one(text: str) -> None:
    nfc, nfd = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert substance(nfc).characters == substance(nfd).characters


SAME = [
    ("10 000 people", "10\u202f000 people"),
    ("the mayor's house", "the mayor’s house"),
    ("“Why?” he said - loudly.", "«WHY?» he said — loudly…"),
    ("well-known", "well\u00adknown"),
    ("wellknown", "well-known"),
    ("ك ت ـ ا ب", "كتاب"),
    ("كِتَابٌ", "كتاب"),
    ("שָׁלוֹם", "שלום"),
    ("İzmir", "I\u0307zmir"),
    ("pages 5–7", "pages 5-7"),
    ("**bold** _text_", "bold text"),
    ("3’500", "3'500"),
    ("<b>text</b>", "b text b"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_formatting_makes_no_difference(one: str, other: str) -> None:
    assert substance(one).characters == substance(other).characters


DIFFERENT = [
    ("1.5", "15"),
    ("1.5", "1,5"),
    ("-5 degrees", "5 degrees"),
    ("−5", "5"),
    ("+3", "3"),
    ("5 %", "5"),
    ("5 %", "5 ‰"),
    ("$5", "€5"),
    ("5 °C", "5 C"),
    ("x < 5", "x 5"),
    ("p<0.05", "p>0.05"),
    ("10²", "102"),
    ("½", "1"),
    ("he came?", "he came"),
    ("Ήρθε;", "Ήρθε"),
    ("2024 15", "202 415"),
    ("10:30", "1030"),
    ("5-7", "57"),
    ("may", "may not"),
    ("résumé", "resume"),
    ("й", "и"),
    ("कि", "की"),
    ("ไม่", "ไม"),
    ("がくせい", "かくせい"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_substance_makes_a_difference(one: str, other: str) -> None:
    assert substance(one).characters != substance(other).characters


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(SENTENCES.values())), st.data())
def test_a_letter_taken_out_or_changed_is_seen(text: str, data: st.DataObject) -> None:
    letters = [at for at, character in enumerate(text) if unicodedata.category(character)[0] in "LN"]
    at = data.draw(st.sampled_from(letters))
    assert substance(text[:at] + text[at + 1 :]).characters != substance(text).characters
    assert substance(text[:at] + "æ" + text[at + 1 :]).characters != substance(text).characters


def test_what_is_left_out_is_not_there() -> None:
    text = "Read also: The ferry"
    left_out = np.zeros(len(text), dtype=np.bool_)
    left_out[:10] = True
    read = substance(text, left_out)
    assert read.characters == "theferry"
    assert read.positions[0] == 11


def test_the_index_at_a_position() -> None:
    read = substance("a - b")
    assert [read.index_at(position) for position in range(6)] == [0, 1, 1, 1, 1, 2]
    assert substance("").index_at(0) == 0 == len(substance("—"))


@pytest.mark.parametrize(
    "text",
    ["1 " * 500_000, "1 000 " * 160_000, "e\u0301" * 300_000, "\u0301" * 500_000, "1" + " " * 1_000_000 + "1",
     "- " * 300_000, "i\u0307" * 300_000, "가\u11a8" * 200_000, "1 - " * 250_000],
    ids=["digits", "thousands", "marks", "only marks", "space", "dashes", "dots", "hangul", "spans"],
)  # fmt: skip
def test_hostile_texts_take_no_longer_than_others(text: str) -> None:
    began = time.process_time()
    substance(text)
    assert time.process_time() - began < 4


def test_decomposed_text_is_nearly_as_fast() -> None:
    words = random.Random(7).choices(["Größe", "Fähre", "naïve", "élève", "São", "žádný"], k=20_000)
    composed, decomposed = (unicodedata.normalize(form, " ".join(words)) for form in ("NFC", "NFD"))

    def seconds(text: str) -> float:
        began = time.process_time()
        substance(text)
        return time.process_time() - began

    assert min(seconds(decomposed) for _ in range(3)) < 30 * min(seconds(composed) for _ in range(3))
