"""Captures that are not (or not only) the article, and saved texts that cannot be compared."""

from collections.abc import Iterator

from tests.compare.labelled import good
from tests.compare.labelled.cases import DIFFERS, HOLDS, OTHER, Case, Expected, ServedPage
from tests.compare.labelled.layouts import markup
from tests.compare.labelled.layouts.markup import document, footer, navigation, site, teasers, text
from tests.compare.labelled.layouts.structure import bare_article
from tests.compare.labelled.stories import Story, stories

_CHALLENGE = (
    "<title>Just a moment...</title><h1>{domain}</h1><h2>Checking if the site connection is secure</h2>"
    "<p>Enable JavaScript and cookies to continue. Verify you are human by completing the action below.</p>"
    "<p>Ray ID: 88c1f0a9be5c2d77</p>"
)


def cases() -> Iterator[Case]:
    """Every case of the group `triage`."""
    for story in _first_of_each_language():
        yield from _walls(story)
        yield from _walls_over_text(story)
        yield from _error_pages(story)
    yield from _other_articles()
    yield from _other_languages()
    yield from _not_comparable(stories()[0])


def _first_of_each_language() -> list[Story]:
    first: dict[str, Story] = {}
    for story in stories():
        first.setdefault(story.language, story)
    return list(first.values())


def _case(
    story: Story,
    family: str,
    page: str,
    verdict: str,
    *reasons: str,
    body: str | None = None,
    expected: tuple[Expected, ...] = (),
    status: int = 200,
    media_type: str = "text/html",
) -> Case:
    return Case(
        id=f"triage-{family}-{story.name}",
        group="triage" if verdict != HOLDS else "good",
        family=family,
        layout="triage",
        language=story.language,
        page=ServedPage(page.encode(), "utf-8", media_type, status),
        url=story.url,
        title=story.title,
        body=body or good.markdown(story).body,
        markdown=True,
        verdict=verdict,
        reasons=frozenset(reasons),
        expected=expected,
    )


def _walls(story: Story) -> Iterator[Case]:
    furniture = story.furniture
    missing = site(story, f"<h1>404</h1><p>{text(furniture.not_found)}</p>").replace(story.title, "404")
    yield _case(story, "soft-404", missing, OTHER, "soft-404")
    consent = document(story, f'<div role="dialog"><p>{text(furniture.consent)}</p><button>OK</button></div>')
    yield _case(story, "consent-wall", consent, OTHER, "consent-wall")
    stub = (
        f"<article><h1>{text(story.title)}</h1>{markup.block(story.blocks[0])}</article>"
        f'<div class="paywall"><p>{text(furniture.paywall)}</p></div>'
    )
    yield _case(story, "paywall-stub", site(story, stub), OTHER, "paywall-stub")
    challenge = f"<html><body>{_CHALLENGE.format(domain=story.domain)}</body></html>"
    yield _case(story, "challenge", challenge, OTHER, "challenge")
    shell = document(
        story, '<div id="root"></div><script src="/static/app.js"></script><script>boot({"v":3})</script>'
    )
    yield _case(story, "script-shell", shell, OTHER, "script-shell")
    yield _case(story, "empty", "<html><head></head><body> </body></html>", OTHER, "empty")
    cards = "".join(teasers(furniture) for _ in range(6))
    front = document(story, navigation(story) + cards + footer(story)).replace(
        f"<title>{text(story.title)} - ", "<title>"
    )
    front = front.replace(f'href="{story.url}"', f'href="https://{story.domain}/"')
    yield _case(story, "homepage", front, OTHER, "homepage")


def _walls_over_text(story: Story) -> Iterator[Case]:
    """Walls and status codes explain only what is not held."""
    furniture = story.furniture
    banner = f'<div role="dialog"><p>{text(furniture.consent)}</p></div>'
    over = site(story, banner + bare_article(story) + f"<p>{text(furniture.paywall)}</p>")
    yield _case(story, "wall-over-full-text", over, HOLDS, "every-sentence-held")
    half = len(story.blocks) * 3 // 4
    some = f"<article><h1>{text(story.title)}</h1>{''.join(markup.blocks(story.blocks[:half]))}</article>"
    cut = site(story, some + f'<div class="paywall"><p>{text(furniture.paywall)}</p></div>')
    body = "\n\n".join(story.blocks)
    absent = Expected("added", saved=((len("\n\n".join(story.blocks[:half])) + 2, len(body)),))
    yield _case(story, "wall-after-most-text", cut, DIFFERS, "text-absent", body=body, expected=(absent,))


def _error_pages(story: Story) -> Iterator[Case]:
    whole = site(story, bare_article(story))
    yield _case(story, "archived-404-with-text", whole, HOLDS, "every-sentence-held", status=404)
    error = site(story, f"<h1>404</h1><p>{text(story.furniture.not_found)}</p>").replace(story.title, "404")
    yield _case(story, "archived-404", error, "unavailable", "archived-error", status=404)


def _other_articles() -> Iterator[Case]:
    """Another article of the same outlet under the address, the title or even the dress of this one."""
    by_language: dict[str, list[Story]] = {}
    for story in stories():
        by_language.setdefault(story.language, []).append(story)
    for first, second, *_ in (pair for pair in by_language.values() if len(pair) > 1):
        yield _case(first, "other-article", site(second, bare_article(second)), OTHER, "other-article")
        yield _case(second, "other-article", site(first, bare_article(first)), OTHER, "other-article")
        same_title = site(second, bare_article(second)).replace(second.title, first.title)
        same_title = same_title.replace(second.slug, first.slug)
        yield _case(first, "other-article-same-title", same_title, OTHER, "other-article")


def _other_languages() -> Iterator[Case]:
    """The save is in one language, the page in another."""
    by_language = {story.language: story for story in _first_of_each_language()}
    for saved, shown in (("en", "ru"), ("ru", "en"), ("en", "de"), ("ru", "uk"), ("fr", "ar"), ("en", "zh")):
        if saved in by_language and shown in by_language:
            page = site(by_language[shown], bare_article(by_language[shown]))
            body = good.markdown(by_language[saved]).body
            yield _case(
                by_language[shown], f"other-language-{saved}", page, OTHER, "other-language", body=body
            )


def _not_comparable(story: Story) -> Iterator[Case]:
    page = site(story, bare_article(story))
    nothing = ("unchecked", "nothing-to-compare")
    yield _case(story, "saved-nothing", page, *nothing, body="%%to do%%\n")
    yield _case(story, "saved-one-sentence", page, *nothing, body="The ferry will run again.\n")
    yield _case(story, "saved-links-only", page, *nothing, body="- [[Ravel]]\n- [[Ostwick]]\n")
    document_file = "%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF"
    yield _case(
        story, "pdf", document_file, "unchecked", "unsupported-media-type", media_type="application/pdf"
    )
