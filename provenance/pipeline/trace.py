"""`trace`: which articles tell one story, who has it from whom, and what changed on the way?"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from provenance import __version__
from provenance.citations import OutletTable, accuracies, cite, publisher
from provenance.lineage import Background
from provenance.lineage import trace as lineage_trace
from provenance.lineage.translation_pairs import translation_pairs
from provenance.model.article import Article, PassedOver, Unreadable
from provenance.model.citation import Citation
from provenance.model.finding import ArticleFinding, Run
from provenance.pipeline.outlets import outlets_of
from provenance.pipeline.place import check_paths
from provenance.pipeline.run import Watch, finding_of
from provenance.pipeline.shared_wording import shared_wording
from provenance.pipeline.spool import Spool
from provenance.report import Contents, count, is_report
from provenance.report.own import ENOUGH
from provenance.report.trace import trace_pieces
from provenance.vault import read_vault


@dataclass(frozen=True, slots=True)
class Trace:
    """What a run found: the articles read (`contents`) and the report, in pieces to be written."""

    contents: Contents
    report: Iterator[str]


@contextmanager
def trace(paths: Sequence[str], form: str, watch: Watch) -> Iterator[Trace]:
    """Read every article and join citations and shared text to stories. Nothing is fetched or recorded.

    Raises UsageError for a path that does not exist.
    """
    check_paths(paths)
    run = Run("trace", tuple(paths), datetime.now(UTC), __version__)
    passed_over: list[PassedOver] = []
    outlets = outlets_of(paths)
    citations: dict[str, Sequence[Citation]] = {}
    articles: list[Article] = []
    with closing(Spool()) as spool:
        for article in _articles(paths, spool, passed_over, outlets):
            if article.published is not None and article.published > run.started_at:
                # A date that has not come yet says nothing of the order.
                article = replace(article, published=None)
            articles.append(article)
            citations[article.path] = cite(article, outlets)
            watch(len(articles), article.path)
        pairs = [pair for pair in shared_wording(articles) if pair.score > 0]
        stories = lineage_trace(
            articles, citations, pairs + translation_pairs(articles), background_of(outlets)
        )
        finished = replace(
            run,
            finished_at=datetime.now(UTC),
            passed_over=tuple(passed_over),
            accuracy=accuracies({article.language.best for article in articles}),
        )
        contents = Contents(finished, spool, count(spool))
        yield Trace(contents, trace_pieces(contents, stories, form))


def background_of(outlets: OutletTable) -> Background:
    """What the tables know of outlets that bears on who is independent of whom."""
    families = {}
    for entry in outlets.entries:
        parent = entry
        while parent.service_of and parent.service_of in outlets.by_name:
            parent = outlets.by_name[parent.service_of]
        if parent.owner is not None:
            families[entry.outlet.name] = f"{parent.owner.name} (as of {parent.owner.as_of})"
        elif parent is not entry or entry.service_of:
            families[entry.outlet.name] = parent.outlet.name
            families[parent.outlet.name] = parent.outlet.name
    return Background(families, {entry.outlet.name: entry.languages for entry in outlets.entries})


def _articles(
    paths: Sequence[str], spool: Spool, passed_over: list[PassedOver], outlets: OutletTable
) -> Iterator[Article]:
    """The readable articles, with their outlets; what else is found goes to `spool` and `passed_over`."""
    for each in read_vault(paths):
        if isinstance(each, PassedOver):
            passed_over.append(each)
        elif isinstance(each, Unreadable):
            spool.add(ArticleFinding(each.path, None, readable=False, problems=each.problems))
        elif is_report(each.body[:ENOUGH]):
            passed_over.append(PassedOver(each.path, "is a report of this program"))
        else:
            article = replace(each, outlet=publisher(each, outlets))
            spool.add(finding_of(article))
            yield article
