"""The screens in the README, made from what the program really prints.

Run `python -m tests.docs.screen` after changing a report or the example vault.
"""

import contextlib
import io
import os
import re
import tempfile
from pathlib import Path

from provenance.cli import main

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
COMMAND = "provenance check examples/vault --captures examples/captures.warc.gz"
# The first screen ends before this article's place, the second holds this part of the report.
_CUT = "\n  examples/vault/ferry/island-ledger.md"
_TREE = re.compile(r"^Who credits whom\n.*?(?=\n\n)", re.MULTILINE | re.DOTALL)


def printed() -> str:
    """What the README's command prints, with the database in a temporary place."""
    out = io.StringIO()
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as scratch, contextlib.redirect_stdout(out):
        os.chdir(ROOT)
        try:
            main([*COMMAND.split()[1:], "--db", f"sqlite:///{scratch}/provenance.db"])
        finally:
            os.chdir(here)
    return out.getvalue()


def with_screens(readme: str, output: str) -> str:
    """`readme` with its two screens replaced by those of `output`."""
    first = output.partition(_CUT)[0].rstrip("\n")
    tree = _TREE.search(output)
    assert tree is not None
    screens = iter((f"```console\n$ {COMMAND}\n{first}\n```", f"```text\n{tree[0]}\n```"))
    return re.sub(r"^```(?:console|text)\n.*?^```$", lambda _: next(screens), readme, flags=re.M | re.S)


if __name__ == "__main__":
    text = with_screens(README.read_text(encoding="utf-8"), printed())
    README.write_text(text, encoding="utf-8", newline="\n")
