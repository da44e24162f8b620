"""A corpus with one article a line: `id`, `text`, and any field that front matter may have."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from provenance.model.article import Article, PassedOver, Unreadable
from provenance.model.problem import Problem
from provenance.vault.article import Source, build_article, read_plain_body
from provenance.vault.fields import read_fields
from provenance.vault.settings import FileRule

# Bytes. A million words of any script; a longer line is no article.
LONGEST_LINE = 16_000_000

# JSON can spell half of a character pair, which no output can hold.
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_OWN_REPORT = b'{"schema": "provenance/'


def read_jsonl(path: str, file: Path, rule: FileRule) -> Iterator[Article | Unreadable | PassedOver]:
    """Read the articles of a `.jsonl` file, one line at a time. Raises OSError."""
    seen: set[str] = set()
    empty = True
    with file.open("rb") as stream:
        for number, line in enumerate(_lines(stream), 1):
            if number == 1 and line is not None:
                line = line.removeprefix(b"\xef\xbb\xbf")
                if line.startswith(_OWN_REPORT):
                    yield PassedOver(path, "report of an earlier run")
                    return
            empty = empty and line is not None and not line.strip()
            if line is None:
                message = f"The line is longer than {LONGEST_LINE // 1_000_000} MB."
                yield Unreadable(f"{path}#{number}", (Problem("too-large", message),))
            elif line.strip():
                yield _read_line(path, line, number, rule, seen)
    if empty:
        yield PassedOver(path, "no text")


def _lines(stream: object) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is too long, whose rest is skipped unseen."""
    readline = stream.readline  # type: ignore[attr-defined]
    while line := readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = readline(LONGEST_LINE)
        yield None


def _read_line(path: str, line: bytes, number: int, rule: FileRule, seen: set[str]) -> Article | Unreadable:
    try:
        loaded = json.loads(line)
    except (ValueError, RecursionError) as error:
        what = getattr(error, "msg", None) or type(error).__name__
        return _unreadable(f"{path}#{number}", "broken-json", f"Line {number} is no JSON: {what}.")
    if not isinstance(loaded, dict):
        return _unreadable(f"{path}#{number}", "broken-json", f"Line {number} holds no object with fields.")
    identity = loaded.get("id")
    name = str(identity) if isinstance(identity, (str, int)) and str(identity).strip() else str(number)
    problems: tuple[Problem, ...] = ()
    if name in seen:
        problems = (Problem("duplicate-id", f"The id {name[:100]!r} stands on an earlier line, too.", "id"),)
        name = str(number)
    seen.add(name)
    place = f"{path}#{_whole(name)}"
    text = loaded.pop("text", None)
    if not isinstance(text, str):
        return _unreadable(place, "no-text", f"Line {number} has no `text`.")
    body = _whole(text)
    fields = {str(key): value for key, value in loaded.items() if key != "id"}
    source = Source(place, "jsonl", hashlib.sha256(line.rstrip(b"\r\n")).hexdigest())
    return build_article(source, body, read_plain_body(body), fields, read_fields(fields), rule, problems)


def _whole(text: str) -> str:
    return _LONE_SURROGATE.sub("�", text)


def _unreadable(path: str, code: str, message: str) -> Unreadable:
    return Unreadable(path, (Problem(code, message),))
