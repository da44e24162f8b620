"""A fault in a user's file: shown beside the finding, never an exception."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person should look at in a file.

    `code` is a stable, documented word (`language-mismatch`), `field` the front-matter field
    it is about, where there is one, and `message` says what was seen in one sentence.
    """

    code: str
    message: str
    field: str | None = None
