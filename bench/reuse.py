"""Same-language reuse at scale: seconds, memory, recall and precision on a corpus made from a seed.

    python bench/reuse.py                         # 1,000 and 10,000 documents
    python bench/reuse.py 10000 30000 100000      # sizes to run, one process each; the growth exponent
    python bench/reuse.py 10000 --end-to-end      # `provenance reuse` on a file, reading and writing too
    python bench/reuse.py 10000 --plain           # without numba and DuckDB

Documents are 300 to 800 words of an invented language whose words and set phrases follow Zipf's
law, from some hundreds of outlets, each with its own lines under every article. Every fifth
document has taken 10 to 80 % of its text from another outlet's document: verbatim, with every
20th word changed (light), every 6th (heavy), or with its sentences in another order (reordered).
Recall and precision are of pairs of documents; two that took overlapping text from one source
are right to be found, but not asked for.
"""

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from provenance.model.article import Article
from provenance.model.outlet import Outlet
from provenance.model.text import Block, Piece, ReadableText

# passim 2 (PySpark, its defaults) on two cores and a corpus of the same making, November 2026:
# seconds and gigabytes for 10,000 documents. It needs a Java machine and is not run here.
PASSIM = (606.0, 3.9)
VOCABULARY, PHRASES = 60_000, 30_000
# The commonest phrase then stands in one document of twenty, as in English "at the end of the".
PHRASE_OFFSET = 300
KINDS = ("verbatim", "light", "heavy", "reordered")
CHANGED = {"verbatim": 0.0, "light": 1 / 20, "heavy": 1 / 6, "reordered": 0.0}
SENTENCE = 18
ALSO_SHARED = 15  # words that two takers of one source have in common: a pair that may be found


@dataclass
class Planted:
    """The truth of a corpus: pairs that must be found (with kind and share), pairs that may be."""

    wanted: dict[tuple[int, int], tuple[str, float]] = field(default_factory=dict)
    allowed: set[tuple[int, int]] = field(default_factory=set)


