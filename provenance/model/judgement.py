"""What a person says of something that the program found."""

from dataclasses import dataclass
from datetime import datetime

WORDS = ("wrong", "confirmed")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on a citation: `wrong` or `confirmed`. It stands beside the evidence.

    `judged_at` has a time zone; `note` is what the person wrote with it, in their own words.
    """

    word: str
    judged_at: datetime
    note: str = ""

    def __post_init__(self) -> None:
        if self.word not in WORDS:
            raise ValueError(f"no judgement: {self.word!r}")
