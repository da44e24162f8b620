"""What `--captures` names, opened; and several sources asked in turn."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from provenance.archive.address_guard import HostPort
from provenance.archive.budget import FileBudget
from provenance.archive.client import PoliteClient
from provenance.archive.limits import Limits
from provenance.archive.memento import MementoSource
from provenance.archive.warc_source import WarcSource
from provenance.archive.wayback import WaybackSource
from provenance.model.budget import Budget
from provenance.model.capture import Answer, CaptureRow, CaptureSource, Found, Unavailable, Unchecked
from provenance.model.errors import UsageError
from provenance.model.resource import CaptureRequest
from provenance.warc.files import SUFFIXES


class NoSource:
    """`--captures none`: no door at all. What the database holds is asked before any source."""

    name = "none"

    def capture(self, request: CaptureRequest) -> Answer:  # noqa: ARG002
        """Always: not in the captures."""
        return Unchecked("not-in-captures", "no source of captures was named")

    def captures(self, original: str) -> Iterator[CaptureRow]:  # noqa: ARG002
        """None."""
        return iter(())

    def close(self) -> None:
        """Nothing to close."""


def open_sources(
    names: Sequence[str],
    *,
    state_folder: Path,
    budgets: Sequence[Budget] = (),
    proxy: str | None = None,
    certificates: str | None = None,
    user_agent: str = "source-provenance",
    limits: Limits | None = None,
) -> list[CaptureSource]:
    """Open each of `names` as the contract spells them: `wayback`, `none`, an address, a path.

    The budget of this machine and user is kept in `state_folder` (made if need be, and only
    where a source opens connections); `budgets` come on top of it, the strictest holds.
    Raises UsageError for a name that is no source, ProvenanceError where no budget can be kept.
    """
    addresses = {name: _collection_address(name) for name in names if "://" in name}
    trusted = frozenset(_host_port(address) for address in addresses.values())
    client: PoliteClient | None = None
    if addresses or "wayback" in names:
        client = PoliteClient(
            [FileBudget(state_folder), *budgets],
            trusted=trusted,
            proxy=proxy,
            certificates=certificates,
            user_agent=user_agent,
            limits=limits,
        )
    sources: list[CaptureSource] = []
    for name in names:
        if name == "none":
            sources.append(NoSource())
        elif client is not None and name == "wayback":
            sources.append(WaybackSource(client))
        elif client is not None and name in addresses:
            sources.append(MementoSource(client, addresses[name]))
        else:
            sources.append(WarcSource(_capture_path(name)))
    return sources


def ask_in_order(sources: Sequence[CaptureSource], request: CaptureRequest) -> Answer:
    """The answer of the first source that has the capture, else the one that says most.

    A source that could not be asked may hold it, so its Unchecked outweighs another's
    Unavailable; `not-in-captures` (nothing was there to ask) gives way to both.
    """
    if not request.link.supported:
        return Unchecked("unsupported-archive", f"captures of {request.link.archive} cannot be verified")
    best: Answer | None = None
    for source in sources:
        answer = source.capture(request)
        if isinstance(answer, Found):
            return answer
        if best is None or _weight(answer) > _weight(best):
            best = answer
    return best or Unchecked("not-in-captures", "no source of captures was named")


def _weight(answer: Answer) -> int:
    if isinstance(answer, Unavailable):
        return 1 if answer.neighbour is None else 2
    return 3 if isinstance(answer, Unchecked) and answer.reason != "not-in-captures" else 0


def _collection_address(name: str) -> str:
    try:
        parts = urlsplit(name)
        valid = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1)
    except ValueError:
        valid = False
    if not valid or parts.query or parts.fragment:
        raise UsageError(f"--captures {name}: not a collection's address; write http://HOST/COLLECTION/")
    return name if name.endswith("/") else name + "/"


def _host_port(address: str) -> HostPort:
    parts = urlsplit(address)
    return (parts.hostname or "").lower(), parts.port or (443 if parts.scheme == "https" else 80)


def _capture_path(name: str) -> Path:
    path = Path(name)
    if (name and path.is_dir()) or (path.is_file() and name.lower().endswith(SUFFIXES)):
        return path
    there = name and path.exists()
    what = "is no .warc, .warc.gz or .wacz file" if there else "is neither there nor a known word"
    raise UsageError(
        f"--captures {name or repr('')}: {what}; name wayback, none, http(s)://HOST/COLLECTION/ "
        "or such a path"
    )
