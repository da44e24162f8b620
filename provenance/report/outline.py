"""What a report says, in order: the same for a terminal, a note and a page.

The answer comes first, then one line an article, then what a person has to look at, then who
credits whom, then what could not be checked, and what is wrong with files.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from provenance.model.accuracy import Accuracy
from provenance.model.citation import KINDS, Citation
from provenance.model.finding import ArticleFinding
from provenance.model.verification import Difference, Excerpt, Verdict, Verification
from provenance.report.contents import Contents
from provenance.report.elements import (
    Answer,
    Aside,
    Change,
    Credits,
    Element,
    Evidence,
    Heading,
    Line,
    Passage,
    Row,
    Rows,
    Subject,
)
from provenance.report.tree import Branch, citation_tree
from provenance.report.words import (
    ACCURACY_HEADING,
    ADVICE,
    REASON_PHRASES,
    accuracy_lines,
    answer,
    capture_time,
    counted,
    finding_note,
    sentences_held,
)

# More would bury the first ones; the machine formats list all.
DIFFERENCES_SHOWN = 12
PASSED_OVER_SHOWN = 10
TAKERS_SHOWN = 30
# Enough to know a sentence by; the path and offsets lead to the rest.
CONTEXT_CHARACTERS = 50
LONGEST_WORD = 25
PASSAGE_CHARACTERS = 300

_TO_LOOK_AT = (Verdict.DIFFERS, Verdict.OTHER, Verdict.UNAVAILABLE)


def outline(contents: Contents) -> Iterator[Element]:
    """Everything the report says, element by element. Walks the findings once for each part."""
    tally = contents.tally
    cite = contents.run.verb == "cite"
    yield Answer(answer(tally))
    if cite:
        yield from _who_credits_whom(contents.findings)
        yield Heading("Articles")
    if tally.articles:
        yield Rows(map(_row, contents.findings), tally.verified)
    if any(tally.verdicts[verdict] for verdict in _TO_LOOK_AT) or tally.reasons["held-with-omissions"]:
        yield Heading("What to look at")
        for finding in contents.findings:
            yield from _to_look_at(finding)
    if cite:
        yield from _evidence(contents.findings)
    elif tally.cited:
        yield from _who_credits_whom(contents.findings)
        if tally.judged:
            yield from _judged(contents.findings)
    yield from _not_checked(contents)
    if tally.with_problems:
        yield Heading("Problems in the files")
        for finding in contents.findings:
            for problem in finding.problems:
                yield Line(f"{problem.code}: {problem.message}", finding.path)
    yield from _passed_over(contents)
    yield from _accuracy(contents.run.accuracy)


def _row(finding: ArticleFinding) -> Row:
    verification = finding.verification
    if not finding.readable:
        return Row(finding.path, "unreadable", "-", finding_note(finding))
    if verification is None:
        return Row(finding.path, "", "-", _citation_note(finding))
    sentences = verification.comparison.sentences if verification.comparison else None
    return Row(finding.path, str(verification.verdict), sentences_held(sentences), finding_note(finding))


def _citation_note(finding: ArticleFinding) -> str:
    names: dict[str, dict[str, None]] = {}
    for citation in (each for each in finding.citations or () if each.stands):
        names.setdefault(citation.kind, {})[citation.outlet.name] = None
    parts = [f"{kind} {', '.join(names[kind])}" for kind in KINDS if kind in names]
    parts += sorted({problem.code for problem in finding.problems})
    return "; ".join(parts) or "names no outlet"


def _to_look_at(finding: ArticleFinding) -> Iterator[Element]:
    verification = finding.verification
    if verification is None:
        return
    if verification.verdict in _TO_LOOK_AT or verification.reason == "held-with-omissions":
        yield _subject(finding, verification)
        yield from _changes(verification)
        if verification.neighbour is not None:
            yield Aside(f"Offered instead: {_in_words(verification.neighbour)}")
            yield from _changes(verification.neighbour)
        for other in verification.also:
            yield Aside(f"Another link, {other.link}: {_in_words(other)}")


def _subject(finding: ArticleFinding, verification: Verification) -> Subject:
    verdict = str(verification.verdict)
    return Subject(finding.path, finding.title, verdict, _in_words(verification), verification.link)


def _in_words(verification: Verification) -> str:
    words = REASON_PHRASES[verification.reason]
    if verification.capture is not None:
        capture = verification.capture
        words += f" (copy of {capture_time(capture.timestamp)} from {capture.archive})"
    detail = verification.detail
    return f"{words}: {detail}" if detail else words


def _changes(verification: Verification) -> Iterator[Element]:
    if verification.comparison is None or verification.verdict not in (Verdict.HOLDS, Verdict.DIFFERS):
        return
    differences = verification.comparison.differences
    for difference in differences[:DIFFERENCES_SHOWN]:
        yield _change(difference)
    if len(differences) > DIFFERENCES_SHOWN:
        yield Aside(f"... and {len(differences) - DIFFERENCES_SHOWN} more places (all are in --format json)")


def _change(difference: Difference) -> Change:
    if difference.kind == "changed":
        label = ", ".join(difference.material) or "wording"
    else:
        label = {"added": "not in the copy", "omitted": "only in the copy", "moved": "moved"}[difference.kind]
    saved = difference.saved if difference.kind != "omitted" else None
    captured = difference.captured if difference.kind != "added" else None
    return Change(label, _passage(saved, captured), _passage(captured, saved))


def _passage(excerpt: Excerpt | None, other: Excerpt | None) -> Passage | None:
    """`excerpt` in its context; `other` is the same place on the other side."""
    if excerpt is None:
        return None
    context, marked = excerpt.context, excerpt.text
    at = _place_in(context, marked) if marked else _gap_in(context, other)
    if at < 0:
        context, at = marked, 0
    before, after = context[:at], context[at + len(marked) :]
    if not marked and before.endswith(" "):
        after = " " + after.lstrip()
    if len(marked) > PASSAGE_CHARACTERS:
        marked = marked[:PASSAGE_CHARACTERS].rstrip() + "..."
    # The end of what is cut goes too where it may be half a word; some scripts have no spaces.
    if len(before) > CONTEXT_CHARACTERS:
        before = before[-CONTEXT_CHARACTERS:]
        before = "..." + before[before.find(" ", 0, LONGEST_WORD) + 1 :]
    if len(after) > CONTEXT_CHARACTERS:
        after = after[:CONTEXT_CHARACTERS]
        space = after.rfind(" ", len(after) - LONGEST_WORD)
        after = (after[:space] if space > 0 else after) + "..."
    return Passage(before, marked, after)


def _place_in(context: str, marked: str) -> int:
    """Where `marked` stands in its context: of several places the one nearest to the middle, since
    a context reaches equally far to both sides. -1 where it does not stand there."""
    places = [found.start() for found in re.finditer(re.escape(marked), context)]
    middle = (len(context) - len(marked)) / 2
    return min(places, key=lambda place: abs(place - middle), default=-1)


def _gap_in(context: str, other: Excerpt | None) -> int:
    """Where in `context` the words are missing that `other` has: after what stands before them there."""
    if other is None or not other.text:
        return len(context) // 2
    before = other.context[: max(0, _place_in(other.context, other.text))]
    for length in range(min(len(before), CONTEXT_CHARACTERS), 3, -1):
        place = _place_in(context, before[-length:])
        if place >= 0:
            return place + length
    return len(context) // 2


def _evidence(findings: Iterable[ArticleFinding]) -> Iterator[Element]:
    yield Heading("Where outlets are named")
    for finding in findings:
        yield from _citations(finding, finding.citations or ())


def _judged(findings: Iterable[ArticleFinding]) -> Iterator[Element]:
    yield Heading("Judged by a person")
    for finding in findings:
        yield from _citations(finding, [each for each in finding.citations or () if each.judgement])


def _citations(finding: ArticleFinding, citations: Sequence[Citation]) -> Iterator[Element]:
    if citations:
        publisher = f"published by {finding.outlet.name}" if finding.outlet else "publisher unknown"
        yield Subject(finding.path, finding.title, "", publisher)
        for citation in citations:
            yield _named(citation)


def _named(citation: Citation) -> Evidence:
    basis = f"{citation.rule}, {citation.confidence:.2f}, at {citation.start}"
    if said := citation.judgement:
        note = f": {said.note}" if said.note else ""
        basis += f"; {said.word}, says a person on {said.judged_at:%Y-%m-%d}{note}"
    return Evidence(citation.kind, citation.outlet.name, citation.evidence, basis)


def _who_credits_whom(findings: Iterable[ArticleFinding]) -> Iterator[Element]:
    tree = citation_tree(findings)
    yield Heading("Who credits whom")
    branches = [_credits(branch) for branch in tree.branches()]
    if not branches:
        yield Line("No article credits another outlet.")
    yield from branches


def _credits(branch: Branch) -> Credits:
    remarks = [] if branch.in_vault else ["not in the vault"]
    if branch.circular:
        remarks.append("credited in a circle")
    takers = tuple(
        name if articles == 1 else f"{name} ({articles} articles)" for name, articles in branch.takers
    )
    if len(takers) > TAKERS_SHOWN:
        takers = (*takers[:TAKERS_SHOWN], f"{len(takers) - TAKERS_SHOWN} more")
    return Credits(branch.giver, ", ".join(remarks), takers, branch.depth)


def _not_checked(contents: Contents) -> Iterator[Element]:
    reasons = [reason for reason in sorted(contents.tally.reasons) if reason in ADVICE]
    if reasons:
        yield Heading("Could not be checked")
    for reason in reasons:
        number = counted(contents.tally.reasons[reason], "article")
        yield Line(f"{reason}, {number}: {REASON_PHRASES[reason]}. {ADVICE[reason]}")
        for finding in contents.findings:
            if finding.verification is not None and finding.verification.reason == reason:
                yield Line(finding.verification.detail or REASON_PHRASES[reason], finding.path)


def _passed_over(contents: Contents) -> Iterator[Element]:
    passed = contents.run.passed_over
    if not passed:
        return
    yield Heading(f"Passed over as no articles: {counted(len(passed), 'file')}")
    reasons = Counter(each.reason for each in passed)
    if len(passed) > PASSED_OVER_SHOWN:
        for reason, number in reasons.most_common():
            yield Line(f"{reason}: {counted(number, 'file')}")
        yield Line("--format json lists every one.")
        return
    for each in passed:
        yield Line(each.reason, each.path)


def _accuracy(accuracy: Sequence[Accuracy]) -> Iterator[Element]:
    if accuracy:
        yield Heading(ACCURACY_HEADING)
        yield from map(Line, accuracy_lines(accuracy))
