"""Markdown as a reader sees it: nothing of the text lost, every character leads back to the body."""
# ruff: noqa: E501 (a case is a line)

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.text.markdown import read_markdown


def blocks(body, **options):
    readable = read_markdown(body, **options).readable
    return [(block.kind, readable.text[block.start : block.end]) for block in readable.blocks]


def texts(body, **options):
    return [text for _, text in blocks(body, **options)]


def set_aside(body, **options):
    return [(body[part.start : part.end], part.reason) for part in read_markdown(body, **options).set_aside]


def assert_maps_back(body):
    readable = read_markdown(body).readable
    reached = 0
    for piece in readable.pieces:
        assert piece.at >= reached
        assert 0 <= piece.start < piece.end <= len(body)
        reached = piece.at + piece.length
        shown = readable.text[piece.at : reached]
        if piece.length == piece.end - piece.start:
            stands = body[piece.start : piece.end]
            assert all(a == b or (a == " " and b in "\r\n") for a, b in zip(shown, stands, strict=True))
    assert reached <= len(readable.text)
    starts = [piece.start for piece in readable.pieces]
    assert starts == sorted(starts)
    covered = {i for p in readable.pieces for i in range(p.at, p.at + p.length)}
    end = 0
    for block in readable.blocks:
        assert end <= block.start < block.end <= len(readable.text)
        assert readable.text[block.start : block.end].strip() == readable.text[block.start : block.end]
        assert covered.issuperset(range(block.start, block.end))
        end = block.end


@pytest.mark.parametrize(
    "text",
    [
        "2*3*4 ist 24",
        "snake_case und __init_x",
        "5 * 3 = 15 * 1",
        "C# und F#",
        "Meta* und Facebook* sind dort verboten.",
        "a == b == c",
        "3 < 5 und 7 > 2",
        "AT&T und R&D; Q&A",
        "[im Original] stand es anders",
        "2**3**2",
        "#unterwegs #eilig",
        "Er wog ~80 kg, sie ~60 kg.",
        "ein `offenes Zeichen",
        "x ^2 und y^3",
        "Anstieg um 5%% und dann 3%%",
        "-5 Grad",
        "|x| + |y|",
        "a <b c",
        "das Element <title> im Kopf",
        "<!-- nie geschlossen",
        "%% nie geschlossen",
        "$5_000 und 6_000",
    ],
)
def test_what_only_looks_like_markup_is_text(text):
    assert texts(text) == [text]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("ein *betontes* und __starkes__ Wort", "ein betontes und starkes Wort"),
        ("***beides*** zugleich", "beides zugleich"),
        ("sagte **«Nein»**und ging", "sagte «Nein»und ging"),
        ("un**glaub**lich", "unglaublich"),
        ("~~weg~~ und ==gelb==", "weg und gelb"),
        ('im [Bericht](https://blatt.example/a_(b) "Titel") steht', "im Bericht steht"),
        ("im [*Bericht*](<https://blatt.example/a b>) steht", "im Bericht steht"),
        ("[![Bild](b.png)](https://blatt.example) Text", "Text"),
        ("ein ![Bild *eins*](data:image/png;base64,AAAA) hier", "ein  hier"),
        ("siehe [[Notiz]] und [[Notiz|jene]]", "siehe Notiz und jene"),
        ("laut [Bericht][1] und [1]\n\n[1]: https://blatt.example/1", "laut Bericht und 1"),
        ("Satz.[^1]", "Satz."),
        ("ein `a*b*c` Stück", "ein a*b*c Stück"),
        ("``ein ` Zeichen``", "ein ` Zeichen"),
        ("Tom &amp; Jana&nbsp;&#8211; &unbekannt;", "Tom & Jana – &unbekannt;"),
        ("<https://blatt.example/x>", "https://blatt.example/x"),
        ('ein <b class="x">fettes</b> Wort', "ein fettes Wort"),
        ("\\*kein\\* Stern\\_chen \\# 1", "*kein* Stern_chen # 1"),
        ("Zeile eins  \nZeile zwei\\\nZeile drei", "Zeile eins Zeile zwei Zeile drei"),
        ("umgebrochen\r\n  und weiter", "umgebrochen und weiter"),
        ("vor <script>alert('x')</script>", "vor"),
        ("ein Satz %%meine Notiz%% geht weiter", "ein Satz  geht weiter"),
        ("Absatz mit Nummer ^a1b2c3", "Absatz mit Nummer"),
    ],
)
def test_markup_is_masked_and_the_words_stay(body, text):
    assert texts(body) == [text]
    assert_maps_back(body)


