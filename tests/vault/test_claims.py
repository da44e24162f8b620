"""Who published a text that does not say so in front matter: only on evidence."""

import pytest

from provenance.vault import read_vault

PROSE = (
    "The council decided on Friday to have the old bridge inspected before the winter sets in.\n\n"
    "The money has been there since March, the treasurer said, but nobody has asked for it.\n"
)


@pytest.fixture
def claims(tmp_path):
    def read(text):
        (tmp_path / "a.txt").write_text(text, encoding="utf-8")
        (article,) = read_vault([str(tmp_path / "a.txt")])
        for claim in article.publisher_claims:
            assert claim.basis == "text"
            assert (
                claim.value in article.body[claim.start : claim.end].lower()
                or claim.value in article.body[claim.start : claim.end]
            )
        return [(claim.value, claim.is_domain) for claim in article.publisher_claims]

    return read


@pytest.mark.parametrize(
    ("line", "claim"),
    [
        ("Harbour Bell does not publish comments containing insults.", ("Harbour Bell", False)),
        ("Thanks again for following Harbour Bell.", ("Harbour Bell", False)),
        ("If you found a typo, tell us. Subscribe to Harbour Bell.", None),
        ("© 2024 Harbour Bell. All rights reserved.", ("Harbour Bell", False)),
        ("Подписывайтесь на наш канал. Читайте нас в Telegram.", None),
        ("Subscribe to our newsletter.", None),
        ("Follow us on Facebook and Telegram.", None),
    ],
)
def test_what_an_outlet_says_of_itself(claims, line, claim):
    assert claims(f"{PROSE}\n{line}\n") == ([claim] if claim else [])


def test_a_host_in_the_remains_of_a_tag(claims):
    text = f"Bridge to be inspected Ida Kern//www.bell.example/img/7.jpg?w=7\u2033> {PROSE}"
    assert claims(text) == [("bell.example", True)]


@pytest.mark.parametrize(
    "line",
    [
        "This article was originally published on Harbour Bell.",
        "Read the original article on Harbour Bell",
        "Republished from Harbour Bell.",
        "Source: Harbour Bell",
        "Photo: Harbour Bell",
        "Read also: Harbour Bell does not publish comments",
        "The minister told readers to subscribe to Harbour Bell, which she owns, before the end of the year.",
        "Thousands support Harbour Bell in its case against the city, the paper said on Friday evening.",
    ],
)
def test_naming_an_outlet_makes_it_no_publisher(claims, line):
    assert claims(f"{PROSE}\n{line}\n") == []
