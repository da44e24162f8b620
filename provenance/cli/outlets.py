"""`provenance outlets`: the outlets that are known."""

import click

from provenance.cli.options import DEBUG

VAULT = click.option(
    "--vault",
    metavar="PATH",
    type=click.Path(exists=True),
    help="Add the outlets that the provenance.toml of this vault knows.",
)


@click.group()
def outlets() -> None:
    """List, look up and check the outlets that are known."""


@outlets.command("list")
@VAULT
@click.option("--language", metavar="CODE", help="Only outlets that publish in this language (ISO 639-1).")
@click.option("--country", metavar="CODE", help="Only outlets of this country (ISO 3166-1).")
@DEBUG
def list_outlets(vault: str | None, language: str | None, country: str | None) -> int:
    """List outlets, one a line: name, domain, country, languages."""
    from provenance.pipeline.outlets import listed

    for line in listed(vault, language=language, country=country):
        click.echo(line)
    return 0


@outlets.command()
@click.argument("name")
@VAULT
@DEBUG
def show(name: str, vault: str | None) -> int:
    """Show what is known of the outlet called NAME, or that publishes at the domain or URL NAME."""
    from provenance.pipeline.outlets import shown

    for line in shown(name, vault):
        click.echo(line)
    return 0


@outlets.command()
@VAULT
@DEBUG
def check(vault: str | None) -> int:
    """Check the tables: columns, names and domains claimed twice, services of nobody."""
    from provenance.pipeline.outlets import checked

    click.echo(checked(vault))
    return 0
