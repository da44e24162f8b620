"""Articles that were saved twice."""

import hashlib
from dataclasses import replace

from provenance.model.article import Article
from provenance.model.problem import Problem
from provenance.text.archive_urls import comparison_key
from provenance.vault.article import own_text

# Letters and digits. Two short notices may be alike by chance.
SHORTEST_TEXT = 200


class Duplicates:
    """Remembers the texts of a vault by digest: some 200 bytes an article, whatever its length."""

    def __init__(self) -> None:
        self._seen: dict[bytes, tuple[str, bytes]] = {}

    def check(self, article: Article) -> Article:
        """`article`, with a problem where its text was seen before under the same URL or none.

        The same text under two URLs is two outlets' (a wire story), and no fault of the files.
        """
        text = "".join(filter(str.isalnum, "".join(own_text(article)).casefold()))
        if len(text) < SHORTEST_TEXT:
            return article
        key = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
        address = _digest(comparison_key(article.url)) if article.url else b""
        path, first_address = self._seen.setdefault(key, (article.path, address))
        if path == article.path or (address and first_address and address != first_address):
            return article
        problem = Problem("duplicate-article", f"The same text stands in {path}.")
        return replace(article, problems=(*article.problems, problem))


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
