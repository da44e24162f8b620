"""Score the citations room on the labelled sentences: `python -m tests.citations.score [XX...]`.

Each line of `labelled/XX.jsonl` is one sentence or short text: `text`, `expect` (a list of
`[outlet, kind]`, empty where nothing is credited), and, where it matters, `family`,
`publisher`. Mentions and self references are not asked for, but an outlet that is only
mentioned must not be given a crediting kind. `fresh.XX.jsonl` holds cases written after the
rules were, which the rules were never fitted to.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from provenance.citations import OutletTable, cite, load_outlets
from provenance.citations.languages import load_language
from provenance.model.citation import Citation
from provenance.model.outlet import Outlet
from tests.citations.articles import article

LABELLED = Path(__file__).parent / "labelled"
DATA = Path(__file__).parents[2] / "provenance" / "citations" / "data"
FIGURES_PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "citations.md"
FIGURES_BEGIN = "<!-- figures: written by the scorer -->"
FIGURES_END = "<!-- end of figures -->"
HEAD = "language   texts  precis  recall      F1  kindF1 furniture alarms    mentions credited"
CREDITING = frozenset({"source", "relay", "quote", "republication"})
FURNITURE = frozenset({"photo", "related"})


@dataclass
class Score:
    """Counts over a set of labelled texts. `wrong` lists what failed, for a person."""

    credited: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    furniture: Counter[str] = field(default_factory=Counter)
    texts: int = 0
    negatives: int = 0
    alarms: int = 0
    mentions: int = 0
    mentions_credited: int = 0
    wrong: list[str] = field(default_factory=list)
    fired: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def row(self, title: str) -> str:
        """One line of the printed table."""
        precision, recall, f1 = measures(self.credited)
        kind = measures(self.kinds)[2]
        furniture = measures(self.furniture)[2]
        return (
            f"{title:10} {self.texts:5} {precision:7.3f} {recall:7.3f} {f1:7.3f} {kind:7.3f} "
            f"{furniture:9.3f} {self.alarms:4}/{self.negatives:<4} {self.mentions_credited:3}/{self.mentions}"
        )


def measures(counts: Counter[str]) -> tuple[float, float, float]:
    """Precision, recall and F1; 1 where there was nothing to find and nothing was."""
    hit, claimed, wanted = counts["hit"], counts["claimed"], counts["wanted"]
    precision = hit / claimed if claimed else 1.0
    recall = hit / wanted if wanted else 1.0
    return (
        precision,
        recall,
        2 * precision * recall / (precision + recall) if hit else float(not claimed and not wanted),
    )


def labelled(name: str) -> Iterator[dict[str, object]]:
    """The labelled texts of one file."""
    for number, line in enumerate(
        (LABELLED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines(), start=1
    ):
        if line.strip():
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise SystemExit(f"{name}.jsonl, line {number}: {error}") from None


def score_file(name: str, outlets: OutletTable, score: Score) -> None:
    """Add one file's texts to a score."""
    for case in labelled(name):
        add(score, case, name.rpartition(".")[2], outlets)


def add(score: Score, case: dict[str, object], language: str, outlets: OutletTable) -> None:
    """Score one labelled text."""
    publisher = case.get("publisher")
    own = outlets.by_name[str(publisher)].outlet if publisher in outlets.by_name else None
    found = cite(
        article(str(case["text"]), language, outlet=own or (Outlet(str(publisher)) if publisher else None)),
        outlets,
    )
    expected = [(str(outlet), str(kind)) for outlet, kind in case["expect"]]  # type: ignore[attr-defined]
    score.texts += 1
    given = {(citation.outlet.name, citation.kind) for citation in found}
    _count(score.credited, _outlets(given, CREDITING), _outlets(set(expected), CREDITING))
    asked = {pair for pair in expected if pair[1] in CREDITING | FURNITURE}
    _count(score.kinds, {pair for pair in given if pair[1] in CREDITING | FURNITURE}, asked)
    _count(score.furniture, _outlets(given, FURNITURE), _outlets(set(expected), FURNITURE))
    alarms = _outlets(given, CREDITING) - _outlets(set(expected), CREDITING)
    if not _outlets(set(expected), CREDITING):
        score.negatives += 1
        score.alarms += bool(alarms)
    named = {outlet for outlet, kind in expected if kind in ("mention", "self")} - _outlets(
        set(expected), CREDITING
    )
    score.mentions += len(named)
    score.mentions_credited += len(named & _outlets(given, CREDITING))
    _count_rules(score, found, set(expected))
    missed, extra = asked - given, {pair for pair in given if pair[1] in CREDITING | FURNITURE} - asked
    if missed or extra:
        rules = ", ".join(f"{citation.outlet.name}={citation.rule}" for citation in found)
        score.wrong.append(
            f"{language}: {case['text']}\n      missed {sorted(missed)} extra {sorted(extra)} [{rules}]"
        )


