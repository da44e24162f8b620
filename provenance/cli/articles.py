"""The verbs that read articles: check, verify, cite; and report, which reads the database."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click

from provenance.cli.options import (
    CAPTURES,
    DATABASE,
    DEBUG,
    FORMAT,
    JOBS,
    OUTPUT,
    PATHS,
    PROXY,
    STRICT,
    all_of,
)

if TYPE_CHECKING:
    from provenance.pipeline.job import Job
    from provenance.pipeline.run import Watch
    from provenance.report import Contents

    Verb = Callable[[Job, Watch], AbstractContextManager[Contents]]


@click.command()
@all_of(PATHS, CAPTURES, PROXY, DATABASE, FORMAT, OUTPUT, STRICT, JOBS, DEBUG)
def check(
    paths: tuple[str, ...],
    captures: tuple[str, ...],
    proxy: str | None,
    database: str | None,
    form: str,
    output: str | None,
    strict: bool,
    jobs: int,
) -> int:
    """Do the main job in one go.

    Reads every article under PATH, fetches each archived copy that it links, says whether the copy
    holds the text that was saved and whom the article credits, records it and reports it. What an
    earlier run has done is not done again.
    """
    from provenance.pipeline.check import check as verb
    from provenance.pipeline.job import DEFAULT_CAPTURES, Job

    job = Job("check", paths, captures or DEFAULT_CAPTURES, proxy, database, jobs)
    return _carry_out(verb, job, form, output, strict)


@click.command()
@all_of(PATHS, CAPTURES, PROXY, DATABASE, FORMAT, OUTPUT, STRICT, JOBS, DEBUG)
def verify(
    paths: tuple[str, ...],
    captures: tuple[str, ...],
    proxy: str | None,
    database: str | None,
    form: str,
    output: str | None,
    strict: bool,
    jobs: int,
) -> int:
    """Say whether archived copies hold what was saved.

    Reads every article under PATH and fetches each archived copy that it links.
    """
    from provenance.pipeline.job import DEFAULT_CAPTURES, Job
    from provenance.pipeline.verify import verify as verb

    job = Job("verify", paths, captures or DEFAULT_CAPTURES, proxy, database, jobs)
    return _carry_out(verb, job, form, output, strict)


@click.command()
@click.option(
    "--explain",
    is_flag=True,
    help="Show for every name which rule fired, and which reading was refused and why; record nothing.",
)
@all_of(PATHS, DATABASE, FORMAT, OUTPUT, STRICT, JOBS, DEBUG)
def cite(
    explain: bool,
    paths: tuple[str, ...],
    database: str | None,
    form: str,
    output: str | None,
    strict: bool,
    jobs: int,
) -> int:
    """Say which outlet cites which.

    Reads every article under PATH. Opens no connection.
    """
    if explain:
        from provenance.pipeline.explain import explained

        for line in explained(paths):
            click.echo(line)
        return 0
    from provenance.pipeline.cite import cite as verb
    from provenance.pipeline.job import Job

    return _carry_out(verb, Job("cite", paths, (), None, database, jobs), form, output, strict)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True))
@all_of(DATABASE, FORMAT, OUTPUT, STRICT, DEBUG)
def report(paths: tuple[str, ...], database: str | None, form: str, output: str | None, strict: bool) -> int:
    """Render what the database holds.

    The database is that of the vault at PATH (default: the current folder). Reads no article and opens
    no connection.
    """
    from provenance.pipeline.output import check_output
    from provenance.pipeline.report import report as gather

    places = paths or (".",)
    check_output(output, places)
    with gather(places, database) as contents:
        return _write(contents, form, output, strict)


def _carry_out(verb: "Verb", job: "Job", form: str, output: str | None, strict: bool) -> int:
    from provenance.cli.screen import Progress
    from provenance.pipeline.output import check_output

    check_output(output, job.paths)
    with Progress(job.verb) as progress, verb(job, progress.article) as contents:
        progress.end()
        return _write(contents, form, output, strict)


def _write(contents: "Contents", form: str, output: str | None, strict: bool) -> int:
    from provenance.cli.screen import screen
    from provenance.pipeline.outcome import exit_code
    from provenance.pipeline.output import summary, write_report

    width, colour = screen()
    write_report(contents, form, output, width=width, colour=colour)
    if output is not None:
        click.echo(f"{summary(contents)} The report is in {output}", err=True)
    return exit_code(contents.tally, strict=strict)
