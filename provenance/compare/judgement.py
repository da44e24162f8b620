"""From what was found to a verdict: text first, then what explains what is not held."""

from provenance.compare.captured import CapturedText
from provenance.compare.elsewhere import HALF
from provenance.compare.locate import Stretch
from provenance.compare.region import Omission
from provenance.compare.saved import SavedText
from provenance.compare.search import Found
from provenance.compare.triage import is_paywalled, triage
from provenance.model.capture import Capture
from provenance.model.verification import Comparison, Coverage, Difference, Sentences, Verdict
from provenance.text.language import detect_language
from provenance.text.page import HIDDEN, JSON_LD, NOSCRIPT, VISIBLE
from provenance.text.page_metadata import read_metadata
from provenance.text.sentences import WORD

# Under one saved sentence in five held, and no run of 30 words: another article (contract).
_ANOTHER_ARTICLE = 0.2
_LONG_RUN_WORDS = 30


def judge(saved: SavedText, captured: CapturedText, found: Found, capture: Capture) -> Comparison:
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
    omissions = found.region.omissions() if found.threads else []
    coverage = _coverage(saved, found, omissions)
    notes = [f"the archived answer has status {capture.status}"] if capture.status >= 400 else []
    some = found.held >= _ANOTHER_ARTICLE * total or _longest_run(saved, found) >= _LONG_RUN_WORDS
    tail_missing = found.held < HALF * total and bool(found.absent) and is_paywalled(captured)
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
    formatting = _formatting_differences(found)
    return Comparison(verdict, reason, sentences, coverage, differences, formatting, tuple(notes), about)


def _verdict(found: Found, total: int, omissions: list[Omission]) -> tuple[Verdict, str]:
    if found.held == total:
        return Verdict.HOLDS, "held-with-omissions" if omissions else "every-sentence-held"
    if found.changes and found.absent:
        return Verdict.DIFFERS, "both"
    return Verdict.DIFFERS, "words-changed" if found.changes else "text-absent"


def _only_tail_missing(found: Found, total: int) -> bool:
    """Whether what is held is the beginning of the article and nothing after it."""
    last = max(found.places, default=-1)
    return last < total - 1 and found.held >= (last + 1) * HALF


def _longest_run(saved: SavedText, found: Found) -> int:
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


def _coverage(saved: SavedText, found: Found, omissions: list[Omission]) -> Coverage:
    total = sum(sentence.last - sentence.first for sentence in saved.sentences)
    held = sum(saved.sentences[n].last - saved.sentences[n].first for n in found.places)
    matched = found.region.matched_letters()
    omitted = sum(omission.letters for omission in omissions)
    captured = matched / (matched + omitted) if matched else 0.0
    return Coverage(round(held / total, 4) if total else 0.0, round(captured, 4))


def _differences(saved: SavedText, found: Found, omissions: list[Omission]) -> tuple[Difference, ...]:
    """Every difference, in the order of the saved text; omissions stand where the capture has them."""
    evidence = found.evidence
    ordered: list[tuple[int, int, Difference]] = []
    for change in found.changes:
        difference = Difference(
            "changed",
            evidence.material(change),
            evidence.saved_excerpt(change.s0, change.s1),
            evidence.captured_excerpt(change.c0, change.c1),
        )
        ordered.append((change.s0, change.c0, difference))
    for number in found.absent:
        sentence = saved.sentences[number]
        excerpt = evidence.saved_excerpt(sentence.first, sentence.last)
        ordered.append((sentence.first, 0, Difference("added", (), excerpt, None)))
    for thread in found.threads:
        if thread.main:
            continue
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


def _formatting_differences(found: Found) -> int:
    """Places at which the held text is written differently: spaces, quote marks, dashes, case."""
    stretches = [stretch for thread in found.threads for stretch in thread.stretches]
    return found.evidence.formatting_differences(stretches) if stretches else 0
