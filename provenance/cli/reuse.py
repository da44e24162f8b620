"""`provenance reuse`: which passages stand in more than one article."""

import click

from provenance.cli.options import DEBUG, OUTPUT, PATHS, all_of

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "markdown"]),
    default="text",
    show_default=True,
    help="Form of the report.",
)


@click.command()
@all_of(PATHS, FORMAT, OUTPUT, DEBUG)
def reuse(paths: tuple[str, ...], form: str, output: str | None) -> int:
    """Say which articles share wording.

    Reads every article under PATH and shows the passages that stand in more than one of them, copied
    or lightly rewritten. Opens no connection and records nothing.
    """
    from provenance.cli.screen import Progress
    from provenance.pipeline.outcome import exit_code
    from provenance.pipeline.output import check_output, write_pieces
    from provenance.pipeline.reuse import reuse as verb

    check_output(output, paths)
    with Progress("reuse") as progress, verb(paths, form, progress.article) as found:
        progress.end()
        write_pieces(found.report, output)
        return exit_code(found.contents.tally)
