"""What a comparison got right and wrong of a labelled case."""

import html
import re
import unicodedata
from dataclasses import dataclass, field

from provenance.model.verification import Comparison, Difference
from tests.compare.labelled.cases import Case, Expected

# A place counts as found when the reported stretch is within so many words of the true one. Where
# no spaces part the words, a word is taken as so many characters.
NEAR_WORDS = 3
CHARACTERS_A_WORD = {"zh": 2, "ja": 3, "th": 7}

# An omission counts as shown when so much of its letters and digits is.
SHOWN = 0.9


@dataclass(slots=True)
class Outcome:
    """The scores of one case; None where there is nothing to score."""

    case: Case
    verdict: str
    reason: str
    verdict_right: bool = False
    reason_right: bool = False
    located: bool | None = None
    captured_shown: bool | None = None
    material_right: bool | None = None
    omitted_shown: bool | None = None
    spurious: int = 0
    evidence_faults: int = 0
    details: list[str] = field(default_factory=list)

    @property
    def false_alarm(self) -> bool:
        return self.case.verdict == "holds" and not self.verdict_right

    @property
    def passed_as_holding(self) -> bool:
        return self.case.verdict != "holds" and self.verdict == "holds"

    @property
    def faults(self) -> tuple[str, ...]:
        """The names of what is wrong; empty when all is right."""
        wrong = {
            "verdict": not self.verdict_right,
            "reason": not self.reason_right,
            "location": self.located is False,
            "captured words": self.captured_shown is False,
            "material": self.material_right is False,
            "omitted": self.omitted_shown is False,
            "spurious": self.spurious > 0,
            "evidence": self.evidence_faults > 0,
        }
        return tuple(name for name, is_wrong in wrong.items() if is_wrong)


def judge(case: Case, comparison: Comparison) -> Outcome:
    """Score one comparison against the truth of its case."""
    verdict, reason = str(comparison.verdict), comparison.reason
    outcome = Outcome(case, verdict, reason)
    outcome.verdict_right = verdict == case.verdict
    outcome.reason_right = outcome.verdict_right and reason in case.reasons
    if case.verdict not in ("holds", "differs"):
        return outcome
    reported = [difference for difference in comparison.differences if difference.kind != "moved"]
    explained: set[int] = set()
    for expected in case.expected:
        if expected.kind == "omitted":
            _judge_omission(outcome, expected, reported, explained)
        else:
            _judge_change(outcome, expected, reported, explained)
    for number, difference in enumerate(reported):
        if number not in explained and not _tolerated(case, difference):
            outcome.spurious += 1
            outcome.details.append(f"spurious {described(difference)}")
    _judge_evidence(outcome, comparison)
    return outcome


def _judge_change(
    outcome: Outcome, expected: Expected, reported: list[Difference], explained: set[int]
) -> None:
    case = outcome.case
    around = [_widened(case, *span) for span in expected.saved]
    low, high = min(start for start, _ in around), max(end for _, end in around)
    near = [
        (number, difference)
        for number, difference in enumerate(reported)
        if difference.saved and low <= difference.saved.start and difference.saved.end <= high
    ]
    explained.update(number for number, _ in near)
    found = [difference for _, difference in near]
    if expected.kind == "added":
        outcome.located = _covered(found, expected.saved[0], around[0])
    else:
        outcome.located = all(any(_touches(difference, span) for difference in found) for span in around)
    if not outcome.located:
        outcome.details.append(f"looked for {[case.body[slice(*span)] for span in expected.saved]}")
        return
    # Where the saved text only has more ("97.4%" for "97.4"), there is nothing of the page to show.
    shown = [difference.captured.text for difference in found if difference.captured]
    outcome.captured_shown = all(
        _shows(shown, words) or "".join(words.split()) in "".join(case.body[slice(*span)].split())
        for words, span in zip(expected.captured, expected.saved, strict=False)
    )
    if not outcome.captured_shown:
        outcome.details.append(f"shows {shown} of the page, true is {list(expected.captured)}")
    if expected.material is not None:
        named = {name for difference in found for name in difference.material}
        outcome.material_right = expected.material <= named <= expected.material | expected.optional
        if not outcome.material_right:
            wanted = ", ".join(sorted(expected.material)) or "none"
            outcome.details.append(f"material {', '.join(sorted(named)) or 'none'}, true is {wanted}")


