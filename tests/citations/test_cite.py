"""Names as they come, roles across a sentence, and what an article is."""

import pytest

from provenance.citations import cite, explain, load_outlets, publisher
from provenance.model.article import SetAside
from provenance.model.outlet import Outlet, PublisherClaim
from tests.citations.articles import article


@pytest.fixture(scope="module")
def outlets():
    return load_outlets(
        [
            {"name": "Beacon", "domains": ["beacon.example"], "aliases": ["ru:Маяк?", "The Beacon"]},
            {"name": "Northern Herald", "domains": ["herald.example"], "languages": ["en"]},
        ]
    )


def roles(body, outlets, language="en", **more):
    return [
        (citation.outlet.name, citation.kind) for citation in cite(article(body, language, **more), outlets)
    ]


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("Об этом сообщает\u00a0Reuters.", "ru"),
        ("Об этом сообщает Reu\u00adters.", "ru"),
        ("Об этом сообщает Rеutеrs.", "ru"),  # Cyrillic е
        ("Об этом сообщаетReuters.", "ru"),
        ("Об этом сообщает «Reuters».", "ru"),
        ("Об этом сообщает “Reuters”.", "ru"),
        ("Об этом сообщает REUTERS.", "ru"),
        ("Об этом сообщает агентство Рейтер.", "ru"),
        ("Об этом сообщает \u202bReuters\u202c.", "ru"),
        ("Як повідомляє Reuters'у близьке видання, пише Reuters.", "uk"),
        ("Das meldet Reuters.", "de"),
        ("REUTERS REPORTS THAT THE MINE IS SHUT.", "en"),
        ("The mine is shut, reuters reports.", "en"),
    ],
)
def test_a_name_is_found_however_it_is_spelled(body, language, outlets):
    found = cite(article(body, language), outlets)
    assert ("Reuters", "source") in {(citation.outlet.name, citation.kind) for citation in found}
    for citation in found:
        assert body[citation.start : citation.end] == citation.evidence


@pytest.mark.parametrize(
    ("body", "name", "language"),
    [
        ("Об этом говорится в материале «Коммерсанта».", "Kommersant", "ru"),
        ("Как рассказали «Новой газете» в банке, сделка сорвалась.", "Novaya Gazeta", "ru"),
        ("Про це йдеться в матеріалі «Української правди».", "Ukrainska Pravda", "uk"),
        ("Nach Informationen des Spiegels ist der Vertrag fertig.", "Der Spiegel", "de"),
        ("The Guardian's report named two firms.", "The Guardian", "en"),
    ],
)
def test_declined_names_are_found(body, name, language, outlets):
    assert name in {outlet for outlet, _ in roles(body, outlets, language)}


def test_evidence_is_the_cue_with_the_name_as_written(outlets):
    (citation,) = cite(article("Река обмелела, пишет издание Politico.", "ru"), outlets)
    assert citation.evidence == "пишет издание Politico"
    assert citation.sentence == "Река обмелела, пишет издание Politico."
    assert citation.rule == "ru:reports"
    assert 0.5 <= citation.confidence < 1


def test_each_level_of_a_chain_has_its_role(outlets):
    body = "Ukrinform reports, citing European Pravda, which refers to Politico."
    assert roles(body, outlets) == [
        ("Ukrinform", "relay"),
        ("European Pravda", "relay"),
        ("Politico", "source"),
    ]


def test_an_agency_citing_a_ministry_is_a_source(outlets):
    assert roles("TASS reports, citing the Ministry of Transport.", outlets) == [("TASS", "source")]


def test_partners_of_an_investigation_are_each_a_source(outlets):
    body = "A joint investigation by The Insider, Bellingcat and the German weekly Der Spiegel named him."
    assert roles(body, outlets) == [
        ("The Insider", "source"),
        ("Bellingcat", "source"),
        ("Der Spiegel", "source"),
    ]


def test_an_outlet_no_table_knows_is_found_in_a_clear_frame(outlets):
    (citation,) = cite(article("Река обмелела, пишет издание «Новая точка».", "ru"), outlets)
    assert citation.outlet == Outlet("Новая точка")
    (citation,) = cite(article("The pier fell, according to the local portal Harbour Watch.", "en"), outlets)
    assert citation.outlet == Outlet("Harbour Watch")


def test_a_word_for_an_outlet_alone_names_none(outlets):
    assert roles("The agency reported heavy snow. A newspaper wrote about it.", outlets) == []


