"""The saved texts of the cases as articles: written to a folder and read by the vault."""

from collections.abc import Sequence
from pathlib import Path

from provenance.model.article import Article
from provenance.vault import read_vault
from tests.compare.labelled.cases import Case


def read_articles(cases: Sequence[Case], folder: Path) -> dict[str, Article]:
    """The article of every case, by case id; what the vault does not take for an article is absent."""
    for case in cases:
        (folder / case.file_name).write_bytes(case.file_text().encode())
    read = (found for found in read_vault([str(folder)]) if isinstance(found, Article))
    return {Path(article.path).stem: article for article in read}
