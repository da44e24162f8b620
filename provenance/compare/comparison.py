"""Compare a saved text with a capture: text first, then what explains what is not held."""

from dataclasses import dataclass

from provenance.compare.captured import CapturedText
from provenance.compare.differences import Change, Evidence, text_span
from provenance.compare.gaps import GapFinder
from provenance.compare.locate import Stretch, long_enough
from provenance.compare.matching import Thread, match
from provenance.compare.material import Place, material
from provenance.compare.region import NEARLY_ALL, Omission, Region
from provenance.compare.saved import SavedText, Sentence, read_saved
from provenance.compare.triage import is_paywalled, triage
from provenance.model.article import Article
from provenance.model.capture import Capture
from provenance.model.verification import Comparison, Coverage, Difference, Sentences, Verdict
from provenance.text.article_body import read_article_body
from provenance.text.decode import decode
from provenance.text.language import detect_language
from provenance.text.page import HIDDEN, JSON_LD, NOSCRIPT, VISIBLE, read_page, read_plain_page
from provenance.text.page_metadata import read_metadata
from provenance.text.sentences import WORD
from provenance.text.substance import Substance

METHOD = "locate-and-align/1"

_FEWEST_SENTENCES = 2
_FEWEST_WORDS = 12
# Under one saved sentence in five held, and no run of 30 words: another article (contract).
_ANOTHER_ARTICLE = 0.2
_LONG_RUN_WORDS = 30
_HALF = 0.5
_HTML_TYPES = (None, "text/html", "application/xhtml+xml", "application/xml", "text/xml", "")


@dataclass
class _Found:
    """What one reading of the page (its visible text, or its JSON-LD) holds of the saved text."""

    evidence: Evidence
    threads: list[Thread]
    region: Region
    changes: list[Change]
    absent: list[int]
    extras: list[tuple[int, int]]
    moved: list[Thread]
    places: dict[int, int]  # sentence number -> place, for every sentence held

    @property
    def held(self) -> int:
        return len(self.places)


def compare(article: Article, capture: Capture) -> Comparison:
    """Say what `capture` holds of the saved text of `article`, with the evidence.

    Verdict `unchecked` where nothing could be compared (too little text, bytes that are no text,
    a media type that is no page).
    """
    saved = read_saved(article)
    if len(saved.sentences) < _FEWEST_SENTENCES or not _enough_words(saved):
        return _nothing(saved, "nothing-to-compare")
    if capture.media_type not in _HTML_TYPES and capture.media_type != "text/plain":
        return _nothing(saved, "unsupported-media-type")
    decoded = decode(capture.body, capture.charset)
    if decoded is None:
        return _nothing(saved, "undecodable")
    plain = capture.media_type == "text/plain"
    page = read_plain_page(decoded.text) if plain else read_page(decoded.text)
    captured = CapturedText(page)
    found = _find(saved, captured, captured.stream)
    if found.held < len(saved.sentences) and not plain:
        found = _look_further(saved, captured, found)
    return _judge(saved, captured, found, capture)


def _enough_words(saved: SavedText) -> bool:
    words = 0
    for sentence in saved.sentences:
        words += len(WORD.findall(saved.text, sentence.start, sentence.end))
        if words >= _FEWEST_WORDS:
            return True
    return False


def _nothing(saved: SavedText, reason: str) -> Comparison:
    total = Sentences(len(saved.sentences), 0)
    return Comparison(Verdict.UNCHECKED, reason, total, Coverage(0.0, 0.0))


