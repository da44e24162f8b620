"""Sentences and words in the scripts that news is written in."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.text.sentences import WORD, sentences


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, 0, len(text))]


def words(text: str) -> list[str]:
    return [found.group() for found in WORD.finditer(text)]


PARTED = {
    "English": ["The ferry sank at dawn.", "Was anybody hurt?", "Nobody was!", "“It went fast.”", "Why…"],
    "German": ["Am 5. Mai sank die Fähre.", "„Niemand wurde verletzt.“", "Das sagte Dr. Jäger um 17.30 Uhr."],
    "French": ["Le bac a coulé.", "« Personne n’est blessé. »", "Qui l’a dit ?"],
    "Spanish": ["El ferry se hundió.", "¿Hubo heridos?", "¡Ninguno!"],
    "Russian": ["Паром затонул в 2021 г. Никто не пострадал.", "«Повезло», — сказал А. П. Ёлкин.", "Почему?"],
    "Greek": ["Το πλοίο βυθίστηκε.", "Ποιος το είδε;", "Κανείς."],
    "Armenian": ["Լաստանավը խորտակվեց։", "Ոչ ոք չի տուժել։"],
    "Georgian": ["ბორანი ჩაიძირა.", "არავინ დაშავებულა.", "რატომ?"],
    "Arabic": ["غرقت العبارة.", "هل أصيب أحد؟", "لا أحد."],
    "Urdu": ["کشتی ڈوب گئی۔", "کوئی زخمی نہیں ہوا۔"],
    "Hebrew": ["המעבורת טבעה.", "האם מישהו נפגע?", "אף אחד."],
    "Hindi": ["नौका डूब गई।", "क्या कोई घायल हुआ?", "कोई नहीं।"],
    "Amharic": ["ጀልባው ሰጠመ።", "ማንም አልተጎዳም።"],
    "Korean": ["여객선이 가라앉았다.", "다친 사람이 있는가?", "아무도 없다."],
}


@pytest.mark.parametrize("expected", PARTED.values(), ids=PARTED.keys())
def test_sentences_are_parted(expected: list[str]) -> None:
    assert split(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [["渡轮昨晚沉没。", "有人受伤吗？", "没有！”"], ["船が沈んだ。", "けが人はいない。"],
     ["ကူးတို့နစ်မြုပ်သည်။", "ထိခိုက်သူမရှိ။"]],
    ids=["Chinese", "Japanese", "Burmese"],
)  # fmt: skip
def test_sentences_without_spaces_are_parted(expected: list[str]) -> None:
    assert split("".join(expected)) == expected


def test_thai_is_cut_at_spaces_between_its_own_letters() -> None:
    first, second = "เรือข้ามฟากจมเมื่อเย็นวานนี้ที่ท่าเรือเก่า", "ไม่มีผู้ใดได้รับบาดเจ็บจากเหตุการณ์นี้"
    assert split(f"{first} {second}") == [first, second]
    numbered = "เรือข้ามฟากจมเมื่อ 12 มีนาคมที่ท่าเรือเก่าของเมือง"
    assert split(numbered) == [numbered]


WHOLE = [
    "Mr. Ardal met Prof. Lindqvist on Jan. 5 in St. Ives.",
    "It cost 1.5 million, or 3.2 %, he said.",
    "The U.S. Senate and the U.N. Council met at 5 p.m. Tuesday.",
    "J. R. Ardal wrote it.",
    "See no. 5 and fig. 3.",
    "He paid 3 Mio. Euro an Nr. 7.",
    "1. The ferry must sail",
    "Wer, z.B. Herr Jäger, kam am 12. Oktober?",
    "Об этом сообщил акад. Иванов в с. Речное на ул. Мира.",
    "Zdarzyło się to na ul. Portowej",
    "On. Rossi era presente",
    "The site example.com has it",
    "version 2.0.1 of it",
    "Yahoo! said no such thing",
]


@pytest.mark.parametrize("text", WHOLE)
def test_what_is_no_end_of_a_sentence(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said no. The vote failed.", ["He said no.", "The vote failed."]),
        ("They asked me. Nobody answered.", ["They asked me.", "Nobody answered."]),
        ("The light went on. It rained.", ["The light went on.", "It rained."]),
        ("The ferry sank.Nobody was hurt.", ["The ferry sank.", "Nobody was hurt."]),
        ("It sank.[12] Nobody was hurt.[3]", ["It sank.[12]", "Nobody was hurt.[3]"]),
        ("It sank . . . Nobody", ["It sank .", "Nobody"]),
        ("  \n It sank.\n\nNobody?! ", ["It sank.", "Nobody?!"]),
        ("Line one\nline two. Three", ["Line one\nline two.", "Three"]),
        ("...", []),
        ("", []),
        ("— — —", []),
        ("He left; she stayed.", ["He left; she stayed."]),
    ],
)
def test_ends(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_only_the_block_is_looked_at() -> None:
    text = "Before. It sank. After."
    start, end = text.index("It"), text.index(" After")
    assert [span.of(text) for span in sentences(text, start, end)] == ["It sank."]


@settings(max_examples=400, deadline=None)
@given(st.text(st.sampled_from(list('aBç 1.!?…。।;:"”)([]\n\u00a0ก។Ж\u0301')), max_size=80), st.data())
def test_sentences_lie_in_order_in_the_block_and_lose_no_letter(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    at = start
    for span in sentences(text, start, end):
        assert at <= span.start < span.end <= end
        assert not any(character.isalnum() for character in text[at : span.start])
        assert span.of(text) == span.of(text).strip()
        at = span.end
    assert not any(character.isalnum() for character in text[at:end])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor’s 1,500.50 boats", ["The", "mayor’s", "1,500.50", "boats"]),
        ("Größe, cafe\u0301 co\u00adop", ["Größe", "cafe\u0301", "co\u00adop"]),
        ("Комʼютер об'єднав", ["Комʼютер", "об'єднав"]),
        ("Το πλοίο", ["Το", "πλοίο"]),
        ("Լաստանավը խորտակվեց։", ["Լաստանավը", "խորտակվեց"]),
        ("ბორანი ჩაიძირა", ["ბორანი", "ჩაიძირა"]),
        ("غَرِقَت العبارة", ["غَرِقَت", "العبارة"]),
        ("שָׁלוֹם עולם", ["שָׁלוֹם", "עולם"]),
        ("नौका डूब गई", ["नौका", "डूब", "गई"]),
        ("渡轮2024年", ["渡", "轮", "2024", "年"]),
        ("フェリーが沈", ["フェリー", "が", "沈"]),
        ("여객선이 가라앉았다", ["여객선이", "가라앉았다"]),
        ("a_b — c", ["a", "b", "c"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_thai_marks_do_not_cut_a_word() -> None:
    assert words("เรือจม ที่นี่") == ["เรือจม", "ที่นี่"]


@pytest.mark.parametrize(
    "text",
    ["." * 500_000, ". " * 300_000, "1. " * 200_000, "a.B" * 200_000, "a;" * 300_000, '."' * 300_000,
     "(" * 500_000, ".(" * 250_000, "ก " * 200_000, " " * 1_000_000, "a" * 1_000_000, ".[1" * 200_000,
     "Mr. " * 150_000, "word " * 200_000],
    ids=range(14),
)  # fmt: skip
def test_hostile_blocks_take_no_longer_than_others(text: str) -> None:
    began = time.process_time()
    for _ in sentences(text, 0, len(text)):
        pass
    for _ in WORD.finditer(text):
        pass
    assert time.process_time() - began < 6
