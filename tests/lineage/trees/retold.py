"""Retellings written by hand: the trees of `retold.toml`."""

import tomllib
from pathlib import Path

from tests.lineage.trees.models import Tree


def retold() -> list[Tree]:
    """Each text names the one it was made from by its key."""
    with (Path(__file__).parent / "retold.toml").open("rb") as stream:
        listed = tomllib.load(stream)["tree"]
    made = []
    for tree in listed:
        keys = sorted(tree["text"])
        givers = (tree["text"][key].get("from") for key in keys)
        made.append(
            Tree(
                "retelling",
                tree["language"],
                tuple(tree["text"][key]["says"].strip() for key in keys),
                tuple(keys.index(giver) if giver else None for giver in givers),
            )
        )
    return made
