"""Citations found per minute: mixed-language text on one core, and beside textacy on English text.

    python bench/cite.py                # 4 and 8 MB of mixed-language text: MB per minute, growth
    python bench/cite.py 20 40          # other sizes, in MB (millions of bytes of UTF-8)
    python bench/cite.py --profile      # where the time goes
    python bench/cite.py --peer PYTHON  # also textacy's direct quotations on English, in one run

Every language of the labelled sentences has the same number of bytes. An article is some 3,000
characters. One sentence in ten is a labelled one, which names an outlet or looks as if it did. The
others are of the invented articles under tests/compare/labelled or, in languages that have none
there, words of the labelled sentences in any order: these speak of papers and agencies far more
often than news does, so that the figure is on the low side.

PYTHON is an interpreter that has textacy and the spaCy model en_core_web_sm (`pip install textacy`,
`python -m spacy download en_core_web_sm`). textacy finds who says what in quotation marks and
resolves no outlets: the comparison is of speed.
"""

import argparse
import cProfile
import json
import pstats
import random
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from provenance.citations import OutletTable, cite, load_outlets
from tests.citations.articles import article
from tests.citations.score import labelled, languages_labelled

ARTICLES = Path(__file__).parents[1] / "tests" / "compare" / "labelled" / "articles"
ARTICLE = 3_000  # characters
NAMING = 0.1  # the share of sentences that are labelled ones
WARM_UP = 20  # articles of each language read before the clock runs: compiling rules and name forms
PEER_BYTES = 300_000

PEER = """
import json, sys, time
import spacy
from textacy.extract.triples import direct_quotations
texts = json.load(sys.stdin)
model = spacy.load(sys.argv[1], exclude=["ner"])
list(direct_quotations(model(texts[0])))
begun = time.perf_counter()
found = sum(len(list(direct_quotations(document))) for document in map(model, texts))
print(json.dumps([time.perf_counter() - begun, found]))
"""


def articles(language: str, size: int, seed: int = 7) -> Iterator[str]:
    """Invented articles of one language, together about `size` bytes."""
    draw = random.Random(f"{language} {seed}")
    naming = [str(case["text"]).replace("\n", " ") for case in labelled(language)]
    spaced = any(" " in text for text in naming[:5])
    words = [word for text in naming for word in (text.split() if spaced else text)]
    # Words that begin small: names come with the labelled sentences only.
    plain = [word.strip(".,:;!?\"'«»“”„()") for word in words if not word[:1].isupper()]
    plain = [word for word in plain if word]
    prose = list(invented_prose(language))
    done = 0
    while done < size:
        text = ""
        while len(text) < ARTICLE:
            if draw.random() < NAMING:
                sentence = draw.choice(naming)
            else:
                sentence = draw.choice(prose) if prose else shuffled(draw, plain, spaced)
            text += sentence + ("\n" if draw.random() < 0.3 else " ")
        done += len(text.encode())
        yield text


def shuffled(draw: random.Random, words: list[str], spaced: bool) -> str:
    """A sentence of words in any order."""
    chosen = draw.choices(words, k=draw.randint(8, 22) * (1 if spaced else 2))
    sentence = (" " if spaced else "").join(chosen)
    return sentence[:1].upper() + sentence[1:] + ("." if spaced else "。")


def invented_prose(language: str) -> Iterator[str]:
    """The paragraphs of the invented articles of a language; none where there are no articles."""
    file = ARTICLES / f"{language}.toml"
    waiting: list[object] = [tomllib.loads(file.read_text(encoding="utf-8"))] if file.is_file() else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, str) and len(node) > 80:
            yield node.replace("\n", " ")
        waiting += node.values() if isinstance(node, dict) else node if isinstance(node, list) else []


def measure(texts: list[tuple[str, str]], outlets: OutletTable) -> tuple[float, int]:
    """Processor seconds to read all texts, and the citations found."""
    begun = time.process_time()
    found = sum(len(cite(article(text, language), outlets)) for language, text in texts)
    return time.process_time() - begun, found


def mixed(size: int) -> list[tuple[str, str]]:
    """Articles in every language, together about `size` bytes."""
    languages = languages_labelled()
    return [(code, text) for code in languages for text in articles(code, size // len(languages))]


def size_of(texts: list[tuple[str, str]]) -> float:
    """Millions of bytes of UTF-8."""
    return sum(len(text.encode()) for _, text in texts) / 1e6


def peer(python: str, model: str, outlets: OutletTable) -> None:
    """Both programs on the same English articles, one after the other."""
    texts = list(articles("en", PEER_BYTES))
    megabytes = sum(map(len, texts)) / 1e6
    seconds, found = measure([("en", text) for text in texts], outlets)
    print(f"English, ours:    {megabytes / seconds * 60:8.1f} MB/min, {found} citations")
    ran = subprocess.run([python, "-c", PEER, model], input=json.dumps(texts), capture_output=True, text=True)
    if ran.returncode:
        print(f"English, textacy: does not run here: {ran.stderr.strip().splitlines()[-1]}")
        return
    theirs, quotations = json.loads(ran.stdout.splitlines()[-1])
    print(f"English, textacy: {megabytes / theirs * 60:8.1f} MB/min, {quotations} quotations")
    print(f"ours is {theirs / seconds:.0f} times as fast")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sizes", nargs="*", type=float, default=[4, 8], metavar="MB")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--peer", metavar="PYTHON")
    parser.add_argument("--model", default="en_core_web_sm", help="spaCy's model, by name or folder")
    chosen = parser.parse_args()
    outlets = load_outlets()
    measure(
        [(code, text) for code in languages_labelled() for text in articles(code, WARM_UP * 3000)], outlets
    )
    for size in chosen.sizes:
        texts = mixed(int(size * 1e6))
        profile = cProfile.Profile()
        if chosen.profile:
            profile.enable()
        seconds, found = measure(texts, outlets)
        profile.disable()
        megabytes = size_of(texts)
        print(
            f"{megabytes:6.1f} MB, {len(texts)} articles in {len(languages_labelled())} languages: "
            f"{seconds:6.1f} s, {megabytes / seconds * 60:6.1f} MB/min, {found} citations"
        )
        if chosen.profile:
            pstats.Stats(profile).sort_stats("tottime").print_stats(22)
    if chosen.peer:
        peer(chosen.peer, chosen.model, outlets)


if __name__ == "__main__":
    main()
