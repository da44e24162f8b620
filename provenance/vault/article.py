"""One text and what is stated of it, put together as an `Article`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from provenance.model.article import Article, Language, SetAside
from provenance.model.outlet import PublisherClaim
from provenance.model.problem import Problem
from provenance.model.text import ReadableText
from provenance.text.archive_urls import parse_archive_link
from provenance.text.language import detect_language
from provenance.text.markdown import read_markdown
from provenance.vault.audit import audit_article
from provenance.vault.claims import text_claims, url_claims
from provenance.vault.fields import Stated, language_subtag, read_fields
from provenance.vault.furniture import find_furniture
from provenance.vault.plain_text import read_plain_text
from provenance.vault.settings import FileRule


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article comes from: its path in outputs, its format, the digest of its bytes."""

    path: str
    format: str
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A body as a reader sees it, and what in it is not the article's own text."""

    readable: ReadableText
    set_aside: tuple[SetAside, ...] = ()
    claims: tuple[PublisherClaim, ...] = field(default=())


def read_markdown_body(body: str, title: str | None, note_sections: tuple[str, ...]) -> Reading:
    """Markdown: notes, title and the furniture that names itself are set aside."""
    note = read_markdown(body, title, note_sections)
    furniture = find_furniture(note.readable, body, is_page_text=False)
    return _with_text_claims(body, note.readable, (*note.set_aside, *furniture))


def read_plain_body(body: str) -> Reading:
    """Plain text: a whole saved page may stand in it, furniture and all."""
    plain = read_plain_text(body)
    furniture = find_furniture(plain.readable, body, is_page_text=True)
    return _with_text_claims(body, plain.readable, (*plain.set_aside, *furniture))


def build_article(
    source: Source,
    body: str,
    reading: Reading,
    fields: Mapping[str, object],
    stated: Stated,
    rule: FileRule,
    problems: tuple[Problem, ...] = (),
) -> Article:
    """Bring together what file, settings and text say, and hold them against each other."""
    url = rule.url or stated.url
    links = stated.archive_links
    if rule.url and (link := parse_archive_link(rule.url)) is not None:
        url, links = link.original, (*links, link)
    claims = (
        *_rule_claims(rule),
        *stated.publisher_claims,
        *url_claims(url, links),
        *reading.claims,
    )
    article = Article(
        path=source.path,
        format=source.format,
        body=body,
        readable=reading.readable,
        content_sha256=source.content_sha256,
        set_aside=reading.set_aside,
        url=url,
        archive_links=links,
        title=stated.title,
        published=stated.published,
        published_text=stated.published_text,
        author=stated.author,
        language=Language(
            language_subtag(rule.language) or stated.language,
            detect_language("\n".join(own_text(reading))),
        ),
        publisher_claims=claims,
        problems=(*problems, *stated.problems),
        fields=dict(fields),
    )
    return replace(article, problems=(*article.problems, *audit_article(article)))


def own_text(reading: Reading | Article) -> Iterator[str]:
    """The blocks that are the article's own: those that do not begin in what is set aside."""
    stretches = sorted((part.start, part.end) for part in reading.set_aside)
    at = 0
    for block in reading.readable.blocks:
        start = reading.readable.body_span(block.start, block.end).start
        while at < len(stretches) and stretches[at][1] <= start:
            at += 1
        if at == len(stretches) or start < stretches[at][0]:
            yield reading.readable.text[block.start : block.end]


def _with_text_claims(body: str, readable: ReadableText, set_aside: tuple[SetAside, ...]) -> Reading:
    ordered = tuple(sorted(set_aside, key=lambda part: (part.start, part.end)))
    return Reading(readable, ordered, tuple(text_claims(body, ordered)))


def _rule_claims(rule: FileRule) -> Iterator[PublisherClaim]:
    if rule.outlet:
        stated = read_fields({"outlet": rule.outlet}).publisher_claims
        for claim in stated:
            yield PublisherClaim(claim.value, claim.is_domain, "settings")
