"""Score reuse on the labelled pairs: `python -m tests.lineage.reuse.score [--write-baseline]`.

Prints a table of families, what fails, and gains and losses against `baseline.json`.
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path

from provenance.model.reuse import ReusePair
from provenance.pipeline.shared_wording import shared_wording
from tests.lineage.reuse.labelled import Case, cases

BASELINE = Path(__file__).parent / "baseline.json"


def found(case: Case) -> ReusePair | None:
    """What the engine says of the pair of a case, whichever score it gives."""
    for pair in shared_wording([case.a, case.b, *case.around]):
        if (pair.a, pair.b) == (case.a.path, case.b.path):
            return pair
    return None


def failure(case: Case) -> str | None:
    """What is wrong with the result of a case, None where it is right."""
    pair = found(case)
    score = pair.score if pair else 0.0
    if (score > 0) != case.reuse:
        return f"{'missed' if case.reuse else 'false alarm'}, score {score}"
    if pair and case.reuse and pair.share_of_b < case.least_share:
        return f"only {pair.share_of_b:.2f} of b found, {case.least_share} wanted"
    return None


def failures() -> dict[str, str]:
    """What is wrong, by the names of cases."""
    return {case.name: wrong for case in cases() if (wrong := failure(case))}


def main() -> None:
    """Print the score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write-baseline", action="store_true")
    given = parser.parse_args()
    wrong = failures()
    families: dict[str, list[bool]] = defaultdict(list)
    for case in cases():
        families[case.family].append(case.name not in wrong)
    for family, right in families.items():
        print(f"{family:14} {sum(right):3} of {len(right)}")
    total = sum(len(each) for each in families.values())
    print(f"{'all':14} {total - len(wrong):3} of {total}")
    for name, what in wrong.items():
        print(f"  {name}: {what}")
    known = set(json.loads(BASELINE.read_text(encoding="utf-8"))) if BASELINE.exists() else set()
    print("gains: ", ", ".join(sorted(known - wrong.keys())) or "none")
    print("losses:", ", ".join(sorted(wrong.keys() - known)) or "none")
    if given.write_baseline:
        BASELINE.write_text(json.dumps(sorted(wrong), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
