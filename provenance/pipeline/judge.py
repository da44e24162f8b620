"""`outlets judge`: a person's word on one citation."""

from contextlib import closing
from datetime import UTC, datetime

from provenance.model.citation import Citation
from provenance.model.errors import UsageError
from provenance.model.finding import ArticleFinding
from provenance.model.judgement import WORDS, Judgement
from provenance.pipeline.place import vault_folder
from provenance.report.neutral import neutral
from provenance.store import Store, sqlite_url_in

# Takes back what was said.
WITHDRAWN = "withdrawn"
CHOICES = (*WORDS, WITHDRAWN)


def judged(
    path: str,
    start: int,
    word: str,
    *,
    outlet: str | None = None,
    note: str = "",
    database: str | None = None,
) -> str:
    """Keep a person's word on the citation of `path` whose evidence begins at `start`.

    `path` and `start` are as reports show them; `outlet` tells apart citations that begin at one
    place. Returns one line on what was kept. Raises UsageError where there is no such citation.
    """
    with closing(Store.open(database or sqlite_url_in(vault_folder((path.partition("#")[0],))))) as store:
        finding = next((each for each in store.findings((path,)) if each.citations is not None), None)
        if finding is None or finding.content_sha256 is None:
            raise UsageError(
                f"no citations of {path} are recorded: run `provenance cite` on it first, and name it as "
                "reports do"
            )
        citation = _citation(finding, start, outlet)
        judgement = None if word == WITHDRAWN else Judgement(word, datetime.now(UTC), note)
        store.judge(finding.content_sha256, citation, judgement)
    return neutral(f"{path}: {citation.kind} {citation.outlet.name}, “{citation.evidence}”, is now {word}")


def _citation(finding: ArticleFinding, start: int, outlet: str | None) -> Citation:
    cited = finding.citations or ()
    wanted = outlet.casefold() if outlet else None
    there = [
        each
        for each in cited
        if each.start == start and (wanted is None or each.outlet.name.casefold() == wanted)
    ]
    if len(there) == 1:
        return there[0]
    if there:
        names = ", ".join(each.outlet.name for each in there)
        raise UsageError(f"several outlets are named at {start} of {finding.path}: say --outlet, of {names}")
    places = ", ".join(f"{each.start} {each.outlet.name}" for each in cited[:10]) or "none"
    raise UsageError(f"{finding.path} names no such outlet at {start}; its citations: {places}")
