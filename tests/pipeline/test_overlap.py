"""Work on several things at a time: order, bounds, failures."""

import threading
import time

import pytest

from provenance.pipeline.overlap import AHEAD, overlapped


def test_results_come_in_the_order_of_what_was_given():
    def work(number):
        time.sleep(0.002 * (number % 3))
        return number * 10

    assert list(overlapped(work, iter(range(30)), 4)) == [number * 10 for number in range(30)]


def test_work_overlaps():
    meeting = threading.Barrier(3, timeout=10)
    assert list(overlapped(lambda _: meeting.wait() >= 0, iter(range(3)), 3)) == [True] * 3


def test_no_more_is_taken_than_can_be_worked_on_soon():
    taken = []

    def given():
        for number in range(1000):
            taken.append(number)
            yield number

    results = overlapped(lambda number: number, given(), 2)
    next(results)
    assert len(taken) <= 2 * AHEAD
    results.close()


def test_a_failure_is_raised_where_its_result_would_stand():
    def work(number):
        if number == 2:
            raise LookupError("two")
        return number

    seen = []
    with pytest.raises(LookupError, match="two"):
        for made in overlapped(work, iter(range(5)), 2):
            seen.append(made)
    assert seen == [0, 1]


def test_threads_end_when_the_work_is_done_or_given_up():
    before = set(threading.enumerate())
    list(overlapped(lambda number: number, iter(range(10)), 3))
    given_up = overlapped(lambda number: number, iter(range(100)), 3)
    next(given_up)
    given_up.close()
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=10)
    assert set(threading.enumerate()) <= before


def test_nothing_given_makes_nothing():
    assert list(overlapped(lambda number: number, iter(()), 2)) == []
