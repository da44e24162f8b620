"""Facts that witnesses tell differently, in one language and across several."""

from dataclasses import replace

import pytest

from provenance.lineage.drift import drift_of
from provenance.model.article import Language
from tests.lineage.reuse.labelled import article


def found(*texts):
    """The drift among texts, given as (language, text): value to paths, for each fact."""
    articles = [
        replace(article(str(number), text), language=Language(None, language))
        for number, (language, text) in enumerate(texts)
    ]
    drifts = drift_of(articles, [])
    for drift in drifts:
        for variant in drift.variants:
            for place in variant.witnesses:
                assert articles[int(place.path)].body[place.start : place.end] == place.text
    return [
        {variant.value: {place.path for place in variant.witnesses} for variant in drift.variants}
        for drift in drifts
    ]


ENGLISH = "Between 2015 and 2019 the Kovarna works in Zlatna sold radar parts to Norland, Kestrel reports."
GERMAN = "Von 2015 bis 2019 verkaufte das Werk Kovarna in Zlatna Radarteile an Norland, berichtet Kestrel."
RUSSIAN = "С 2015 по 2017 год завод «Коварна» в Златне продавал Норланду детали радаров, пишет Kestrel."


def test_a_span_of_years_is_followed_across_languages():
    assert found(("en", ENGLISH), ("de", GERMAN), ("ru", RUSSIAN)) == [
        {"2015-2019": {"0", "1"}, "2015-2017": {"2"}}
    ]


def test_spans_that_agree_are_no_drift():
    assert found(("en", ENGLISH), ("de", GERMAN)) == []


def test_spans_of_other_things_are_not_compared():
    other = "Mayor Ilse Brandt led the choir of Upper Hemsley from 2015 to 2021 and never missed a Sunday."
    assert found(("en", ENGLISH), ("en", other)) == []


def test_a_number_that_changed_on_the_way():
    one = (
        "Police in Marlow Green arrested 14 people after the match between Marlow Green and Ottery on Sunday."
    )
    other = (
        "Police in Marlow Green arrested 40 people after the match between Marlow Green and Ottery on Sunday."
    )
    assert found(("en", one), ("en", other), ("en", one + " Nobody was hurt.")) == [
        {"14": {"0", "2"}, "40": {"1"}}
    ]


def test_numbers_of_the_same_unit_in_sentences_that_say_other_things_are_not_compared():
    one = "Police in Marlow Green arrested 14 people after the match on Sunday."
    other = "Some 900 people signed a petition for a new bridge at Ottery St Giles."
    assert found(("en", one), ("en", other)) == []


@pytest.mark.parametrize(
    ("one", "other", "values"),
    [
        (
            ("en", "The brigade in Tarsk bought eight Varga-M counter-drone stations from Kovarna."),
            ("ru", "Бригада в Тарске купила у Коварны восемь противоракетных комплексов «Варга-М»."),
            {"counter-drone", "anti-missile"},
        ),
        (
            ("en", "A court in Tarsk acquitted the banker Olaf Hendrikson, Kestrel reports."),
            ("de", "Ein Gericht in Tarsk hat den Banker Olaf Hendrikson verurteilt, berichtet Kestrel."),
            {"acquitted", "convicted"},
        ),
    ],
)
def test_words_that_exclude_each_other_beside_the_same_name(one, other, values):
    assert any(set(drift) == values for drift in found(one, other))


def test_two_numbers_that_one_article_gives_both_are_two_facts():
    both = (
        "In Marlow Green 14 people were arrested after the match with Ottery. "
        "In Marlow Green 40 people were arrested after the match with Ottery."
    )
    assert found(("en", both), ("en", both + " Nobody was hurt.")) == []
