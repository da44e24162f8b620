"""Faults of use, of the surroundings and of our own: one base, one line each."""


class ProvenanceError(Exception):
    """Says what is wrong, where, and what to do next, in one line that is shown as it is."""


class UsageError(ProvenanceError):
    """The command cannot be carried out as given (exit code 2)."""