def _find(saved: SavedText, captured: CapturedText, stream: Substance) -> _Found:
    """Look for the saved text in one stream of the page."""
    evidence = Evidence(saved, captured, stream)
    threads = match(saved, stream.characters, lambda index: captured.begins_sentence(stream, index))
    stretches = [stretch for thread in threads for stretch in thread.stretches]
    near = threads
    if len(threads) > 1:
        core = Region(captured, stream, threads[0].stretches, saved.stream.characters, NEARLY_ALL)
        taken = core.blocks_of(stretches)
        near = [t for t in threads if t.main or not any(core.is_far(s, taken) for s in t.stretches)]
        stretches = [stretch for thread in near for stretch in thread.stretches]
    region = Region(captured, stream, stretches, saved.stream.characters)
    finder = GapFinder(saved, captured, stream)
    finder.cover(stretches)
    changes: list[Change] = []
    absent = set(range(len(saved.sentences)))
    extras: list[tuple[int, int]] = []
    for thread in near:
        first, last = _extent(saved, thread)
        gaps = list(finder.gaps(thread.stretches, first_saved=first, last_saved=last))
        changes += evidence.changes(gaps)
        extras += [(gap.c0, gap.c1) for gap in gaps if gap.kind == "extra"]
        absent -= _touched(saved.sentences, thread)
    places = _held(saved, captured, stream, near, changes, absent)
    moved = [thread for thread in near if not thread.main]
    return _Found(evidence, near, region, changes, sorted(absent), extras, moved, places)


def _extent(saved: SavedText, thread: Thread) -> tuple[int, int]:
    """The stretch of the saved stream that a thread answers for: whole sentences."""
    if thread.main:
        return 0, len(saved.stream)
    touched = _touched(saved.sentences, thread)
    return saved.sentences[min(touched)].first, saved.sentences[max(touched)].last


def _touched(sentences: tuple[Sentence, ...], thread: Thread) -> set[int]:
    """Numbers of the sentences of which a thread has something."""
    touched: set[int] = set()
    number = 0
    for stretch in thread.stretches:
        while number and sentences[number - 1].last > stretch.saved:
            number -= 1
        while number < len(sentences) and sentences[number].last <= stretch.saved:
            number += 1
        while number < len(sentences) and sentences[number].first < stretch.saved_end:
            touched.add(number)
            number += 1
        number = max(0, number - 1)
    return touched


def _held(
    saved: SavedText,
    captured: CapturedText,
    stream: Substance,
    threads: list[Thread],
    changes: list[Change],
    absent: set[int],
) -> dict[int, int]:
    """Sentences that stand whole: found, and no change touches them."""
    found = {number for thread in threads for number in _touched(saved.sentences, thread)} - absent
    broken: set[int] = set()
    for change in changes:
        broken |= _sentences_of(saved.sentences, change)
    return {
        number: _place(saved.sentences[number], threads, captured, stream)
        for number in sorted(found - broken)
    }


def _place(sentence: Sentence, threads: list[Thread], captured: CapturedText, stream: Substance) -> int:
    """The place (visible, noscript, hidden) where a held sentence stands: the least visible of its letters."""
    for thread in threads:
        for stretch in thread.stretches:
            if stretch.saved <= sentence.first and sentence.last <= stretch.saved_end:
                at = stretch.captured + sentence.first - stretch.saved
                return int(captured.place[stream.positions[at : at + sentence.last - sentence.first]].max())
    return VISIBLE


def _sentences_of(sentences: tuple[Sentence, ...], change: Change) -> set[int]:
    """The saved sentences a change is in. One between two sentences belongs to the first: its
    end was cut, or else to the second, whose beginning was."""
    inside = {n for n, s in enumerate(sentences) if s.first < change.s1 and change.s0 < s.last}
    if not inside:
        inside = {n for n, s in enumerate(sentences) if s.first < change.s0 < s.last}
    if not inside:
        inside = {n for n, s in enumerate(sentences) if change.s0 in (s.first, s.last)}
    return inside


def _look_further(saved: SavedText, captured: CapturedText, found: _Found) -> _Found:
    """Look in hidden and noscript text, then in JSON-LD, for what the visible text lacks."""
    total = len(saved.sentences)
    if captured.place.any():
        if found.held < _HALF * total:
            found = _better(found, _find(saved, captured, captured.everything))
        _add_hidden(saved, found, captured)
    if found.held == total:
        return found
    body = read_article_body(captured.page.source)
    if body is None:
        return found
    described = CapturedText(body)
    if found.held < _HALF * total:
        found = _better(found, _find(saved, described, described.whole))
    if found.evidence.captured is captured:
        _add_described(saved, found, described)
    return found


