"""Text that could repaint a terminal or turn a sentence around."""

from hypothesis import given
from hypothesis import strategies as st

from provenance.report.neutral import neutral


def test_escape_codes_and_bidirectional_controls_are_shown():
    assert neutral("a\x1b[2Jb") == "a\\x1b[2Jb"
    assert neutral("a\x9b31mb") == "a\\x9b31mb"
    assert neutral("pay \u202eeno\u202c") == "pay \\u202eeno\\u202c"
    assert neutral("\U000e0041") == "\\U000e0041"


def test_line_breaks_become_one_blank():
    assert neutral("a\r\n\tb\u2028c") == "a b c"


def test_ordinary_text_of_every_script_stays():
    for text in ("Паром «Аврора»", "港の船", "עיתון\u200f", "می\u200cخواهم", "e\u0301", "👩\u200d🚀"):
        assert neutral(text) == text


@given(st.text())
def test_nothing_that_steers_a_terminal_is_left(text):
    shown = neutral(text)
    assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 for letter in shown)
    shown.encode()