def _shows(shown: list[str], words: str) -> bool:
    """Whether the page's words are shown, or the part of them that differs (the point of "1.5")."""
    part = "".join(words.split())
    true, said = letters(words), letters("".join(shown))
    # "the county, however," may as well be told as "county, however, the".
    return (
        true in said
        or sorted(true) == sorted(said)
        or any(text.strip() and "".join(text.split()) in part for text in shown)
    )


def _touches(difference: Difference, span: tuple[int, int]) -> bool:
    assert difference.saved is not None
    return difference.saved.start <= span[1] and span[0] <= difference.saved.end


def _covered(found: list[Difference], span: tuple[int, int], around: tuple[int, int]) -> bool:
    """Whether the differences together begin and end where the added text does."""
    places = [difference.saved for difference in found if difference.saved]
    if not places:
        return False
    start, end = min(place.start for place in places), max(place.end for place in places)
    margin = max(span[0] - around[0], around[1] - span[1])
    return abs(start - span[0]) <= margin and abs(end - span[1]) <= margin


def _tolerated(case: Case, difference: Difference) -> bool:
    if difference.captured is None or difference.kind not in ("omitted", "changed"):
        return False
    shown = letters(difference.captured.text)
    tolerated = [letters(text) for expected in case.expected for text in expected.tolerated]
    return bool(shown) and any(shown in text for text in tolerated)


def _judge_omission(
    outcome: Outcome, expected: Expected, reported: list[Difference], explained: set[int]
) -> None:
    missing = letters("".join(expected.captured))
    seen = 0
    for number, difference in enumerate(reported):
        if difference.kind != "omitted" or difference.captured is None:
            continue
        shown = letters(difference.captured.text)
        if shown and shown in missing:
            seen += len(shown)
        elif missing in shown and len(shown) * SHOWN <= len(missing):
            seen += len(missing)
        else:
            continue
        explained.add(number)
    outcome.omitted_shown = seen >= SHOWN * len(missing)


def _judge_evidence(outcome: Outcome, comparison: Comparison) -> None:
    """Every excerpt must stand where it says it does, on both sides."""
    case = outcome.case
    source = case.page.body.decode(case.page.encoding)
    for difference in comparison.differences:
        saved, captured = difference.saved, difference.captured
        if saved and case.body[saved.start : saved.end] != saved.text:
            outcome.evidence_faults += 1
            outcome.details.append(f"saved offsets {saved.start}..{saved.end} do not hold {saved.text!r}")
        if captured and not _encloses(source[captured.start : captured.end], captured.text):
            outcome.evidence_faults += 1
            outcome.details.append(f"page offsets do not enclose {captured.text!r}")


def _encloses(markup: str, text: str) -> bool:
    """Whether the letters of `text` stand in `markup` in their order (hidden words may stand among them)."""
    remaining = iter(letters(shown_words(markup)))
    return all(letter in remaining for letter in letters(text))


def shown_words(markup: str) -> str:
    """The words of a stretch of page source, tags and character references read."""
    without_tags = re.sub(r"<!--.*?-->|<[^>]*>", "", markup, flags=re.DOTALL)
    return html.unescape(without_tags).replace("\\n", " ").replace("\\", "")


def letters(text: str) -> str:
    """Letters, marks and digits alone, decomposed and without case: formatting is gone."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in decomposed if unicodedata.category(character)[0] in "LMN")


def _widened(case: Case, start: int, end: int) -> tuple[int, int]:
    """The stretch with `NEAR_WORDS` words more on both sides."""
    if case.language in CHARACTERS_A_WORD:
        margin = NEAR_WORDS * CHARACTERS_A_WORD[case.language]
        return max(0, start - margin), min(len(case.body), end + margin)
    before = re.search(rf"(?:\S+\s+){{0,{NEAR_WORDS}}}\S*$", case.body[max(0, start - 300) : start])
    after = re.match(rf"\S*(?:\s+\S+){{0,{NEAR_WORDS}}}", case.body[end:])
    assert before is not None
    assert after is not None
    return start - len(before[0]), end + len(after[0])


def described(difference: Difference) -> str:
    """One difference in one line."""
    saved = "-" if difference.saved is None else repr(difference.saved.text[:60])
    captured = "-" if difference.captured is None else repr(difference.captured.text[:60])
    return f"{difference.kind} {list(difference.material)} saved {saved} page {captured}"
