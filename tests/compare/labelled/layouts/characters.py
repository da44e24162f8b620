"""Layouts that write the same characters in another way: entities, invisible characters, old charsets."""

import re

from tests.compare.labelled.layouts import markup
from tests.compare.labelled.layouts.markup import plain, site, text
from tests.compare.labelled.layouts.structure import bare, bare_article
from tests.compare.labelled.stories import Story


def numeric_entities(story: Story) -> str:
    """Every letter outside ASCII as a decimal character reference."""
    return re.sub(r"[^\x00-\x7f]", lambda match: f"&#{ord(match[0])};", site(story, bare_article(story)))


def named_entities(story: Story) -> str:
    page = site(story, bare_article(story))
    names = {"“": "&ldquo;", "”": "&rdquo;", "„": "&bdquo;", "«": "&laquo;", "»": "&raquo;", "—": "&mdash;"}
    names |= {
        "–": "&ndash;",
        "é": "&eacute;",
        "ö": "&ouml;",
        "ü": "&uuml;",
        "ä": "&auml;",
        "−": "&minus;",
        "€": "&euro;",
    }
    return "".join(names.get(character, character) for character in page)


def _inside_words(words: str, inserted: str) -> str:
    """`inserted` in the middle of every word of eight or more letters."""
    return re.sub(
        r"[^\W\d_]{8,}",
        lambda match: match[0][: len(match[0]) // 2] + inserted + match[0][len(match[0]) // 2 :],
        words,
    )


def _paragraphs_with(story: Story, inserted: str) -> str:
    paragraphs = "".join(f"<p>{_inside_words(text(plain(part)), inserted)}</p>" for part in story.blocks)
    return site(story, f"<article><h1>{text(story.title)}</h1>{paragraphs}</article>")


def soft_hyphens(story: Story) -> str:
    return _paragraphs_with(story, "&shy;")


def break_opportunities(story: Story) -> str:
    return _paragraphs_with(story, "<wbr>")


def zero_width_spaces(story: Story) -> str:
    return _paragraphs_with(story, "\u200b")


def comments_in_words(story: Story) -> str:
    return _paragraphs_with(story, "<!-- x -->")


def emphasis_in_words(story: Story) -> str:
    return _paragraphs_with(story, "<b></b>")


def no_break_spaces(story: Story) -> str:
    paragraphs = "".join(markup.blocks(tuple(re.sub(r"(\d) ", "\\1\u00a0", part) for part in story.blocks)))
    return site(story, f"<article><h1>{text(story.title)}</h1>{paragraphs}</article>")


def other_charset(story: Story) -> str:
    """In the bytes of an old charset (see `Layout.encoding`), which a <meta> names."""
    return bare(story)


LAYOUTS = (
    numeric_entities,
    named_entities,
    soft_hyphens,
    break_opportunities,
    zero_width_spaces,
    comments_in_words,
    emphasis_in_words,
    no_break_spaces,
)
