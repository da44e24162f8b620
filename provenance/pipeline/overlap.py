"""Working on several articles at a time, in order, with a bounded number under way."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Event, Thread
from typing import Generic, TypeVar

# Articles under way for each thread: enough that a slow one does not idle the others, few enough
# that memory stays flat.
AHEAD = 4

Given = TypeVar("Given")
Made = TypeVar("Made")


@dataclass(slots=True)
class _Task(Generic[Given, Made]):
    given: Given
    made: list[Made] = field(default_factory=list)
    failure: BaseException | None = None
    done: Event = field(default_factory=Event)


def overlapped(work: Callable[[Given], Made], given: Iterator[Given], threads: int) -> Iterator[Made]:
    """`work` applied to each of `given`, results in the order of `given`.

    An exception of `work` is raised where its result would stand; what was under way then is
    dropped. The threads are daemons, so that an interrupted program ends at once and does not
    wait for an archive to answer.
    """
    tasks: SimpleQueue[_Task[Given, Made] | None] = SimpleQueue()
    workers = [Thread(target=_work, args=(work, tasks), daemon=True) for _ in range(threads)]
    for worker in workers:
        worker.start()
    waiting: deque[_Task[Given, Made]] = deque()
    try:
        for each in given:
            task: _Task[Given, Made] = _Task(each)
            waiting.append(task)
            tasks.put(task)
            if len(waiting) >= threads * AHEAD:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
    finally:
        while not tasks.empty():
            tasks.get()
        for _ in workers:
            tasks.put(None)


def _result(task: _Task[Given, Made]) -> Made:
    # With a timeout, as a wait without one cannot be interrupted from the keyboard on Windows.
    while not task.done.wait(timeout=0.5):
        pass
    if task.failure is not None:
        raise task.failure
    return task.made[0]


def _work(work: Callable[[Given], Made], tasks: "SimpleQueue[_Task[Given, Made] | None]") -> None:
    while (task := tasks.get()) is not None:
        try:
            task.made.append(work(task.given))
        except BaseException as failure:
            task.failure = failure
        task.done.set()
