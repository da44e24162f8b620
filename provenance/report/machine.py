"""JSON and JSON Lines, written as they are walked: no document is ever whole in memory.

What repaints a terminal, and what cannot be written as UTF-8, is escaped as JSON allows: a reader
of JSON gets it back as it is.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from provenance.report.contents import Contents
from provenance.report.neutral import UNSAFE
from provenance.report.records import SCHEMA_OF_VERB, article_record, passed_over_record, run_record


def render_json(contents: Contents) -> Iterator[str]:
    """One document; one article a line in it, so that line tools can still look at it."""
    verb = contents.run.verb
    yield f'{{"schema": {json_text(SCHEMA_OF_VERB[verb])},\n "run": {json_text(run_record(contents.run))},\n'
    yield ' "articles": ['
    separator = "\n  "
    for finding in contents.findings:
        yield separator + json_text(article_record(finding, verb))
        separator = ",\n  "
    passed = ",\n  ".join(json_text(passed_over_record(each)) for each in contents.run.passed_over)
    yield f' ],\n "passed_over": [{passed}]}}\n'


def render_json_lines(contents: Contents) -> Iterator[str]:
    """One article a line."""
    for finding in contents.findings:
        yield json_text(article_record(finding, contents.run.verb)) + "\n"


def json_text(value: Any) -> str:
    """`value` as JSON on one line, safe to write to a terminal."""
    # Outside of strings JSON is ASCII, so that escaping a character changes no value.
    return UNSAFE.sub(_escaped, json.dumps(value, ensure_ascii=False))


def _escaped(found: re.Match[str]) -> str:
    return r"\u007f" if found[0] == "\x7f" else json.dumps(found[0])[1:-1]
