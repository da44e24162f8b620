"""What must hold of comparing whatever the text: formatting never matters, every change is found."""

import html
import random
import unicodedata
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.compare import compare
from provenance.model.article import Article, Language
from provenance.model.capture import Capture
from provenance.model.verification import Comparison, Verdict
from provenance.text.markdown import read_markdown

WORDS = {
    "en": "harbour council ferry bridge engineer report winter market school valley copper lantern meadow",
    "ru": "гавань совет паром мост инженер отчёт зима рынок школа долина медь фонарь луг сигнал",
    "el": "λιμάνι συμβούλιο γέφυρα μηχανικός έκθεση χειμώνας αγορά σχολείο κοιλάδα χαλκός φανάρι λιβάδι",
    "hy": "նավահանգիստ խորհուրդ կամուրջ ճարտարագետ զեկույց ձմեռ շուկա դպրոց հովիտ պղինձ լապտեր",
    "ka": "ნავსადგური საბჭო ხიდი ინჟინერი ანგარიში ზამთარი ბაზარი სკოლა ხეობა სპილენძი ფარანი",
    "ar": "ميناء مجلس عبارة جسر مهندس تقرير شتاء سوق مدرسة وادي نحاس فانوس مرج إشارة",
    "he": "נמל מועצה מעבורת גשר מהנדס דוח חורף שוק בית עמק נחושת פנס אחו אות",
    "hi": "बंदरगाह परिषद नौका पुल अभियंता रिपोर्ट सर्दी बाजार विद्यालय घाटी ताँबा लालटेन",
}
FULL_STOP = {"hy": "։", "hi": "।"}


def _sentence(rng: random.Random, language: str) -> str:
    words = rng.choices(WORDS[language].split(), k=rng.randint(7, 14))
    words.insert(rng.randint(2, 5), str(rng.randint(12, 989)))
    text = " ".join(words)
    return text[0].upper() + text[1:] + FULL_STOP.get(language, ".")


@st.composite
def stories(draw: st.DrawFn) -> tuple[str, list[list[str]], random.Random]:
    """A language, paragraphs of sentences (no two alike), and the chance everything else is drawn from."""
    language = draw(st.sampled_from(sorted(WORDS)))
    rng = random.Random(draw(st.integers(0, 2**32)))
    seen: set[str] = set()
    paragraphs: list[list[str]] = []
    for _ in range(rng.randint(3, 6)):
        paragraph = [s for s in (_sentence(rng, language) for _ in range(rng.randint(1, 4))) if s not in seen]
        seen.update(paragraph)
        if paragraph:
            paragraphs.append(paragraph)
    return language, paragraphs, rng


def _page(paragraphs: list[list[str]], rng: random.Random) -> str:
    """A page around the paragraphs: menus, links in the text, entities, a caption, a teaser below."""

    def dressed(sentence: str) -> str:
        words = html.escape(sentence).split(" ")
        at = rng.randrange(len(words))
        words[at] = rng.choice(["<b>{}</b>", "<a href='/t'>{}</a>", "<span>{}</span>", "{}"]).format(
            words[at]
        )
        return rng.choice([" ", "\n  "]).join(words)

    blocks = ["<p>" + " ".join(map(dressed, paragraph)) + "</p>" for paragraph in paragraphs]
    blocks.insert(1, "<figure><img src=a.jpg><figcaption>The pier</figcaption></figure>")
    menu = "".join(f"<li><a href=/{n}>Part {n}</a></li>" for n in range(6))
    article = "".join(blocks)
    return f"<html><body><nav><ul>{menu}</ul></nav><main><article>{article}</article></main></body></html>"


def _compared(language: str, body: str, page: str) -> tuple[Article, Comparison]:
    text = read_markdown(body)
    article = Article(
        path="a.md",
        format="markdown",
        body=body,
        readable=text.readable,
        set_aside=text.set_aside,
        content_sha256="",
        language=Language(language, language),
    )
    raw = page.encode()
    capture = Capture(
        archive="a.warc",
        requested="a.warc#0",
        original="https://harbour.example/a",
        timestamp="20240601000000",
        status=200,
        media_type="text/html",
        charset="utf-8",
        body=raw,
        sha256="",
        fetched_at=datetime(2024, 6, 1, tzinfo=UTC),
    )
    return article, compare(article, capture)


def _body(paragraphs: list[list[str]]) -> str:
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)


