"""`provenance schema`: the JSON Schema of a verb's machine output."""

import click


@click.command()
@click.argument("name")
def schema(name: str) -> int:
    """Print the JSON Schema of a verb's output.

    NAME is check, verify, cite or reuse.
    """
    from provenance.pipeline.output import schema_text

    click.echo(schema_text(name))
    return 0
