"""`cite`: which outlet cites which?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from provenance.citations import OutletTable, publisher
from provenance.citations import cite as citations_of
from provenance.model.article import Article
from provenance.model.finding import ArticleFinding
from provenance.model.outlet import PublisherClaim
from provenance.model.verification import Verdict, Verification
from provenance.pipeline.job import Job
from provenance.pipeline.outlets import outlets_of
from provenance.pipeline.run import Watch, finding_of, opened_store, recorded
from provenance.report import Contents


@contextmanager
def cite(job: Job, watch: Watch) -> Iterator[Contents]:
    """Find and record every article's citations; nothing is fetched."""
    outlets = outlets_of(job.paths)
    with opened_store(job) as store:

        def look(article: Article) -> ArticleFinding:
            return cited(finding_of(article), article, outlets)

        with recorded(job, store, look, watch) as contents:
            yield contents


def cited(finding: ArticleFinding, article: Article, outlets: OutletTable) -> ArticleFinding:
    """`finding` with the article's publisher and the outlets it names."""
    claims = _with_captured_claim(article.publisher_claims, finding.verification)
    article = replace(article, publisher_claims=claims)
    article = replace(article, outlet=publisher(article, outlets))
    return replace(finding, outlet=article.outlet, citations=citations_of(article, outlets))


def _with_captured_claim(
    claims: tuple[PublisherClaim, ...], verification: Verification | None
) -> tuple[PublisherClaim, ...]:
    """`claims` with what the capture says of its site: weightier than the text, less than the rest."""
    if verification is None or verification.comparison is None:
        return claims
    if verification.verdict not in (Verdict.HOLDS, Verdict.DIFFERS):
        return claims
    page, said = verification.comparison.page, []
    if page.site_name:
        said.append(PublisherClaim(page.site_name, False, "page-metadata", "og:site_name"))
    if page.canonical and page.canonical.lower().startswith(("https://", "http://")):
        said.append(PublisherClaim(page.canonical, True, "page-metadata", "canonical"))
    stated = tuple(claim for claim in claims if claim.basis != "text")
    return (*stated, *said, *(claim for claim in claims if claim.basis == "text"))
