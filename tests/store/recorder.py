"""A program of its own that records articles, to be run beside others and to be killed.

`python -m tests.store.recorder URL FIRST LAST` prints each path when its transaction has ended.
"""

import sys
from dataclasses import replace

from provenance.store import Store
from tests.store import samples


def record(url: str, first: int, last: int) -> None:
    """Record the articles numbered `first` up to `last` in a run of their own."""
    with Store.open(url) as store:
        run_id = store.begin_run(samples.run())
        for number in range(first, last):
            path = f"vault/{number:05}.md"
            capture = samples.capture(f"Page {number}. " * 400, timestamp=f"{20200101000000 + number}")
            article = samples.article(path, f"Text {number}. " * 100)
            finding = samples.finding(article)
            checked = replace(samples.verification(), capture=capture)
            store.record_capture(capture)
            store.record(run_id, article, replace(finding, verification=checked))
            print(path, flush=True)
        store.finish_run(run_id, samples.NOON, samples.passed_over())


if __name__ == "__main__":
    record(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
