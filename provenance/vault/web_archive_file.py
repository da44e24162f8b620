"""WARC and WACZ files as a vault's articles: every page that was answered with 200."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from provenance.model.article import Article, PassedOver, Unreadable
from provenance.model.problem import Problem
from provenance.text.decode import decode
from provenance.vault.article import Source
from provenance.vault.saved_page import read_saved_page
from provenance.vault.settings import FileRule
from provenance.warc import Damage, Record, read_records

_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})


def read_web_archive(path: str, file: Path, rule: FileRule) -> Iterator[Article | Unreadable | PassedOver]:
    """Read the pages of a WARC or WACZ file, record by record; damage comes in its place."""
    seen: set[str] = set()
    others = 0
    damaged = False
    for found in read_records(file):
        if isinstance(found, Damage):
            damaged = True
            yield _damaged(path, found)
        elif _is_page(found):
            place = f"{path}#{found.header.target_uri}"
            if place in seen:  # captured more than once
                place = f"{place}@{found.header.timestamp}"
            seen.add(place)
            yield _read_record(place, found, rule)
        else:
            others += 1
    if not seen and (others or not damaged):
        yield PassedOver(path, f"no page among its {others} captures" if others else "no captures in it")


def _is_page(record: Record) -> bool:
    """A page as it was shown: not a redirect, an error, a picture or a revisit (which has no body)."""
    shown = record.header.status == 200 or record.header.record_type == "resource"
    return shown and record.header.media_type in _PAGE_TYPES and record.body != b""


def _read_record(place: str, record: Record, rule: FileRule) -> Article | Unreadable:
    if record.body is None:
        message = f"The record's body cannot be had: {record.problem}."
        return Unreadable(place, (Problem(record.problem or "undecodable", message),))
    decoded = decode(record.body, record.header.charset)
    if decoded is None:
        return Unreadable(
            place, (Problem("undecodable", "The record's body is no text in a known charset."),)
        )
    source = Source(place, "warc", hashlib.sha256(record.body).hexdigest())
    return read_saved_page(source, decoded.text, rule, {"url": record.header.target_uri})


def _damaged(path: str, damage: Damage) -> Unreadable:
    place = f"{path}#{damage.place.entry}" if damage.place.entry else path
    return Unreadable(place, (Problem("damaged-archive-file", f"{damage.message.rstrip('.')}."),))
