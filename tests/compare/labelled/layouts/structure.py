"""Layouts that differ in how they nest and split the text."""

import re

from tests.compare.labelled.layouts import markup
from tests.compare.labelled.layouts.markup import document, navigation, plain, site, teasers, text
from tests.compare.labelled.stories import Story


def bare(story: Story) -> str:
    return document(
        story, f"<article><h1>{text(story.title)}</h1>{''.join(markup.blocks(story.blocks))}</article>"
    )


def wrapped_source(story: Story) -> str:
    """Paragraphs whose source is wrapped at some 60 columns: a bare newline is no sentence end."""
    paragraphs = [
        re.sub(r"(\S{20,60}?|.{40,60}?) ", r"\1\n      ", part) for part in markup.blocks(story.blocks)
    ]
    return site(story, f"<article><h1>{text(story.title)}</h1>\n{chr(10).join(paragraphs)}</article>")


def table_with_breaks(story: Story) -> str:
    """The nineties: tables in tables, <font>, and <br> where a paragraph should be."""
    words = "<br><br>\n&nbsp;&nbsp;&nbsp;".join(
        f"<b>{text(plain(part))}</b>" if part.startswith("## ") else text(plain(part))
        for part in story.blocks
    )
    menu = "<br>".join(f"<a href=/n/{i}>{text(t)}</a>" for i, t in enumerate(story.furniture.teasers))
    return document(
        story,
        f"<table width=780 border=0><tr><td colspan=3><font size=6>{text(story.outlet)}</font></td></tr>"
        f"<tr><td width=120><font size=1>{menu}</font></td><td><table>"
        f"<tr><td><font size=5>{text(story.title)}</font></td></tr>"
        f"<tr><td><font face=Arial size=2>{words}</font></td></tr></table></td>"
        f"<td width=160>{text(story.furniture.advertisement)}</td></tr></table>",
    )


def breaks_in_one_division(story: Story) -> str:
    words = "<br/><br/>".join(text(plain(part)) for part in story.blocks)
    return site(story, f"<h1>{text(story.title)}</h1><div class='content'>{words}</div>")


def nested_divisions(story: Story) -> str:
    """No <p> anywhere: every paragraph in a nest of its own."""
    words = "".join(
        f'<div class="row"><div class="col"><div><span>{text(plain(part))}</span></div></div></div>'
        for part in story.blocks
    )
    return site(story, f'<div class="a"><div class="b"><div>{text(story.title)}</div>{words}</div></div>')


def first_paragraph_in_header(story: Story) -> str:
    first, *rest = markup.blocks(story.blocks)
    return site(
        story,
        f'<header class="top"><h1>{text(story.title)}</h1><div class="lede">{first}</div>'
        f"{markup.figure(story.furniture)}</header><section class='text'>{''.join(rest)}</section>",
    )


def last_paragraph_elsewhere(story: Story) -> str:
    *rest, last = markup.blocks(story.blocks)
    return site(
        story,
        f"<article><h1>{text(story.title)}</h1><div class='main-part'>{''.join(rest)}</div>"
        f"<div class='after-part'><div>{last}</div></div></article>",
    )


def sections_with_rules(story: Story) -> str:
    """Split by <section> and <hr>, with page numbers between: a paginated article shown whole."""
    rendered = markup.blocks(story.blocks)
    middle = len(rendered) // 2
    pages = '<hr><div class="pages"><a href="?p=1">1</a> <a href="?p=2">2</a> <a href="?p=3">3</a></div>'
    return site(
        story,
        f"<article><h1>{text(story.title)}</h1><section>{''.join(rendered[:middle])}</section>{pages}"
        f"<section>{''.join(rendered[middle:])}</section></article>",
    )


