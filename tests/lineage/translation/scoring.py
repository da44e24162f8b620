"""Score the labelled set: `python -m tests.lineage.translation.scoring [--held-out] [--verbose]`.

Prints F1 for every pair of languages, the share of same-event pairs that were called reuse, and
what is gained and lost against the scores kept in `scores.json` (`--keep` writes them anew).
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from provenance.lineage.translation_pairs import translation_pairs
from tests.lineage.translation.labelled import FITTING, HELD_OUT, SETS, Example

KEPT = Path(__file__).parent / "scores.json"


@dataclass(frozen=True)
class Score:
    """F1 by pair of languages (`en-ru`), and the share of same-event pairs wrongly called reuse."""

    f1: dict[str, float]
    same_event: float
    missed: list[str]
    invented: list[str]

    @property
    def mean(self) -> float:
        return sum(self.f1.values()) / len(self.f1)

    @property
    def least(self) -> float:
        return min(self.f1.values())


def score(examples: Sequence[Example]) -> Score:
    """Find the pairs of a vault and compare them with the truth."""
    by_path = {example.article.path: example for example in examples}
    found = {frozenset((pair.a, pair.b)) for pair in translation_pairs([e.article for e in examples])}
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    missed, invented = [], []
    events = events_called = 0
    paths = sorted(by_path)
    for at, a in enumerate(paths):
        for b in paths[at + 1 :]:
            first, second = by_path[a], by_path[b]
            languages = sorted(str(example.article.language.best) for example in (first, second))
            if languages[0] == languages[1]:
                continue
            label = "-".join(languages)
            true, called = bool(first.units & second.units), frozenset((a, b)) in found
            if true and called:
                right[label] += 1
            elif true:
                missing[label] += 1
                missed.append(f"{a} {b}")
            elif called:
                wrong[label] += 1
                invented.append(f"{a} {b}")
            if not true and first.events & second.events:
                events += 1
                events_called += called
    labels = sorted(right + missing)
    f1 = {label: 2 * right[label] / (2 * right[label] + wrong[label] + missing[label]) for label in labels}
    return Score(f1, events_called / events if events else 0.0, missed, invented)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    before = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    part = "held-out" if options.held_out else "fitting"
    numbers = HELD_OUT if options.held_out else FITTING
    for name, make in SETS.items():
        scored = score(make(numbers))
        print(f"{part} {name}: mean F1 {scored.mean:.3f}, least {scored.least:.3f}, ", end="")
        print(f"same event called reuse {scored.same_event:.1%}")
        if options.verbose:
            print("  " + "  ".join(f"{label} {value:.2f}" for label, value in scored.f1.items()))
            print(*(f"  missed {pair}" for pair in scored.missed[:20]), sep="\n")
            print(*(f"  invented {pair}" for pair in scored.invented[:20]), sep="\n")
        kept = before.setdefault(part, {}).get(name, {})
        for kind, now in (("missed", scored.missed), ("invented", scored.invented)):
            for pair in sorted(set(kept.get(kind, [])) - set(now)):
                print(f"  gained: no longer {kind}: {pair}")
            for pair in sorted(set(now) - set(kept.get(kind, []))):
                print(f"  lost: {kind}: {pair}")
        before[part][name] = {
            "mean": round(scored.mean, 4),
            "least": round(scored.least, 4),
            "same_event": round(scored.same_event, 4),
            "missed": scored.missed,
            "invented": scored.invented,
        }
    if options.keep:
        KEPT.write_text(json.dumps(before, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
