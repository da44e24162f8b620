"""Names in scripts that glue, bend and quote in ways of their own."""

import pytest

from provenance.citations import cite, load_outlets
from provenance.citations.languages import read_language
from provenance.citations.patterns import PatternError, Vocabulary, parse_pattern
from provenance.citations.tokens import is_quoted, tokens, without_elisions
from tests.citations.articles import article


@pytest.fixture(scope="module")
def outlets():
    return load_outlets(
        [
            {
                "name": "Beacon",
                "domains": ["beacon.example"],
                "aliases": ["ja:ビーコン", "he:המגדלור", "ka:შუქურა"],
            },
            {"name": "Morning", "domains": ["morning.example"], "aliases": ["he:בוקר?", "ar:الصبح?"]},
        ]
    )


def names(body, language, outlets):
    return [citation.outlet.name for citation in cite(article(body, language), outlets)]


def test_katakana_name_is_no_piece_of_a_longer_word(outlets):
    assert names("ビーコンが伝えた。", "ja", outlets) == ["Beacon"]
    assert names("スタービーコンが光った。", "ja", outlets) == []
    assert names("ビーコンズが勝った。", "ja", outlets) == []


@pytest.mark.parametrize("body", ["״המגדלור״ דיווח", "ב־BBC דווח", "ב-BBC דווח"])
def test_hebrew_gershayim_are_quote_marks_at_the_edge_of_a_word(body, outlets):
    assert len(names(body, "he", outlets)) == 1


def test_gershayim_inside_a_word_stay_inside_it():
    text = "צה״ל הודיע"
    assert [token.folded for token in tokens(text, 0, len(text))] == ["צהל", "הודיע"]


def test_quoted_with_a_prefix_inside_the_word():
    text = "דווח ב״בוקר״ היום"
    assert is_quoted(text, 5, 11)
    assert not is_quoted("דווח בבוקר היום", 5, 10)


def test_prefix_is_taken_off_and_what_it_swallowed_put_back():
    language = read_language({"names": {"prefixes": ["ل", "لل=ال"]}}, "xx", {})
    assert language.forms.prefixes == (("ل", ""), ("لل", "ال"))


def test_a_slot_may_ask_for_an_ending_or_a_prefix():
    assert parse_pattern("{outlet:*ին} x", {}, Vocabulary({})).form == "*ին"
    assert parse_pattern("x {outlet:ל*}", {}, Vocabulary({})).form == "ל*"
    with pytest.raises(PatternError):
        parse_pattern("{outlet:*a*} x", {}, Vocabulary({}))


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_guillemets_may_be_set_off_by_a_space(space):
    text = f"le journal «{space}Balise{space}» écrit"
    start = text.index("Balise")
    assert is_quoted(text, start, start + 6)
    assert not is_quoted("la «  Balise est là  »", 5, 11)


def test_a_doubtful_name_of_several_words_hides_none_of_them_from_others(outlets):
    found = [
        (citation.outlet.name, citation.kind)
        for citation in cite(
            article("参考消息网3月6日报道 据法新社巴黎3月5日报道,新线将开通。", "zh"), outlets
        )
    ]
    assert found == [("Cankao Xiaoxi", "relay"), ("Agence France-Presse", "source")]


def test_a_closing_quote_mark_opens_no_unknown_name(outlets):
    assert names("据《乌克兰真理报》援引《金融时报》报道。", "zh", outlets) == [
        "Ukrainska Pravda",
        "Financial Times",
    ]


def test_a_conjunction_glued_to_the_next_name_makes_a_list(outlets):
    body = "وكشف تحقيق مشترك أجرته بيلد ولوموند وبوليتيكو عن رشى."
    found = cite(article(body, "ar"), outlets)
    assert [(citation.outlet.name, citation.kind) for citation in found] == [
        ("Bild", "source"),
        ("Le Monde", "source"),
        ("Politico", "source"),
    ]


def test_the_longer_of_two_overlapping_names_is_meant(outlets):
    assert names("ذكرت صحيفة القدس العربي ذلك.", "ar", outlets) == ["Al-Quds Al-Arabi"]


def test_an_elided_article_is_no_quote_mark():
    text = "le site d'information 'Nokta'"
    words = without_elisions(list(tokens(text, 0, len(text))))
    assert [word.raw for word in words] == ["le", "site", "d", "information", "'", "Nokta", "'"]


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ('דווח ב"המגדלור" שהגשר נסגר.', ["source"]),
        ("דווח ב״המגדלור״ שהגשר נסגר.", ["source"]),
        ("הדיווח בדר שפיגל הוכחש.", ["source"]),
        ('השר אמר ל"בוקר" שהגשר נסגר.', ["quote"]),
        ("בוקר אחד נסגר הגשר.", []),
    ],
)
def test_hebrew_prefixes_are_written_onto_names(body, kinds, outlets):
    assert [citation.kind for citation in cite(article(body, "he"), outlets)] == kinds


def test_an_accent_may_tell_two_words_apart():
    vocabulary = Vocabulary({}, ["à"])
    (to,) = vocabulary.phrase("à")
    (article_bit,) = vocabulary.phrase("a")
    assert vocabulary.bits(vocabulary.spelling("À", "a")) == to
    assert vocabulary.bits(vocabulary.spelling("a", "a")) == article_bit


@pytest.mark.parametrize(
    ("body", "language", "name"),
    [
        ("ადგილობრივი პორტალი „ახალი წერტილი“ წერს, რომ ხიდი დაიხურა.", "ka", "ახალი წერტილი"),
        ("Տեղական «Նոր կետ» կայքը գրում է, որ կամուրջը փակ է։", "hy", "Նոր կետ"),
        ('אתר החדשות המקומי "נקודה חדשה" דיווח שהגשר נסגר.', "he", "נקודה חדשה"),
        ("當地新聞網站《新點》報導,河水已經受到污染。", "zh", "新點"),
    ],
)
def test_an_unknown_outlet_in_a_script_without_capitals(body, language, name, outlets):
    assert names(body, language, outlets) == [name]


@pytest.mark.parametrize(
    ("body", "language", "kind"),
    [
        ("«Մեզ չեն հարցրել»,- «Շպիգել»-ին ասել է տնօրենը։", "hy", "quote"),
        ("Այս մասին ասել է տնօրենը, գրում է «Շպիգել»-ը։", "hy", "source"),
        ("„შუქურას“ დირექტორმა უთხრა, რომ გამოფენა გაიხსნება.", "ka", "quote"),
        ("„შუქურამ“ დაწერა, რომ გამოფენა გაიხსნება.", "ka", "source"),
    ],
)
def test_the_ending_tells_who_spoke_to_whom(body, language, kind, outlets):
    assert [citation.kind for citation in cite(article(body, language), outlets)] == [kind]


def test_an_ending_may_stand_right_behind_the_quote_mark(outlets):
    body = "“Beacon”ə istinadən yazır."
    found = cite(article(body, "az"), outlets)
    assert [(citation.outlet.name, citation.kind) for citation in found] == [("Beacon", "source")]
