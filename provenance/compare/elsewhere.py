"""Look beyond the visible text: hidden and noscript text, and the article text in JSON-LD.

Only where the visible text lacks something, and never against what it says.
"""

from provenance.compare.captured import CapturedText
from provenance.compare.locate import long_enough
from provenance.compare.saved import SavedText
from provenance.compare.search import Found, find, sentences_of
from provenance.text.article_body import read_article_body
from provenance.text.page import JSON_LD
from provenance.text.substance import Substance

HALF = 0.5


def look_further(saved: SavedText, captured: CapturedText, found: Found) -> Found:
    """Look in hidden and noscript text, then in JSON-LD, for what the visible text lacks."""
    total = len(saved.sentences)
    if captured.place.any():
        if found.held < HALF * total:
            found = _better(found, find(saved, captured, captured.everything))
        _add_hidden(saved, found, captured)
    if found.held == total:
        return found
    body = read_article_body(captured.page.source)
    if body is None:
        return found
    described = CapturedText(body)
    if found.held < HALF * total:
        found = _better(found, find(saved, described, described.whole))
    if found.evidence.captured is captured:
        _add_described(saved, found, described)
    return found


def _better(found: Found, other: Found) -> Found:
    """The reading of a page that has more of the saved text."""
    more = (other.held, -len(other.absent)) > (found.held, -len(found.absent))
    return other if more else found


def _add_hidden(saved: SavedText, found: Found, captured: CapturedText) -> None:
    """Count sentences as held that stand in the article's own hidden text.

    A sentence that the visible article has in other words is not held by a hidden copy of it;
    words of a label ("opens in a new tab") hidden inside a visible sentence change nothing as
    long as they are not material.
    """
    broken: dict[int, bool] = {}
    for change in found.changes:
        unmaterial = change.c0 == change.c1 and not found.evidence.material(change)
        label = unmaterial or found.evidence.is_note_mark(change)
        for number in sentences_of(saved.sentences, change):
            broken[number] = broken.get(number, True) and label
    stream = captured.everything
    for number in [*found.absent, *(number for number, label in broken.items() if label)]:
        at = _stands_whole(saved, number, found, captured, stream)
        if at is None:
            continue
        sentence = saved.sentences[number]
        positions = stream.positions[at : at + sentence.last - sentence.first]
        if not found.threads or found.region.is_own(int(positions[0])):
            found.places[number] = int(captured.place[positions].max())
    _forget_held(saved, found)


def _add_described(saved: SavedText, found: Found, described: CapturedText) -> None:
    """Count absent sentences as held that the page's JSON-LD has."""
    for number in found.absent:
        if _stands_whole(saved, number, found, described, described.whole) is not None:
            found.places[number] = JSON_LD
    _forget_held(saved, found)


def _stands_whole(
    saved: SavedText, number: int, found: Found, captured: CapturedText, stream: Substance
) -> int | None:
    """Where a sentence stands as a whole sentence of another stream of the page.

    A short one only beside a neighbour that is held.
    """
    sentence = saved.sentences[number]
    text = saved.stream.characters[sentence.first : sentence.last]
    if not long_enough(text) and not {number - 1, number + 1} & set(found.places):
        return None
    at = stream.characters.find(text)
    while at >= 0:
        if captured.begins_sentence(stream, at) and captured.begins_sentence(stream, at + len(text)):
            return at
        at = stream.characters.find(text, at + 1)
    return None


def _forget_held(saved: SavedText, found: Found) -> None:
    """Drop the faults of sentences that were found after all."""
    held = set(found.places)
    found.absent = [number for number in found.absent if number not in held]
    found.changes = [c for c in found.changes if not sentences_of(saved.sentences, c) <= held]
