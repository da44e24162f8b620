"""`provenance schema`: the JSON Schema of a verb's machine output."""

import click


@click.command()
@click.argument("name")
def schema(name: str) -> int:
    """Print the JSON Schema of a verb's output.

    NAME is check, verify or cite.
    """
    import json

    from provenance.report import schema as schema_of

    click.echo(json.dumps(schema_of(name), indent=2))
    return 0
