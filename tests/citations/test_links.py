"""Links and footnotes as evidence, in Markdown bodies whose readable text leaves the markup out."""

import re

import pytest

from provenance.citations import cite, load_outlets
from provenance.model.article import Article, Language
from provenance.model.text import Block, Piece, ReadableText

LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")


@pytest.fixture(scope="module")
def outlets():
    return load_outlets([{"name": "Beacon", "domains": ["beacon.example"], "aliases": ["The Times?"]}])


def markdown(body):
    """One paragraph, links shown by their words; lines of footnotes are not read."""
    shown = body.partition("\n\n[^")[0]
    text, pieces, done = "", [], 0
    for found in LINK.finditer(shown):
        for start, end in ((done, found.start()), found.span(1)):
            if end > start:
                pieces.append(Piece(len(text), end - start, start, end))
                text += body[start:end]
        done = found.end()
    pieces.append(Piece(len(text), len(shown) - done, done, len(shown)))
    text += shown[done:]
    readable = ReadableText(text, (Block(0, len(text)),), tuple(pieces))
    return Article("a.md", "markdown", body, readable, "0" * 64, language=Language(declared="en"))


def roles(body, outlets):
    found = cite(markdown(body), outlets)
    for citation in found:
        assert body[citation.start : citation.end] == citation.evidence
    return [(citation.outlet.name, citation.kind, citation.rule) for citation in found]


def test_a_link_settles_which_outlet_a_shared_name_means(outlets):
    body = "The lamp is out, [the Times](https://beacon.example/lamp) reported."
    assert roles(body, outlets) == [("Beacon", "source", "en:reports")]


def test_a_link_under_a_reporting_word_credits_its_outlet(outlets):
    body = "The lamp is out, as was [first reported](https://beacon.example/lamp) on Monday."
    assert roles(body, outlets) == [("Beacon", "source", "any:linked")]


def test_a_link_under_other_words_credits_nobody(outlets):
    assert roles("The [lamp](https://beacon.example/lamp) is out.", outlets) == []


def test_a_footnote_is_a_source(outlets):
    body = "The lamp is out.[^1]\n\n[^1]: Lamp out, https://beacon.example/lamp, 3 May"
    assert roles(body, outlets) == [("Beacon", "source", "any:footnote")]
