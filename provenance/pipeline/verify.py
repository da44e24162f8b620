"""`verify`: does each archived copy hold the text that was saved?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from provenance.compare import METHOD
from provenance.model.article import Article
from provenance.model.finding import ArticleFinding
from provenance.model.verification import Verdict, Verification
from provenance.pipeline.captures import Captures, opened_captures
from provenance.pipeline.job import Job
from provenance.pipeline.run import Watch, finding_of, opened_store, recorded
from provenance.pipeline.verdict import choose, judge, unlinked
from provenance.report import Contents
from provenance.store import Store
from provenance.vault import audit_capture


@contextmanager
def verify(job: Job, watch: Watch) -> Iterator[Contents]:
    """Verify and record every article; what was found can be read while the context lasts."""
    with opened_store(job) as store, opened_captures(job, store) as captures:

        def look(article: Article) -> ArticleFinding:
            return verified(finding_of(article), article, store, captures)

        with recorded(job, store, look, watch) as contents:
            yield contents


def verified(finding: ArticleFinding, article: Article, store: Store, captures: Captures) -> ArticleFinding:
    """`finding` with the verification of all of the article's archive links, and what the captures
    show to be wrong in its front matter."""
    links = [
        _known(article, link.verbatim, store) or judge(article, link, captures.answer(link))
        for link in article.archive_links
    ]
    verification = choose(links) if links else unlinked(article)
    problems = finding.problems
    page = verification.comparison.page if verification.comparison else None
    # A wall or another article says nothing about the front matter of this one.
    if page and verification.capture and verification.verdict in (Verdict.HOLDS, Verdict.DIFFERS):
        problems += audit_capture(article, page, verification.capture.timestamp)
    return replace(finding, verification=verification, problems=problems)


def _known(article: Article, link: str, store: Store) -> Verification | None:
    """What an earlier run learned of the same content, link and method, where it still stands.

    A capture that was compared never changes. A copy that an archive did not have may be there by
    now, so that is asked again. A change in `provenance.toml` changes what is set aside.
    """
    known = store.known_verification(article.content_sha256, link, METHOD)
    if known is None or known.capture is None or known.set_aside != article.set_aside:
        return None
    return known
