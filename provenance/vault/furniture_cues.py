"""What page furniture says, language by language: data, read once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Cues:
    """What furniture says, in all languages of `data/furniture/`, case folded."""

    lines: dict[str, str]  # a whole line -> reason
    rubrics: frozenset[str]
    tickers: frozenset[str]
    read_also: tuple[str, ...]
    credits: tuple[str, ...]
    details: tuple[str, ...]
    boilerplate: tuple[str, ...]
    connectors: frozenset[str]


@cache
def cues() -> Cues:
    """Read the cues of every language, once."""
    found: dict[str, list[str]] = {}
    for entry in sorted(
        (files("provenance.vault") / "data" / "furniture").iterdir(), key=lambda file: file.name
    ):
        if entry.name.endswith(".toml"):
            for name, values in tomllib.loads(entry.read_text("utf-8")).items():
                found.setdefault(name, []).extend(value.casefold() for value in values)
    lines = {
        line: reason
        for reason in ("menu", "share", "boilerplate")
        for line in found.get(reason + "_lines", ())
    }
    return Cues(
        lines=lines,
        rubrics=frozenset(found["rubrics"]),
        tickers=frozenset(found["tickers"]),
        read_also=tuple(found["read_also"]),
        credits=tuple(found["credits"]),
        details=tuple(found["details"]),
        boilerplate=tuple(found["boilerplate"]),
        connectors=frozenset(found["connectors"]),
    )
