"""One run of a verb: read every article, look at it, record it, keep what a report needs."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from provenance import __version__
from provenance.citations import accuracies
from provenance.model.article import Article, PassedOver, Unreadable
from provenance.model.errors import ProvenanceError
from provenance.model.finding import ArticleFinding, Run
from provenance.pipeline.job import Job
from provenance.pipeline.outcome import INTERRUPTED
from provenance.pipeline.overlap import overlapped
from provenance.pipeline.place import check_paths, vault_folder
from provenance.pipeline.spool import Spool
from provenance.report import Contents, count, is_report
from provenance.report.own import ENOUGH
from provenance.store import Store, sqlite_url_in
from provenance.vault import read_vault

# Told of each article that is done: how many there are by now, and its path.
Watch = Callable[[int, str], None]
Look = Callable[[Article], ArticleFinding]


class Interrupted(ProvenanceError):
    """The run was interrupted from the keyboard; what was done is recorded."""

    exit_code = INTERRUPTED


def database_url(paths: Sequence[str], named: str | None) -> str:
    """The database to use: the one named, else the default place for `paths`, made where missing."""
    check_paths(paths)
    return named if named is not None else sqlite_url_in(vault_folder(paths))


@contextmanager
def opened_store(job: Job) -> Iterator[Store]:
    """The job's database, made or brought up to date where that is called for."""
    with closing(Store.open(database_url(job.paths, job.database))) as store:
        yield store


def finding_of(article: Article) -> ArticleFinding:
    """What reading alone found of an article."""
    return ArticleFinding(
        path=article.path,
        content_sha256=article.content_sha256,
        outlet=article.outlet,
        url=article.url,
        title=article.title,
        published=article.published,
        language=article.language,
        problems=article.problems,
        set_aside=article.set_aside,
    )


@contextmanager
def recorded(job: Job, store: Store, look: Look, watch: Watch) -> Iterator[Contents]:
    """Look at every article, record each in a transaction of its own, and give what was found.

    Raises Interrupted on Ctrl-C, with what is done recorded.
    """
    run = Run(job.verb, job.paths, datetime.now(UTC), __version__)
    with closing(Spool()) as spool:
        run_id = store.begin_run(run)
        done = 0
        passed_over: list[PassedOver] = []
        try:
            for article, finding in overlapped(
                lambda each: _looked_at(each, look), _articles(job.paths, passed_over), job.jobs
            ):
                store.record(run_id, article, finding)
                spool.add(store.judged(finding))
                done += 1
                watch(done, finding.path)
        except KeyboardInterrupt as interrupt:
            raise Interrupted(
                f"interrupted after {done} articles, which are recorded: "
                "run the same command again to go on from there"
            ) from interrupt
        finished_at = datetime.now(UTC)
        store.finish_run(run_id, finished_at, passed_over)
        tally = count(spool)
        run = replace(
            run,
            finished_at=finished_at,
            passed_over=tuple(passed_over),
            accuracy=accuracies(tally.languages),
        )
        yield Contents(run, spool, tally)


def _articles(paths: Sequence[str], passed_over: list[PassedOver]) -> Iterator[Article | Unreadable]:
    for each in read_vault(paths):
        if isinstance(each, PassedOver):
            passed_over.append(each)
        elif isinstance(each, Article) and is_report(each.body[:ENOUGH]):
            passed_over.append(PassedOver(each.path, "report of an earlier run"))
        else:
            yield each


def _looked_at(each: Article | Unreadable, look: Look) -> tuple[Article | None, ArticleFinding]:
    if isinstance(each, Unreadable):
        return None, ArticleFinding(each.path, None, readable=False, problems=each.problems)
    try:
        return each, look(each)
    except Exception as bug:
        # Whoever reports the bug can name the article that brings it out.
        bug.add_note(f"while working on {each.path}")
        raise
