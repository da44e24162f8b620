"""Verdicts, reasons and counts in words for a person; the stable words stay beside them."""

from collections.abc import Iterator, Sequence

from provenance.model.accuracy import Accuracy
from provenance.model.finding import ArticleFinding
from provenance.model.verification import Difference, Sentences, Verdict, Verification
from provenance.report.contents import Tally

REASON_PHRASES: dict[str, str] = {
    "every-sentence-held": "every sentence is there",
    "held-with-omissions": "every sentence is there; the copy has more",
    "words-changed": "words were changed",
    "text-absent": "saved sentences are missing from the copy",
    "both": "words were changed and saved sentences are missing from the copy",
    "soft-404": "the copy is a 'page not found' page",
    "consent-wall": "the copy is a consent wall",
    "paywall-stub": "the copy stops at a paywall",
    "challenge": "the copy is a bot check",
    "homepage": "the copy is a front page",
    "script-shell": "the copy is an empty page that a script should fill",
    "other-article": "the copy is another article",
    "other-language": "the copy is in another language",
    "empty": "the copy is empty",
    "not-archived": "the archive has no copy",
    "other-capture": "the archive gave a copy of another time or address",
    "excluded": "the archive has shut this site out",
    "archived-error": "the copy is an error page",
    "blocked": "the archive may not show this copy",
    "offline": "no archive could be reached",
    "rate-limited": "the archive asks to wait",
    "network": "the connection failed",
    "timeout": "the archive took too long",
    "archive-failing": "the archive is failing",
    "refused-by-archive": "the archive refused the request",
    "too-large": "the copy is too large to fetch",
    "refused-address": "the link leads to a private or unsafe address",
    "unsupported-archive": "this archive's copies cannot be verified",
    "unsupported-media-type": "the copy is no text page",
    "undecodable": "the copy's characters cannot be read",
    "not-in-captures": "no source that was asked holds this copy",
    "nothing-to-compare": "too little article text to compare",
    "no-archive-url": "no archive link",
    "not-an-archive-url": "the archive link is none",
}

ADVICE: dict[str, str] = {
    "offline": "Connect and run the same command again; what is done is kept.",
    "rate-limited": "Run the same command again later; what is done is kept.",
    "network": "Run the same command again; behind a proxy, name it with --proxy.",
    "timeout": "Run the same command again later.",
    "archive-failing": "Run the same command again later.",
    "refused-by-archive": "Open the link in a browser to see what the archive says.",
    "too-large": "Open the link in a browser and compare by eye.",
    "refused-address": "Correct the link, or name your own archive with --captures.",
    "unsupported-archive": "Save the page in an archive that replays raw captures and link that one.",
    "unsupported-media-type": "Open the link in a browser and compare by eye.",
    "undecodable": "Open the link in a browser and compare by eye.",
    "not-in-captures": "Name a source that holds it with --captures; without that, the archive is asked.",
    "nothing-to-compare": "Look whether the file holds the article's text.",
}


ACCURACY_HEADING = "How far to trust the citations"


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 sentence`, `2 sentences`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def answer(tally: Tally) -> str:
    """What the run found, in the one sentence that comes first in every report."""
    articles = counted(tally.articles, "article")
    parts: list[str] = []
    if tally.verified:
        in_words = (
            (Verdict.HOLDS, "copy holds what was saved", "copies hold what was saved"),
            (Verdict.DIFFERS, "copy differs", "copies differ"),
            (Verdict.OTHER, "copy shows something else", "copies show something else"),
            (Verdict.UNAVAILABLE, "copy is not there", "copies are not there"),
            (Verdict.UNCHECKED, "could not be checked", "could not be checked"),
            (Verdict.UNLINKED, "has no archive link", "have no archive link"),
        )
        for verdict, one, many in in_words:
            if number := tally.verdicts[verdict]:
                parts.append(counted(number, one, many))
    elif tally.cited:
        parts.append(f"{counted(tally.crediting, 'credits', 'credit')} another outlet")
    if tally.unreadable:
        parts.append(counted(tally.unreadable, "file is unreadable", "files are unreadable"))
    return f"{articles}: {', '.join(parts)}." if parts else f"{articles}."


def sentences_held(sentences: Sentences | None) -> str:
    """`8/9`, or `-` where nothing was compared."""
    return f"{sentences.held}/{sentences.total}" if sentences and sentences.total else "-"


def verification_note(verification: Verification) -> str:
    """What is missing, changed or wrong, in a few words."""
    comparison = verification.comparison
    if comparison is None or verification.verdict not in (Verdict.HOLDS, Verdict.DIFFERS):
        return REASON_PHRASES[verification.reason]
    kinds: dict[str, list[Difference]] = {}
    for difference in comparison.differences:
        kinds.setdefault(difference.kind, []).append(difference)
    parts: list[str] = []
    if changed := kinds.get("changed"):
        material = sorted({word for difference in changed for word in difference.material})
        what = f" ({', '.join(material)})" if material else ""
        parts.append(f"{counted(len(changed), 'change')}{what}")
    if added := kinds.get("added"):
        parts.append(f"{counted(len(added), 'sentence')} not in the copy")
    if omitted := kinds.get("omitted"):
        parts.append(f"{counted(len(omitted), 'more sentence')} in the copy")
    if moved := kinds.get("moved"):
        parts.append(f"{counted(len(moved), 'passage')} in another place")
    return "; ".join(parts) or REASON_PHRASES[verification.reason]


def finding_note(finding: ArticleFinding) -> str:
    """The last column of an article's line: the verdict's note, then problem codes."""
    parts: list[str] = []
    if finding.verification is not None:
        note = verification_note(finding.verification)
        if note != REASON_PHRASES["every-sentence-held"]:
            parts.append(note)
    codes = sorted({problem.code for problem in finding.problems})
    if codes:
        parts.append(", ".join(codes))
    return "; ".join(parts)


def capture_time(timestamp: str) -> str:
    """A 14-digit timestamp as a person reads it; other forms as they are."""
    if len(timestamp) != 14 or not timestamp.isdigit():
        return timestamp
    date = f"{timestamp[:4]}-{timestamp[4:6]}-{timestamp[6:8]}"
    return f"{date} {timestamp[8:10]}:{timestamp[10:12]}:{timestamp[12:]} UTC"


def accuracy_lines(accuracy: Sequence[Accuracy]) -> Iterator[str]:
    """What was measured in each language in which citations were looked for."""
    measured = [each for each in accuracy if each.precision is not None]
    for each in measured:
        unseen = f"; on sentences new to the rules F1 {each.unseen_f1:.2f}" if each.unseen_f1 else ""
        yield (
            f"{each.name or each.language}: measured precision {each.precision:.2f} and recall "
            f"{each.recall:.2f}, on {each.sentences} labelled sentences ({each.measured_on}){unseen}"
        )
    if measured:
        yield "The rules were mended with the labelled sentences: expect less of other texts."
    untested = [each.language or "unknown" for each in accuracy if each.precision is None]
    if untested:
        yield f"Untested languages: {', '.join(untested)}. Little but names and domains is known there."
