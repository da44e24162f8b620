"""Who took what from whom: shared wording, translations, stories and the chain of each."""

from provenance.lineage.trace import trace
from provenance.lineage.trace_descents import Background

__all__ = ["Background", "trace"]
