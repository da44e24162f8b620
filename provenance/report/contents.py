"""What a report is made from."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from provenance.model.finding import ArticleFinding, Run
from provenance.model.verification import Verdict

# Kinds of citation that say where an article has it from.
CREDITS = ("source", "republication")


@dataclass(frozen=True, slots=True)
class Tally:
    """How the articles of a run fared.

    `articles` counts every article, unreadable ones too; `crediting` those that credit another
    outlet, `judged` the citations that a person judged. `verdicts` counts the articles' own
    verdicts (not those of further links); `reasons` the same by reason. `verified` and `cited` tell
    whether the run looked at captures and at citations at all, `languages` those of the articles in
    which it looked for citations.
    """

    articles: int = 0
    unreadable: int = 0
    with_problems: int = 0
    crediting: int = 0
    judged: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    verified: bool = False
    cited: bool = False
    languages: frozenset[str | None] = frozenset()


@dataclass(frozen=True, slots=True)
class Contents:
    """A run and what it found. `findings` is walked more than once, in the same order each time."""

    run: Run
    findings: Iterable[ArticleFinding]
    tally: Tally


def count(findings: Iterable[ArticleFinding]) -> Tally:
    """Count how the articles fared, in one walk."""
    articles = unreadable = with_problems = crediting = judged = 0
    verdicts: Counter[Verdict] = Counter()
    reasons: Counter[str] = Counter()
    cited = False
    languages: set[str | None] = set()
    for finding in findings:
        articles += 1
        unreadable += not finding.readable
        with_problems += bool(finding.problems)
        if finding.verification is not None:
            verdicts[finding.verification.verdict] += 1
            reasons[finding.verification.reason] += 1
        if finding.citations is not None:
            cited = True
            languages.add(finding.language.best)
            crediting += any(each.kind in CREDITS and each.stands for each in finding.citations)
            judged += sum(each.judgement is not None for each in finding.citations)
    return Tally(
        articles=articles,
        unreadable=unreadable,
        with_problems=with_problems,
        crediting=crediting,
        judged=judged,
        verdicts=verdicts,
        reasons=reasons,
        verified=bool(verdicts),
        cited=cited,
        languages=frozenset(languages),
    )
