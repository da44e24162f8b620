"""The pieces of markup that several page layouts share."""

from html import escape

from tests.compare.labelled.stories import Furniture, Story


def text(words: str) -> str:
    """`words` with the characters that HTML reserves escaped."""
    return escape(words, quote=False)


def block(words: str) -> str:
    """One block as a site with clean markup writes it; list items come without their list."""
    if words.startswith("## "):
        return f"<h2>{text(words[3:])}</h2>"
    if words.startswith("- "):
        return f"<li>{text(words[2:])}</li>"
    return f"<p>{text(words)}</p>"


def blocks(written: tuple[str, ...]) -> list[str]:
    """Every block in clean markup, with `<ul>` around runs of list items."""
    rendered: list[str] = []
    for number, words in enumerate(written):
        markup = block(words)
        if words.startswith("- "):
            if number == 0 or not written[number - 1].startswith("- "):
                markup = "<ul>" + markup
            if number + 1 == len(written) or not written[number + 1].startswith("- "):
                markup += "</ul>"
        rendered.append(markup)
    return rendered


def plain(words: str) -> str:
    """A block's words without the mark of its kind."""
    return words[3:] if words.startswith("## ") else words[2:] if words.startswith("- ") else words


def document(story: Story, body: str, head: str = "", language: str | None = None) -> str:
    """A whole page around `body`."""
    return (
        f'<!DOCTYPE html>\n<html lang="{language or story.language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{text(story.title)} - {text(story.outlet)}</title>\n"
        f'<link rel="canonical" href="{story.url}">\n'
        f'<meta property="og:site_name" content="{escape(story.outlet)}">\n{head}</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def navigation(story: Story) -> str:
    """Masthead and menu."""
    links = "".join(f'<li><a href="/t/{i}">{text(t)}</a></li>' for i, t in enumerate(story.furniture.teasers))
    return f'<header><a href="/">{text(story.outlet)}</a><nav><ul>{links}</ul></nav></header>'


def teasers(furniture: Furniture) -> str:
    """A list of other articles."""
    links = "".join(
        f'<div class="card"><a href="/n/{number}"><h3>{text(title)}</h3></a></div>'
        for number, title in enumerate(furniture.teasers)
    )
    return f'<section class="more"><h2>{text(furniture.read_also)}</h2>{links}</section>'


def figure(furniture: Furniture) -> str:
    """A picture with caption and credit."""
    return (
        f'<figure><img src="/i/1.jpg" alt=""><figcaption>{text(furniture.caption)}. '
        f'<span class="credit">{text(furniture.credit)}</span></figcaption></figure>'
    )


def footer(story: Story) -> str:
    """The foot of a page."""
    return f"<footer><p>© 2024 {text(story.outlet)}</p><a href='/about'>{text(story.domain)}</a></footer>"


def site(story: Story, article: str, head: str = "") -> str:
    """A page with masthead, other articles and a foot around the markup of its article."""
    return document(
        story, f"{navigation(story)}<main>{article}</main>{teasers(story.furniture)}{footer(story)}", head
    )
