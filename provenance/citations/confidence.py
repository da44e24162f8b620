"""How far a rule is to be trusted: its precision on the labelled sentences.

`data/calibration.json` holds for each rule how often it fired there and how often it was right;
`python -m tests.citations.score --calibrate` writes it.
"""

import json
from functools import cache
from importlib.resources import files

# What a rule is believed before it has been seen to fire: so many firings of a middling rule. The
# rules were mended with the labelled sentences, so that being right there says little at first. Of
# what was claimed on sentences new to them (first runs in seven languages) 7 in about 106 were wrong.
_PRIOR_FIRED = 20.0
_PRIOR_RIGHT = 18.7
# Measured on the labelled sentences as well, over all rules: names that need a cue to be believed.
_UNKNOWN_NAME = 0.93
_UNSURE_NAME = 0.95
_LANGUAGE_WITHOUT_CUES = 0.7
# Below this nothing is claimed.
FLOOR = 0.5


@cache
def _calibration() -> dict[str, tuple[int, int]]:
    file = files("provenance.citations").joinpath("data", "calibration.json")
    if not file.is_file():
        return {}
    return {
        rule: (int(fired), int(right)) for rule, (fired, right) in json.loads(file.read_text("utf-8")).items()
    }


def confidence(rule: str, *, unknown: bool, unsure: bool, cues: bool) -> float:
    """The chance, 0 to 1, that a firing of `rule` is right, to two places."""
    fired, right = _calibration().get(rule, (0, 0))
    value = (right + _PRIOR_RIGHT) / (fired + _PRIOR_FIRED)
    value *= (_UNKNOWN_NAME if unknown else 1) * (_UNSURE_NAME if unsure else 1)
    return round(min(value, 0.99) * (1 if cues else _LANGUAGE_WITHOUT_CUES), 2)
