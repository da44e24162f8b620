"""Article in, citations out: which outlet is named where, and what it is named for."""

from provenance.citations.accuracy import accuracies
from provenance.citations.cite import Reading, cite, explain
from provenance.citations.outlets import OutletTable, load_outlets
from provenance.citations.resolve import publisher

__all__ = ["OutletTable", "Reading", "accuracies", "cite", "explain", "load_outlets", "publisher"]
