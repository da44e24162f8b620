"""How far what was found in one language can be trusted."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How often citations are right in a language, measured on labelled sentences.

    `language` is a BCP 47 primary subtag, None for articles whose language is not known. Of the
    outlets named in a role `precision` is the share that is right, `recall` the share of those to
    be found that is found (0 to 1); both are None for a language that was never measured. The rules
    were mended with these sentences; `unseen_f1` is the F1 on those written after the rules, taken
    before anything was mended, and None where that was not kept.
    `sentences` counts the labelled texts, `measured_on` is the day (ISO 8601) of measuring.
    """

    language: str | None
    name: str | None = None
    precision: float | None = None
    recall: float | None = None
    unseen_f1: float | None = None
    sentences: int = 0
    measured_on: str | None = None
