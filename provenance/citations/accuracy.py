"""What was measured on the labelled sentences, language by language.

`data/measured.json` holds it; `python -m tests.citations.score --calibrate` writes it.
"""

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from provenance.model.accuracy import Accuracy


def accuracies(languages: Iterable[str | None]) -> tuple[Accuracy, ...]:
    """How far citations in these languages are to be trusted, measured languages first, by code."""
    measured = _measured()
    found = {measured.get(code or "", Accuracy(code)) for code in map(_primary, languages)}
    return tuple(sorted(found, key=lambda each: (each.precision is None, each.language or "~")))


def _primary(language: str | None) -> str | None:
    return (language or "").partition("-")[0].lower() or None


@cache
def _measured() -> dict[str, Accuracy]:
    file = files("provenance.citations").joinpath("data", "measured.json")
    if not file.is_file():
        return {}
    written = json.loads(file.read_text("utf-8"))
    day = str(written["measured_on"])
    return {code: Accuracy(code, measured_on=day, **row) for code, row in written["languages"].items()}