def test_blocks_have_their_kinds():
    body = (
        "# Kopf #\n\nAbsatz\nweiter\n\nUnterstrichen\n===\n\n- eins\n* zwei\n  noch zwei\n- [x] drei\n\n> Zitat\n> weiter\n\n"
        "```python\nx = *1*\n```\n\n| a | b \\| c |\n|:--|---|\n| [[x\\|y]] | |\n\n***\nEnde"
    )
    assert blocks(body) == [
        ("heading", "Kopf"),
        ("paragraph", "Absatz weiter"),
        ("heading", "Unterstrichen"),
        ("list-item", "eins"),
        ("list-item", "zwei noch zwei"),
        ("list-item", "drei"),
        ("quote", "Zitat weiter"),
        ("code", "x = *1*"),
        ("cell", "a"),
        ("cell", "b | c"),
        ("cell", "y"),
        ("paragraph", "Ende"),
    ]
    assert_maps_back(body)


def test_the_number_of_an_item_stays_readable():
    assert blocks("1. Mai: Umzug\n2) Juni") == [("list-item", "1. Mai: Umzug"), ("list-item", "2) Juni")]


def test_a_number_within_a_wrapped_sentence_begins_no_item():
    assert texts("Der Umzug fand am\n1. Mai statt.\n2. Absatz") == [
        "Der Umzug fand am 1. Mai statt.",
        "2. Absatz",
    ]


def test_a_line_of_dashes_under_wrapped_text_is_no_heading():
    assert blocks("eins\nzwei\n---\ndrei") == [("paragraph", "eins zwei"), ("paragraph", "drei")]


def test_closing_tags_of_block_elements_end_blocks():
    assert texts("<p>Erster Satz</p><p>Zweiter<br>Satz</p>") == ["Erster Satz", "Zweiter Satz"]


@pytest.mark.parametrize(
    ("body", "note", "rest"),
    [
        ("a\n\n%%\nmeine\n\nNotiz\n%%\n\nb", "%%\nmeine\n\nNotiz\n%%", ["a", "b"]),
        ("a\n\n<!-- meine\n\nNotiz -->\n\nb", "<!-- meine\n\nNotiz -->", ["a", "b"]),
        ("a\n\n> [!note]- Meinung\n> ganz\n> meine\n\nb", "> [!note]- Meinung\n> ganz\n> meine", ["a", "b"]),
        ("a\n\n![[bild.png|200]]\n\nb", "![[bild.png|200]]", ["a", "b"]),
        ("a ^kennung\n\nb", "^kennung", ["a", "b"]),
        ("a\n\n```dataview\nLIST\n```\n\nb", "```dataview\nLIST\n```", ["a", "b"]),
    ],
)
def test_the_users_own_notes_are_set_aside(body, note, rest):
    assert set_aside(body) == [(note, "note")]
    assert texts(body) == rest


def test_a_quote_after_a_callout_is_text():
    assert texts("> [!tip] meins\n> meins\n\n> Zitat des Artikels") == ["Zitat des Artikels"]


def test_comments_in_code_are_code():
    body = "ein `%%` hier und `%%` da\n\n```\n%% x %%\n<!-- y -->\n```"
    assert texts(body) == ["ein %% hier und %% da", "%% x %%", "<!-- y -->"]
    assert set_aside(body) == []


def test_a_heading_with_the_title_is_set_aside_and_readable():
    body = "# Brücke **gesperrt** – bis Mai\n\nText\n\n## Brücke gesperrt bis Juni"
    assert set_aside(body, title="Brücke gesperrt - bis Mai") == [
        ("# Brücke **gesperrt** – bis Mai", "title")
    ]
    assert texts(body, title="Brücke gesperrt bis Mai")[0] == "Brücke gesperrt – bis Mai"