def _noisy(text: str, rng: random.Random) -> str:
    """The same text written otherwise: spaces, soft hyphens, zero-width characters, composition, quotes."""
    written: list[str] = []
    for character in text:
        if character == " " and rng.random() < 0.3:
            character = rng.choice(["\u00a0", "  ", "\u2009"])
        written.append(character)
        if character.isalpha() and rng.random() < 0.05:
            written.append(rng.choice(["\u00ad", "\u200b"]))
    noisy = "".join(written)
    return unicodedata.normalize(rng.choice(["NFC", "NFD"]), noisy)


@settings(max_examples=150, deadline=None)
@given(stories())
def test_formatting_never_matters(story: tuple[str, list[list[str]], random.Random]) -> None:
    language, paragraphs, rng = story
    body = "\n\n".join(_noisy(" ".join(paragraph), rng) for paragraph in paragraphs)
    article, comparison = _compared(language, body, _page(paragraphs, rng))
    if comparison.verdict is not Verdict.UNCHECKED:
        assert comparison.verdict is Verdict.HOLDS, comparison.differences
        assert comparison.sentences.held == comparison.sentences.total
        assert [d for d in comparison.differences if d.kind != "omitted"] == []
    assert article.body == body


@settings(max_examples=150, deadline=None)
@given(stories(), st.sampled_from(["number", "drop", "put in", "swap"]))
def test_every_change_inside_a_sentence_is_found_and_located(
    story: tuple[str, list[list[str]], random.Random], change: str
) -> None:
    language, paragraphs, rng = story
    page = _page(paragraphs, rng)
    number = rng.randrange(len(paragraphs))
    inside = rng.randrange(len(paragraphs[number]))
    words = paragraphs[number][inside].split(" ")
    at = rng.randrange(2, len(words) - 2)
    if change == "number":
        at = next(i for i, word in enumerate(words) if word.isdigit())
        words[at] = str(int(words[at]) + 1)
    elif change == "drop":
        del words[at]
    elif change == "put in":
        words.insert(at, "zzqx")
    else:
        words[at], words[at + 1] = words[at + 1], words[at]
    changed = " ".join(words)
    if changed == paragraphs[number][inside]:
        return
    copy = [list(paragraph) for paragraph in paragraphs]
    copy[number][inside] = changed
    body = _body(copy)
    _, comparison = _compared(language, body, page)
    if comparison.verdict is Verdict.UNCHECKED:
        return
    assert comparison.verdict in (Verdict.DIFFERS, Verdict.OTHER)
    if comparison.verdict is Verdict.OTHER:
        return  # so little is left that it is another article
    start = body.index(changed)
    places = [d.saved for d in comparison.differences if d.kind == "changed" and d.saved]
    # Of two equal words either may be the one: the place may be the end of the paragraph before.
    assert any(start - 2 <= place.start and place.end <= start + len(changed) + 1 for place in places)


@settings(max_examples=100, deadline=None)
@given(stories(), st.randoms(use_true_random=False))
def test_excerpts_are_where_they_say(
    story: tuple[str, list[list[str]], random.Random], chance: random.Random
) -> None:
    language, paragraphs, rng = story
    page = _page(paragraphs, rng)
    copy = [list(paragraph) for paragraph in paragraphs]
    copy[0][0] = copy[0][0].replace(" ", " otherwise ", 1)
    if len(copy) > 3:
        del copy[1]
        chance.shuffle(copy)
    article, comparison = _compared(language, _body(copy), page)
    for difference in comparison.differences:
        if difference.saved:
            assert article.body[difference.saved.start : difference.saved.end] == difference.saved.text
        if difference.captured and difference.captured.text:
            enclosed = page[difference.captured.start : difference.captured.end]
            for word in difference.captured.text.split()[:3]:
                assert html.escape(word) in enclosed or word in enclosed


@settings(max_examples=100, deadline=None)
@given(stories())
def test_paragraphs_in_another_order_hold(story: tuple[str, list[list[str]], random.Random]) -> None:
    language, paragraphs, rng = story
    copy = list(paragraphs)
    rng.shuffle(copy)
    _, comparison = _compared(language, _body(copy), _page(paragraphs, rng))
    if comparison.verdict is not Verdict.UNCHECKED:
        assert comparison.verdict is Verdict.HOLDS, comparison.differences
        assert {d.kind for d in comparison.differences} <= {"moved"}
