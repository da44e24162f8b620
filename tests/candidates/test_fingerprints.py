"""Fingerprints: what two texts share in wording they share in fingerprints."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from provenance.candidates import covered, fingerprints
from provenance.candidates.fingerprints import SHINGLE, WINDOW
from provenance.text.tokens import tokens

WORDS = st.lists(
    st.sampled_from(
        [
            "harbour",
            "quay",
            "pile",
            "sand",
            "crane",
            "docker",
            "slab",
            "north",
            "vessel",
            "fruit",
            "berth",
            "tide",
        ]
    ),
    max_size=40,
)


def prints(text):
    found = tokens(text)
    return fingerprints(found.keys, found.widths)


@given(
    WORDS,
    WORDS,
    WORDS,
    st.lists(st.integers(0, 10**6), min_size=SHINGLE + WINDOW - 1, max_size=30, unique=True),
)
def test_a_shared_run_of_words_is_a_shared_fingerprint(before, after, elsewhere, run):
    run = [f"w{number}" for number in run]
    a, b = prints(" ".join(before + run + after)), prints(" ".join(elsewhere + run))
    assert len(np.intersect1d(a, b)) >= 1


@given(WORDS)
def test_fingerprints_are_unique_sorted_and_no_more_than_words(words):
    found = prints(" ".join(words))
    assert (np.diff(found.view(np.uint64)) > 0).all()
    assert len(found) <= max(0, len(words) - SHINGLE + 1)
    assert len(found) > 0 or len(words) < SHINGLE


def test_eight_ideographs_are_a_shingle_and_twelve_thai_letters():
    assert len(prints("青湾市政府星期二")) == 1
    assert len(prints("青湾市政府星期")) == 0
    assert len(prints("กรุงเทพมหานค")) == 1
    assert len(prints("กรุงเทพมหาน")) == 0


def test_the_words_of_a_fingerprint_are_found_again():
    text = "one two three four five six seven eight nine ten eleven twelve"
    found = tokens(text)
    footer = fingerprints(found.keys[4:10], found.widths[4:10])
    inside = covered(found.keys, found.widths, footer)
    assert inside[4:10].sum() >= SHINGLE
    assert not inside[:4].any() and not inside[10:].any()
