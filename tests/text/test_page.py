"""The text of a page is what two real HTML parsers see, and every character leads back to the source."""

import html
import re
import time

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from provenance.text.page import HIDDEN, NOSCRIPT, PLACES, VISIBLE, Page, read_page, read_plain_page

# What a browser, lexbor and html.parser agree is no text of the page.
UNSHOWN = [
    "script", "style", "template", "textarea", "title", "svg", "iframe", "object", "canvas", "audio",
    "video", "select", "xmp", "noembed", "noframes", "datalist",
]  # fmt: skip


def blocks(page: Page) -> list[str]:
    """The blocks' texts, white space put right; those of no-break spaces only are left out."""
    texts = (
        " ".join(page.text[start:end].split())
        for start, end in zip(page.block_start, page.block_end, strict=True)
    )
    return [text for text in texts if text]


def placed(page: Page, wanted: int) -> str:
    """The text that stands in one place, white space put right."""
    characters = (
        character if page.place(position) == wanted else " " for position, character in enumerate(page.text)
    )
    return " ".join("".join(characters).split())


def ink(text: str) -> str:
    """The text without white space: parsers part blocks in ways of their own."""
    return re.sub(r"[\s\x00]+", "", text)


ZOO = {
    "paragraphs": "<p>The ferry sank.</p><p>Nobody was hurt.</p>",
    "unclosed paragraphs": "<p>The ferry sank.<p>Nobody was hurt.<div>Divers searched.</div>",
    "uppercase tags": "<HTML><BODY><DIV><P>The ferry sank.<BR>Twice.</P></DIV></BODY></HTML>",
    "mixed case": "<Div><sPan>The ferry</sPan> sank.</dIV><Script>var a</sCRIPT>After.",
    "old table layout": (
        "<table border=0><tr><td width=120><a href=/>Home</a><td><font size=2>The ferry sank."
        "<br><br>Nobody was hurt.</font><tr><td>&nbsp;<td>Printed here</table>"
    ),
    "nested tables": "<table><tr><td><table><tr><td>Inner<td>Cell</table><td>Outer</table>",
    "lists": "<ul><li>First<li>Second<ul><li>Below</ul><li>Third</ul><dl><dt>Word<dd>Meaning<dt>Other</dl>",
    "line breaks as paragraphs": "<div>The ferry sank.<br><br/>Nobody was hurt.<br />Not one.</div>",
    "lone end tags": "</div></p>The ferry</span></b> sank.</br>Again.",
    "entities": "<p>Fish &amp; chips &#8212; 5&nbsp;%, caf&eacute; &notin; &unknown; &#x41;&#65 AT&T</p>",
    "comments in words": "<p>The fer<!-- seat -->ry sa<!--->nk.<!-- > --> Nobody<!----> was hurt.</p>",
    "comment ends with bang": "<p>One<!-- a --!>two</p>",
    "comment never ends": "<p>The ferry sank.</p><!-- and so <p>it goes</p>",
    "raw text": "<p>A</p><script>if (a<b) document.write('<p>no</p>')</script><style>p>a{}</style><p>B</p>",
    "script never ends": "<p>The ferry sank.</p><script>var a = '<p>no</p>'",
    "svg": "<p>Before<svg viewBox='0 0 1 1'><title>Logo</title><text>Drawn</text></svg>after</p>",
    "select": "<form>Choose<select><option>One<option>Two</select>now</form>",
    "attributes with signs": """<p title="a > b" data-a='x>"y"'>Seen</p><a href=/?a=1&b=2>link</a>""",
    "attribute never ends": '<p>The ferry sank.</p><a href="x>lost</a><p>lost too',
    "quote where none belongs": """<p class=a"b>Seen</p><p "c>Also</p>""",
    "angle brackets in text": "<p>a < b and c > d, <3 and <-, 1<2</p>",
    "declaration and instruction": "<!DOCTYPE html><?xml version='1.0'?><p>Text</p><![CDATA[x]]>y",
    "footnotes": "<p>The ferry sank<sup><a href='#1'>[1]</a></sup> in 10<sup>2</sup> seconds.</p>",
    "drop cap": "<p><span class=dropcap>T</span>he ferry <b>sa</b>nk.</p>",
    "custom elements": "<my-card><slot-a>The ferry</slot-a> sank.</my-card>",
    "pre": "<pre>line one\n  line two</pre>",
    "buttons in a paragraph": "<p>The ferry <button>Share</button> sank.</p>",
    "form feeds": "<p\fclass='a'>The\fferry</p\n>",
    "slashes": "<p/>The ferry<br/>sank.<img/alt='x'/>Nobody.",
    "definition of nothing": "<p></p><div> </div><p>&nbsp;</p><p>Text</p>",
}


