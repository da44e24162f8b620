"""Front matter held against the evidence: what a file says of its article, and what shows otherwise.

A false alarm costs more than silence: every comparison forgives what differs by formatting, and
where a statement could be true it is let stand.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache

from rapidfuzz import fuzz
from tldextract import TLDExtract

from provenance.model.article import Article
from provenance.model.problem import Problem
from provenance.model.verification import CapturedPage
from provenance.text.archive_urls import comparison_key
from provenance.vault.dates import read_date
from provenance.vault.fields import host_of

# The earliest and latest zones are UTC+14 and UTC-12: a time without a zone may be off by so much.
UNKNOWN_ZONE = timedelta(hours=14)
# Publishing systems and archives do not share a clock.
CLOCK_SLACK = timedelta(hours=1)
# A date and a page's timestamp in another zone may name neighbouring days.
DATE_SLACK = timedelta(hours=36)
# Titles that share fewer words than this (0 to 100, RapidFuzz token_set_ratio) are of two articles;
# a headline and its shortened or lengthened form score above 70.
LEAST_TITLE_LIKENESS = 50
# Titles this alike are one headline; where a number in it differs, it was changed.
SAME_HEADLINE = 80

# Languages that a detector, or a reader, cannot tell apart in an article.
_ALIKE = (
    frozenset({"hr", "sr", "bs", "sh", "cnr", "me"}),
    frozenset({"no", "nb", "nn", "da"}),
    frozenset({"id", "ms"}),
    frozenset({"zh", "yue", "wuu"}),
    frozenset({"fil", "tl"}),
    frozenset({"fa", "prs"}),
    frozenset({"gl", "pt"}),
)
_STATES_ZONE = re.compile(r"(?:Z|UTC|GMT|[+-]\d\d:?\d\d)(?:\s*\([^()]*\))?$", re.I)
_SITE_FIELDS = frozenset(
    {"site", "website", "domain", "hostname", "host", "publisher", "publication", "outlet"}
)
_MOBILE_PREFIXES = ("m.", "amp.", "mobile.")


def audit_article(article: Article) -> tuple[Problem, ...]:
    """What in the front matter of `article` the article itself speaks against."""
    return (*_language(article), *_site(article), *_archive_urls(article), *_captured_too_early(article))


def audit_capture(article: Article, page: CapturedPage, capture_timestamp: str) -> tuple[Problem, ...]:
    """What the capture of `article` says otherwise: title, date, and a capture before publication.

    `capture_timestamp` has 14 digits (UTC). To be asked only where the capture shows the article.
    """
    return (
        *_title_differs(article, page),
        *_date_differs(article, page),
        *(_too_early(article, capture_timestamp) if not _timestamps(article) else ()),
    )


def _language(article: Article) -> Iterator[Problem]:
    declared, detected = article.language.declared, article.language.detected
    if not declared or not detected or declared == detected:
        return
    if any(declared in alike and detected in alike for alike in _ALIKE):
        return
    yield Problem(
        "language-mismatch",
        f"The file says the language is {declared!r}; the text is in {detected!r}.",
        _field_name(article, ("language", "lang", "languages", "locale", "inlanguage", "in_language")),
    )


def _site(article: Article) -> Iterator[Problem]:
    host = host_of(article.url) if article.url else None
    if host is None:
        return
    for claim in article.publisher_claims:
        field = (claim.field or "").lower()
        if (
            claim.basis == "front-matter"
            and claim.is_domain
            and field in _SITE_FIELDS
            and not _same_site(claim.value, host)
        ):
            yield Problem(
                "site-url-mismatch", f"{claim.value!r} is another site than {host!r} in the URL.", claim.field
            )
            return


def _archive_urls(article: Article) -> Iterator[Problem]:
    if not article.url:
        return
    for link in article.archive_links:
        if link.original and _resource_key(link.original) != _resource_key(article.url):
            yield Problem(
                "archive-url-mismatch",
                f"The archive link is of {link.original}, the URL says {article.url}.",
                _field_holding(article, link.verbatim),
            )


def _captured_too_early(article: Article) -> Iterator[Problem]:
    for timestamp in _timestamps(article):
        problems = list(_too_early(article, timestamp))
        if problems:
            yield problems[0]
            return


def _timestamps(article: Article) -> list[str]:
    return [link.timestamp for link in article.archive_links if len(link.timestamp) >= 8]


def _too_early(article: Article, timestamp: str) -> Iterator[Problem]:
    captured = _latest_moment(timestamp)
    if captured is None or article.published is None:
        return
    slack = CLOCK_SLACK if _STATES_ZONE.search(article.published_text or "") else UNKNOWN_ZONE + CLOCK_SLACK
    if captured < article.published - slack:
        yield Problem(
            "capture-before-publication",
            f"The capture is of {captured:%Y-%m-%d %H:%M} UTC, the publication of {article.published_text}.",
            _field_name(article, ("published", "date")),
        )


def _latest_moment(timestamp: str) -> datetime | None:
    """The last moment that a timestamp of 4 to 14 digits can mean."""
    found = re.match(r"(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?$", timestamp)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) if part else None for part in found.groups())
    try:
        assert year is not None
        month = month or 12
        return datetime(
            year,
            month,
            day or monthrange(year, month)[1],
            23 if hour is None else hour,
            59 if minute is None else minute,
            59 if second is None else second,
            tzinfo=UTC,
        )
    except ValueError:
        return None


def _title_differs(article: Article, page: CapturedPage) -> Iterator[Problem]:
    if not article.title or not page.title:
        return
    ours, theirs = _words(article.title), _words(page.title)
    if not ours or not theirs or _contains(ours, theirs):
        return
    likeness = fuzz.token_set_ratio(ours, theirs)
    numbers_differ = likeness >= SAME_HEADLINE and _numbers(ours) != _numbers(theirs)
    if likeness < LEAST_TITLE_LIKENESS or numbers_differ:
        message = f"The capture's title is {page.title[:200]!r}."
        yield Problem("title-mismatch", message, _field_name(article, ("title", "headline", "name")))


def _contains(one: str, other: str) -> bool:
    """One title is the other with a site's name before or behind it (spaces ignored)."""
    first, second = sorted((one.replace(" ", ""), other.replace(" ", "")), key=len)
    return second.startswith(first) or second.endswith(first)


