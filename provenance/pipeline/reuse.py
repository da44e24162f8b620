"""`reuse`: which passages stand in more than one article?"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from provenance import __version__
from provenance.citations import publisher
from provenance.model.article import Article, PassedOver, Unreadable
from provenance.model.finding import ArticleFinding, Run
from provenance.model.reuse import ReusePair
from provenance.pipeline.outlets import outlets_of
from provenance.pipeline.place import check_paths
from provenance.pipeline.run import Watch, finding_of
from provenance.pipeline.shared_wording import shared_wording
from provenance.pipeline.spool import Spool
from provenance.report import Contents, count, is_report
from provenance.report.own import ENOUGH
from provenance.report.reuse import reuse_html, reuse_json, reuse_json_lines, reuse_markdown, reuse_text
from provenance.vault import read_vault

# In these a person is shown the matching words, so bodies are kept until the report is written.
_FOR_PEOPLE = ("text", "markdown", "html")


@dataclass(frozen=True, slots=True)
class Reuse:
    """What a run found: the articles read (`contents`) and the report, in pieces to be written."""

    contents: Contents
    report: Iterator[str]


@contextmanager
def reuse(paths: Sequence[str], form: str, watch: Watch) -> Iterator[Reuse]:
    """Read every article and find the pairs that share wording. Nothing is fetched or recorded.

    The report is made while it is walked. Raises UsageError for a path that does not exist.
    """
    check_paths(paths)
    run = Run("reuse", tuple(paths), datetime.now(UTC), __version__)
    bodies: dict[str, str] = {}
    passed_over: list[PassedOver] = []
    with closing(Spool()) as spool:
        pairs = shared_wording(_articles(paths, spool, passed_over, watch, form in _FOR_PEOPLE, bodies))
        # Every article is read before the first pair is known; from here on the counts are whole.
        found = _begun(pair for pair in pairs if pair.score > 0)
        run = replace(run, finished_at=datetime.now(UTC), passed_over=tuple(passed_over))
        contents = Contents(run, spool, count(spool))
        match form:
            case "json":
                report = reuse_json(contents, found)
            case "jsonl":
                report = reuse_json_lines(found)
            case "markdown":
                report = reuse_markdown(contents, found, bodies)
            case "html":
                report = reuse_html(contents, found, bodies)
            case _:
                report = reuse_text(contents, found, bodies)
        yield Reuse(contents, report)


def _begun(pairs: Iterator[ReusePair]) -> Iterator[ReusePair]:
    first = next(pairs, None)

    def all_of_them() -> Iterator[ReusePair]:
        if first is not None:
            yield first
            yield from pairs

    return all_of_them()


def _articles(
    paths: Sequence[str],
    spool: Spool,
    passed_over: list[PassedOver],
    watch: Watch,
    keep_bodies: bool,
    bodies: dict[str, str],
) -> Iterator[Article]:
    """The readable articles, with their outlets; what else is found goes to `spool` and `passed_over`."""
    outlets = outlets_of(paths)
    done = 0
    for each in read_vault(paths):
        if isinstance(each, PassedOver):
            passed_over.append(each)
            continue
        if isinstance(each, Unreadable):
            spool.add(ArticleFinding(each.path, None, readable=False, problems=each.problems))
            continue
        if is_report(each.body[:ENOUGH]):
            passed_over.append(PassedOver(each.path, "is a report of this program"))
            continue
        article = replace(each, outlet=publisher(each, outlets))
        spool.add(finding_of(article))
        if keep_bodies:
            bodies[article.path] = article.body
        done += 1
        watch(done, article.path)
        yield article