def test_the_publisher_naming_itself_is_self(outlets):
    herald = outlets.by_name["Northern Herald"].outlet
    assert roles("The Northern Herald has learned that the mine will close.", outlets, outlet=herald) == [
        ("Northern Herald", "self")
    ]


def test_a_name_in_the_reader_s_own_note_is_no_citation(outlets):
    body = "Politico reports that the mine is shut."
    assert roles(body, outlets, set_aside=(SetAside(0, len(body), "note"),)) == []


def test_furniture_credits_nobody_but_is_reported(outlets):
    body = "Reuters reports record rain"
    assert roles(body, outlets, set_aside=(SetAside(0, len(body), "ticker"),)) == [("Reuters", "mention")]
    assert roles(body, outlets, set_aside=(SetAside(0, len(body), "read-also"),)) == [("Reuters", "related")]


def test_an_address_stands_for_its_outlet(outlets):
    assert roles("According to beacon.example, the lamp is out.", outlets) == [("Beacon", "source")]
    assert roles("The picture: https://beacon.example/photos/lamp.jpg", outlets) == []


def test_a_vault_s_own_outlet_that_is_also_a_word(outlets):
    assert roles("Маяк виден издалека.", outlets, "ru") == []
    assert roles("Газета «Маяк» сообщила о шторме.", outlets, "ru") == [("Beacon", "source")]


def test_every_refused_reading_has_a_reason(outlets):
    readings = explain(article("Маяк виден издалека.", "ru"), outlets)
    assert [reading.citation for reading in readings] == [None]
    assert "ordinary word" in readings[0].refused


def test_the_publisher_is_the_first_claim_that_resolves(outlets):
    claims = (
        PublisherClaim("Nobody's Paper", False, "front-matter"),
        PublisherClaim("www.beacon.example", True, "url"),
        PublisherClaim("Northern Herald", False, "page-metadata"),
    )
    assert publisher(article("", claims=claims), outlets).name == "Beacon"
    unknown = publisher(article("", claims=claims[:1]), outlets)
    assert unknown == Outlet("Nobody's Paper")
    assert publisher(article(""), outlets) is None


def test_a_language_without_cues_gives_names_at_lower_confidence(outlets):
    (known,) = cite(article("Politico raportoi sopimuksesta.", "en"), outlets)
    (named,) = cite(article("Politico raportoi sopimuksesta.", "fi"), outlets)
    assert named.kind == "mention"
    assert named.confidence < known.confidence


def test_a_word_for_an_outlet_is_no_name_when_written_small():
    """The table knows Canal+ as "Канал": the word for a channel, here before a name no table knows."""
    assert roles("Об этом пишет канал «Первая точка».", load_outlets(), "ru") == [("Первая точка", "source")]


def test_words_with_accents_are_no_foreign_script():
    """Only in another script does a Latin word stand out as a name (Postoj: also "attitude")."""
    assert roles("Postoj opozície uvádza premiér ako dôvod.", load_outlets(), "sk") == []


def test_a_form_that_two_names_share_is_read_as_the_name_of_the_article_s_language():
    """Croatian bends Nacional (Croatia) and Nacionale (Kosovo) to one form."""
    assert roles("Piše to u članku tjednika Nacionala.", load_outlets(), "hr") == [
        ("Nacional (Croatia)", "source")
    ]


@pytest.mark.parametrize(
    ("body", "language", "expected"),
    [
        # What is cited may be a name that is also a word.
        (
            "Ouest-France, citant Le Point, parle de grève.",
            "fr",
            [("Ouest-France", "relay"), ("Le Point", "source")],
        ),
        # The question of a headline does not end the line it stands in.
        ("Read also: Who will pay? - Reuters", "en", [("Reuters", "related")]),
        # A case ending is small; the abbreviation it is hung on is not.
        ("NTV'nin sorularını yanıtlayan bakan bunu yalanladı.", "tr", [("NTV (Turkey)", "quote")]),
        # A region can report, but not behind a photographer's stroke.
        ("Crédit photo : Marc Exemple / La Provence", "fr", [("La Provence", "photo")]),
    ],
)
def test_names_that_are_words_beside_marks_and_other_names(body, language, expected, outlets):
    assert roles(body, outlets, language) == expected


def test_a_longer_proper_name_is_not_the_outlet_cited(outlets):
    body = "O portal Ukrainska Pravda, que cita fontes do Ministério Público, fala em detenções."
    assert roles(body, outlets, "pt") == [("Ukrainska Pravda", "source")]