def _words(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


def _numbers(words: str) -> set[str]:
    return set(re.findall(r"\d+", words))


def _date_differs(article: Article, page: CapturedPage) -> Iterator[Problem]:
    if article.published is None or not page.published:
        return
    stated = read_date(page.published)
    if stated is not None and abs(stated - article.published) > DATE_SLACK:
        yield Problem(
            "date-mismatch",
            f"The file says {article.published_text}, the capture {page.published[:40]}.",
            _field_name(article, ("published", "date")),
        )


def _same_site(one: str, other: str) -> bool:
    one, other = one.lower(), other.lower()
    if one == other or one.endswith("." + other) or other.endswith("." + one):
        return True
    registered = _suffixes()(one).top_domain_under_public_suffix
    return bool(registered) and registered == _suffixes()(other).top_domain_under_public_suffix


@cache
def _suffixes() -> TLDExtract:
    """The public suffix list as bundled: it is never fetched and nothing is written."""
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def _resource_key(url: str) -> str:
    key = comparison_key(url)
    for prefix in _MOBILE_PREFIXES:
        key = key.removeprefix(prefix)
    return key.removesuffix("/amp")


def _field_name(article: Article, beginnings: tuple[str, ...]) -> str | None:
    """The file's own name for a field that begins like this."""
    for beginning in beginnings:
        for name in article.fields:
            if name.strip().lower().replace("-", "_").startswith(beginning):
                return name
    return None


def _field_holding(article: Article, text: str) -> str | None:
    return next((name for name, value in article.fields.items() if text in str(value)), None)
