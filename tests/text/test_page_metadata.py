"""What a page says of itself in its head."""

import json
import time

import pytest

from provenance.model.verification import CapturedPage
from provenance.text.page_metadata import json_ld, read_metadata

HEAD = """<!DOCTYPE html><html class="x" lang="uk-UA"><head><title>Ferry sinks &mdash; Ardmoor Post</title>
<meta property="og:title" content="Ferry sinks">
<meta content='2024-05-03T10:00:00+03:00' property='article:published_time'/>
<META NAME=og:site_name CONTENT="Ardmoor&#32;Post">
<link rel="canonical" href="https://post.example/ferry?a=1&amp;b=2"></head>"""


def test_a_full_head() -> None:
    assert read_metadata(HEAD) == CapturedPage(
        title="Ferry sinks",
        published="2024-05-03T10:00:00+03:00",
        language="uk-ua",
        site_name="Ardmoor Post",
        canonical="https://post.example/ferry?a=1&b=2",
    )


@pytest.mark.parametrize(
    "source", ["", "text", "<p>hidden</p>", "<meta><meta content=x><link rel=canonical>", "<title>"]
)
def test_what_a_page_does_not_say_is_none(source: str) -> None:
    assert read_metadata(source) == CapturedPage()


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("<title>Only the &lt;title&gt; </title>", "Only the <title>"),
        ('<meta name="twitter:title" content="Card"><title>Page</title>', "Card"),
        ('<meta property="og:title" content=""><title>Page</title>', "Page"),
        ('<meta property="og:title" content="First"><meta property="og:title" content="Second">', "First"),
        ("<TITLE data-a=b>Upper</TITLE>", "Upper"),
    ],
)
def test_titles(source: str, title: str) -> None:
    assert read_metadata(source).title == title


def described(node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script><title>Page</title>'


ARTICLE = {"@type": "NewsArticle", "headline": "Ferry sinks", "datePublished": "2024-05-03"}


@pytest.mark.parametrize(
    "node",
    [ARTICLE, [ARTICLE], {"@graph": [{"@type": "WebSite"}, ARTICLE]},
     {"@type": "WebPage", "mainEntity": ARTICLE},
     ARTICLE | {"@type": ["Thing", "ReportageNewsArticle"]}, ARTICLE | {"@type": "LiveBlogPosting"}],
)  # fmt: skip
def test_what_json_ld_describes(node: object) -> None:
    page = read_metadata(described(node))
    assert (page.title, page.published) == ("Ferry sinks", "2024-05-03")


@pytest.mark.parametrize(
    "node",
    [{"@type": "Organization", "headline": "X"}, {"@type": 5}, ["x", None, 3], {"@graph": "x"}, "text",
     ARTICLE | {"headline": ["a"], "datePublished": 5}],
)  # fmt: skip
def test_what_json_ld_does_not_describe(node: object) -> None:
    page = read_metadata(described(node))
    assert (page.title, page.published) == ("Page", None)


def test_broken_json_ld_is_passed_over() -> None:
    source = '<script type="application/ld+json">{"@type": "NewsArticle", </script>' + described(ARTICLE)
    assert read_metadata(source).title == "Ferry sinks"
    deep = '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + described(ARTICLE)
    assert read_metadata(deep).title == "Ferry sinks"


def test_json_ld_blocks_stand_where_they_are_said_to() -> None:
    source = "<p>x</p>" + described(ARTICLE) + "<SCRIPT TYPE='application/ld+json' id=a>{}</SCRIPT>"
    blocks = list(json_ld(source))
    assert len(blocks) == 2
    assert all(source[offset : offset + len(text)] == text for offset, text in blocks)
    assert json.loads(blocks[0][1]) == ARTICLE


@pytest.mark.parametrize(
    "source",
    ["<meta " * 100_000, "<meta a" + "=b a" * 200_000, "<title " * 100_000, "<html " * 100_000,
     "<script" * 100_000, "<script application/ld+json" * 30_000, "<link " + "rel" * 300_000,
     '<script type="application/ld+json">' * 20_000, "<html " + "lang " * 200_000],
    ids=range(9),
)  # fmt: skip
def test_hostile_heads_take_no_longer_than_others(source: str) -> None:
    began = time.process_time()
    read_metadata(source)
    assert time.process_time() - began < 4
