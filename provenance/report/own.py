"""How a report of this program is told from somebody's own file."""

from provenance.report.html import HTML_BEGINNING
from provenance.report.markdown import MARKDOWN_BEGINNING
from provenance.report.records import SCHEMA_OF_VERB

# Characters of a file that are enough to tell.
ENOUGH = 200
_JSON_BEGINNINGS = tuple(f'{{"schema": "{schema}"' for schema in SCHEMA_OF_VERB.values())


def is_report(beginning: str) -> bool:
    """Whether a file that begins so was written by this program, in any format but text."""
    return beginning.startswith((MARKDOWN_BEGINNING, HTML_BEGINNING, *_JSON_BEGINNINGS))