def _outlets(pairs: set[tuple[str, str]], kinds: frozenset[str]) -> set[str]:
    return {outlet for outlet, kind in pairs if kind in kinds}


def _count(counts: Counter[str], given: set, wanted: set) -> None:
    counts["hit"] += len(given & wanted)
    counts["claimed"] += len(given)
    counts["wanted"] += len(wanted)


def _count_rules(score: Score, found: tuple[Citation, ...], expected: set[tuple[str, str]]) -> None:
    for citation in found:
        plain = citation.kind in ("mention", "self")
        right = (citation.outlet.name, citation.kind) in expected
        if plain:
            right = citation.outlet.name not in {
                outlet for outlet, kind in expected if kind not in ("mention", "self")
            }
        score.fired[citation.rule] += 1
        score.right[citation.rule] += right


def languages_labelled() -> list[str]:
    """The languages that have a labelled set."""
    return sorted(file.stem for file in LABELLED.glob("??.jsonl"))


def main(arguments: list[str] | None = None) -> int:
    """Print the table; with --calibrate write how often each rule was right."""
    parser = argparse.ArgumentParser(description="Score the citations room on the labelled sentences.")
    parser.add_argument("languages", nargs="*")
    parser.add_argument("--calibrate", action="store_true")
    parser.add_argument("--quiet", action="store_true", help="do not list what failed")
    chosen = parser.parse_args(arguments)
    if chosen.calibrate and chosen.languages:
        parser.error("calibrating takes all languages: name none")
    outlets = load_outlets()
    print(HEAD)
    total = Score()
    by_language: dict[str, Score] = {}
    wrong: list[str] = []
    for language in chosen.languages or languages_labelled():
        for name in (language, f"fresh.{language}"):
            if not (LABELLED / f"{name}.jsonl").exists():
                continue
            one = Score()
            score_file(name, outlets, one)
            score_file(name, outlets, total)
            score_file(name, outlets, by_language.setdefault(language, Score()))
            print(one.row(name))
            wrong += one.wrong
    print(total.row("all"))
    if not chosen.quiet:
        print("\n".join(wrong))
    if chosen.calibrate:
        write_calibration(total)
        write_measured(by_language)
        page = FIGURES_PAGE.read_text(encoding="utf-8")
        FIGURES_PAGE.write_text(with_figures(page), encoding="utf-8", newline="\n")
    return 0


def first_runs() -> dict[str, dict[str, float]]:
    """The figures of the fresh sets before anything was mended with them, entered by hand."""
    written: dict[str, dict[str, float]] = json.loads((LABELLED / "first_runs.json").read_text("utf-8"))
    return written


def with_figures(page: str) -> str:
    """The page with the table of figures between its two comments made anew."""
    first = first_runs()
    measured = json.loads((DATA / "measured.json").read_text(encoding="utf-8"))
    rows = [
        "| language | fresh, first run: credited F1 | outlet with kind F1 | false alarms "
        "| now, both sets: precision / recall, outlet with kind | sentences |",
        "|---|---|---|---|---|---|",
    ]
    for language, now in sorted(measured["languages"].items(), key=lambda pair: pair[1]["name"]):
        run = first.get(language)
        unseen = (
            f"{run['credited_f1']:.3f} | {run['kind_f1']:.3f} | {run['alarms']} of {run['negatives']}"
            if run
            else "not kept | not kept | not kept"
        )
        both = f"{now['precision']:.2f} / {now['recall']:.2f}"
        rows.append(f"| {now['name']} | {unseen} | {both} | {now['sentences']} |")
    rows.append(f"\nMeasured on {measured['measured_on']}.")
    before, _, rest = page.partition(FIGURES_BEGIN)
    after = rest.partition(FIGURES_END)[2]
    return before + FIGURES_BEGIN + "\n" + "\n".join(rows) + "\n" + FIGURES_END + after


def write_calibration(total: Score) -> None:
    """Write how often each rule fired and was right."""
    counts = {rule: [total.fired[rule], total.right[rule]] for rule in sorted(total.fired)}
    lines = ",\n".join(f" {json.dumps(rule)}: {json.dumps(count)}" for rule, count in counts.items())
    (DATA / "calibration.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8", newline="\n")


def write_measured(scores: dict[str, Score]) -> None:
    """Write what was measured in each language: of outlets in a role, precision and recall."""
    first, lines = first_runs(), []
    for language, score in sorted(scores.items()):
        precision, recall, _ = measures(score.kinds)
        row = {
            "name": load_language(language).name,
            "precision": round(precision, 3),
            "recall": round(recall, 3),
            "unseen_f1": first.get(language, {}).get("kind_f1"),
            "sentences": score.texts,
        }
        lines.append(f"  {json.dumps(language)}: {json.dumps(row, ensure_ascii=False)}")
    today = datetime.now(UTC).date().isoformat()
    written = f'{{\n "measured_on": "{today}",\n "languages": {{\n' + ",\n".join(lines) + "\n }\n}\n"
    (DATA / "measured.json").write_text(written, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
