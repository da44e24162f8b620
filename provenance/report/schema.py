"""The JSON Schemas of the machine output, shipped with the package."""

import json
from importlib.resources import files
from typing import Any

from provenance.model.errors import UsageError

SCHEMAS = ("check", "cite", "verify")
# Records of these are not of one article each.
OTHER_SCHEMAS = ("reuse", "trace")


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) called `name`, whole in itself.

    `name` is a verb or a schema's full name (`verify`, `provenance/verify/1`). Raises UsageError
    for a name that there is no schema of.
    """
    short = name.removeprefix("provenance/").removesuffix("/1")
    if short not in SCHEMAS + OTHER_SCHEMAS:
        raise UsageError(f"no schema is called {name!r}; there are: {', '.join(SCHEMAS + OTHER_SCHEMAS)}")
    document: dict[str, Any] = _read(f"{short}.json")
    document["$defs"] |= _needed(document, _read("definitions.json"))
    return document


def _read(name: str) -> dict[str, Any]:
    text = files("provenance.report").joinpath("schemas", name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _needed(document: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """The definitions that `document` refers to, directly or through others."""
    needed: dict[str, Any] = {}
    waiting: list[Any] = [document]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            name = str(part.get("$ref", "")).removeprefix("#/$defs/")
            if name in definitions and name not in needed:
                needed[name] = definitions[name]
                waiting.append(definitions[name])
            waiting += part.values()
    return needed
