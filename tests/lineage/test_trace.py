"""Stories whole: edges with relations, roots, origins, loops, impossible edges, missing links."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from provenance.lineage import Background, trace
from provenance.model.article import Article, Language
from provenance.model.citation import Citation
from provenance.model.outlet import Outlet
from provenance.model.resource import ArchiveLink
from provenance.pipeline.shared_wording import shared_wording
from tests.lineage.reuse.labelled import article as plain

LEAK = (
    "Three tonnes of solvent leaked from the Brandvik paint works into the river Aune on 14 June. "
    "The manager, Solveig Tveit, knew of cracks in the tank since 2018 and asked for 250,000 kroner. "
    "Fishermen found dead salmon as far down as Lower Melhus, eleven kilometres from the works."
)
ANEW = (
    "Salmon died along eleven kilometres of the Aune after a spill at Brandvik's paint works in June. "
    "Solveig Tveit, who runs the plant, had long known that a tank was cracked, and had asked for money."
)
REACTIONS = (
    "Anglers from three valleys gathered outside the gates and hung nets over the fence. A spokesman for the "
    "county said that taps were safe, since drinking water comes from the lake. Shares in the group owning "
    "the factory lost a tenth of their value before trading was halted, and its lawyers asked for patience."
)
HISTORY = (
    "Paint has been boiled here for longer than anyone remembers. A fire in 1931 burned down the sheds, "
    "the second ones were bombed, and the present hall with its green tower was listed last spring. "
    "Generations of pupils were marched through it on school trips and went home with coloured fingers."
)


def article(path, text, outlet=None, language="en", day=None, url=None):
    made = plain(path, text)
    when = datetime(2024, 6, day, 12, tzinfo=UTC) if day else None
    who = Outlet(outlet, f"{outlet.lower()}.example") if outlet else None
    return replace(made, outlet=who, language=Language(None, language), published=when, url=url)


def credit(name, kind="source", start=0, confidence=0.9):
    return Citation(
        Outlet(name, f"{name.lower()}.example"), kind, name, start, start + 5, name, "en:reports", confidence
    )


def told(articles, citations=None, background=None):
    """The one story of these articles."""
    pairs = [pair for pair in shared_wording(articles) if pair.score > 0]
    stories = trace(articles, citations or {}, pairs, background)
    assert len(stories) == 1, [story.articles for story in stories]
    return stories[0]


def drawn(story):
    return [
        (edge.taker.path, edge.giver.path or edge.giver.outlet.name, edge.relation, edge.direction)
        for edge in story.edges
    ]


def test_credits_to_an_outlet_that_the_vault_lacks_meet_in_it():
    articles = [article("a", LEAK, "Aurora"), article("b", ANEW, "Borealis")]
    story = told(articles, {"a": [credit("Fjordpost")], "b": [credit("Fjordpost", start=9)]})
    assert drawn(story)[:2] == [
        ("a", "Fjordpost", "credit-only", "decided"),
        ("b", "Fjordpost", "credit-only", "decided"),
    ]
    (root,) = story.roots
    assert (root.witness.outlet.name, root.in_vault, root.share) == ("Fjordpost", False, 1.0)
    assert (story.origins.low, story.origins.high) == (1, 1)
    assert any({"a", "b", "Fjordpost"} <= set(merge.what) for merge in story.origins.merges)
    assert [(link.outlet.name, link.cited_by) for link in story.missing] == [("Fjordpost", ("a", "b"))]
    assert story.weakest_link in (0, 1)


def test_a_missing_link_has_the_url_that_an_article_gives():
    text = LEAK + " Read it at https://www.fjordpost.example/2024/solvent-leak."
    story = told([article("a", text, "Aurora"), article("b", ANEW, "Borealis")], {"a": [credit("Fjordpost")]})
    assert story.missing[0].url == "https://www.fjordpost.example/2024/solvent-leak"


def test_a_credited_copy_points_to_the_article_it_was_taken_from():
    articles = [
        article("a", LEAK, "Aurora", day=15),
        article("f", LEAK + " More follows.", "Fjordpost", day=14),
    ]
    story = told(articles, {"a": [credit("Fjordpost")]})
    assert drawn(story) == [("a", "f", "credited-reuse", "decided")]
    assert story.roots[0].witness.path == "f" and story.roots[0].in_vault
    assert story.origins.high == 1


def test_a_copy_without_credit_is_uncredited_reuse_and_dates_decide_it():
    articles = [
        article("a", LEAK, "Aurora", day=20),
        article("f", LEAK + " More follows.", "Fjordpost", day=14),
    ]
    story = told(articles)
    assert drawn(story) == [("a", "f", "uncredited-reuse", "decided")]
    assert "date" in story.edges[0].bases
    assert any(piece.basis == "date" and piece.log_odds > 0 for piece in story.edges[0].evidence)


def test_the_rendering_of_an_intermediary_is_told_from_the_root_s_own_words():
    copies = [article("a", LEAK, "Aurora"), article("b", LEAK + " Nobody was fined.", "Borealis")]
    cited = {"a": [credit("Fjordpost")], "b": [credit("Fjordpost")]}
    foreign = Background(languages={"Fjordpost": ("no",)})
    relations = {edge.relation for edge in told(copies, cited, foreign).edges}
    assert relations == {"credit-only", "intermediary-reuse"}
    partly = [
        article("a", f"{LEAK} {ANEW} {REACTIONS}", "Aurora"),
        article("b", f"{LEAK} {HISTORY}", "Borealis"),
    ]
    own = Background(languages={"Fjordpost": ("en",)})
    doubtful = [edge for edge in told(partly, cited, own).edges if edge.giver.path]
    assert [edge.direction for edge in doubtful] == ["undecided"]
    assert "may be theirs" in doubtful[0].evidence[0].because


def test_owners_widen_the_range_and_never_lower_its_upper_end():
    articles = [article("a", LEAK, "Aurora"), article("b", ANEW, "Borealis")]
    cited = {"a": [credit("Fjordpost")], "b": [credit("Dalblad")]}
    apart = told(articles, cited).origins
    assert (apart.low, apart.high) == (2, 2)
    owned = told(
        articles, cited, Background(families={"Fjordpost": "Nordholding", "Dalblad": "Nordholding"})
    ).origins
    assert (owned.low, owned.high) == (1, 2)
    assert any("Nordholding" in merge.because and not merge.certain for merge in owned.merges)


def test_a_circle_of_forty_outlets_is_one_loop():
    names = [f"Outlet{number}" for number in range(40)]
    articles = [article(str(number), f"{LEAK} Note {number}.", name) for number, name in enumerate(names)]
    cited = {str(number): [credit(names[(number + 1) % 40])] for number in range(40)}
    story = told(articles, cited)
    assert [len(loop) for loop in story.loops] == [40]
    takers = {story.edges[number].taker.path for number in story.loops[0]}
    assert takers == {str(number) for number in range(40)}
    assert story.roots and story.origins.low == 1


def test_an_edge_that_dates_rule_out_is_said_to_be_impossible():
    articles = [article("a", LEAK, "Aurora", day=10), article("f", ANEW, "Fjordpost", day=14)]
    story = told(articles, {"a": [credit("Fjordpost")]})
    assert [each.edge for each in story.impossible] == [0]
    assert "2024-06-10" in story.impossible[0].reason


def test_a_date_later_than_the_page_s_own_capture_is_not_believed():
    link = ArchiveLink("x", "web.archive.org", "https://fjordpost.example/1", "20240601120000")
    contradictory = replace(article("f", LEAK + " More.", "Fjordpost", day=20), archive_links=(link,))
    story = told([article("a", LEAK, "Aurora", day=10), contradictory])
    assert drawn(story)[0][:2] == ("a", "f")


def test_five_thousand_copies_take_bounded_time():
    copies = [article(str(number), LEAK) for number in range(5_000)]
    begun = time.monotonic()
    (story,) = trace(copies, {}, [])
    assert time.monotonic() - begun < 60
    assert len(story.edges) == 4_999 and story.origins.high == 1
    assert all(edge.direction == "undecided" for edge in story.edges)


def test_empty_texts_are_no_story():
    assert trace([article(str(number), "") for number in range(5)], {}, []) == []


def test_a_republished_text_s_credits_are_those_of_its_publisher():
    articles = [article("a", LEAK), article("b", ANEW, "Borealis")]
    cited = {
        "a": [credit("Aurora", "republication"), credit("Fjordpost", start=30)],
        "b": [credit("Fjordpost")],
    }
    story = told(articles, cited)
    assert any(edge.taker.path is None and edge.taker.outlet.name == "Aurora" for edge in story.edges)
    assert [root.witness.outlet.name for root in story.roots] == ["Fjordpost"]


@pytest.mark.parametrize("turned", [False, True])
def test_the_same_articles_make_the_same_story_whatever_their_order(turned):
    articles: list[Article] = [
        article("a", LEAK, "Aurora", day=15),
        article("b", LEAK + " More.", "Borealis", day=14),
    ]
    story = told(articles[::-1] if turned else articles)
    assert story.id == told(articles).id
    assert drawn(story) == drawn(told(articles))


def test_who_relays_a_report_has_it_from_the_source_named_beside_it():
    articles = [article("a", LEAK, "Aurora"), article("b", ANEW, "Borealis")]
    relay = replace(credit("Dalblad", "relay"), sentence="Dalblad says, citing Fjordpost")
    source = replace(credit("Fjordpost", start=20), sentence=relay.sentence)
    story = told(articles, {"a": [relay, source], "b": [credit("Dalblad")]})
    assert [root.witness.outlet.name for root in story.roots] == ["Fjordpost"]
    assert story.origins.high == 1


def test_the_outlet_that_somebody_spoke_to_is_credited_where_no_other_is():
    articles = [article("a", LEAK, "Aurora"), article("b", ANEW, "Borealis")]
    story = told(
        articles,
        {"a": [credit("Fjordpost", "quote")], "b": [credit("Fjordpost"), credit("Dalblad", "quote")]},
    )
    assert [root.witness.outlet.name for root in story.roots] == ["Fjordpost"]
