"""Front matter of every kind, and of every kind of broken."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.vault.front_matter import LONGEST, read_front_matter


def codes(front):
    return [problem.code for problem in front.problems]


@pytest.mark.parametrize(
    ("text", "fields", "body"),
    [
        (
            "---\ntitle: Brücke\ntags:\n- a\n- b\n---\nText\n",
            {"title": "Brücke", "tags": ["a", "b"]},
            "Text\n",
        ),
        ("---\r\ntitle: Brücke\r\n---\r\nText\r\n", {"title": "Brücke"}, "Text\r\n"),
        ("---\ntitle: x\n...\nText", {"title": "x"}, "Text"),
        ("---\n---\nText", {}, "Text"),
        ("+++\ntitle = 'x'\ndate = 2024-06-14\n+++\nText", {"title": "x", "date": "2024-06-14"}, "Text"),
        ('{"title": "x",\n "n": [1]}\nText', {"title": "x", "n": [1]}, "Text"),
        ("Text\n---\na: b\n---\n", {}, "Text\n---\na: b\n---\n"),
        ("---\n\nEin Satz.\n\n---\n\nNoch einer.", {}, "---\n\nEin Satz.\n\n---\n\nNoch einer."),
        ("{so} beginnt ein Text", {}, "{so} beginnt ein Text"),
        ("", {}, ""),
    ],
)
def test_fields_and_body(text, fields, body):
    front = read_front_matter(text)
    assert (front.fields, text[front.body_start :]) == (fields, body)


def test_values_stay_what_they_are():
    front = read_front_matter(
        "---\nwhen: 2024-06-14T11:00:00+02:00\nday: 2024-06-14\nstamp: 20240722235624\nno: NO\n"
        "link: [[Blatt]]\nquoted: '[[Blatt]]'\nyes: true\nnothing:\n---\n"
    )
    assert front.fields == {
        "when": "2024-06-14T11:00:00+02:00",
        "day": "2024-06-14",
        "stamp": 20240722235624,
        "no": "NO",
        "link": [["Blatt"]],
        "quoted": "[[Blatt]]",
        "yes": True,
        "nothing": None,
    }
    assert front.problems == ()


def test_broken_yaml_is_said_and_its_plain_lines_are_saved():
    text = "---\ntitle: Wetter: Regen\nurl: https://a.example/1\narchive:\n  - https://b.example\n---\nText"
    front = read_front_matter(text)
    assert codes(front) == ["front-matter-broken"]
    assert front.fields["title"] == "Wetter: Regen"
    assert front.fields["url"] == "https://a.example/1"
    assert front.fields["archive"] == ["https://b.example"]
    assert text[front.body_start :] == "Text"
    assert "\n" not in front.problems[0].message
    assert "line 2" in front.problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        "+++\ntitle = x\nurl = 'https://a.example'\n+++\nText",
        '{"url": "https://a.example",\n"title": broken\n}\nText',
    ],
)
def test_other_broken_front_matter_saves_what_it_can(text):
    if text.startswith("{"):
        text = text.replace('{"url"', '{\n"url"')
    front = read_front_matter(text)
    assert codes(front) == ["front-matter-broken"]
    assert front.fields["url"] == "https://a.example"
    assert text[front.body_start :] == "Text"


def test_front_matter_that_is_never_closed_is_text_with_a_problem():
    front = read_front_matter("---\ntitle: x\nText ohne Ende")
    assert (front.body_start, codes(front)) == (0, ["front-matter-broken"])
    assert front.fields == {"title": "x"}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_fields_of_front_matter_that_is_never_closed_are_read_to_the_first_line_that_is_none(line_end):
    lines = ["---", "url: https://a.example/1", "archive:", "  - https://b.example", "", "Text: und mehr"]
    text = line_end.join(lines)
    front = read_front_matter(text)
    assert front.fields == {"url": "https://a.example/1", "archive": ["https://b.example"]}
    assert text[front.unclosed_end :] == f"{line_end}Text: und mehr"


def test_text_between_two_rules_is_never_swallowed():
    text = "---\nEs war einmal [ein Satz, der kein YAML ist.\n---\nText"
    assert read_front_matter(text).body_start == 0


def test_a_field_named_twice_is_a_problem():
    front = read_front_matter("---\ntitle: eins\ntitle: zwei\n---\nText")
    assert codes(front) == ["duplicate-field"]
    assert (front.problems[0].field, front.fields["title"]) == ("title", "eins")


def test_an_alias_bomb_is_refused_quickly():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    begin = time.process_time()
    front = read_front_matter("---\nurl: https://a.example/1\n" + "\n".join(lines) + "\n---\nText")
    assert time.process_time() - begin < 2
    assert codes(front) == ["front-matter-too-large"]
    assert front.fields["url"] == "https://a.example/1"
    assert all(isinstance(value, str) and len(value) < 100 for value in front.fields.values())


def test_a_value_that_holds_itself_is_refused():
    assert codes(read_front_matter("---\na: &a [*a]\n---\n")) == ["front-matter-too-large"]


def test_of_enormous_front_matter_the_beginning_is_read_and_the_body_is():
    text = "---\nurl: https://a.example/1\n" + "key: value\n" * LONGEST + "---\nText"
    begin = time.process_time()
    front = read_front_matter(text)
    assert time.process_time() - begin < 1
    assert (codes(front), text[front.body_start :]) == (["front-matter-too-large"], "Text")
    assert front.fields == {"url": "https://a.example/1", "key": "value"}


@pytest.mark.parametrize("opening", ["[", "{", "[ ", '{"'])
def test_deep_nesting_ends_at_once(opening):
    begin = time.process_time()
    front = read_front_matter("---\na: " + opening * 20_000 + "\n---\nText")
    assert time.process_time() - begin < 1
    assert codes(front) == ["front-matter-broken"]


def test_no_objects_are_made_from_yaml(tmp_path):
    victim = tmp_path / "made"
    front = read_front_matter(f"---\nx: !!python/object/apply:os.mkdir ['{victim}']\n---\nText")
    assert codes(front) == ["front-matter-broken"]
    assert not victim.exists()


def test_messages_hold_no_control_characters():
    front = read_front_matter("---\ntitle: \x1b[31mrot: x\n---\nText")
    assert all(character.isprintable() for problem in front.problems for character in problem.message)


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("-+{}[]&*!:'\"#|> \n\r\tab1\\,.%@`"), max_size=80),
    st.sampled_from(["---\n", "+++\n", "{", ""]),
)
def test_nothing_raises_and_the_body_is_an_end_of_the_text(text, opening):
    front = read_front_matter(opening + text)
    assert 0 <= front.body_start <= len(opening + text)
    assert isinstance(front.fields, dict)
