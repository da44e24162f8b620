"""What a capture is that does not show the article: wall, error page, shell, another page.

Asked only after the text was looked for. Walls and status codes explain what is not held; they
never take away what is.
"""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

from provenance.compare.captured import CapturedText
from provenance.model.verification import CapturedPage
from provenance.text.sentences import WORD

_SHORT_PAGE = 350  # words; a wall or an error page says little more, an article usually does
_HARDLY_ANY = 25  # letters; menus alone have more
_SHELL = 60  # words a page shows at most whose text is made by script
# A front page is headlines: at least so many, and hardly a sentence of prose for each.
_HEADLINES = 8
_HEADLINE = 4  # words
_SENTENCE = 7  # words
_SOME_PROSE = 60  # words
_SENTENCE_ENDS = ".!?…。！？۔।։"
_HEADLINE_KINDS = frozenset({"heading", "list-item"})


@lru_cache(maxsize=1)
def _phrases() -> dict[str, re.Pattern[str]]:
    source = files("provenance.compare").joinpath("data/walls.toml").read_text(encoding="utf-8")
    return {
        kind: re.compile("|".join(re.escape(phrase) for phrase in table["phrases"]))
        for kind, table in tomllib.loads(source).items()
    }


def triage(
    captured: CapturedText, about: CapturedPage, original: str, *, shows_some: bool, other_language: bool
) -> str:
    """The reason why a capture is `other`.

    `shows_some`: part of the saved text stands there; `other_language`: the page's prose is in
    another language than the saved text.
    """
    words = [found.group() for found in WORD.finditer(captured.text, 0, 200_000)]
    shown = captured.text[:200_000].casefold()
    title = (about.title or "").casefold()
    short = len(words) <= _SHORT_PAGE
    if shows_some:
        return "paywall-stub" if _says("paywall", shown) else "other-article"
    if short and (_says("challenge", shown) or _says("challenge", title)):
        return "challenge"
    if len(words) <= _SHELL and _is_shell(captured, shown):
        return "script-shell"
    if sum(map(len, words)) < _HARDLY_ANY:
        return "empty"
    if _says_not_found(captured, shown, title, short=short):
        return "soft-404"
    if short and _says("consent", shown) and not _has_prose_beside(captured, "consent"):
        return "consent-wall"
    if short and _says("paywall", shown):
        return "paywall-stub"
    if _is_homepage(captured, about, original):
        return "homepage"
    return "other-language" if other_language else "other-article"


def is_paywalled(captured: CapturedText) -> bool:
    """Whether the page says that the rest is for subscribers."""
    return _says("paywall", captured.text[:300_000].casefold())


def _says(kind: str, text: str) -> bool:
    return bool(_phrases()[kind].search(text))


def _is_shell(captured: CapturedText, shown: str) -> bool:
    source = captured.page.source
    if _says("script_shell", shown):
        return True
    return source.count("<script") >= 2 and bool(
        re.search(
            r"<(?:div|main)\s+id=[\"']?(?:root|app|__next|__nuxt|___gatsby|main-app|react-root|svelte)[\"'\s>]",
            source,
        )
    )


def _says_not_found(captured: CapturedText, shown: str, title: str, *, short: bool) -> bool:
    page = captured.page
    headings = " \n ".join(
        captured.text[start:end].casefold()
        for start, end, kind in zip(page.block_start, page.block_end, page.block_kind, strict=True)
        if kind == "heading"
    )
    leading = title + "\n" + headings
    if re.search(r"(?<!\d)40[34](?!\d)", leading) or _says("soft_404", leading):
        return True
    return short and _says("soft_404", shown) and not _has_prose_beside(captured, "soft_404")


def _has_prose_beside(captured: CapturedText, kind: str) -> bool:
    """Whether the page has paragraphs of prose that do not speak of the wall."""
    page = captured.page
    prose = 0
    for start, end in zip(page.block_start, page.block_end, strict=True):
        text = captured.text[start:end]
        words = len(WORD.findall(text))
        if words >= _SENTENCE and not _says(kind, text.casefold()):
            prose += words
    return prose >= _SOME_PROSE


def _is_homepage(captured: CapturedText, about: CapturedPage, original: str) -> bool:
    canonical = about.canonical
    if canonical and urlsplit(canonical).path.strip("/") == "" and urlsplit(original).path.strip("/") != "":
        return True
    page = captured.page
    prose_words = headlines = 0
    for start, end, kind in zip(page.block_start, page.block_end, page.block_kind, strict=True):
        text = captured.text[start:end].strip()
        words = len(WORD.findall(text))
        if kind not in _HEADLINE_KINDS and words >= _SENTENCE and text[-1:] in _SENTENCE_ENDS:
            prose_words += words
        elif words >= _HEADLINE:
            headlines += 1
    return headlines >= _HEADLINES and prose_words < headlines * _SENTENCE
