"""The original resource and the links that lead to captures of it (words of RFC 7089)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArchiveLink:
    """An archive URL as a user wrote it, taken apart.

    `verbatim` is the link as written. `archive` names the archive (`web.archive.org`,
    `archive.today`, `perma.cc`, or the host). `original` is the URL of the original resource
    with a scheme, None where the link does not tell it (a short perma.cc or archive.today
    form). `timestamp` is 0 to 14 digits as written; fewer than 14 asks for the nearest.
    `supported` is False for archives whose captures cannot be verified (archive.today).
    """

    verbatim: str
    archive: str
    original: str | None
    timestamp: str = ""
    supported: bool = True


@dataclass(frozen=True, slots=True)
class CaptureRequest:
    """What a source is asked for: a capture of `original` at `timestamp`.

    14 digits ask for exactly that capture; fewer, or none, for the nearest to it.
    """

    original: str
    timestamp: str
    link: ArchiveLink

    @property
    def exact(self) -> bool:
        """Whether one capture and no neighbour is asked for."""
        return len(self.timestamp) == 14
