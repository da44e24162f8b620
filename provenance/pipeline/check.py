"""`check`: the main job in one go."""

from collections.abc import Iterator
from contextlib import contextmanager

from provenance.model.article import Article
from provenance.model.finding import ArticleFinding
from provenance.pipeline.captures import opened_captures
from provenance.pipeline.cite import cited
from provenance.pipeline.job import Job
from provenance.pipeline.outlets import outlets_of
from provenance.pipeline.run import Watch, finding_of, opened_store, recorded
from provenance.pipeline.verify import verified
from provenance.report import Contents


@contextmanager
def check(job: Job, watch: Watch) -> Iterator[Contents]:
    """Verify, cite and record every article; what was found can be read while the context lasts."""
    outlets = outlets_of(job.paths)
    with opened_store(job) as store, opened_captures(job, store) as captures:

        def look(article: Article) -> ArticleFinding:
            return cited(verified(finding_of(article), article, store, captures), article, outlets)

        with recorded(job, store, look, watch) as contents:
            yield contents
