"""Score comparing on the labelled set: `python -m tests.compare.score` from the checkout.

Prints a table per family, what failed, and what was gained and lost against the stored baseline.
"""

import argparse
import hashlib
import json
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from provenance.compare import compare
from provenance.model.article import Article
from provenance.model.capture import Capture
from tests.compare.labelled.build import all_cases
from tests.compare.labelled.cases import Case
from tests.compare.labelled.judge import Outcome, described, judge
from tests.compare.labelled.saved_files import read_articles

BASELINE = Path(__file__).parent / "labelled" / "baseline.json"


def capture_of(case: Case) -> Capture:
    """The page of a case as an archive's answer."""
    return Capture(
        archive="web.archive.org",
        requested=f"https://web.archive.org/web/20240601120000/{case.url}",
        original=case.url,
        timestamp="20240601120000",
        status=case.page.status,
        media_type=case.page.media_type,
        charset=case.page.charset,
        body=case.page.body,
        sha256=hashlib.sha256(case.page.body).hexdigest(),
    )


def outcome_of(case: Case, article: Article | None) -> Outcome:
    """Compare and judge one case. A crash is a wrong verdict, shown by its name."""
    if article is None:
        return Outcome(case, "not read by the vault", "")
    if article.body != case.body:
        return Outcome(case, "body changed by the vault", "")
    try:
        return judge(case, compare(article, capture_of(case)))
    except Exception as error:  # the score must show every case, also the ones that crash
        return Outcome(case, f"crash: {type(error).__name__}: {error}", "")


def run(cases: Sequence[Case]) -> list[Outcome]:
    """Compare and judge every case."""
    with tempfile.TemporaryDirectory() as folder:
        articles = read_articles(cases, Path(folder))
    return [outcome_of(case, articles.get(case.id)) for case in cases]


class Score:
    """Counts over outcomes; every share is 1.0 where nothing was to be scored."""

    def __init__(self, outcomes: Iterable[Outcome]) -> None:
        self.outcomes = list(outcomes)

    @property
    def total(self) -> int:
        return len(self.outcomes)

    @property
    def right(self) -> int:
        return sum(outcome.verdict_right for outcome in self.outcomes)

    @property
    def reasons(self) -> int:
        return sum(outcome.reason_right for outcome in self.outcomes)

    @property
    def false_alarms(self) -> int:
        return sum(outcome.false_alarm for outcome in self.outcomes)

    @property
    def good(self) -> int:
        return sum(outcome.case.verdict == "holds" for outcome in self.outcomes)

    @property
    def passed(self) -> int:
        return sum(outcome.passed_as_holding for outcome in self.outcomes)

    @property
    def spurious(self) -> int:
        return sum(outcome.spurious for outcome in self.outcomes)

    @property
    def evidence_faults(self) -> int:
        return sum(outcome.evidence_faults for outcome in self.outcomes)

    def of(self, aspect: str) -> tuple[int, int]:
        """How many were right in an aspect, of how many it was scored."""
        scored = [value for value in (getattr(o, aspect) for o in self.outcomes) if value is not None]
        return sum(scored), len(scored)

    def share(self, aspect: str) -> float:
        right, scored = self.of(aspect)
        return right / scored if scored else 1.0


def print_table(outcomes: Sequence[Outcome]) -> None:
    """One line per family and one for all."""
    families: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        families[outcome.case.group, outcome.case.family].append(outcome)
    print(
        f"{'group':10}{'family':30}{'right':>11}{'reason':>7}{'alarm':>6}{'passed':>7}"
        f"{'located':>11}{'words':>11}{'material':>11}{'omitted':>9}{'spurious':>9}{'evidence':>9}"
    )
    for (group, family), members in families.items():
        _print_line(group, family, Score(members))
    _print_line("all", "", Score(outcomes))


def _print_line(group: str, family: str, score: Score) -> None:
    shares = [f"{right}/{total}" if total else "" for right, total in map(score.of, _ASPECTS)]
    right = f"{score.right}/{score.total}"
    print(
        f"{group:10}{family:30}{right:>11}{score.reasons:>7}{score.false_alarms or '':>6}"
        f"{score.passed or '':>7}{shares[0]:>11}{shares[1]:>11}{shares[2]:>11}{shares[3]:>9}"
        f"{score.spurious or '':>9}{score.evidence_faults or '':>9}"
    )


