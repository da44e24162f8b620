"""Which articles stand at or beneath the paths that a person names."""

from collections.abc import Callable, Iterator, Sequence


def beneath(paths: Sequence[str] | None) -> Callable[[str], bool]:
    """A test for article paths: at or beneath one of `paths`, always true for None.

    Paths are compared as they are written, `/` (or `\\`) between their parts and `#` before an
    article inside a file. `.` stands for every path that is not absolute and does not go up.
    """
    if paths is None:
        return lambda _: True
    named = {_written(path) for path in paths}

    def stands_beneath(path: str) -> bool:
        return any(place in named for place in _places(_written(path)))

    return stands_beneath


def _written(path: str) -> str:
    written = path.replace("\\", "/")
    while written.startswith("./"):
        written = written[2:].lstrip("/")
    return written.rstrip("/") or ("/" if path.startswith("/") else ".")


def _places(path: str) -> Iterator[str]:
    """The path itself and all that it stands beneath."""
    yield path
    for at in range(len(path) - 1, 0, -1):
        if path[at] in "/#":
            yield path[:at]
    if path.startswith("/"):
        yield "/"
    elif not path.startswith("../"):
        yield "."
