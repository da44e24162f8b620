"""Evidence beyond the words: real HTML files, read through the vault, links and metadata in them."""

from dataclasses import replace

import pytest

from provenance.citations import cite, load_outlets, publisher
from provenance.vault import read_vault

OTHER = "<p>The harbour office counted nine ferries that day, and each of them was late by an hour.</p>"


@pytest.fixture(scope="module")
def outlets():
    return load_outlets(
        [
            {"name": "Beacon", "domains": ["beacon.example"], "aliases": ["The Times?"]},
            {"name": "Harbour Courier", "domains": ["harbour-courier.example"]},
        ]
    )


@pytest.fixture
def page(tmp_path, outlets):
    def read(paragraph="", head=""):
        file = tmp_path / "page.html"
        file.write_text(
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferries</title>{head}</head>'
            f"<body><article><h1>Ferries late again</h1>{OTHER}{paragraph}{OTHER}</article></body></html>",
            encoding="utf-8",
        )
        (article,) = read_vault([str(file)])
        own = publisher(article, outlets)
        return replace(article, outlet=own), cite(replace(article, outlet=own), outlets)

    return read


def roles(found):
    return [(each.outlet.name, each.kind, each.rule) for each in found]


@pytest.mark.parametrize(
    ("paragraph", "rule"),
    [
        ('<p>The pier is shut, as was <a href="URL">first reported</a> today.</p>', "any:linked"),
        ("<p>The pier is shut, <a class=x href='URL'><b>according to a report</b></a>.</p>", "any:linked"),
        ('<p>The pier is shut, <a href="URL">the <em>Times</em></a> reported today.</p>', "en:reports"),
        ('<p>The Times <a href="URL">reported</a> that the pier is shut.</p>', "en:reports"),
        ('<p>The Times reported that the <a href="URL">pier</a> is shut.</p>', "en:reports"),
    ],
)
def test_a_link_around_or_beside_the_cue_says_which_outlet_is_credited(page, paragraph, rule):
    paragraph = paragraph.replace("URL", "https://beacon.example/a")
    article, found = page(paragraph)
    assert roles(found) == [("Beacon", "source", rule)]
    (citation,) = found
    assert paragraph in article.body
    assert article.body.index(paragraph) < citation.start < citation.end
    assert "href" not in citation.evidence


@pytest.mark.parametrize(
    "paragraph",
    [
        '<p>A <a href="https://beacon.example/map">map of the town</a> shows where the ferries land.</p>',
        '<p>Such times <a href="https://beacon.example/a">are hard</a> for all who cross the bay.</p>',
    ],
)
def test_a_link_without_a_cue_credits_nobody(page, paragraph):
    assert page(paragraph)[1] == ()


def test_a_link_in_another_sentence_settles_nothing(page):
    paragraph = (
        '<p>The Times reported on Monday that the pier is shut. A <a href="https://beacon.example/a">map</a> '
        "of the bay hangs in the hall.</p>"
    )
    (citation,) = page(paragraph)[1]
    assert citation.kind == "source"
    assert citation.outlet.name != "Beacon"


@pytest.mark.parametrize(
    ("described", "expected"),
    [
        ('"isBasedOn": "https://beacon.example/a"', [("Beacon", "source", "any:based-on")]),
        ('"isBasedOn": "https:\\/\\/beacon.example\\/a"', [("Beacon", "source", "any:based-on")]),
        (
            '"citation": [{"@type": "NewsArticle", "url": "https://beacon.example/a"}, "A book of 1990"]',
            [("Beacon", "source", "any:stated-citation")],
        ),
        (
            '"citation": {"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "Beacon"}}',
            [("Beacon", "source", "any:stated-citation")],
        ),
        ('"isBasedOn": "https://harbour-courier.example/first"', []),
        ('"isBasedOn": "https://nobody-knows.example/a"', []),
        ('"isBasedOn": 7, "citation": [[], null, {"url": 3}]', []),
        ('"mentions": "https://beacon.example/a"', []),
    ],
)
def test_what_the_page_says_it_rests_on_is_a_source(page, described, expected):
    head = (
        '<link rel="canonical" href="https://harbour-courier.example/ferries">'
        f'<script type="application/ld+json">{{"@type": "NewsArticle", {described}}}</script>'
    )
    article, found = page(head=head)
    assert article.outlet.name == "Harbour Courier"
    assert roles(found) == expected
    for citation in found:
        assert article.body[citation.start : citation.end] == citation.evidence


def test_broken_or_deep_descriptions_are_passed_over(page):
    head = (
        '<script type="application/ld+json">{"isBasedOn": </script>'
        f'<script type="application/ld+json">{"[" * 100_000}</script>'
    )
    assert page(head=head)[1] == ()


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://www.harbour-courier.example/ferries">',
        '<meta property="og:url" content="https://harbour-courier.example/ferries">',
        '<meta property="og:site_name" content="Harbour Courier">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "publisher": {"@type": "Organization", '
        '"name": "Harbour Courier"}}</script>',
    ],
)
def test_the_page_says_who_published_it_and_an_outlet_is_itself_in_its_own_text(page, head):
    article, found = page("<p>The master told the Harbour Courier that the fog was thick.</p>", head)
    assert article.outlet.name == "Harbour Courier"
    assert [each.kind for each in found] == ["self"]
