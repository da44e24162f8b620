"""What a run was asked to do."""

from dataclasses import dataclass

DEFAULT_CAPTURES = ("wayback",)
# One thread waits on the archive's pace while others compare; more only wait in line, as an
# archive's budget is shared by all of them.
DEFAULT_JOBS = 4


@dataclass(frozen=True, slots=True)
class Job:
    """A verb and what it works on.

    `captures` are sources as `--captures` names them, asked in order. `database` is an SQLAlchemy
    URL, None for the default place. `jobs` is the number of articles worked on at a time (1 or
    more).
    """

    verb: str
    paths: tuple[str, ...]
    captures: tuple[str, ...] = DEFAULT_CAPTURES
    proxy: str | None = None
    database: str | None = None
    jobs: int = DEFAULT_JOBS
