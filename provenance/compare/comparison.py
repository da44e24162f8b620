"""Compare a saved text with a capture."""

from provenance.compare.captured import CapturedText
from provenance.compare.elsewhere import look_further
from provenance.compare.judgement import judge
from provenance.compare.saved import SavedText, read_saved
from provenance.compare.search import find
from provenance.model.article import Article
from provenance.model.capture import Capture
from provenance.model.verification import Comparison, Coverage, Sentences, Verdict
from provenance.text.decode import decode
from provenance.text.page import read_page, read_plain_page
from provenance.text.sentences import WORD

METHOD = "locate-and-align/1"

_FEWEST_SENTENCES = 2
_FEWEST_WORDS = 12
_HTML_TYPES = (None, "text/html", "application/xhtml+xml", "application/xml", "text/xml", "")


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
    found = find(saved, captured, captured.stream)
    if found.held < len(saved.sentences) and not plain:
        found = look_further(saved, captured, found)
    return judge(saved, captured, found, capture)


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
