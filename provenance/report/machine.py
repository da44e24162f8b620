"""JSON and JSON Lines, written as they are walked: no document is ever whole in memory."""

import json
from collections.abc import Iterator
from typing import Any

from provenance.report.contents import Contents
from provenance.report.records import SCHEMA_OF_VERB, article_record, passed_over_record, run_record


def render_json(contents: Contents) -> Iterator[str]:
    """One document; one article a line in it, so that line tools can still look at it."""
    verb = contents.run.verb
    yield f'{{"schema": {_json(SCHEMA_OF_VERB[verb])},\n "run": {_json(run_record(contents.run))},\n'
    yield ' "articles": ['
    separator = "\n  "
    for finding in contents.findings:
        yield separator + _json(article_record(finding, verb))
        separator = ",\n  "
    passed = ",\n  ".join(_json(passed_over_record(each)) for each in contents.run.passed_over)
    yield f' ],\n "passed_over": [{passed}]}}\n'


def render_json_lines(contents: Contents) -> Iterator[str]:
    """One article a line."""
    for finding in contents.findings:
        yield _json(article_record(finding, contents.run.verb)) + "\n"


def _json(value: Any) -> str:
    # Lone surrogates (file names that are no Unicode, broken JSON input) cannot be written as
    # UTF-8; escaped they survive a round trip.
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return text
