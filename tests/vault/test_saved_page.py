"""Pages saved from a browser: the article in them, and what they say of themselves."""
# ruff: noqa: E501 (a case is a line)

import pytest

from provenance.vault import read_vault

ONE = "Der Rat der Stadt hat am Freitag beschlossen, die alte Brücke noch vor dem Winter zu prüfen."
TWO = "Das Geld dafür liegt nach Angaben der Kämmerei seit März bereit, doch niemand hat es abgerufen."
THREE = "Die Prüfung soll sechs Wochen dauern, in denen die Brücke für Lastwagen gesperrt bleibt."
TEASER = "Im Zoo der Stadt ist in der Nacht zum Samstag der älteste Elefant des Landes gestorben."

PAGE = f"""<!DOCTYPE html>
<html lang="de"><head><title>Rat prüft Brücke | Das Blatt</title>
<meta property="og:title" content="Rat prüft Brücke">
<meta property="og:site_name" content="Das Blatt">
<meta property="article:published_time" content="2024-06-14T11:00:00+02:00">
<meta name="author" content="Ida Kern">
<link rel="canonical" href="https://blatt.example/bruecke">
<script type="application/ld+json">{{"@type": "NewsArticle", "publisher": {{"name": "Blatt Verlag"}}, "author": [{{"name": "Jon Ude"}}]}}</script>
<script>var x = "{TEASER}";</script></head>
<body><nav><a href="/">Politik</a> <a href="/s">Sport</a></nav>
<main><article><h1>Rat prüft Brücke</h1>
<p>{ONE}</p><figure><img src="a.jpg"><figcaption>Die alte Brücke</figcaption></figure>
<p>{TWO}</p><aside><ul><li>Mehr Brücken</li></ul></aside><p>{THREE}</p><p>Foto: Ida Kern</p></article></main>
<div class="teaser"><p>{TEASER}</p></div>
<footer>Impressum</footer></body></html>"""


@pytest.fixture
def read(tmp_path):
    def save(source):
        (tmp_path / "a.html").write_bytes(source if isinstance(source, bytes) else source.encode())
        (article,) = read_vault([str(tmp_path / "a.html")])
        return article

    return save


def own_text(article):
    inside = [(part.start, part.end) for part in article.set_aside]
    blocks = [(b, article.readable.body_span(b.start, b.end)) for b in article.readable.blocks]
    return [
        article.readable.text[b.start : b.end].strip()
        for b, span in blocks
        if not any(start <= span.start < end for start, end in inside)
    ]


def test_the_article_is_found_in_its_page(read):
    article = read(PAGE)
    assert article.body == PAGE
    assert own_text(article) == ["Rat prüft Brücke", ONE, TWO, THREE]
    reasons = {part.reason for part in article.set_aside}
    assert reasons == {"menu", "caption", "credit"}
    for part in article.set_aside:
        assert ONE not in PAGE[part.start : part.end]


def test_what_the_page_says_of_itself(read):
    article = read(PAGE)
    assert (article.title, article.url, article.author) == (
        "Rat prüft Brücke",
        "https://blatt.example/bruecke",
        "Ida Kern",
    )
    assert article.published.isoformat() == "2024-06-14T09:00:00+00:00"
    assert (article.language.declared, article.language.detected) == ("de", "de")
    assert [(c.value, c.basis) for c in article.publisher_claims] == [
        ("blatt.example", "url"),
        ("Das Blatt", "page-metadata"),
        ("Blatt Verlag", "page-metadata"),
    ]


def test_the_comment_of_singlefile_names_the_url(read):
    comment = "<!--\n Page saved with SingleFile \n url: https://blatt.example/echt \n saved date: Fri Jun 14 2024 12:00:00 GMT+0200\n-->"
    article = read(PAGE.replace("<html", comment + "<html", 1))
    assert article.url == "https://blatt.example/echt"
    assert article.fields["saved date"].startswith("Fri Jun 14 2024")


def test_a_page_saved_from_an_archive_names_both(read):
    capture = "https://web.archive.org/web/20240722235624/https://blatt.example/bruecke"
    article = read(f"<!-- saved from url=(0070){capture} -->" + PAGE)
    assert article.url == "https://blatt.example/bruecke"
    assert [link.verbatim for link in article.archive_links] == [capture]


def test_legacy_charsets_by_meta(read):
    source = PAGE.replace("<head>", '<head><meta charset="windows-1252">')
    assert own_text(read(source.encode("cp1252")))[1] == ONE


def test_a_page_of_divs_and_no_metadata(read):
    article = read(
        f"<div><div>Menü</div><div><p>{ONE}</p><p>{TWO}</p><div><p>{THREE}</p></div></div><div>Ende</div></div>"
    )
    assert own_text(article) == [ONE, TWO, THREE]
    assert (article.title, article.url, article.publisher_claims) == (None, None, ())


@pytest.mark.parametrize(
    "source", ["", "<", "<html>", "kein Markup", "<!--", "<p>" * 20_000, "<div>" * 5_000 + ONE, "&" * 10_000]
)
def test_broken_pages_are_read(read, source):
    article = read(source)
    assert article.body == source


def test_text_outside_of_every_element_is_text(read):
    assert own_text(read(f"{ONE}<div>{TWO}</div> {THREE}")) == [ONE, TWO, THREE]


def test_json_ld_of_any_shape_does_no_harm(read):
    for json_ld in (
        "[",
        "3",
        "[[]]",
        '{"@graph": [{"@type": ["Article"], "author": [[{"name": 3}]], "publisher": 7}]}',
        "[" * 50_000,
    ):
        article = read(PAGE.replace('{"@type": "NewsArticle"', json_ld + "{").replace("Blatt Verlag", "x"))
        assert article.title == "Rat prüft Brücke"
