"""From answers about an article's archive links to the article's one verification."""

from collections.abc import Sequence
from dataclasses import replace

from provenance.compare import METHOD, compare
from provenance.model.article import Article
from provenance.model.capture import Answer, Capture, Found, Unavailable
from provenance.model.resource import ArchiveLink
from provenance.model.verification import Verdict, Verification

# The vault's word for an archive field that holds no archive URL.
NOT_AN_ARCHIVE_URL = "not-an-archive-url"


def judge(article: Article, link: ArchiveLink, answer: Answer) -> Verification:
    """The verification of one link. A neighbour that was offered gets one of its own."""
    if isinstance(answer, Found):
        return _compared(article, link, answer.capture)
    neighbour = None
    verdict = Verdict.UNCHECKED
    if isinstance(answer, Unavailable):
        verdict = Verdict.UNAVAILABLE
        if answer.neighbour is not None:
            neighbour = _compared(article, link, answer.neighbour)
    return Verification(
        verdict,
        answer.reason,
        METHOD,
        detail=answer.detail,
        link=link.verbatim,
        set_aside=article.set_aside,
        neighbour=neighbour,
    )


def unlinked(article: Article) -> Verification:
    """The verification of an article that has no archive link."""
    wrong = next((each for each in article.problems if each.code == NOT_AN_ARCHIVE_URL), None)
    return Verification(
        Verdict.UNLINKED,
        NOT_AN_ARCHIVE_URL if wrong else "no-archive-url",
        METHOD,
        detail=wrong.message if wrong else "",
        set_aside=article.set_aside,
    )


def choose(verifications: Sequence[Verification]) -> Verification:
    """The first that holds, else the first that was answered, else the first; the rest in `also`."""
    holding = (each for each in verifications if each.verdict is Verdict.HOLDS)
    answered = (each for each in verifications if each.verdict is not Verdict.UNCHECKED)
    chosen = next(holding, None) or next(answered, None) or verifications[0]
    return replace(chosen, also=tuple(each for each in verifications if each is not chosen))


def _compared(article: Article, link: ArchiveLink, capture: Capture) -> Verification:
    comparison = compare(article, capture)
    return Verification(
        comparison.verdict,
        comparison.reason,
        METHOD,
        link=link.verbatim,
        # The bytes are kept in the database; a finding only names them.
        capture=replace(capture, body=b""),
        comparison=comparison,
        set_aside=article.set_aside,
    )
