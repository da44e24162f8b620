"""`provenance trace`: which articles tell one story, and who has it from whom."""

import click

from provenance.cli.options import DATABASE, DEBUG, FORMAT, OUTPUT, PATHS, STRICT, all_of


@click.command()
@all_of(PATHS, DATABASE, FORMAT, OUTPUT, STRICT, DEBUG)
def trace(paths: tuple[str, ...], database: str | None, form: str, output: str | None, strict: bool) -> int:  # noqa: ARG001
    """Show the chain of every story.

    Reads every article under PATH and says which of them tell one story, on whom it rests, through
    whose hands it went, how many independent origins it has, and what changed on the way. Opens no
    connection and leaves the database as it is.
    """
    from provenance.cli.screen import Progress
    from provenance.pipeline.outcome import exit_code
    from provenance.pipeline.output import check_output, write_pieces
    from provenance.pipeline.trace import trace as verb

    check_output(output, paths)
    with Progress("trace") as progress, verb(paths, form, progress.article) as found:
        progress.end()
        write_pieces(found.report, output)
        return exit_code(found.contents.tally, strict=strict)
