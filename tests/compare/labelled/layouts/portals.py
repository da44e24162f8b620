"""Whole pages as large sites serve them: many troubles on one page."""

from tests.compare.labelled.layouts import markup
from tests.compare.labelled.layouts.markup import document, figure, plain, teasers, text
from tests.compare.labelled.sentences import sentences
from tests.compare.labelled.stories import Story


def portal(story: Story) -> str:
    """Menu, ticker, picture, advertisements, pull quote, newsletter, read-also box, comments, teasers."""
    furniture = story.furniture
    ticker = "".join(f"<li><time>1{n}:2{n}</time> {text(t)}</li>" for n, t in enumerate(furniture.teasers))
    advert = f'<div class="ad"><b>{text(furniture.advertisement)}</b><iframe src="/ad"></iframe></div>'
    quoted = sentences(plain(story.blocks[2]), story.language)[0]
    between = {
        1: advert,
        2: f'<aside class="quote"><p>{text(quoted)}</p></aside>',
        3: f'<div class="newsletter"><p>{text(furniture.newsletter)}</p><input><button>OK</button></div>',
        4: f"<div>{text(furniture.read_also)} <a href='/n'>{text(furniture.teasers[3])}</a></div>",
    }
    rendered = markup.blocks(story.blocks)
    words = "".join(part + between.get(number, "") for number, part in enumerate(rendered, start=1))
    byline = f'<div><a href="/a">I. Calder</a> <time>03.05.2024, 10:15</time> {text(furniture.share)}</div>'
    comments = f'<section class="comments"><h3>(1)</h3><p>{text(furniture.comment)}</p></section>'
    return document(
        story,
        f'<div class="banner"><p>{text(furniture.consent)}</p></div>{markup.navigation(story)}'
        f'<ul class="ticker">{ticker}</ul><main><div class="wrap"><div class="story">'
        f"<h1>{text(story.title)}</h1>{byline}"
        f"{figure(furniture)}{words}{byline}</div><div class='side'>{teasers(furniture)}</div></div>"
        f"{comments}</main>{teasers(furniture)}{markup.footer(story)}",
    )


def untidy_portal(story: Story) -> str:
    """The same without a clean element: <div>s, glued lines, unclosed tags, scripts and comments."""
    furniture = story.furniture
    words = ""
    for number, part in enumerate(story.blocks, start=1):
        words += f"<div class=p{number}><font>{text(plain(part))}</font><br><!-- slot {number} -->"
        if number % 3 == 0:
            words += (
                f"<script>ads.push({number})</script><div class=adv>{text(furniture.advertisement)}</div>"
            )
        words += "</div>\n"
    side = "<br>".join(f"<a href=/n/{n}>{text(t)}</a>" for n, t in enumerate(furniture.teasers))
    return document(
        story,
        f"<table><tr><td><b>{text(story.outlet)}</b><td>{side}</table><div id=c>"
        f"<div class=h>{text(story.title)}"
        f"<div class=m>10:15 | I. Calder | {text(furniture.share)}</div></div>"
        f"{words}<div class=s>{side}</div><p>{text(furniture.comment)}<p>© {text(story.outlet)}",
    )


LAYOUTS = (portal, untidy_portal)
