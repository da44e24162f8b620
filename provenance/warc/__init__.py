"""WARC and WACZ files to records, bounded; used by vault and archive."""

from provenance.warc.files import Damage, Place
from provenance.warc.records import Record, RecordHeader, read_records

__all__ = ["Damage", "Place", "Record", "RecordHeader", "read_records"]
