"""Door to the web: the polite client, the Wayback Machine, Memento endpoints, WARC and WACZ files."""

from provenance.archive.sources import ask_in_order, open_sources
from provenance.archive.unlisted import CapturesUnlisted

__all__ = ["CapturesUnlisted", "ask_in_order", "open_sources"]
