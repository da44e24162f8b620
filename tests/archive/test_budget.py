"""One budget for a machine: however many ask, a host is never asked more often than it allows."""

import multiprocessing
import sqlite3
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from provenance.archive.budget import FileBudget
from provenance.archive.client import PoliteClient
from provenance.archive.limits import CDX, PACES, REPLAY, Limits
from provenance.model.capture import Unchecked
from provenance.model.errors import ProvenanceError
from tests.support.faults import FaultServer, answer, capture

PACE = 0.05  # seconds between requests: twenty a second


def client(folder: Path, port: int) -> PoliteClient:
    limits = Limits(paces={("127.0.0.1", REPLAY): PACE}, backoff=0.01)
    return PoliteClient([FileBudget(folder)], trusted=frozenset({("127.0.0.1", port)}), limits=limits)


def ask_many(folder: Path, port: int, threads: int, requests: int) -> None:
    made = client(folder, port)

    def work() -> None:
        for _ in range(requests):
            made.get(f"http://127.0.0.1:{port}/web/", REPLAY, made.deadline())

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    made.close()


def most_in_a_second(times: list[float]) -> int:
    return max(sum(1 for other in times if start <= other < start + 1.0) for start in times)


def test_threads_and_processes_share_one_budget(tmp_path: Path) -> None:
    """Two processes of four threads each, counted at the server."""
    with FaultServer(capture()) as server:
        context = multiprocessing.get_context("spawn")
        processes = [
            context.Process(target=ask_many, args=(tmp_path, server.port, 4, 7), daemon=True)
            for _ in range(2)
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join(60)
        times = [moment for moment, _ in server.requests]
    assert len(times) == 56
    allowed = int(1 / PACE)
    # One more is on the edge of a second, and a thread may wake late by the width of two slots.
    assert most_in_a_second(times) <= allowed + 3
    assert max(times) - min(times) >= 55 * PACE * 0.95


def test_slots_are_spaced_and_pools_are_apart(tmp_path: Path) -> None:
    now = [1000.0]
    budget = FileBudget(tmp_path, clock=lambda: now[0])
    assert [budget.reserve("a.example", CDX, 2.5) for _ in range(3)] == [0.0, 2.5, 5.0]
    assert budget.reserve("a.example", REPLAY, 0.125) == 0.0
    assert budget.reserve("b.example", CDX, 2.5) == 0.0
    now[0] += 100
    assert budget.reserve("a.example", CDX, 2.5) == 0.0


def test_budget_outlives_its_process(tmp_path: Path) -> None:
    FileBudget(tmp_path, clock=lambda: 1000.0).reserve("a.example", CDX, 60)
    assert FileBudget(tmp_path, clock=lambda: 1001.0).reserve("a.example", CDX, 60) == 59.0


def test_a_clock_that_was_set_back_does_not_stop_everything(tmp_path: Path) -> None:
    FileBudget(tmp_path, clock=lambda: 1_000_000.0).reserve("a.example", CDX, 2.5)
    assert FileBudget(tmp_path, clock=lambda: 1000.0).reserve("a.example", CDX, 2.5) == 0.0


def test_parking_is_shared_and_never_shortened(tmp_path: Path) -> None:
    one, other = FileBudget(tmp_path), FileBudget(tmp_path)
    late = datetime.now(UTC) + timedelta(hours=2)
    one.park("a.example", late)
    other.park("a.example", datetime.now(UTC) + timedelta(minutes=1))
    parked = other.parked_until("a.example")
    assert parked is not None and abs((parked - late).total_seconds()) < 1
    assert other.parked_until("b.example") is None


def test_parking_ends(tmp_path: Path) -> None:
    now = [1000.0]
    budget = FileBudget(tmp_path, clock=lambda: now[0])
    budget.park("a.example", datetime.fromtimestamp(1060, UTC))
    assert budget.parked_until("a.example") is not None
    now[0] = 1061.0
    assert budget.parked_until("a.example") is None


def test_a_refusal_in_one_process_stops_the_others(tmp_path: Path) -> None:
    with FaultServer(answer("429 Too Many Requests", b"", "Retry-After: 7200")) as server:
        first, second = client(tmp_path, server.port), client(tmp_path, server.port)
        for made in (first, second):
            outcome = made.get(server.prefix, REPLAY, made.deadline())
            assert isinstance(outcome, Unchecked) and outcome.reason == "rate-limited"
            made.close()
    assert len(server.requests) == 1


class _Strict:
    """A second budget that allows a request every fifth of a second."""

    def __init__(self) -> None:
        self.next = 0.0

    def reserve(self, host: str, pool: str, interval: float) -> float:
        now = time.monotonic()
        slot = max(now, self.next)
        self.next = slot + 0.2
        return slot - now

    def park(self, host: str, until: datetime) -> None:
        self.parked = until

    def parked_until(self, host: str) -> datetime | None:
        return getattr(self, "parked", None)


def test_the_stricter_of_two_budgets_holds(tmp_path: Path) -> None:
    with FaultServer(capture()) as server:
        limits = Limits(paces={("127.0.0.1", REPLAY): 0.01})
        trusted = frozenset({("127.0.0.1", server.port)})
        made = PoliteClient([FileBudget(tmp_path), _Strict()], trusted=trusted, limits=limits)
        for _ in range(4):
            made.get(server.prefix, REPLAY, made.deadline())
        made.close()
        times = [moment for moment, _ in server.requests]
    assert times[-1] - times[0] >= 0.58


def test_paces_are_under_the_archives_limits() -> None:
    assert 60 / PACES["web.archive.org", CDX] <= 24
    assert 1 / PACES["web.archive.org", REPLAY] <= 8
    assert Limits().pace("some-archive.example", REPLAY, own_machine=False) == 1.0


def test_a_damaged_state_file_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "requests.sqlite").write_bytes(
        b"this is no database, and long enough to be told from one" * 20
    )
    with pytest.raises(ProvenanceError, match=r"requests\.sqlite"):
        FileBudget(tmp_path)


def test_a_state_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(ProvenanceError, match="writable"):
        FileBudget(tmp_path / "file" / "state")


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    """A transaction left open by a process that is gone is rolled back by the next."""
    budget = FileBudget(tmp_path)
    open_one = sqlite3.connect(tmp_path / "requests.sqlite", isolation_level=None)
    open_one.execute("BEGIN IMMEDIATE")
    open_one.execute("INSERT INTO slot VALUES ('a.example', 'cdx', 9e9)")
    open_one.close()
    assert budget.reserve("a.example", CDX, 2.5) == 0.0
