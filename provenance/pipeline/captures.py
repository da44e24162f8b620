"""Where a capture comes from: the database first, then the sources that were named."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock

from provenance import __version__
from provenance.archive import ask_in_order, open_sources
from provenance.model.capture import Answer, Found, Unavailable, Unchecked
from provenance.model.resource import ArchiveLink, CaptureRequest
from provenance.pipeline.job import Job
from provenance.pipeline.place import state_folder
from provenance.store import Store

# Locks that keep two threads from fetching one capture twice; a clash of two originals on one
# lock only makes one wait.
_LOCKS = 64

Ask = Callable[[CaptureRequest], Answer]


class Captures:
    """Answers for archive links, and keeps in the database what it gets."""

    def __init__(self, store: Store, ask: Ask) -> None:
        self._store = store
        self._ask = ask
        self._locks = [Lock() for _ in range(_LOCKS)]

    def answer(self, link: ArchiveLink) -> Answer:
        """Answer for the capture that `link` leads to.

        What the database holds is not asked for again. A link without a full timestamp asks for
        the nearest capture: the database's own stands for it only where it falls into the time
        that the link names, or where no source knows of any.
        """
        if link.original is None:
            return Unchecked("unsupported-archive", f"links of {link.archive} do not tell what they show")
        request = CaptureRequest(link.original, link.timestamp, link)
        with self._locks[hash(link.original) % _LOCKS]:
            held = self._store.capture(request)
            if isinstance(held, Found) and _is_the_one(held, request):
                return held
            answer = self._ask(request)
            self._keep(answer, request)
        return held if isinstance(held, Found) and isinstance(answer, Unchecked) else answer

    def _keep(self, answer: Answer, request: CaptureRequest) -> None:
        if isinstance(answer, Found):
            self._store.record_capture(answer.capture, answers=request)
        elif isinstance(answer, Unavailable) and answer.neighbour is not None:
            self._store.record_capture(answer.neighbour)


def _is_the_one(held: Found, request: CaptureRequest) -> bool:
    return request.exact or (request.timestamp != "" and held.capture.timestamp.startswith(request.timestamp))


@contextmanager
def opened_captures(job: Job, store: Store) -> Iterator[Captures]:
    """The sources that the job names, behind what the database holds."""
    with ExitStack() as opened:
        sources = open_sources(
            job.captures,
            state_folder=state_folder(),
            # Machines that share a database share an address often enough; the stricter pace holds.
            budgets=[store.budget()],
            proxy=job.proxy,
            user_agent=f"source-provenance/{__version__}",
        )
        for source in sources:
            opened.callback(source.close)
        yield Captures(store, lambda request: ask_in_order(sources, request))
