"""A Markdown or text file to an article, or to the reason why it is none."""

import re
from dataclasses import replace

from provenance.model.article import Article, PassedOver, SetAside
from provenance.vault.article import Source, build_article, read_markdown_body, read_plain_body
from provenance.vault.fields import read_fields
from provenance.vault.front_matter import FrontMatter, read_front_matter
from provenance.vault.settings import FileRule

# Names of files that speak of a folder and not of the world (without ending, case ignored).
_NO_ARTICLES = frozenset({"readme", "license", "licence", "changelog", "contributing", "index"})
# What this program itself writes into a vault.
_OWN_REPORT = "# Provenance report"

_LINK = re.compile(
    r"!?\[\[[^\[\]\n]{1,1000}\]\]|!?\[[^\[\]\n]{0,1000}\]\([^()\s]{0,4000}\)|<?(?:https?://|www\.)[^\s<>]{1,4000}>?"
)
_HEADING_LINE = re.compile(r"^[ \t]*#{1,6}[ \t].*$", re.M)
_MARKDOWN_MARK = re.compile(r"^[ \t]{0,3}(?:#{1,6} |> |```)|\]\(|\[\[|\*\*", re.M)
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
# Lists of links are short lines; in a longer text a link-only file would have been split up.
_LONGEST_LINK_LIST = 1_000_000


def read_text_file(
    source: Source, text: str, rule: FileRule, note_sections: tuple[str, ...]
) -> Article | PassedOver:
    """Read the decoded text of a Markdown or text file."""
    front = read_front_matter(text)
    body = text[front.body_start :]
    stated = read_fields(front.fields)
    if front.unclosed_end and not (stated.url or stated.archive_links):
        # Then it may as well be text below a line across the page, and no word of it is set aside.
        front, stated = FrontMatter(problems=front.problems), read_fields({})
    if not (stated.url or stated.archive_links or rule.url):
        reason = _reason_to_pass(source.path, body)
        if reason is not None:
            return PassedOver(source.path, reason)
    if source.format == "markdown" or (front.body_start and _looks_like_markdown(body)):
        source = replace(source, format="markdown")
        reading = read_markdown_body(body, stated.title, note_sections)
    else:
        reading = read_plain_body(body)
    if front.unclosed_end:
        reading = replace(reading, set_aside=(SetAside(0, front.unclosed_end, "note"), *reading.set_aside))
    return build_article(source, body, reading, front.fields, stated, rule, front.problems)


def _looks_like_markdown(body: str) -> bool:
    """Whether the body under the front matter of a text file is Markdown."""
    return _MARKDOWN_MARK.search(body) is not None


def _reason_to_pass(path: str, body: str) -> str | None:
    stem = path.rpartition("/")[2].split(".")[0].casefold()
    if stem in _NO_ARTICLES:
        return f"named {stem.upper()}, without a URL in its front matter"
    if body.startswith(_OWN_REPORT):
        return "report of an earlier run"
    if not _LETTER_OR_DIGIT.search(body):
        return "no text"
    if len(body) <= _LONGEST_LINK_LIST and _holds_links_only(body):
        return "links only, without a URL in its front matter"
    return None


def _holds_links_only(body: str) -> bool:
    if not _LINK.search(body):
        return False
    rest = _LINK.sub(" ", _HEADING_LINE.sub("", body))
    return not _LETTER_OR_DIGIT.search(re.sub(r"^[ \t]*\d{1,9}[.)][ \t]", "", rest, flags=re.M))