_ASPECTS = ("located", "captured_shown", "material_right", "omitted_shown")


def print_failures(outcomes: Iterable[Outcome], limit: int) -> None:
    """What is wrong, one case a line, the worst first."""
    failed = sorted(
        (o for o in outcomes if o.faults), key=lambda o: (not o.passed_as_holding, o.verdict_right)
    )
    for outcome in failed[:limit]:
        case = outcome.case
        print(f"{case.id}: {', '.join(outcome.faults)}")
        if not outcome.reason_right:
            true = f"{case.verdict}/{' or '.join(sorted(case.reasons))}"
            print(f"    {outcome.verdict}/{outcome.reason}, true is {true}")
        for detail in outcome.details[:3]:
            print(f"    {detail}")
    if len(failed) > limit:
        print(f"... and {len(failed) - limit} more (--failures N shows more)")


def faults_by_case(outcomes: Iterable[Outcome]) -> dict[str, list[str]]:
    """What a baseline keeps: the faults of every case that has any."""
    return {outcome.case.id: list(outcome.faults) for outcome in outcomes if outcome.faults}


def print_against_baseline(outcomes: Sequence[Outcome]) -> None:
    """Faults that are gone since the baseline was written, and new ones."""
    if not BASELINE.exists():
        print("No baseline is stored; --write-baseline stores one.")
        return
    before: dict[str, list[str]] = json.loads(BASELINE.read_text(encoding="utf-8"))
    now = faults_by_case(outcomes)
    ran = {outcome.case.id for outcome in outcomes}
    gains = [
        (i, fault)
        for i, faults in before.items()
        if i in ran
        for fault in faults
        if fault not in now.get(i, ())
    ]
    losses = [(i, fault) for i, faults in now.items() for fault in faults if fault not in before.get(i, ())]
    print(f"Against the baseline: {len(gains)} gained, {len(losses)} lost.")
    for sign, changes in (("+", gains), ("-", losses)):
        for case_id, fault in changes[:40]:
            print(f"  {sign} {case_id}: {fault}")


def show(case: Case) -> None:
    """One case in full: truth, differences and both texts."""
    with tempfile.TemporaryDirectory() as folder:
        article = read_articles([case], Path(folder)).get(case.id)
    outcome = outcome_of(case, article)
    print(case, *outcome.details, sep="\n")
    print(f"found {outcome.verdict}/{outcome.reason}; faults: {', '.join(outcome.faults) or 'none'}")
    if article is not None:
        comparison = compare(article, capture_of(case))
        print(comparison.sentences, comparison.coverage, *map(described, comparison.differences), sep="\n")
    print(case.body, case.page.body.decode(case.page.encoding), sep="\n" + "-" * 70 + "\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the scorer; 1 when anything got worse than the baseline."""
    parser = argparse.ArgumentParser(prog="python -m tests.compare.score", description=__doc__)
    parser.add_argument("--only", metavar="ID", help="show one case in full")
    parser.add_argument("--match", metavar="REGEX", default="", help="run the cases whose id matches")
    parser.add_argument("--failures", type=int, default=30, metavar="N", help="list so many failures (30)")
    parser.add_argument("--write-baseline", action="store_true", help="store what fails now")
    options = parser.parse_args(arguments)
    cases = [case for case in all_cases() if re.search(options.match, case.id)]
    if options.only:
        for case in cases:
            if case.id == options.only:
                show(case)
                return 0
        parser.error(f"no case has the id {options.only}")
    started = time.perf_counter()
    outcomes = run(cases)
    seconds = time.perf_counter() - started
    print_table(outcomes)
    print_failures(outcomes, options.failures)
    print(f"{len(cases)} cases in {seconds:.1f} s, {1000 * seconds / max(1, len(cases)):.1f} ms each")
    if options.write_baseline:
        BASELINE.write_text(
            json.dumps(faults_by_case(outcomes), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        return 0
    print_against_baseline(outcomes)
    before = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    return int(any(set(faults) - set(before.get(i, ())) for i, faults in faults_by_case(outcomes).items()))


if __name__ == "__main__":
    sys.exit(main())