def _better(found: _Found, other: _Found) -> _Found:
    """The reading of a page that has more of the saved text."""
    more = (other.held, -len(other.absent)) > (found.held, -len(found.absent))
    return other if more else found


def _add_hidden(saved: SavedText, found: _Found, captured: CapturedText) -> None:
    """Count sentences as held that stand in the article's own hidden text.

    A sentence that the visible article has in other words is not held by a hidden copy of it;
    words of a label ("opens in a new tab") hidden inside a visible sentence change nothing as
    long as they are not material.
    """
    broken: dict[int, bool] = {}
    for change in found.changes:
        unmaterial = change.c0 == change.c1 and not _material(saved, found.evidence, change)
        label = unmaterial or found.evidence.is_note_mark(change)
        for number in _sentences_of(saved.sentences, change):
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


def _add_described(saved: SavedText, found: _Found, described: CapturedText) -> None:
    """Count absent sentences as held that the page's JSON-LD has."""
    for number in found.absent:
        if _stands_whole(saved, number, found, described, described.whole) is not None:
            found.places[number] = JSON_LD
    _forget_held(saved, found)


def _stands_whole(
    saved: SavedText, number: int, found: _Found, captured: CapturedText, stream: Substance
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


def _forget_held(saved: SavedText, found: _Found) -> None:
    """Drop the faults of sentences that were found after all."""
    held = set(found.places)
    found.absent = [number for number in found.absent if number not in held]
    found.changes = [c for c in found.changes if not _sentences_of(saved.sentences, c) <= held]


def _judge(saved: SavedText, captured: CapturedText, found: _Found, capture: Capture) -> Comparison:
    about = read_metadata(captured.page.source)
    total = len(saved.sentences)
    sentences = Sentences(
        total,
        found.held,
        *(
            sum(1 for place in found.places.values() if place == wanted)
            for wanted in (VISIBLE, JSON_LD, NOSCRIPT, HIDDEN)
        ),
    )
    omissions = found.region.omissions(found.extras) if found.threads else []
    coverage = _coverage(saved, found, omissions)
    notes = [f"the archived answer has status {capture.status}"] if capture.status >= 400 else []
    some = found.held >= _ANOTHER_ARTICLE * total or _longest_run(saved, found) >= _LONG_RUN_WORDS
    tail_missing = found.held < _HALF * total and bool(found.absent) and is_paywalled(captured)
    if not some or (tail_missing and _only_tail_missing(found, total)):
        if capture.status >= 400 and not some:
            return Comparison(
                Verdict.UNAVAILABLE, "archived-error", sentences, coverage, notes=tuple(notes), page=about
            )
        reason = triage(
            captured,
            about,
            capture.original,
            shows_some=some or (found.held > 0 and is_paywalled(captured)),
            other_language=not some and _other_language(saved, captured),
        )
        return Comparison(Verdict.OTHER, reason, sentences, coverage, notes=tuple(notes), page=about)
    differences = _differences(saved, found, omissions)
    verdict, reason = _verdict(found, total, omissions)
    formatting = _formatting_differences(saved, found)
    return Comparison(verdict, reason, sentences, coverage, differences, formatting, tuple(notes), about)


def _verdict(found: _Found, total: int, omissions: list[Omission]) -> tuple[Verdict, str]:
    if found.held == total:
        return Verdict.HOLDS, "held-with-omissions" if omissions else "every-sentence-held"
    if found.changes and found.absent:
        return Verdict.DIFFERS, "both"
    return Verdict.DIFFERS, "words-changed" if found.changes else "text-absent"


def _only_tail_missing(found: _Found, total: int) -> bool:
    """Whether what is held is the beginning of the article and nothing after it."""
    last = max(found.places, default=-1)
    return last < total - 1 and found.held >= (last + 1) * _HALF


def _longest_run(saved: SavedText, found: _Found) -> int:
    """Words of the longest stretch of saved text that stands in the capture in one piece."""
    positions = saved.stream.positions
    longest = max(
        (s for thread in found.threads for s in thread.stretches), key=lambda s: s.length, default=None
    )
    if longest is None:
        return 0
    low, high = int(positions[longest.saved]), int(positions[longest.saved_end - 1]) + 1
    return len(WORD.findall(saved.text, low, min(high, low + 20 * _LONG_RUN_WORDS)))


def _other_language(saved: SavedText, captured: CapturedText) -> bool:
    ours = saved.article.language.best or detect_language(saved.text)
    theirs = detect_language(captured.text[:20_000])
    return bool(ours and theirs and ours != theirs)


def _coverage(saved: SavedText, found: _Found, omissions: list[Omission]) -> Coverage:
    total = sum(sentence.last - sentence.first for sentence in saved.sentences)
    held = sum(saved.sentences[n].last - saved.sentences[n].first for n in found.places)
    matched = found.region.matched_letters()
    omitted = sum(omission.letters for omission in omissions)
    captured = matched / (matched + omitted) if matched else 0.0
    return Coverage(round(held / total, 4) if total else 0.0, round(captured, 4))


def _differences(saved: SavedText, found: _Found, omissions: list[Omission]) -> tuple[Difference, ...]:
    """Every difference, in the order of the saved text; omissions stand where the capture has them."""
    evidence = found.evidence
    ordered: list[tuple[int, int, Difference]] = []
    for change in found.changes:
        difference = Difference(
            "changed",
            _material(saved, evidence, change),
            evidence.saved_excerpt(change.s0, change.s1),
            evidence.captured_excerpt(change.c0, change.c1),
        )
        ordered.append((change.s0, change.c0, difference))
    for number in found.absent:
        sentence = saved.sentences[number]
        excerpt = evidence.saved_excerpt(sentence.first, sentence.last)
        ordered.append((sentence.first, 0, Difference("added", (), excerpt, None)))
    for thread in found.moved:
        first, last = thread.stretches[0], thread.stretches[-1]
        ordered.append(
            (
                first.saved,
                first.captured,
                Difference(
                    "moved",
                    (),
                    evidence.saved_excerpt(first.saved, last.saved_end),
                    evidence.captured_excerpt(first.captured, last.captured_end),
                ),
            )
        )
    main = next((thread.stretches for thread in found.threads if thread.main), ())
    for omission in omissions:
        place = _saved_place(main, evidence.stream.index_at(omission.start))
        difference = Difference(
            "omitted",
            (),
            evidence.saved_excerpt(place, place),
            evidence.page_excerpt(omission.start, omission.end),
        )
        ordered.append((place, evidence.stream.index_at(omission.start), difference))
    ordered.sort(key=lambda entry: entry[:2])
    return tuple(difference for _, _, difference in ordered)


def _saved_place(stretches: tuple[Stretch, ...], captured: int) -> int:
    """Where in the saved stream an omitted passage would stand: after what stands before it."""
    place = 0
    for stretch in stretches:
        if stretch.captured_end <= captured:
            place = stretch.saved_end
        elif stretch.captured <= captured:
            place = stretch.saved + captured - stretch.captured
    return place


def _material(saved: SavedText, evidence: Evidence, change: Change) -> tuple[str, ...]:
    s0, s1 = text_span(saved.text, saved.stream, change.s0, change.s1)
    c0, c1 = text_span(evidence.captured.text, evidence.stream, change.c0, change.c1)
    language = saved.article.language.best
    return material(Place(saved.text, s0, s1), Place(evidence.captured.text, c0, c1), language)


def _formatting_differences(saved: SavedText, found: _Found) -> int:
    """Places at which the held text is written differently: spaces, quote marks, dashes, case."""
    return sum(
        found.evidence.formatting_differences(stretch)
        for thread in found.threads
        for stretch in thread.stretches
    )