def sidebar_in_the_same_box(story: Story) -> str:
    """Text and sidebar are children of one and the same element."""
    side = "".join(
        f"<div class='s'><a href='/n/{i}'>{text(t)}</a></div>" for i, t in enumerate(story.furniture.teasers)
    )
    return document(
        story,
        f"<div id='page'><h1>{text(story.title)}</h1>{''.join(markup.blocks(story.blocks))}"
        f"<div class='s'>{text(story.furniture.read_also)}</div>{side}<p>© {text(story.outlet)}</p></div>",
    )


def spans_around_words(story: Story) -> str:
    """A reading aid that wraps every word."""
    words = "".join(
        "<p>" + " ".join(f"<span>{text(word)}</span>" for word in plain(part).split(" ")) + "</p>"
        for part in story.blocks
    )
    return site(story, f"<article><h1>{text(story.title)}</h1>{words}</article>")


def unclosed_tags(story: Story) -> str:
    """Paragraphs that nobody closed, and bold and italic closed in the wrong order."""
    words = "\n".join(f"<p>{text(plain(part))}" for part in story.blocks)
    return document(
        story,
        f"{navigation(story)}<div><h1>{text(story.title)}<div><b><i>{text(story.outlet)}</b></i>"
        f"\n{words}\n</span></div>{teasers(story.furniture)}",
    )


def uppercase_headings(story: Story) -> str:
    shouted = tuple(
        part if not part.startswith("## ") else "## " + shout(part[3:], story.language)
        for part in story.blocks
    )
    title = text(shout(story.title, story.language))
    return site(story, f"<article><h1>{title}</h1>{''.join(markup.blocks(shouted))}</article>")


def shout(words: str, language: str) -> str:
    """Upper case; the Turkish i keeps its dot."""
    return (words.replace("i", "İ").replace("ı", "I") if language == "tr" else words).upper()


def bold_headings(story: Story) -> str:
    words = "".join(
        f"<p><strong>{text(part[3:])}</strong></p>"
        if part.startswith("## ")
        else f"<p>{text(plain(part))}</p>"
        for part in story.blocks
    )
    return site(story, f"<article><h1>{text(story.title)}</h1>{words}</article>")


def numbered_by_css(story: Story) -> str:
    """An ordered list: the numbers a reader sees stand nowhere in the source."""
    items = "".join(f"<li>{text(plain(part))}</li>" for part in story.blocks)
    return site(story, f"<article><h1>{text(story.title)}</h1><ol class='steps'>{items}</ol></article>")


def definition_list(story: Story) -> str:
    """An interview: each turn a term or a definition."""
    turns = "".join(
        f"<{'dt' if number % 2 else 'dd'}>{text(plain(part))}</{'dt' if number % 2 else 'dd'}>"
        for number, part in enumerate(story.blocks)
    )
    return site(story, f"<article><h1>{text(story.title)}</h1><dl class='interview'>{turns}</dl></article>")


def xhtml(story: Story) -> str:
    page = bare(story).split("\n", 1)[1].replace("<html ", '<html xmlns="http://www.w3.org/1999/xhtml" ', 1)
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'
    return f'<?xml version="1.0" encoding="utf-8"?>\n{doctype}\n{page}'


def wrong_language(story: Story) -> str:
    """The template of another edition: <html lang> is wrong."""
    return site(story, bare_article(story)).replace(
        f'<html lang="{story.language}"', f'<html lang="{"en" if story.language != "en" else "ru"}"'
    )


def bare_article(story: Story) -> str:
    return f"<article><h1>{text(story.title)}</h1>{''.join(markup.blocks(story.blocks))}</article>"


LAYOUTS = (
    bare,
    wrapped_source,
    table_with_breaks,
    breaks_in_one_division,
    nested_divisions,
    first_paragraph_in_header,
    last_paragraph_elsewhere,
    sections_with_rules,
    sidebar_in_the_same_box,
    spans_around_words,
    unclosed_tags,
    uppercase_headings,
    bold_headings,
    numbered_by_css,
    definition_list,
    xhtml,
    wrong_language,
)
