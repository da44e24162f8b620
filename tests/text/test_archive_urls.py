"""Archive links in every shape that people paste, and keys for "the same resource?"."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.archive_urls import comparison_key, parse_archive_link, replay_prefix

PAGE = "https://harbour-post.example/2024/ferry"
PLAIN_PAGE = "http://harbour-post.example/2024/ferry"
T = "20240614120000"
W = "https://web.archive.org/web"

WAYBACK_SHAPES = [
    (f"{W}/{T}/{PAGE}", PAGE, T),
    (f"http://web.archive.org/web/{T}/{PAGE}", PAGE, T),
    (f"web.archive.org/web/{T}/{PAGE}", PAGE, T),
    (f"//web.archive.org/web/{T}/{PAGE}", PAGE, T),
    (f"https://WEB.archive.org:443/web/{T}/{PAGE}", PAGE, T),
    (f"https://www.web.archive.org/web/{T}/{PAGE}", PAGE, T),
    (f"https://web-beta.archive.org/web/{T}/{PAGE}", PAGE, T),
    (f"https://wayback.archive.org/web/{T}/{PAGE}", PAGE, T),
    (f"https://archive.org/web/{T}/{PAGE}", PAGE, T),
    (f"https://web.archive.org/{T}/{PAGE}", PAGE, T),
    # modifiers
    *[(f"{W}/{T}{m}/{PAGE}", PAGE, T) for m in ("id_", "if_", "im_", "js_", "cs_", "oe_", "fw_", "mp_", "*")],
    # the original's scheme: missing, short of a slash, doubled
    (f"{W}/{T}/harbour-post.example/2024/ferry", PLAIN_PAGE, T),
    (f"{W}/{T}/https:/harbour-post.example/2024/ferry", PAGE, T),
    (f"{W}/{T}/https://https://harbour-post.example/2024/ferry", PAGE, T),
    (f"{W}/{T}/http://https://harbour-post.example/2024/ferry", PAGE, T),
    (f"{W}/{T}/https//harbour-post.example/2024/ferry", PAGE, T),
    # default ports
    (f"{W}/{T}/http://harbour-post.example:80/2024/ferry", PLAIN_PAGE, T),
    (f"{W}/{T}/harbour-post.example:80/2024/ferry", PLAIN_PAGE, T),
    (f"{W}/{T}/https://harbour-post.example:443/2024/ferry", PAGE, T),
    (f"{W}/{T}/http://harbour-post.example:8080/", "http://harbour-post.example:8080/", T),
    # percent-encoded: the original, or all of it
    (f"{W}/{T}/https%3A%2F%2Fharbour-post.example%2F2024%2Fferry", PAGE, T),
    (f"{W}/{T}/https%253A%252F%252Fharbour-post.example%252F2024%252Fferry", PAGE, T),
    (f"{W}/{T}/harbour-post.example%2F2024%2Fferry", PLAIN_PAGE, T),
    (
        f"https%3A%2F%2Fweb.archive.org%2Fweb%2F{T}%2Fhttps%3A%2F%2Fharbour-post.example%2F2024%2Fferry",
        PAGE,
        T,
    ),
    (
        f"{W}/{T}/https%3A%2F%2Fharbour-post.example%2F%3Fp%3D7%26q%3D8",
        "https://harbour-post.example/?p=7&q=8",
        T,
    ),
    # pasted twice
    (f"{W}/{T}/{W}/{T}/{PAGE}", PAGE, T),
    (f"{W}/20250101000000/{W}/{T}/{PAGE}", PAGE, T),
    # what sticks to links in running text
    *[
        (f"{W}/{T}/{PAGE}{end}", PAGE, T)
        for end in (".", ",", ";", ")", ").", "]", ">", '"', "”", "»", "!", "。")
    ],
    (f"<{W}/{T}/{PAGE}>", PAGE, T),
    (f"  {W}/{T}/{PAGE}\n", PAGE, T),
    (f"{W}/{T}/https://harbour-post.example/ferry_(ship)", "https://harbour-post.example/ferry_(ship)", T),
    (f"{W}/{T}/https://harbour-post.example/a?b=(c)", "https://harbour-post.example/a?b=(c)", T),
    # short and missing timestamps
    (f"{W}/2024/{PAGE}", PAGE, "2024"),
    (f"{W}/2/{PAGE}", PAGE, "2"),
    (f"{W}/20240614/{PAGE}", PAGE, "20240614"),
    (f"{W}/2024*/{PAGE}", PAGE, "2024"),
    (f"{W}/*/{PAGE}", PAGE, ""),
    (f"{W}/*/{PAGE}*", PAGE, ""),
    (f"{W}/{PAGE}", PAGE, ""),
    (f"{W}/harbour-post.example/2024/ferry", PLAIN_PAGE, ""),
    (f"https://web.archive.org/save/{PAGE}", PAGE, ""),
    # not ours to judge: whoever would fetch it refuses
    (f"{W}/{T}/file:///etc/passwd", "file:///etc/passwd", T),
    (f"{W}/{T}/http://localhost/", "http://localhost/", T),
    (f"{W}/{T}/http://[::1]/", "http://[::1]/", T),
    (f"{W}/{T}/https://хабар.example/паром", "https://хабар.example/паром", T),
]


@pytest.mark.parametrize(("url", "original", "timestamp"), WAYBACK_SHAPES)
def test_wayback_links(url: str, original: str, timestamp: str) -> None:
    link = parse_archive_link(url)
    assert link is not None
    assert (link.verbatim, link.archive, link.supported) == (url, "web.archive.org", True)
    assert (link.original, link.timestamp) == (original, timestamp)


@pytest.mark.parametrize(
    ("url", "archive", "original", "timestamp"),
    [
        (f"https://archive.ph/{T}/{PAGE}", "archive.today", PAGE, T),
        (f"https://archive.is/2024.06.14-120000/{PAGE}", "archive.today", PAGE, T),
        (f"https://archive.md/o/AbC1d/{PAGE}", "archive.today", PAGE, ""),
        (f"https://archive.vn/newest/{PAGE}", "archive.today", PAGE, ""),
        (
            "https://archive.fo/newest/harbour-post.example/a",
            "archive.today",
            "http://harbour-post.example/a",
            "",
        ),
        (f"https://archive.today/?run=1&url={PAGE}", "archive.today", PAGE, ""),
        ("https://archive.li/AbC1d", "archive.today", None, ""),
        ("archive.ph/AbC1d.", "archive.today", None, ""),
        ("https://archive.ph/wip/AbC1d", "archive.today", None, ""),
        ("https://archive.ph/AbC1d/image", "archive.today", None, ""),
        ("https://archive.ph/AbC1d#selection-1.0-2.5", "archive.today", None, ""),
        ("https://perma.cc/AB12-CD34", "perma.cc", None, ""),
        ("https://perma.cc/AB12-CD34?type=image", "perma.cc", None, ""),
        ("https://ghostarchive.org/archive/AbCdE", "ghostarchive.org", None, ""),
        (f"https://megalodon.jp/2024-0614-2100-00/{PAGE}", "megalodon.jp", PAGE, ""),
        (f"https://archive.wikiwix.com/cache/?url={PAGE}", "archive.wikiwix.com", PAGE, ""),
        (f"https://archive.wikiwix.com/cache/{T}/{PAGE}", "archive.wikiwix.com", PAGE, T),
        ("https://www.webcitation.org/6AbCdEf", "webcitation.org", None, ""),
        (f"https://webcitation.org/query?url={PAGE}&date=2012-01-02", "webcitation.org", PAGE, "20120102"),
        (
            f"https://webcache.googleusercontent.com/search?q=cache:AbCdEfGhIjKl:{PAGE}+ferry&hl=en",
            "webcache.googleusercontent.com",
            PAGE,
            "",
        ),
        (f"https://replayweb.page/?source=a.wacz#view=pages&url={PAGE}&ts={T}", "replayweb.page", PAGE, T),
        (f"http://timetravel.mementoweb.org/memento/2024/{PAGE}", "timetravel.mementoweb.org", PAGE, "2024"),
    ],
)
def test_archives_that_cannot_be_verified_are_named(
    url: str, archive: str, original: str | None, timestamp: str
) -> None:
    link = parse_archive_link(url)
    assert link is not None
    assert not link.supported
    assert (link.archive, link.original, link.timestamp) == (archive, original, timestamp)
    assert replay_prefix(link) is None


@pytest.mark.parametrize(
    ("prefix", "archive"),
    [
        ("https://arquivo.pt/wayback/", "arquivo.pt"),
        ("https://arquivo.pt/noFrame/replay/", "arquivo.pt"),
        ("https://www.webarchive.org.uk/wayback/archive/", "webarchive.org.uk"),
        ("https://webarchive.nationalarchives.gov.uk/ukgwa/", "webarchive.nationalarchives.gov.uk"),
        ("https://wayback.archive-it.org/1234/", "wayback.archive-it.org"),
        ("https://vefsafn.is/is/", "vefsafn.is"),
        ("https://swap.stanford.edu/", "swap.stanford.edu"),
        ("https://captures.library.example/news/", "captures.library.example"),
        ("http://captures.library.example:8080/all/news/", "captures.library.example:8080"),
    ],
)
def test_archives_in_the_shape_of_pywb(prefix: str, archive: str) -> None:
    for modifier in ("", "mp_", "id_"):
        link = parse_archive_link(f"{prefix}{T}{modifier}/{PAGE}")
        assert link is not None
        assert (link.archive, link.original, link.timestamp, link.supported) == (archive, PAGE, T, True)
        assert replay_prefix(link) == prefix


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ferry",
        PAGE,
        "https://harbour-post.example/2024/06/14/ferry",
        "https://harbour-post.example/20240614120000/ferry.html",
        "https://harbour-post.example/search?q=https://web.archive.org/",
        "https://archive.org/details/ferry",
        "https://web.archive.org/",
        "https://web.archive.org/web/",
        "https://web.archive.org/web/20240614120000/",
        "https://archive.ph/",
        "https://perma.cc/",
        "https://notarchive.ph/AbC1d",
        "mailto:desk@harbour-post.example",
        "file:///home/reader/ferry.html",
        "javascript:alert(1)",
        "https://web.archive.org/web/20240614120000/https://two words.example/",
        "https://web.archive.org/web/20240614120000/" + "https://a.example/" * 2000,
        "https://web.archive.org/web/٢٠٢٤٠٦١٤١٢٠٠٠٠/https://harbour-post.example/",
    ],
)
def test_what_is_no_archive_link(url: str) -> None:
    assert parse_archive_link(url) is None


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    comparison_key(text)
    for url in (
        text,
        W + "/" + text,
        f"{W}/{T}/{text}",
        "https://archive.ph/" + text,
        "https://a.example/" + text,
    ):
        link = parse_archive_link(url)
        if link is not None:
            assert link.verbatim == url
            assert link.timestamp == "" or link.timestamp.isdecimal()
            assert len(link.timestamp) <= 14
            replay_prefix(link)


def test_hostile_links_cost_no_time() -> None:
    for hostile in (
        "/a" * 7000,
        "https:/" * 2000,
        "%25" * 5000,
        "(" * 15000,
        "1" * 15000,
        "?url=" * 3000,
        "//" * 7000,
    ):
        started = time.process_time()
        for start in (W + "/", f"{W}/{T}/", "https://archive.ph/", "https://a.example", ""):
            parse_archive_link(start + hostile)
            comparison_key(start + hostile)
        assert time.process_time() - started < 0.5, hostile[:10]


SAME = [
    [
        "https://harbour-post.example/a",
        "http://harbour-post.example/a",
        "http://www.harbour-post.example/a",
        "https://harbour-post.example/a/",
        "https://harbour-post.example:443/a",
        "http://harbour-post.example:80/a",
        "https://harbour-post.example/a#comments",
        "https://HARBOUR-post.example/a",
        "https://harbour-post.example./a",
        "https://harbour-post.example/%61",
        "https://harbour-post.example/a?",
        "https://harbour-post.example/a?utm_source=letter&fbclid=x&gclid=y&yclid=z",
        "harbour-post.example/a",
        "//harbour-post.example/a",
        " https://harbour-post.example/a ",
    ],
    ["https://хабар.example/паром", "https://xn--80aac5dva.example/%d0%bf%D0%B0%D1%80%D0%BE%D0%BC"],
    ["https://harbour-post.example/?b=2&a=1", "https://harbour-post.example/?a=1&b=2&utm_medium=x"],
    ["https://harbour-post.example/caf\u00e9", "https://harbour-post.example/cafe\u0301", "https://harbour-post.example/caf%C3%A9"],
]  # fmt: skip


@pytest.mark.parametrize("spellings", SAME)
def test_same_resource(spellings: list[str]) -> None:
    assert len({comparison_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://harbour-post.example/a", "https://harbour-post.example/A"),
        ("https://harbour-post.example/a", "https://harbour-post.example/b"),
        ("https://harbour-post.example/a", "https://harbour-post.example/a?page=2"),
        ("https://harbour-post.example/?p=1", "https://harbour-post.example/?p=2"),
        ("https://harbour-post.example/a", "https://news.harbour-post.example/a"),
        ("https://harbour-post.example/a", "https://harbour-post.example:8080/a"),
        ("https://harbour-post.example/a/b", "https://harbour-post.example/a%2Fb"),
        ("https://harbour-post.example/a//b", "https://harbour-post.example/a/b"),
    ],
)
def test_other_resources(one: str, other: str) -> None:
    assert comparison_key(one) != comparison_key(other)
