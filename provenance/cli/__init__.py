"""Parse, build, hand over; exit codes."""

from provenance.cli.program import main

__all__ = ["main"]
