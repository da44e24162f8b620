"""How a run ends for whoever called the program."""

from provenance.model.verification import Verdict
from provenance.report import Tally

ALL_WELL = 0
NEEDS_A_PERSON = 1
NOT_CHECKED = 4
INTERRUPTED = 130

_FOR_A_PERSON = (Verdict.DIFFERS, Verdict.OTHER, Verdict.UNAVAILABLE)


def exit_code(tally: Tally, *, strict: bool = False) -> int:
    """The exit code for what was found; `strict` counts missing links and problems as faults too."""
    if tally.unreadable or any(tally.verdicts[verdict] for verdict in _FOR_A_PERSON):
        return NEEDS_A_PERSON
    if strict and (tally.with_problems or tally.verdicts[Verdict.UNLINKED]):
        return NEEDS_A_PERSON
    return NOT_CHECKED if tally.verdicts[Verdict.UNCHECKED] else ALL_WELL
