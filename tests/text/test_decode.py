"""Bytes to text: the order of witnesses, damage, and what is no text at all."""

import random
import time

import pytest

from provenance.text.decode import decode

RUSSIAN = "Мэр города сказал в пятницу, что старый мост надо проверить ещё до зимы."


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_believed_before_everything(charset):
    read = decode(RUSSIAN.encode(charset), "windows-1252")
    assert (read.text, read.how) == (RUSSIAN, "bom")


def test_valid_utf8_is_believed_before_header_and_page():
    page = '<meta charset="iso-8859-1">' + RUSSIAN
    read = decode(page.encode(), "windows-1251")
    assert (read.text, read.charset, read.how) == (page, "utf-8", "utf-8")


def test_the_header_comes_before_the_page():
    page = '<meta charset="koi8-r">' + RUSSIAN
    assert decode(page.encode("cp1251"), "windows-1251").text == page


def test_the_servers_own_default_gives_way_to_what_the_page_says():
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">' + RUSSIAN
    read = decode(page.encode("cp1251"), "ISO-8859-1")
    assert (read.text, read.how) == (page, "meta")


def test_an_xml_declaration_counts_as_the_pages_word():
    page = f'<?xml version="1.0" encoding="koi8-r"?>\n<p>{RUSSIAN}</p>'
    assert decode(page.encode("koi8-r"), None).text == page


def test_labels_mean_what_browsers_make_of_them():
    text = "Er sagte: „Nein“ – und ging. 5 €"
    assert decode(text.encode("cp1252"), "iso-8859-1").text == text


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("cp1251", RUSSIAN),
        ("koi8-r", RUSSIAN),
        ("cp866", RUSSIAN),
        ("cp1250", "Žluťoučký kůň doběhl v pátek k řece a napil se."),
        ("iso8859-2", "Zażółć gęślą jaźń, powiedział burmistrz w piątek rano."),
        ("cp1253", "Ο δήμαρχος είπε την Παρασκευή ότι η γέφυρα πρέπει να ελεγχθεί."),
        ("cp1255", "ראש העיר אמר ביום שישי שיש לבדוק את הגשר לפני החורף."),
        ("cp1256", "قال رئيس البلدية يوم الجمعة إن الجسر يحتاج إلى فحص قبل الشتاء."),
        ("shift_jis", "市長は金曜日に橋の点検が必要だと述べた。"),
        ("iso2022_jp", "市長は金曜日に橋の点検が必要だと述べた。"),
        ("gb18030", "市长星期五表示，这座桥需要全面检查。"),
        ("euc-kr", "시장은 금요일에 다리를 점검해야 한다고 말했다."),
        ("utf-16-le", RUSSIAN),
    ],
)
def test_the_detector_reads_what_nobody_declares(charset, text):
    read = decode(text.encode(charset), None)
    assert (read.text, read.how) == (text, "detector")


def test_the_detector_sees_the_text_behind_a_long_ascii_head():
    page = "<script>" + "x=1;" * 20_000 + "</script>" + RUSSIAN * 5
    assert decode(page.encode("cp1251"), None).text == page


def test_damaged_utf8_stays_utf8_and_says_how_much_is_lost():
    read = decode((RUSSIAN * 30).encode() + b"\xff" + RUSSIAN.encode(), "windows-1251")
    assert (read.how, read.replaced) == ("utf-8", 1)
    cut = decode("да ё".encode()[:-1], None)
    assert (cut.how, cut.text) == ("utf-8", "да �")


def test_a_short_legacy_text_is_not_taken_for_cut_utf8():
    assert decode("Grüße".encode("cp1252"), None).charset != "utf-8"


@pytest.mark.parametrize("label", ["zlib", "hex", "\x00", "utf-7", "no-such-charset", "", "undefined"])
def test_a_senseless_label_is_passed_by(label):
    assert decode(b"plain +ADw-words", label).text == "plain +ADw-words"


def test_binary_bytes_are_no_text():
    assert decode(random.Random(7).randbytes(50_000), None) is None
    assert decode(b"\x89PNG\r\n\x1a\n" + bytes(2_000), None) is None


def test_line_ends_stay_as_they_are():
    assert decode(b"a\r\nb\rc\n", None).text == "a\r\nb\rc\n"


def test_time_is_linear_on_hostile_pages():
    begin = time.process_time()
    decode(b"<meta " * 1_000_000 + b"\xff", None)
    decode(b"<" * 5_000_000 + b"\xe0\x80", "windows-1251")
    assert time.process_time() - begin < 5
