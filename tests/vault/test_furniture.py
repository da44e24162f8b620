"""Furniture is found, and running prose dressed as furniture is not.

The second half is the adversary: what each forgiving rule would let through if it were looser.
"""
# ruff: noqa: E501 (a case is a line)

import time
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.text.markdown import read_markdown
from provenance.vault.furniture import find_furniture
from provenance.vault.furniture_cues import cues
from provenance.vault.plain_text import read_plain_text

HEADLINE = "Rat der Stadt lässt die alte Brücke noch vor dem Winter prüfen"
PROSE = "Der Rat der Stadt hat am Freitag beschlossen, die alte Brücke noch vor dem Winter zu prüfen."
MORE = "Das Geld dafür liegt nach Angaben der Kämmerei seit März bereit, doch niemand hat es abgerufen."


def in_page(body):
    found = find_furniture(read_plain_text(body).readable, body, is_page_text=True)
    return [(body[part.start : part.end], part.reason) for part in found]


def in_note(body):
    found = find_furniture(read_markdown(body).readable, body, is_page_text=False)
    return [(body[part.start : part.end], part.reason) for part in found]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Zum Inhalt springen", "menu"),
        ("Skip to main content", "menu"),
        ("Перейти к содержанию", "menu"),
        ("Share on Facebook", "share"),
        ("Поделиться", "share"),
        ("Поділитися", "share"),
        ("Kommentar schreiben", "boilerplate"),
        ("Read also: Old bridge stays closed until May", "read-also"),
        ("Читайте также: Старый мост закрыт до мая", "read-also"),
        ("Читайте також: Старий міст закрито до травня", "read-also"),
        ("Lesen Sie auch – Brücke bleibt bis Mai gesperrt", "read-also"),
        ("À lire aussi : Le vieux pont reste fermé", "read-also"),
        ("延伸阅读：旧桥关闭至五月", "read-also"),
        ("Foto: Ida Kern / Bildstelle", "credit"),
        ("Фото: Пресс-служба города", "credit"),
        ("(Photo by Ida Kern)", "credit"),
        ("© Ida Kern", "credit"),
        ("Die alte Brücke (Foto: Ida Kern)", "caption"),
        ("Author: Ida Kern", "boilerplate"),
        ("Tags: Brücke, Rat", "boilerplate"),
    ],
)
def test_a_line_by_its_own_words(line, reason):
    for body, find in (
        (f"{HEADLINE}\n\n{PROSE}\n\n{line}\n\n{MORE}", in_page),
        (f"{PROSE}\n\n{line}\n\n{MORE}", in_note),
    ):
        assert find(body) == [(line, reason)]


def test_a_whole_page():
    body = "\n".join(
        [
            "Zum Inhalt springen", "Politik", "Streit um die Brücke ,", "3", "", HEADLINE, "", PROSE,
            "Ida Kern und Jon Ude", "Ida Kern und Jon Ude (Foto: Bildstelle)", "", MORE, "",
            "Bürgermeister will die Brücke nun doch behalten", "Politik", "Ida Kern", "", PROSE, "",
            "Schlagwörter", "", "Newsticker", "Dollar steigt auf neuen Höchststand", "Wirtschaft, 17:32",
            "Drei Schafe entlaufenPolitik, 16:20", "Sturm zieht aufWetter, 15:59", "Jetzt abonnieren", "Zug fährt wiederRegion, 15:40",
        ]
    )  # fmt: skip
    found = in_page(body)
    assert {reason for _, reason in found} == {"menu", "caption", "read-also", "boilerplate", "ticker"}
    left = body
    for text, _ in found:
        left = left.replace(text, "", 1)
    assert [line for line in left.splitlines() if line] == [HEADLINE, PROSE, MORE, PROSE]


def test_names_right_above_their_caption_before_the_article_are_one_with_it():
    body = f"{HEADLINE}\nIda Kern und Jon Ude\nIda Kern und Jon Ude (Foto: Bildstelle)\n\n{PROSE}"
    assert in_page(body) == [("Ida Kern und Jon Ude\nIda Kern und Jon Ude (Foto: Bildstelle)", "caption")]


def test_comment_rules_are_found_sentence_by_sentence():
    body = (
        f"{PROSE}\n\nThe Harbour Bell does not publish comments with insults. If you found a typo, tell us."
    )
    assert [text for text, _ in in_page(body)] == [body.split("\n\n")[1]]


def test_a_list_below_read_also_is_read_also():
    body = f"{PROSE}\n\n## Читайте также\n\n- Мост закрыт до мая\n- [Город ищет деньги](https://a.example)\n\n{MORE}"
    found = in_note(body)
    assert {reason for _, reason in found} == {"read-also"}
    assert [text for text, _ in found] == ["Читайте также", "Мост закрыт до мая", "Город ищет деньги"]


