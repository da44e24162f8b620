"""From answers about links to one verification."""

import pytest

from provenance.model.article import Article, SetAside
from provenance.model.capture import Capture, Found, Unavailable, Unchecked
from provenance.model.problem import Problem
from provenance.model.resource import ArchiveLink
from provenance.model.text import ReadableText
from provenance.model.verification import Comparison, Coverage, Sentences, Verdict, Verification
from provenance.pipeline import verdict
from provenance.pipeline.verdict import choose, judge, unlinked

LINK = ArchiveLink(
    "https://web.archive.org/web/2025/https://a.example/", "web.archive.org", "https://a.example/", "2025"
)
CAPTURE = Capture(
    "web.archive.org", "r", "o", "20250101000000", 200, "text/html", None, b"<p>text", "ab" * 32
)
ASIDE = (SetAside(0, 3, "menu"),)


def article(**more):
    return Article("a.md", "markdown", "body", ReadableText("", (), ()), "cd" * 32, set_aside=ASIDE, **more)


@pytest.fixture(autouse=True)
def compared(monkeypatch):
    """Comparing that always holds, and what it was given."""
    given = []

    def compare(saved, capture):
        given.append(capture)
        return Comparison(Verdict.HOLDS, "every-sentence-held", Sentences(2, 2, 2), Coverage(1.0, 1.0))

    monkeypatch.setattr(verdict, "compare", compare)
    return given


def verification(verdict, reason, link):
    return Verification(verdict, reason, "m", link=link)


HOLDS = verification(Verdict.HOLDS, "every-sentence-held", "holds")
DIFFERS = verification(Verdict.DIFFERS, "words-changed", "differs")
GONE = verification(Verdict.UNAVAILABLE, "not-archived", "gone")
LATER = verification(Verdict.UNCHECKED, "network", "later")


@pytest.mark.parametrize(
    ("given", "first", "others"),
    [
        ([HOLDS], "holds", []),
        ([LATER], "later", []),
        ([DIFFERS, HOLDS], "holds", ["differs"]),
        ([LATER, GONE, DIFFERS], "gone", ["later", "differs"]),
        ([LATER, DIFFERS, HOLDS, GONE], "holds", ["later", "differs", "gone"]),
        ([LATER, LATER], "later", ["later"]),
    ],
)
def test_the_first_that_holds_else_the_first_that_answered(given, first, others):
    # Equal verifications of two links stay two.
    given = [Verification(each.verdict, each.reason, "m", link=each.link) for each in given]
    chosen = choose(given)
    assert chosen.link == first
    assert [each.link for each in chosen.also] == others


def test_a_capture_is_compared_and_named_without_its_bytes(compared):
    found = judge(article(), LINK, Found(CAPTURE))
    assert found.verdict is Verdict.HOLDS
    assert compared == [CAPTURE]
    assert (found.capture.sha256, found.capture.body) == (CAPTURE.sha256, b"")
    assert found.link == LINK.verbatim
    assert found.set_aside == ASIDE


def test_a_neighbour_gets_a_verification_of_its_own_and_never_the_link_s():
    found = judge(article(), LINK, Unavailable("other-capture", "given another", CAPTURE))
    assert (found.verdict, found.reason) == (Verdict.UNAVAILABLE, "other-capture")
    assert found.capture is None
    assert found.neighbour.verdict is Verdict.HOLDS
    assert found.neighbour.capture.timestamp == CAPTURE.timestamp


def test_what_was_not_learned_says_why(compared):
    found = judge(article(), LINK, Unchecked("rate-limited", "asks to wait"))
    assert (found.verdict, found.reason, found.detail) == (Verdict.UNCHECKED, "rate-limited", "asks to wait")
    assert compared == []


def test_no_link_and_a_link_that_is_none_are_told_apart():
    assert unlinked(article()).reason == "no-archive-url"
    wrong = article(problems=(Problem("not-an-archive-url", "archive holds 'yes'", "archive"),))
    assert unlinked(wrong).reason == "not-an-archive-url"
    assert unlinked(wrong).detail == "archive holds 'yes'"
