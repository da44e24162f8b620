"""`provenance reuse`: which passages stand in more than one article."""

import click

from provenance.cli.options import DATABASE, DEBUG, FORMAT, OUTPUT, PATHS, STRICT, all_of


@click.command()
@all_of(PATHS, DATABASE, FORMAT, OUTPUT, STRICT, DEBUG)
def reuse(paths: tuple[str, ...], database: str | None, form: str, output: str | None, strict: bool) -> int:  # noqa: ARG001
    """Say which articles share wording.

    Reads every article under PATH and shows the passages that stand in more than one of them, copied
    or lightly rewritten. Opens no connection and leaves the database as it is.
    """
    from provenance.cli.screen import Progress
    from provenance.pipeline.outcome import exit_code
    from provenance.pipeline.output import check_output, write_pieces
    from provenance.pipeline.reuse import reuse as verb

    check_output(output, paths)
    with Progress("reuse") as progress, verb(paths, form, progress.article) as found:
        progress.end()
        write_pieces(found.report, output)
        return exit_code(found.contents.tally, strict=strict)
