"""Findings set down in a temporary file, because a report walks them more than once."""

import pickle
import tempfile
from collections.abc import Iterator

from provenance.model.finding import ArticleFinding

# Below this a run stays in memory.
IN_MEMORY = 16 * 1024 * 1024


class Spool:
    """Findings in the order in which they were added; any number of walks after the last one."""

    def __init__(self) -> None:
        # The file has no name that another program could open, so that what is read back is
        # what was written here.
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self._end = 0

    def add(self, finding: ArticleFinding) -> None:
        """Set one finding down. Bodies of captures do not belong in it."""
        self._file.seek(self._end)
        pickle.dump(finding, self._file, pickle.HIGHEST_PROTOCOL)
        self._end = self._file.tell()

    def __iter__(self) -> Iterator[ArticleFinding]:
        at = 0
        while at < self._end:
            self._file.seek(at)
            finding: ArticleFinding = pickle.load(self._file)  # noqa: S301
            at = self._file.tell()
            yield finding

    def close(self) -> None:
        """Give the file back."""
        self._file.close()
