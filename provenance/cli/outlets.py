"""`provenance outlets`: the outlets that are known."""

import click

from provenance.cli.options import DATABASE, DEBUG

VAULT = click.option(
    "--vault",
    metavar="PATH",
    type=click.Path(exists=True),
    help="Add the outlets that the provenance.toml of this vault knows.",
)


@click.group()
def outlets() -> None:
    """List, look up, add and check the outlets that are known; judge what was found cited."""


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
    """Check the tables: columns, names and domains claimed twice, services of nobody.

    Exit code 1 where a fault is found; every one is listed.
    """
    from provenance.pipeline.outlets import checked

    verdict, faults = checked(vault)
    for fault in faults:
        click.echo(fault)
    click.echo(verdict)
    return 1 if faults else 0


@outlets.command()
@click.argument("name")
@click.option(
    "--vault", metavar="PATH", type=click.Path(exists=True), default=".", help="The vault. Default: here."
)
@click.option(
    "--domain", "domains", multiple=True, metavar="HOST", help="Where it publishes; the main one first."
)
@click.option("--language", "languages", multiple=True, metavar="CODE", help="ISO 639-1.")
@click.option("--native", "native_names", multiple=True, metavar="NAME", help="Its name in its own script.")
@click.option(
    "--alias",
    "aliases",
    multiple=True,
    metavar="NAME",
    help="Another name: with ru: in front in that language only, with ? behind if also an ordinary word.",
)
@click.option("--kind", metavar="KIND", help="agency, broadcaster, newspaper, magazine, portal, ...")
@click.option("--service-of", metavar="NAME", help="The outlet that it is an edition or service of.")
@DEBUG
def add(name: str, vault: str, **given: str | tuple[str, ...] | None) -> int:
    """Add the outlet NAME to the provenance.toml of a vault, or correct what is known of it.

    Each option but --kind and --service-of may be given more than once. Nothing is written where the
    outlet contradicts another one.
    """
    from provenance.pipeline.outlets import added

    click.echo(added(vault, {"name": name, **{key: value for key, value in given.items() if value}}))
    return 0


@outlets.command()
@click.argument("path")
@click.argument("start", type=click.IntRange(min=0))
@click.argument("word", type=click.Choice(["wrong", "confirmed", "withdrawn"]))
@click.option("--outlet", metavar="NAME", help="Which outlet, where several are named at START.")
@click.option("--note", metavar="TEXT", default="", help="Why, in your own words.")
@DATABASE
@DEBUG
def judge(path: str, start: int, word: str, outlet: str | None, note: str, database: str | None) -> int:
    """Say that a citation is wrong or confirmed, or take that back.

    PATH is the article and START the offset, both as `provenance cite` shows them. What you say stands
    beside what was found, in every later report too; nothing is concluded from a citation that you call
    wrong.
    """
    from provenance.pipeline.judge import judged

    click.echo(judged(path, start, word, outlet=outlet, note=note, database=database))
    return 0
