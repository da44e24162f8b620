"""Fingerprints in, candidate pairs out."""

from provenance.candidates.fingerprints import covered, fingerprints
from provenance.candidates.join import Limits, Pairs, Postings, candidate_pairs

__all__ = ["Limits", "Pairs", "Postings", "candidate_pairs", "covered", "fingerprints"]