def seen_by_lexbor(source: str) -> str:
    tree = LexborHTMLParser(source)
    tree.strip_tags(UNSHOWN)
    return tree.root.text(separator=" ") if tree.root else ""


def seen_by_beautifulsoup(source: str) -> str:
    tree = BeautifulSoup(source, "lxml")
    for unshown in tree.find_all(UNSHOWN):
        unshown.decompose()
    return tree.get_text(" ")


@pytest.mark.parametrize("source", ZOO.values(), ids=ZOO.keys())
def test_text_is_what_lexbor_sees(source: str) -> None:
    assert ink(read_page(source).text) == ink(seen_by_lexbor(source))


@pytest.mark.parametrize("source", ZOO.values(), ids=ZOO.keys())
def test_text_is_what_beautifulsoup_sees(source: str) -> None:
    assert ink(read_page(source).text) == ink(seen_by_beautifulsoup(source))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (ZOO["unclosed paragraphs"], ["The ferry sank.", "Nobody was hurt.", "Divers searched."]),
        (ZOO["line breaks as paragraphs"], ["The ferry sank.", "Nobody was hurt. Not one."]),
        (ZOO["old table layout"], ["Home", "The ferry sank.", "Nobody was hurt.", "Printed here"]),
        (ZOO["nested tables"], ["Inner", "Cell", "Outer"]),
        (ZOO["lists"], ["First", "Second", "Below", "Third", "Word", "Meaning", "Other"]),
        (ZOO["comments in words"], ["The ferry sank. Nobody was hurt."]),
        (ZOO["drop cap"], ["The ferry sank."]),
        (ZOO["custom elements"], ["The ferry sank."]),
        (ZOO["svg"], ["Beforeafter"]),
        ("Choose<select><option>One</select>now", ["Choose", "now"]),
        ("<p>One</p> <hr> two <h2>Three</h2>", ["One", "two", "Three"]),
        ("One<br> <i> </i> <b> </b><br>two", ["One", "two"]),
        ("", []),
        ("<p></p>", []),
    ],
)
def test_blocks(source: str, expected: list[str]) -> None:
    assert blocks(read_page(source)) == expected


def test_kinds_of_blocks() -> None:
    page = read_page(
        "<h2>Heading</h2><p>Text</p><ul><li><p>Item</p></ul><blockquote><p>Said</p></blockquote>"
        "<figure><figcaption>Caption</figcaption></figure><pre>code</pre><table><tr><td>Cell</table>"
    )
    kinds = dict(zip(blocks(page), page.block_kind, strict=True))
    assert kinds == {
        "Heading": "heading", "Text": "paragraph", "Item": "list-item", "Said": "quote",
        "Caption": "caption", "code": "code", "Cell": "cell",
    }  # fmt: skip


def test_blocks_know_their_elements() -> None:
    source = "<main class=x><section><p id=one>First</p></section><aside>Second</aside></main>"
    page = read_page(source)
    names = [
        [page.elements[element].name for element in page.ancestors(page.block_element[block])]
        for block in (0, 1)
    ]
    assert names == [["p", "section", "main"], ["aside", "main"]]
    assert page.start_tag(page.block_element[0]) == "<p id=one>"


HIDING = [
    "<p hidden>secret</p>",
    "<p HIDDEN>secret</p>",
    '<p hidden="until-found">secret</p>',
    '<div style="color:red; display : none">secret</div>',
    "<div style='visibility:hidden'>secret</div>",
    '<DIV STYLE="DISPLAY:NONE"><p>secret</p></DIV>',
    '<span class="label sr-only">secret</span>',
    "<span class=visually-hidden>secret</span>",
    '<p>Shown <span class="d-none">secret <b>more</b></span> again</p>',
    '<i role="tooltip">secret</i>',
    "<details><summary>secret</summary></details>",
    "<dialog><p>secret</p></dialog>",
    '<div style="display:none"><div>secret</div><div><p>more</p></div></div>',
    "<span hidden>secret<div>more</div></span>",
    "<p>Sank<sup><a href='#n1'>[1]</a></sup>.</p>",
    "<p>Sank<sup>[secret]</sup><sup>[a]</sup>.</p>",
]


