"""Stories are found together, and look-alikes kept apart."""

from dataclasses import replace
from datetime import UTC, datetime

from provenance.lineage.stories import group, subjects
from provenance.model.citation import Citation
from provenance.model.outlet import Outlet
from tests.lineage.stories.scoring import score
from tests.lineage.translation.labelled import article

FERRY = "The ferry Santa Brigida ran aground off Karvel with 214 people on board, Captain Vestergaard said."
BAKERY = "A bakery in Lower Fenwick has sold bread at the prices of 1974 to mark its birthday."


def test_stories_in_ten_languages_are_found_and_look_alikes_kept_apart():
    found = score()
    recall = sum(each.recall for each in found) / len(found)
    precision = sum(each.precision for each in found) / len(found)
    print(f"stories: recall {recall:.3f}, precision {precision:.3f}")
    assert recall >= 0.93, [each for each in found if each.recall < 0.9]
    assert precision >= 0.98, [each for each in found if each.precision < 0.95]


def grouped(*articles, citations=None):
    made = list(articles)
    return group(made, subjects(made, citations or {}), [])


def test_articles_with_nothing_in_common_are_in_no_story():
    assert grouped(article("a", [FERRY], "en"), article("b", [BAKERY], "en")) == []


def test_a_story_far_apart_in_time_is_another_story():
    one = article("a", [FERRY], "en")
    other = article("b", [FERRY.replace("ran aground", "was stopped")], "en")
    first = replace(one, published=datetime(2020, 3, 1, tzinfo=UTC))
    assert grouped(first, replace(other, published=datetime(2020, 3, 2, tzinfo=UTC))) == [[0, 1]]
    assert grouped(first, replace(other, published=datetime(2023, 3, 2, tzinfo=UTC))) == []


def test_an_article_alone_is_a_story_when_it_credits_someone():
    credit = Citation(Outlet("Kystposten"), "source", "said", 0, 4, FERRY, "en:reports", 0.9)
    assert grouped(article("a", [FERRY], "en"), citations={"a": [credit]}) == [[0]]
    assert grouped(article("a", [FERRY], "en")) == []


def test_copies_of_one_text_are_one_story_and_empty_texts_none():
    copies = [article(str(number), [FERRY], "en") for number in range(300)]
    assert grouped(*copies, *(article(f"empty {number}", [], "en") for number in range(9))) == [
        list(range(300))
    ]