class Language:
    """An invented language: words of three to twelve letters, phrases of two to five words."""

    def __init__(self, random: np.random.Generator) -> None:
        syllables = [
            a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "el", "ir", "os")
        ]
        words = set()
        while len(words) < VOCABULARY:
            words.add("".join(random.choice(syllables, size=random.integers(1, 5))))
        self.words = np.array(sorted(words), dtype=object)
        random.shuffle(self.words)
        self._random = random
        self.phrases = [self._draw(int(size)) for size in random.integers(2, 6, size=PHRASES)]

    def _draw(self, size: int) -> np.ndarray:
        # Zipf's law with an exponent near 1, by inverting the continuous distribution.
        return (VOCABULARY ** self._random.random(size)).astype(np.int64) - 1

    def text(self, size: int) -> np.ndarray:
        """`size` words: single ones, and in every third place a set phrase."""
        drawn = self._draw(size)
        at = 0
        ratio = (PHRASES + PHRASE_OFFSET) / PHRASE_OFFSET
        for rank in PHRASE_OFFSET * ratio ** self._random.random(size // 9) - PHRASE_OFFSET:
            words = self.phrases[min(int(rank), PHRASES - 1)]
            at += int(self._random.integers(2, 9))
            drawn[at : at + len(words)] = words[: len(drawn[at : at + len(words)])]
            at += len(words)
        return drawn

    def changed(self, words: np.ndarray, share: float) -> np.ndarray:
        """`words` with a share of them swapped, dropped or doubled by a new one."""
        if not share:
            return words
        result = []
        for word, chance, how in zip(
            words.tolist(),
            self._random.random(len(words)),
            self._random.integers(0, 4, len(words)),
            strict=True,
        ):
            if chance >= share:
                result.append(word)
            elif how != 0:
                result.append(int(self._random.integers(200, VOCABULARY)))
                if how == 3:
                    result.append(word)
        return np.array(result, dtype=np.int64)


def corpus(count: int, seed: int = 7) -> tuple[Iterator[tuple[str, str, str]], Planted]:
    """`count` documents as (id, outlet, text) and what is planted in them."""
    random = np.random.default_rng(seed)
    language = Language(random)
    outlets = max(8, min(400, count // 50))
    outlet_of = random.integers(0, outlets, size=count)
    footers = [language.text(int(size)) for size in random.integers(15, 60, size=outlets)]
    sizes = random.integers(300, 801, size=count)
    texts = [language.text(int(size)) for size in sizes]
    planted = Planted()
    taken: dict[int, list[tuple[int, int, int]]] = {}
    takers = random.permutation(count)[: count // 5]
    givers = np.setdiff1d(np.arange(count), takers)
    for taker in takers.tolist():
        giver = int(random.choice(givers))
        if outlet_of[giver] == outlet_of[taker]:
            continue
        share = float(random.uniform(0.1, 0.8))
        kind = KINDS[int(random.integers(len(KINDS)))]
        length = min(int(share * sizes[taker]), len(texts[giver]))
        start = int(random.integers(0, len(texts[giver]) - length + 1))
        passage = texts[giver][start : start + length]
        if kind == "reordered":
            sentences = [passage[at : at + SENTENCE] for at in range(0, length, SENTENCE)]
            passage = np.concatenate([sentences[at] for at in random.permutation(len(sentences))])
        passage = language.changed(passage, CHANGED[kind])
        own = texts[taker][: int(sizes[taker]) - length]
        at = int(random.integers(0, len(own) + 1))
        texts[taker] = np.concatenate((own[:at], passage, own[at:]))
        planted.wanted[min(giver, taker), max(giver, taker)] = (kind, length / int(sizes[taker]))
        taken.setdefault(giver, []).append((taker, start, start + length))
    for passages in taken.values():
        for (one, start, end), (other, begin, stop) in combinations(passages, 2):
            if min(end, stop) - max(start, begin) >= ALSO_SHARED:
                planted.allowed.add((min(one, other), max(one, other)))

    def documents() -> Iterator[tuple[str, str, str]]:
        for number in range(count):
            outlet = int(outlet_of[number])
            words = language.words[np.concatenate((texts[number], footers[outlet]))].tolist()
            paragraphs, at = [], 0
            while at < len(words):
                paragraphs.append(" ".join(words[at : at + 3 * SENTENCE]).capitalize() + ".")
                at += 3 * SENTENCE
            yield f"d{number}", f"outlet{outlet}.example", "\n\n".join(paragraphs)

    return documents(), planted


def article(identity: str, outlet: str, text: str) -> Article:
    """A document as the engine is given it."""
    readable = ReadableText(text, (Block(0, len(text)),), (Piece(0, len(text), 0, len(text)),))
    return Article(identity, "jsonl", text, readable, "0" * 64, outlet=Outlet(outlet, outlet))


def measure(count: int, *, end_to_end: bool, plain: bool) -> dict[str, object]:
    """One run: the corpus is made (not timed) and set down, then the engine or the program runs on it."""
    documents, planted = corpus(count)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "corpus.jsonl"
        with file.open("w", encoding="utf-8") as stream:
            for identity, outlet, text in documents:
                stream.write(json.dumps({"id": identity, "site": outlet, "text": text}) + "\n")
        del documents
        program = [sys.executable, __file__, "--engine", str(file)] + (["--plain"] if plain else [])
        if end_to_end:
            program = [sys.executable, "-m", "provenance", "reuse", "--format", "jsonl", str(file)]
        begun = time.perf_counter()
        done = subprocess.run(program, capture_output=True, text=True, check=True)
        seconds = time.perf_counter() - begun
    found = set()
    for line in done.stdout.splitlines():
        record = json.loads(line)
        if "a" in record:
            found.add(tuple(sorted(int(record[side].rpartition("#")[2].removeprefix("d")) for side in "ab")))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    memory = used.ru_maxrss / 2**20
    hits = found & planted.wanted.keys()
    wrong = found - planted.wanted.keys() - planted.allowed
    missed = Counter(kind for pair, (kind, _) in planted.wanted.items() if pair not in found)
    return {
        "documents": count,
        "seconds": round(seconds, 2),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 2),
        "gigabytes": round(memory, 2),
        "recall": round(len(hits) / max(1, len(planted.wanted)), 4),
        "precision": round(1 - len(wrong) / max(1, len(found)), 4),
        "planted": len(planted.wanted),
        "missed": dict(missed),
        "steps": done.stderr.strip().splitlines()[-1:] if not end_to_end else [],
    }


def engine(file: str, *, plain: bool) -> None:
    """The engine alone on a corpus file: one line a pair of reuse on stdout, the seconds on stderr."""
    from provenance.candidates import join
    from provenance.pipeline import shared_wording

    if plain:
        join.LARGE = 1 << 62
        shared_wording.WORTH_COMPILING = 1 << 62

    def articles() -> Iterator[Article]:
        with Path(file).open(encoding="utf-8") as stream:
            for line in stream:
                record = json.loads(line)
                yield article(record["id"], record["site"], record["text"])

    begun = time.perf_counter()
    pairs = 0
    for pair in shared_wording.shared_wording(articles()):
        pairs += 1
        if pair.score:
            print(json.dumps({"a": pair.a, "b": pair.b}))
    print(f"{time.perf_counter() - begun:.2f} s, {pairs} pairs share anything", file=sys.stderr)


def main() -> None:
    """Run the sizes asked for, one process each, and print a line for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--end-to-end", action="store_true")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--engine", metavar="FILE", help=argparse.SUPPRESS)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.engine:
        engine(given.engine, plain=given.plain)
        return
    if given.one:
        print(json.dumps(measure(given.one, end_to_end=given.end_to_end, plain=given.plain)))
        return
    options = [
        name
        for name in ("--end-to-end", "--plain")
        if name[2:].replace("-", "_") in vars(given) and vars(given)[name[2:].replace("-", "_")]
    ]
    rows = []
    for size in given.sizes:
        run = subprocess.run(
            [sys.executable, __file__, "--one", str(size), *options],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        rows.append(json.loads(run.stdout))
        print(json.dumps(rows[-1]), flush=True)
        if size == 10_000:
            seconds, gigabytes = PASSIM
            longer, larger = seconds / rows[-1]["seconds"], gigabytes / rows[-1]["gigabytes"]
            print(
                f"passim took {seconds:.0f} s and {gigabytes} GB for as many: {longer:.0f} times as long, "
                f"{larger:.1f} times the memory"
            )
    for small, large in pairwise(rows):
        ratio = math.log(large["documents"] / small["documents"])
        exponent = math.log(large["seconds"] / small["seconds"]) / ratio
        print(f"growth exponent from {small['documents']} to {large['documents']}: {exponent:.2f}")


if __name__ == "__main__":
    main()