@pytest.mark.parametrize("source", HIDING)
def test_hidden_text_is_kept_and_told_apart(source: str) -> None:
    page = read_page(f"<p>Before</p>{source}<p>After</p>")
    hidden = placed(page, HIDDEN)
    assert hidden.startswith(("secret", "[1]", "[a]"))
    assert "Before" in placed(page, VISIBLE) and "After" in placed(page, VISIBLE)
    assert not set(hidden.split()) & {"Before", "After", "again", "Shown"}


SHOWING = [
    '<p hidden="false">shown</p>',
    '<a href="/x" title="the hidden truth">shown</a>',
    '<div data-style="display:none">shown</div>',
    """<div data-state='{"display": "none", "class": "hide"}'>shown</div>""",
    '<p class="hidden-gem">shown</p>',
    "<p class=unhide>shown</p>",
    "<details open><p>shown</p></details>",
    '<details class="a" open=""><p>shown</p></details>',
    "<p>10<sup>2</sup> shown</p>",
    '<img alt="hidden" class="d-none"> shown',
    '<p style="display:block">shown</p>',
    "<details-list>shown</details-list>",
]


@pytest.mark.parametrize("source", SHOWING)
def test_shown_text_is_not_called_hidden(source: str) -> None:
    page = read_page(source)
    assert "shown" in placed(page, VISIBLE)
    assert not placed(page, HIDDEN)


def test_noscript_is_a_place_of_its_own() -> None:
    page = read_page("<p>Seen</p><noscript><p>Without script</p><p hidden>Never</p></noscript>")
    assert [placed(page, place) for place in (VISIBLE, NOSCRIPT, HIDDEN)] == [
        "Seen",
        "Without script",
        "Never",
    ]
    assert PLACES[NOSCRIPT] == "noscript"


def test_a_block_is_found_by_position() -> None:
    page = read_page("<p>One</p><p>Two</p>")
    assert [page.block_at(page.text.index(word)) for word in ("One", "Two")] == [0, 1]
    assert page.block_at(page.text.index("One") + 3) == 1  # the line break belongs to the next
    assert page.block_at(len(page.text)) == -1
    assert read_page("").block_at(0) == -1


def test_plain_text_is_parted_by_blank_lines() -> None:
    page = read_plain_page("One\r\nline more\r\n\r\n \n<b>Two</b>\n")
    assert blocks(page)[0] == "One line more"
    assert blocks(page)[-1] == "<b>Two</b>"
    assert (
        page.source_span(page.text.index("<b>"), len(page.text) - 1).of(page.source).startswith("<b>Two</b>")
    )


def check_runs(page: Page) -> None:
    """Runs are in order, do not overlap, and say where their characters come from."""
    at = before = 0
    for run_at, length, start, end in zip(*(column.tolist() for column in page.runs), strict=True):
        assert at <= run_at and before <= start < end <= len(page.source)
        written, text = page.source[start:end], page.text[run_at : run_at + length]
        if written.startswith("&") and text != written:
            assert text == html.unescape(written).replace("\n", " ")
        else:
            assert text == re.sub(r"[\n\r\t\x00]", " ", written)
        at, before = run_at + length, end
    assert at <= len(page.text)
    last = 0
    for start, end, element in zip(page.block_start, page.block_end, page.block_element, strict=True):
        assert last <= start < end <= len(page.text)
        assert -1 <= element < len(page.elements)
        last = end
    assert all(page.block_at(position) >= 0 for position in page.runs.at.tolist())
    for number, element in enumerate(page.elements):
        assert element.parent < number
        assert page.start_tag(number)[1:].lower().startswith(element.name)


@pytest.mark.parametrize("source", ZOO.values(), ids=ZOO.keys())
def test_every_run_leads_back_to_the_source(source: str) -> None:
    check_runs(read_page(source))


def test_a_span_encloses_the_source_of_its_text() -> None:
    source = "<p>Fish &amp; <b>chips</b>, caf&eacute;</p>"
    page = read_page(source)
    start = page.text.index("& chips")
    assert page.source_span(start, start + len("& chips")).of(source) == "&amp; <b>chips"
    start = page.text.index("é")
    assert page.source_span(start, start + 1).of(source) == "&eacute;"
    assert page.source_span(0, 4).of(source) == "Fish"


