"""Links that stand in articles: to each other, and to outlets that the vault lacks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from provenance.model.article import Article

_URL = re.compile(r"https?://[^\s\"'<>()\[\]{}|\\^`]{4,500}")
# A page links to much that has no bearing on it; a hostile one to anything.
MOST_LINKS = 400


def links(article: Article) -> Iterator[str]:
    """The URLs that stand in an article's body, in order, each once."""
    seen = set()
    for number, found in enumerate(_URL.finditer(article.body)):
        if number >= MOST_LINKS:
            return
        url = found.group().rstrip(".,;:!?*_")
        if url not in seen:
            seen.add(url)
            yield url


def links_to(article: Article, others: Sequence[Article]) -> list[str]:
    """The paths of the articles that an article links to by their URL."""
    if "://" not in article.body:
        return []
    at = {_bare(other.url): other.path for other in others if other.url and other is not article}
    return list(dict.fromkeys(at[bare] for url in links(article) if (bare := _bare(url)) in at))


def link_into(articles: Iterable[Article], domain: str | None) -> str | None:
    """The first link of any of the articles that leads to a page at `domain`, else None."""
    if domain is None:
        return None
    host, _, folder = domain.partition("/")
    for article in articles:
        for url in links(article):
            try:
                parts = urlsplit(url)
                name = (parts.hostname or "").removeprefix("www.")
            except ValueError:
                continue
            inside = name == host or name.endswith(f".{host}")
            if inside and parts.path.startswith(f"/{folder}") and len(parts.path) > len(folder) + 2:
                return url
    return None


def _bare(url: str) -> str:
    """A URL without what differs between two ways to write it."""
    without = re.sub(r"^https?://(www\.)?", "", url.lower())
    return re.split(r"[?#]", without, maxsplit=1)[0].rstrip("/")