def test_every_language_has_all_lists_in_small_letters():
    lists = None
    for entry in (files("provenance.vault") / "data" / "furniture").iterdir():
        if not entry.name.endswith(".toml"):
            continue
        loaded = tomllib.loads(entry.read_text("utf-8"))
        lists = lists or set(loaded)
        assert set(loaded) == lists, entry.name
        for name, values in loaded.items():
            assert all(value == value.lower() == value.strip() for value in values), (entry.name, name)
        assert all(len(cue) >= 4 for cue in loaded["boilerplate"]), entry.name
        assert loaded["read_also"] and loaded["credits"] and loaded["menu_lines"], entry.name
    assert len(cues().read_also) > 100


# -- the adversary ---------------------------------------------------------------------------

INVENTED = "Der Bürgermeister hat nach Angaben des Blattes im März heimlich Geld angenommen."


@pytest.mark.parametrize(
    "dressed",
    [
        INVENTED,
        f"{INVENTED} (Foto: Ida Kern)",
        f"({INVENTED})",
        f"Foto: {INVENTED}",
        f"Foto: Ida Kern. {INVENTED}",
        f"Teilen {INVENTED}",
        f"Politik {INVENTED}",
        f"Lesen Sie auch: Brücke gesperrt. {INVENTED}",
        f"Lesen Sie auch\n{INVENTED}",
        f"Lesen Sie auch:\n\n{INVENTED}",
        f"Newsticker\n{INVENTED}",
        f"Tags: {INVENTED}",
        f"Autor: {INVENTED}",
        f"{INVENTED[:-1]} 17:32 Uhr.",
        f"Jon Ude nahm Geld, sagt Ida Kern. {INVENTED}",
        "Er lügt.",
        "Niemand starb.",
        "Der Bürgermeister nahm im März heimlich Geld an (Foto: Ida Kern)",
    ],
)
def test_an_invented_sentence_in_any_dress_stays_text(dressed):
    body = f"{HEADLINE}\n\n{PROSE}\n\n{dressed}\n\n{MORE}"
    hidden = " ".join(text for text, _ in in_page(body) + in_note(body))
    for sentence in (
        INVENTED,
        "Er lügt.",
        "Niemand starb.",
        "Der Bürgermeister nahm im März heimlich Geld an",
    ):
        assert sentence not in hidden


def test_a_sentence_beside_boilerplate_stays_text():
    body = f"{PROSE}\n\nIf you found a typo, tell us. {INVENTED} Subscribe to our newsletter."
    assert INVENTED not in " ".join(text for text, _ in in_page(body))


def test_a_sentence_within_a_ticker_stays_text():
    ticker = [
        "Newsticker",
        "Schafe entlaufen, 17:32",
        "Sturm zieht auf, 16:20",
        INVENTED,
        "Zug fährt wieder, 15:40",
        "Markt geschlossen, 15:10",
    ]
    body = f"{HEADLINE}\n\n{PROSE}\n\n" + "\n".join(ticker)
    found = in_page(body)
    assert INVENTED not in " ".join(text for text, _ in found)
    assert [reason for _, reason in found] == ["ticker", "ticker"]


def test_a_live_blog_is_no_ticker():
    entries = [
        f"{hour}:05 Der Rat hat die Sitzung um eine weitere Stunde verlängert." for hour in range(10, 16)
    ]
    assert in_page(f"{HEADLINE}\n\n" + "\n\n".join(entries)) == []


def test_a_sentence_above_a_rubric_is_no_teaser():
    body = f"{PROSE}\n\n{INVENTED}\nPolitik\n\n{MORE}"
    assert INVENTED not in " ".join(text for text, _ in in_page(body))


def test_the_headline_is_never_furniture():
    for headline in (HEADLINE, "Bridge Closed Until May", "Мост закрыт до мая"):
        body = f"Menu\nIda Kern\n{headline}\n\n{PROSE}\n\n{MORE}"
        assert headline not in [text for text, _ in in_page(body)]


def test_names_inside_the_article_stay_text():
    assert in_page(f"{HEADLINE}\n\n{PROSE}\n\nIda Kern\n\n{MORE}") == []


WORDS = st.sampled_from(
    ["der", "rat", "hat", "im", "märz", "foto", "teilen", "autor", "politik", "17:32", "tags"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, min_size=8, max_size=25))
def test_a_sentence_that_opens_with_no_cue_is_never_furniture(words):
    sentence = "Niemand sagte: " + " ".join(words) + "."
    body = f"{HEADLINE}\n\n{PROSE}\n\n{sentence}\n\n{MORE}"
    assert in_page(body) == []


@pytest.mark.parametrize("line", ["Menu", "Politik", "Ida Kern", "Drei Schafe 17:32", "Lesen Sie auch", "x"])
def test_time_is_linear(line):
    body = "\n".join([line] * 50_000)
    readable = read_plain_text(body).readable
    begin = time.process_time()
    find_furniture(readable, body, is_page_text=True)
    assert time.process_time() - begin < 10