FRAGMENTS = st.sampled_from(
    ["<p>", "</p>", "<P ", "<div hidden>", "</div>", "<br>", "<br/>", "<td>", "<li>", "</ul>", "<ul>",
     "<table>", "<script>", "</script>", "<style", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<svg>",
     "</svg>", "<svg/>", "<span class=sr-only>", "</span>", "<i>", "</i>", "&amp;", "&nbsp", "&#0;",
     "&#1114112;", "&#xD800;", "&notit;", "&#32;", "&", "<", ">", '"', "'", "=", "/", '<a href="', "<a b='",
     "word ", "\n", "\r\n", "\t", "\x00", " ", "é", "\ud800", "語", "\u00ad", "<sup>", "[1]", "</sup>",
     "<noscript>", "</noscript>", "<details>", "<button>", "<select>", "</select>", "<hr>", "<?", "<!", "</",
     "<h1>", "<blockquote>", "<dt>", "<dd>"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(FRAGMENTS, max_size=60).map("".join))
def test_no_markup_makes_it_fail_or_lie(source: str) -> None:
    page = read_page(source)
    check_runs(page)
    if page.text:
        span = page.source_span(0, len(page.text))
        assert 0 <= span.start <= span.end <= len(source)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_it_fail(source: str) -> None:
    check_runs(read_page(source))
    read_plain_page(source)


WORDS = st.lists(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8), min_size=1, max_size=5
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=6))
def test_paragraphs_come_out_as_they_went_in(paragraphs: list[str]) -> None:
    source = "".join(f"<p class='a'><b>{html.escape(text)}</b></p>" for text in paragraphs)
    assert blocks(read_page(source)) == paragraphs


MEGABYTE = 1_000_000
ADVERSARIES = {
    "angle brackets": "<" * MEGABYTE,
    "open tags": '<a "' * (MEGABYTE // 4),
    "unquoted": "<a =" * (MEGABYTE // 4),
    "quotes": "<a b='" + "\"'" * (MEGABYTE // 2),
    "nested divisions": "<div>" * 200_000 + "x",
    "balanced nest": "<div>" * 50_000 + "x" + "</div>" * 50_000,
    "cells in a nest": "<td><table>" + "<div>" * 50_000 + "<td></td>" * 50_000,
    "hidden nest": "<span hidden>" + "<i><div>" + "<b>" * 50_000 + "</i>" * 50_000,
    "lists": "<ul><li>" * 100_000,
    "paragraphs": "<p>a" * 200_000,
    "stray ends": "</p></div></b>" * 70_000,
    "comments": "<!--" * 250_000,
    "comment dashes": "<!--" + "-" * MEGABYTE,
    "scripts": "<script>" * 100_000,
    "script ends": "<script>" + "</scrip" * 140_000,
    "script slashes": "<script>" + "<" * MEGABYTE,
    "entities": "&amp" * 250_000,
    "ampersands": "&" * MEGABYTE,
    "attributes": "<p " + "a=b " * MEGABYTE + ">x</p>",
    "classes": "<p " + "class=x " * 100_000 + "hidden>x</p>",
    "class names": '<p class="' + "hide-no " * 120_000 + '">x</p>',
    "styles": '<p style="' + "display " * 120_000 + '">x</p>',
    "details": "<details " * 110_000 + ">x",
    "notes": "<sup><a" * 140_000,
    "note spaces": "<sup>" + " " * MEGABYTE + "<sup>" * 1000,
    "breaks": "<br> " * 200_000,
    "nulls": "\x00<p\x00" * 200_000,
}


@pytest.mark.parametrize("source", ADVERSARIES.values(), ids=ADVERSARIES.keys())
def test_hostile_pages_take_no_longer_than_others(source: str) -> None:
    began = time.process_time()
    read_page(source)
    assert time.process_time() - began < 5


def test_a_line_of_fifty_megabytes() -> None:
    began = time.process_time()
    page = read_page("<p>" + "The ferry sank. " * 3_000_000 + "</p>")
    assert time.process_time() - began < 5
    assert len(page.text) > 47_000_000


def test_nesting_beyond_what_browsers_do_keeps_all_text() -> None:
    page = read_page("<div>" * 2000 + "deep" + "</div>" * 2000 + "<p>after</p>")
    assert blocks(page) == ["deep", "after"]
    assert page.elements[page.block_element[1]].name == "p"
    assert list(page.ancestors(page.block_element[1])) == [page.block_element[1]]
