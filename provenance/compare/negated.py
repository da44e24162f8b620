"""Words that are other words negated: Czech "nebyl" for "byl", Turkish "gelmedi" for "geldi".

The prefixes and infixes are data (`data/words.toml`).
"""

import re
from itertools import takewhile

from provenance.compare.wordlists import code, table

# Vowel harmony and hardening: endings that differ in these alone are one ending.
_HARMONY = str.maketrans(
    {"ı": "i", "u": "i", "ü": "i", "e": "a", "ə": "a", "t": "d", "ы": "і", "е": "а", "т": "д"}
)
_SHORTEST = 2  # letters of the stem before an infix


def negates(ours: list[str], theirs: list[str], language: str | None) -> bool:
    """Whether a word of one side is a word of the other with a negating prefix or infix."""
    row = table().get(code(language), {})
    prefixes, infixes = row.get("negation_prefix", []), row.get("negation_infix", [])
    if not prefixes and not infixes:
        return False
    return any(
        _prefixed(negative, positive, prefixes) or _infixed(negative, positive, infixes)
        for one in ours
        for other in theirs
        for negative, positive in ((one, other), (other, one))
    )


def _prefixed(negative: str, positive: str, prefixes: list[str]) -> bool:
    return len(positive) > 1 and any(negative == prefix + positive for prefix in prefixes)


def _infixed(negative: str, positive: str, infixes: list[str]) -> bool:
    pairs = zip(negative, positive, strict=False)
    stem = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    for at in range(stem, _SHORTEST - 1, -1):
        rest, plain_rest = negative[at:], positive[at:].translate(_HARMONY)
        for infix in infixes:
            if not rest.startswith(infix):
                continue
            ending = rest[len(infix) :].translate(_HARMONY)
            if ending and ending in (plain_rest, "y" + plain_rest):
                return True
            # The aorist: "gelmez" for "gelir", "yapmaz" for "yapar".
            if re.fullmatch(r"z(.*)", ending) and re.fullmatch(rf"[ia]?r{re.escape(ending[1:])}", plain_rest):
                return True
    return False
