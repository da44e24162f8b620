"""Front matter against the evidence: what is said, and above all what is not."""
# ruff: noqa: E501 (a case is a line)

import pytest

from provenance.model.verification import CapturedPage
from provenance.vault import audit_capture, read_vault

GERMAN = (
    "Der Rat der Stadt hat am Freitag beschlossen, die alte Brücke noch vor dem Winter zu prüfen. "
    "Das Geld dafür liegt nach Angaben der Kämmerei seit März bereit, doch niemand hat es abgerufen."
)
URL = "https://blatt.example/bruecke"
CAPTURE = f"https://web.archive.org/web/20240722235624/{URL}"


@pytest.fixture
def article(tmp_path):
    def make(text=GERMAN, **fields):
        lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
        (tmp_path / "a.md").write_text(f"---\n{lines}---\n{text}\n", encoding="utf-8")
        (found,) = read_vault([str(tmp_path / "a.md")])
        return found

    return make


def problems(article):
    return [(problem.code, problem.field) for problem in article.problems]


@pytest.mark.parametrize(
    ("declared", "found"),
    [("ro", True), ("ru-RU", True), ("de", False), ("de-AT", False), ("DE", False), ("german", False)],
)
def test_the_declared_language(article, declared, found):
    assert problems(article(lang=declared, url=URL)) == ([("language-mismatch", "lang")] if found else [])


def test_languages_that_nobody_can_tell_apart_are_let_stand(article):
    croatian = (
        "Gradonačelnik je u petak rekao da stari most treba pregledati prije zime i da je vijeće već izdvojilo novac, "
        "a predsjednik općine dodao je da će radovi trajati dva tjedna."
    )
    assert problems(article(croatian, language="bs", url=URL)) == []


def test_too_little_text_says_nothing_of_its_language(article):
    assert problems(article("Satz.", language="ru", url=URL)) == []


@pytest.mark.parametrize(
    ("site", "found"),
    [
        ("anderswo.example", True),
        ("blatt.example", False),
        ("www.blatt.example", False),
        ("https://blatt.example/", False),
        ("regional.blatt.example", False),
        ("Das Blatt", False),
        ("'[[Blatt]]'", False),
    ],
)
def test_the_site_against_the_url(article, site, found):
    assert problems(article(site=site, url=URL)) == ([("site-url-mismatch", "site")] if found else [])


@pytest.mark.parametrize(
    ("archive", "found"),
    [
        (CAPTURE, False),
        ("https://web.archive.org/web/20240722235624/blatt.example/bruecke/", False),
        (
            "https://web.archive.org/web/20240722235624/http://www.blatt.example:80/bruecke?utm_source=x#top",
            False,
        ),
        ("https://web.archive.org/web/20240722235624/https://m.blatt.example/bruecke", False),
        ("https://web.archive.org/web/20240722235624/https://blatt.example/bruecke/amp", False),
        ("https://archive.ph/AbCdE", False),
        ("https://web.archive.org/web/20240722235624/https://blatt.example/anders", True),
        ("https://web.archive.org/web/20240722235624/https://blatt.example/", True),
        ("https://web.archive.org/web/20240722235624/https://anderswo.example/bruecke", True),
    ],
)
def test_the_archived_url_against_the_url(article, archive, found):
    assert problems(article(url=URL, archive=archive)) == (
        [("archive-url-mismatch", "archive")] if found else []
    )


@pytest.mark.parametrize(
    ("published", "found"),
    [
        ("2024-06-14", False),
        ("2024-07-22T23:00:00+00:00", False),
        ("2024-07-23", False),  # may have been the 23rd east of Greenwich
        ("2024-07-23T00:30:00", False),
        ("2024-07-23T02:30:00+02:00", False),
        ("2024-07-23T08:00:00+00:00", True),
        ("2024-07-25", True),
        ("2025-07-22", True),
        ("irgendwann 2025", False),
    ],
)
def test_a_capture_before_the_publication(article, published, found):
    made = article(url=URL, archive=CAPTURE, published=published)
    assert problems(made) == ([("capture-before-publication", "published")] if found else [])


def test_a_short_timestamp_means_its_last_moment(article):
    archive = f"https://web.archive.org/web/20240722/{URL}"
    assert problems(article(url=URL, archive=archive, published="2024-07-22T20:00:00Z")) == []


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Rat lässt alte Brücke vor dem Winter prüfen", False),
        ("Rat lässt alte Brücke vor dem Winter prüfen | Das Blatt", False),
        ("Das Blatt – Rat lässt alte Brücke vor dem Winter prüfen", False),
        ("RAT LÄSST ALTE BRÜCKE VOR DEM WINTER PRÜFEN", False),
        ("Alte Brücke: Rat lässt vor dem Winter prüfen", False),
        ("Seite nicht gefunden", True),
        ("Zoo feiert Geburtstag des ältesten Elefanten", True),
        (None, False),
    ],
)
def test_the_title_against_the_capture(article, title, found):
    made = article(title="Rat lässt alte Brücke vor dem Winter prüfen", url=URL)
    codes = [problem.code for problem in audit_capture(made, CapturedPage(title=title), "20240722235624")]
    assert codes == (["title-mismatch"] if found else [])


def test_a_number_changed_in_the_title_is_seen(article):
    made = article(title="Zwölf Brücken und 40 Stege werden geprüft", url=URL)
    page = CapturedPage(title="Zwölf Brücken und 14 Stege werden geprüft - Das Blatt")
    assert [problem.code for problem in audit_capture(made, page, "20240722235624")] == ["title-mismatch"]


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("2024-06-14T09:00:00Z", False),
        ("2024-06-15T08:00:00+02:00", False),
        ("14.06.2024", False),
        ("2024-06-16T12:00:00Z", True),
        ("2023-06-14", True),
        ("vor zwei Stunden", False),
        (None, False),
    ],
)
def test_the_date_against_the_capture(article, stated, found):
    made = article(published="2024-06-14", url=URL)
    codes = [
        problem.code for problem in audit_capture(made, CapturedPage(published=stated), "20240722235624")
    ]
    assert codes == (["date-mismatch"] if found else [])


def test_the_capture_that_was_shown_counts_where_the_link_tells_no_time(article):
    made = article(published="2024-06-14", url=URL, archive=f"https://web.archive.org/web/{URL}")
    assert made.problems == ()
    assert [p.code for p in audit_capture(made, CapturedPage(), "20230101000000")] == [
        "capture-before-publication"
    ]