def test_sections_named_as_notes_end_at_the_next_heading_of_their_level():
    body = "Text\n\n## Meine Notizen\n\na\n\n### mehr\n\nb\n\n## Weiter\n\nc"
    assert texts(body, note_sections=["meine notizen"]) == ["Text", "Weiter", "c"]
    assert set_aside(body, note_sections=["meine notizen"]) == [
        ("## Meine Notizen\n\na\n\n### mehr\n\nb\n\n", "note")
    ]


def test_a_note_inside_a_note_is_listed_once():
    assert len(set_aside("> [!note] a ![[b]] %%c%%\n> d ^eee")) == 1


MARKS = st.sampled_from(
    [
        *"*_~=`[]()<>!|#>-+.\\&;%^:\n\r\t ",
        "[[",
        "]]",
        "](",
        "![",
        "%%",
        "<!--",
        "-->",
        "```",
        "&amp;",
        "</p>",
        "<br>",
        "> [!note]",
        "wort",
        "Satz.",
        "été",
        "漢字",
        "1.",
        "\ufdd0",
        "| - |",
        "[x]: #y",
        "---",
        "^ab",
    ]
)


@pytest.mark.parametrize("body", ["[[<!--<!-->]]", "`%%a%%`b``%% `` %%c", "<https://a.example/<!--x-->b>"])
def test_comments_inside_other_marks_map_back(body):
    assert_maps_back(body)


@settings(max_examples=400, deadline=None)
@given(st.lists(MARKS, max_size=60).map("".join))
def test_every_character_maps_back(body):
    assert_maps_back(body)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all_maps_back(body):
    assert_maps_back(body)


WORDS = st.lists(
    st.sampled_from(["Brücke", "мост", "5,3", "橋", "a", "jest.", "«да»", "-4", "U.S."]),
    min_size=1,
    max_size=8,
)
DRESSED = st.sampled_from(
    [
        "{}",
        "*{}*",
        "**{}**",
        "_{}_",
        "[{}](https://a.example/b_c)",
        "~~{}~~",
        "=={}==",
        "<b>{}</b>",
        "`{}`",
        "[[N|{}]]",
    ]
)
PARAGRAPH = st.lists(st.tuples(DRESSED, WORDS.map(" ".join)), min_size=1, max_size=5)
FRAMES = st.sampled_from(["{}", "# {}", "> {}", "- {}", "{} %%meins%%", "{} ^a1", "<p>{}</p>", "* {}"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(FRAMES, PARAGRAPH), min_size=1, max_size=6))
def test_no_word_is_lost_and_none_is_added(document):
    body = "\n\n".join(
        frame.format(" ".join(dress.format(words) for dress, words in parts)) for frame, parts in document
    )
    expected = [word for _, parts in document for _, words in parts for word in words.split()]
    assert read_markdown(body).readable.text.split() == expected


HOSTILE = {
    "opening brackets": "[" * 1_000_000,
    "empty links": "[](" * 400_000,
    "unclosed titles": '[](a "' * 200_000,
    "stars": "*a **b " * 150_000,
    "backticks": "".join("`" * (n % 900) + " " for n in range(2_000)),
    "tags": "<a " * 400_000,
    "comments": "<!--" * 250_000,
    "percents": " %% a" * 200_000,
    "wikilinks": "[[a" * 350_000,
    "bars": "|a" * 300_000 + "\n|-|\n",
    "spaces": " " * 1_000_000 + "x",
    "hashes": "# " * 500_000,
    "escapes": "\\" * 500_001,
    "scripts": "<script>" * 120_000,
    "callouts": "> [!a]\r" * 100_000,
    "definitions": "[x]: #a " * 120_000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_takes_time_by_its_length(body):
    begin = time.process_time()
    read_markdown(body)
    assert time.process_time() - begin < 10  # measured under 2.5 s; a quadratic one takes minutes


def test_a_long_note_is_read_fast():
    sentence = (
        "The *mayor* of the [town](https://a.example/b) said on **Friday** that the old bridge is closed. "
    )
    body = "\n\n".join(sentence * 8 for _ in range(100))
    assert len(body.split()) > 10_000
    best = min(_seconds(body) for _ in range(5))
    assert best < 0.2  # measured 0.02 s; the margin is for busy machines


def _seconds(body):
    begin = time.process_time()
    read_markdown(body)
    return time.process_time() - begin
