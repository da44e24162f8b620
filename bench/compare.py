"""How fast `provenance` compares, beside the script a user would write instead.

    pip install -e '.[bench]'
    python -m bench.compare

The script takes the article out of the page (trafilatura) and compares it with the saved text
(difflib), by words or by characters. Everyone gets the same pages and saved texts, made from a
seed, in one run, one after another for each page, so that a busy machine is busy for all.
Times are of the processor; the figures are medians over the pages.
"""

import argparse
import difflib
import hashlib
import statistics
import time
from collections.abc import Callable
from itertools import accumulate

import trafilatura

from bench.news_pages import Page, news_page, saved_pages
from provenance.compare import compare
from provenance.model.article import Article, Language
from provenance.model.capture import Capture
from provenance.model.text import Block, Piece, ReadableText
from provenance.model.verification import Verdict

LARGE_PAGE_WORDS, LARGE_SAVED_WORDS, LARGE_LIMIT = 20_000, 10_000, 2.0  # words, words, seconds

Check = Callable[[Page], bool]  # says whether the page holds the saved text


def article_of(page: Page) -> Article:
    """The saved text as the vault hands it on: one block a paragraph."""
    paragraphs = page.saved.split("\n\n")
    starts = accumulate((len(paragraph) + 2 for paragraph in paragraphs), initial=0)
    blocks = tuple(
        Block(start, start + len(text)) for start, text in zip(starts, paragraphs, strict=False) if text
    )
    readable = ReadableText(page.saved, blocks, (Piece(0, len(page.saved), 0, len(page.saved)),))
    digest = hashlib.sha256(page.saved.encode()).hexdigest()
    return Article("saved.txt", "text", page.saved, readable, digest, language=Language(page.language))


def capture_of(page: Page) -> Capture:
    """The page as an archive serves it."""
    body = page.html.encode()
    return Capture(
        archive="bench",
        requested="https://archive.example/20240601000000/https://news.example/story",
        original="https://news.example/story",
        timestamp="20240601000000",
        status=200,
        media_type="text/html",
        charset="utf-8",
        body=body,
        sha256=hashlib.sha256(body).hexdigest(),
    )


def provenance_check(page: Page) -> bool:
    """What this project does."""
    return compare(article_of(page), capture_of(page)).verdict is Verdict.HOLDS


def _lacks_nothing(matcher: difflib.SequenceMatcher[str]) -> bool:
    """Whether all that was saved was found; what the page has beyond it (titles, captions) is no alarm."""
    return not any(tag in ("delete", "replace") for tag, *_ in matcher.get_opcodes())


def script_by_words(page: Page) -> bool:
    """The script that compares words."""
    extracted = trafilatura.extract(page.html) or ""
    matcher = difflib.SequenceMatcher(None, page.saved.split(), extracted.split())
    return _lacks_nothing(matcher)


def script_by_characters(page: Page) -> bool:
    """The script that compares characters."""
    extracted = trafilatura.extract(page.html) or ""
    matcher = difflib.SequenceMatcher(None, page.saved, extracted)
    return _lacks_nothing(matcher)


def script_by_all_characters(page: Page) -> bool:
    """The same without difflib's shortcut, which passes over every character that is not rare."""
    extracted = trafilatura.extract(page.html) or ""
    matcher = difflib.SequenceMatcher(None, page.saved, extracted, autojunk=False)
    return _lacks_nothing(matcher)


def extraction_alone(page: Page) -> bool:
    """What of both is extraction: the part no faster comparing would spare."""
    return bool(trafilatura.extract(page.html))


CHECKS: dict[str, Check] = {
    "provenance": provenance_check,
    "trafilatura + difflib, words": script_by_words,
    "trafilatura + difflib, characters": script_by_characters,
    "the same, autojunk=False": script_by_all_characters,
    "trafilatura alone": extraction_alone,
}


def timed(check: Check, page: Page) -> tuple[float, bool]:
    """Seconds of the processor that `check` takes for `page`, and its answer."""
    began = time.process_time()
    held = check(page)
    return time.process_time() - began, held


def bench(pages: list[Page]) -> None:
    """Print a line a check: median time, ratio of times, and how often its answer was right."""
    for check in CHECKS.values():  # what is set up once is not the page's
        check(pages[0])
    seconds: dict[str, list[float]] = {name: [] for name in CHECKS}
    right = dict.fromkeys(CHECKS, 0)
    for page in pages:
        for name, check in CHECKS.items():
            taken, held = timed(check, page)
            seconds[name].append(taken)
            right[name] += held is not page.changed
    ours = seconds["provenance"]
    print(f"{'':36}{'ms, median':>12}{'articles/s':>12}{'times ours':>12}{'right':>10}")
    for name, theirs in seconds.items():
        ratio = statistics.median(their / our for their, our in zip(theirs, ours, strict=True))
        median = statistics.median(theirs)
        answers = f"{right[name]}/{len(pages)}" if name != "trafilatura alone" else "-"
        print(f"{name:36}{median * 1e3:12.1f}{1 / median:12.1f}{ratio:12.1f}{answers:>10}")


def bench_large_page() -> None:
    """Print how long a 20,000-word page with a 10,000-word saved text takes."""
    source, paragraphs = news_page("en", 1, LARGE_PAGE_WORDS)
    saved: list[str] = []
    while sum(len(paragraph.split()) for paragraph in saved) < LARGE_SAVED_WORDS:
        saved.append(paragraphs[len(saved)])
    page = Page("en", source, "\n\n".join(saved), changed=False)
    taken = statistics.median(timed(provenance_check, page)[0] for _ in range(3))
    print(
        f"page of {LARGE_PAGE_WORDS} words, {len(source) // 1000} KB, saved text of {LARGE_SAVED_WORDS}: "
        f"{taken:.2f} s (to stay under {LARGE_LIMIT:.0f} s)"
    )


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=30, help="how many pages to make (default 30)")
    parser.add_argument("--seed", type=int, default=1, help="what they are made from (default 1)")
    options = parser.parse_args()
    pages = saved_pages(options.pages, options.seed)
    sizes = sorted(len(page.html.encode()) / 1000 for page in pages)
    words = sorted(len(page.saved.split()) for page in pages)
    print(
        f"{len(pages)} pages of {sizes[0]:.0f} to {sizes[-1]:.0f} KB, "
        f"saved texts of {words[0]} to {words[-1]} words; trafilatura {trafilatura.__version__}"
    )
    bench(pages)
    bench_large_page()


if __name__ == "__main__":
    main()
