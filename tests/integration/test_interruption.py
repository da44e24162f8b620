"""Runs that are interrupted, killed, or made twice at once: nothing is lost, nothing is done twice."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

ARTICLES = 800
TEXT = "The harbour was closed for {} hours on Monday. The pilots of the port had warned of fog. "

posix = pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")


@pytest.fixture
def corpus(tmp_path):
    with (tmp_path / "corpus.jsonl").open("w", encoding="utf-8") as file:
        for number in range(ARTICLES):
            record = {"id": str(number), "text": TEXT.format(number) * 10, "language": "en"}
            file.write(json.dumps(record) + "\n")
    return tmp_path


def started(folder, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "provenance", "verify", "corpus.jsonl", "--captures", "none", *arguments],
        cwd=folder,
        env={
            **os.environ,
            "PROVENANCE_STATE_DIR": str(folder / "state"),
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def recorded(folder):
    try:
        with sqlite3.connect(f"file:{folder}/.provenance/provenance.db?mode=ro", uri=True) as database:
            return database.execute("SELECT count(*) FROM run_entries").fetchone()[0]
    except sqlite3.Error:
        return 0


def wait_until_some_are_recorded(folder, process):
    deadline = time.monotonic() + 60
    while recorded(folder) < 10:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)


def finished(folder):
    process = started(folder, "--format", "jsonl")
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return [json.loads(line)["path"] for line in out.splitlines()]


@posix
def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(corpus):
    process = started(corpus)
    wait_until_some_are_recorded(corpus, process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert (out, err.count("\n")) == ("", 1)
    assert "run the same command again" in err
    assert 0 < recorded(corpus) < ARTICLES
    assert len(finished(corpus)) == ARTICLES


@posix
def test_a_killed_run_can_be_repeated(corpus):
    process = started(corpus)
    wait_until_some_are_recorded(corpus, process)
    process.kill()
    process.communicate(timeout=30)
    assert len(finished(corpus)) == ARTICLES


def test_two_runs_at_once_on_one_vault(corpus):
    both = [started(corpus, "--format", "jsonl") for _ in range(2)]
    for process in both:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert len(out.splitlines()) == ARTICLES


def test_a_reader_that_has_seen_enough_is_no_error(corpus):
    process = started(corpus, "--format", "jsonl")
    process.stdout.readline()
    process.stdout.close()
    with process.stderr:
        assert process.stderr.read() == ""
    assert process.wait(timeout=60) == 0
