"""What front matter says, whatever its fields are called."""

import pytest

from provenance.vault.fields import host_of, read_fields

CAPTURE = "https://web.archive.org/web/20240722235624/https://blatt.example/a"


@pytest.mark.parametrize(
    "name", ["url", "URL", "source", "link", "original", "Source URL", "source-url", "permalink"]
)
def test_the_url_by_any_name(name):
    assert read_fields({name: "https://blatt.example/a"}).url == "https://blatt.example/a"


@pytest.mark.parametrize(
    "name",
    [
        "archive",
        "archived",
        "archive_url",
        "Archive-URL",
        "archive link",
        "wayback",
        "snapshot",
        "web_archive",
    ],
)
@pytest.mark.parametrize(
    "value", [CAPTURE, [CAPTURE], f"[Kopie]({CAPTURE})", f"<{CAPTURE}>", {"url": CAPTURE}]
)
def test_the_archive_link_by_any_name_in_any_dress(name, value):
    links = read_fields({name: value}).archive_links
    assert [(link.verbatim, link.timestamp) for link in links] == [(CAPTURE, "20240722235624")]


def test_every_archive_link_counts_once():
    other = "https://archive.ph/2024.07.01-120000/https://blatt.example/a"
    stated = read_fields(
        {"archive": [CAPTURE, other], "wayback": CAPTURE, "archived": f"{CAPTURE} und {other}"}
    )
    assert [link.verbatim for link in stated.archive_links] == [CAPTURE, other]


def test_an_archive_link_given_as_the_source_is_both():
    stated = read_fields({"source": CAPTURE})
    assert stated.url == "https://blatt.example/a"
    assert [link.verbatim for link in stated.archive_links] == [CAPTURE]


def test_the_url_inside_the_archive_link_serves_where_no_other_is_named():
    assert read_fields({"archive": CAPTURE}).url == "https://blatt.example/a"


@pytest.mark.parametrize("value", ["https://blatt.example/a", "irgendwo", "file:///etc/passwd"])
def test_a_value_that_is_no_archive_link_is_a_problem(value):
    stated = read_fields({"archive": value})
    assert stated.archive_links == ()
    assert [(p.code, p.field) for p in stated.problems] == [("not-an-archive-url", "archive")]


@pytest.mark.parametrize("value", [True, False, None, "yes", "todo", "", "2024-07-22", 20240722235624, []])
def test_a_mark_that_something_was_archived_is_no_problem(value):
    assert read_fields({"archived": value}).problems == ()


@pytest.mark.parametrize(
    "value",
    ["[[Nokta]]", [["Nokta"]], "[[Media/Nokta|Nokta]]", "Nokta", ["[[Nokta]]"], "[Nokta](https://n.example)"],
)
def test_the_outlet_in_any_dress(value):
    claims = read_fields({"publication": value}).publisher_claims
    assert [(c.value, c.is_domain, c.basis, c.field) for c in claims] == [
        ("Nokta", False, "front-matter", "publication")
    ]


def test_a_site_is_a_domain():
    claims = read_fields({"site": "www.Blatt.example"}).publisher_claims
    assert [(c.value, c.is_domain) for c in claims] == [("blatt.example", True)]


def test_a_source_that_is_a_name_is_a_claim_and_a_source_that_is_a_url_is_none():
    assert [c.value for c in read_fields({"source": "Inselblatt"}).publisher_claims] == ["Inselblatt"]
    assert read_fields({"source": "https://blatt.example/a"}).publisher_claims == ()


def test_a_note_named_like_a_host_is_no_address():
    assert read_fields({"source": "Meine Notiz.md"}).url is None


@pytest.mark.parametrize(
    ("tag", "subtag"), [("ro-MD", "ro"), ("pt_BR", "pt"), ("RU", "ru"), ("Russian language", None)]
)
def test_languages_are_primary_subtags(tag, subtag):
    assert read_fields({"lang": tag}).language == subtag


def test_authors_are_joined():
    assert read_fields({"authors": ["[[Ida Kern]]", "Jon Ude"]}).author == "Ida Kern, Jon Ude"


def test_the_date_as_written_and_as_read():
    stated = read_fields({"created": "2024-07-01", "published": "2024-06-14T11:00:00+02:00"})
    assert (stated.published_text, stated.published.isoformat()) == (
        "2024-06-14T11:00:00+02:00",
        "2024-06-14T09:00:00+00:00",
    )


@pytest.mark.parametrize(
    ("value", "bad"),
    [
        ("demnächst", True),
        ("2024-99-99", True),
        ("31.02.2024", True),
        ("03/07/2024", False),
        ("im Mai 2024", False),
    ],
)
def test_only_what_cannot_be_a_date_is_a_problem(value, bad):
    stated = read_fields({"published": value})
    assert stated.published is None
    assert stated.published_text == value
    assert [problem.code for problem in stated.problems] == (["bad-date"] if bad else [])


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.blatt.example/a", "blatt.example"),
        ("blatt.example/a", "blatt.example"),
        ("https://[::1", None),
        ("", None),
        ("kein host", None),
    ],
)
def test_the_host_of_a_url(url, host):
    assert host_of(url) == host
