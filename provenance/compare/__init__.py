"""Saved text x captured page -> what is held, what differs, with the evidence."""

from provenance.compare.comparison import METHOD, compare

__all__ = ["METHOD", "compare"]
