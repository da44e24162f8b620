"""Layouts in which part of the text is not on show, or something hidden stands among the words."""

import json
import re

from tests.compare.labelled.layouts import markup
from tests.compare.labelled.layouts.markup import document, navigation, plain, site, teasers, text
from tests.compare.labelled.layouts.structure import bare_article
from tests.compare.labelled.stories import Story

_HIDE = "<style>.sr-only{position:absolute;left:-9999px}.print{display:none}</style>\n"


def _between_words(words: str, inserted: str, space: bool = True) -> str:
    """Clean markup of `words` with `inserted` after its third word (third character without spaces)."""
    parts = words.split(" ")
    if len(parts) < 5:
        return text(words[:6]) + inserted + text(words[6:])
    return text(" ".join(parts[:3])) + inserted + (" " if space else "") + text(" ".join(parts[3:]))


def new_tab_note(story: Story) -> str:
    """Links with a note for screen readers in the middle of a sentence."""
    note = '<span class="sr-only"> (opens in new tab)</span>'
    paragraphs = "".join(
        f'<p><a href="/l" target="_blank">{_between_words(plain(part), note + "</a>")}</p>'
        for part in story.blocks
    )
    return site(story, f"<article><h1>{text(story.title)}</h1>{paragraphs}</article>", _HIDE)


def tooltip(story: Story) -> str:
    """An explanation that pops up over a word, standing in the source inside the sentence."""
    popup = f'<span role="tooltip" class="tooltip" hidden>{text(story.furniture.caption)}</span>'
    paragraphs = "".join(f"<p>{_between_words(plain(part), popup)}</p>" for part in story.blocks)
    return site(story, f"<article><h1>{text(story.title)}</h1>{paragraphs}</article>")


def inline_drawing(story: Story) -> str:
    """An SVG icon with a title of its own inside the sentence."""
    icon = '<svg width="9" height="9" viewBox="0 0 9 9"><title>external</title><path d="M1 1h7v7z"/></svg>'
    paragraphs = "".join(f"<p>{_between_words(plain(part), icon)}</p>" for part in story.blocks)
    return site(story, f"<article><h1>{text(story.title)}</h1>{paragraphs}</article>")


def drop_capital(story: Story) -> str:
    """The first letter of the text in an element of its own."""
    first, *rest = story.blocks
    lead = f'<p><span class="dropcap">{text(first[0])}</span>{text(first[1:])}</p>'
    return site(
        story, f"<article><h1>{text(story.title)}</h1>{lead}{''.join(markup.blocks(tuple(rest)))}</article>"
    )


def json_ld_only(story: Story) -> str:
    """A page drawn by a script: the text stands in the structured metadata alone."""
    statement = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": "2024-05-03T08:00:00+00:00",
        "articleBody": "\n\n".join(plain(part) for part in story.blocks),
        "publisher": {"@type": "Organization", "name": story.outlet},
    }
    script = f'<script type="application/ld+json">{json.dumps(statement, ensure_ascii=False)}</script>\n'
    return document(story, '<div id="root"></div><script src="/app.js"></script>', script)


def noscript_only(story: Story) -> str:
    words = "".join(markup.blocks(story.blocks))
    return document(story, f'{navigation(story)}<div id="app"></div><noscript><div>{words}</div></noscript>')


def hidden_rest(story: Story) -> str:
    """Two paragraphs on show, the rest behind a "read more" button."""
    rendered = markup.blocks(story.blocks)
    return site(
        story,
        f"<article><h1>{text(story.title)}</h1>{''.join(rendered[:2])}<button>+</button>"
        f"<div hidden>{''.join(rendered[2:])}</div></article>",
    )


def styled_away_rest(story: Story) -> str:
    rendered = markup.blocks(story.blocks)
    return site(
        story,
        f"<article><h1>{text(story.title)}</h1>{''.join(rendered[:3])}"
        f'<div style="display: none">{"".join(rendered[3:])}</div></article>',
    )


def collapsed_details(story: Story) -> str:
    rendered = markup.blocks(story.blocks)
    return site(
        story,
        f"<article><h1>{text(story.title)}</h1>{''.join(rendered[:2])}"
        f"<details><summary>+</summary>{''.join(rendered[2:])}</details></article>",
    )


def printed_and_shown(story: Story) -> str:
    """The whole text twice: for the screen and for printing."""
    words = "".join(markup.blocks(story.blocks))
    return site(
        story, f'{bare_article(story)}<div class="print"><h2>{text(story.title)}</h2>{words}</div>', _HIDE
    )


def shown_and_structured(story: Story) -> str:
    """The text on show and once more in the structured metadata."""
    shown, structured = site(story, bare_article(story)), json_ld_only(story)
    script = re.search(r"<script type=\"application/ld\+json\">.*?</script>", structured, re.DOTALL)
    assert script is not None
    return shown.replace("</head>", script.group() + "\n</head>", 1)


def hidden_menu(story: Story) -> str:
    """A large hidden menu and a hidden list of other articles around the text."""
    menu = f"<div hidden>{teasers(story.furniture) * 3}</div>"
    return document(story, f"{menu}{bare_article(story)}{menu}")


LAYOUTS = (
    new_tab_note,
    tooltip,
    inline_drawing,
    drop_capital,
    json_ld_only,
    noscript_only,
    hidden_rest,
    styled_away_rest,
    collapsed_details,
    printed_and_shown,
    shown_and_structured,
    hidden_menu,
)
