"""When an article can be from, by what its file and the archives say."""

from collections.abc import Sequence
from datetime import UTC, datetime

from provenance.model.article import Article
from provenance.model.story import Edge, Impossible

_SHORTEST = 8  # digits of a timestamp that name a day
DAY = 86_400.0


def possible_dates(article: Article) -> tuple[float | None, float | None]:
    """The earliest and latest moment (Unix time) an article can be from; None: no limit known.

    The date of publication is taken at its word unless a capture of the page is older than it: a
    page cannot be captured before it is there, so then the capture alone counts, as the latest moment.
    """
    captured = min(
        (moment for link in article.archive_links if (moment := _moment(link.timestamp)) is not None),
        default=None,
    )
    if article.published is None:
        return None, captured
    published = _stamp(article.published)
    if captured is not None and captured + DAY < published:
        return None, captured
    # A date without a time of day names the whole day.
    whole_day = published % DAY == 0
    return published, published + (DAY - 1 if whole_day else 0)


def impossible_edges(edges: Sequence[Edge], articles: Sequence[Article]) -> tuple[Impossible, ...]:
    """The edges whose giver came only after the taker."""
    dates = {article.path: possible_dates(article) for article in articles}
    found = []
    for number, edge in enumerate(edges):
        if edge.taker.path is None or edge.giver.path is None:
            continue
        latest, earliest = dates[edge.taker.path][1], dates[edge.giver.path][0]
        if latest is not None and earliest is not None and latest < earliest:
            reason = f"the taker is from {_day(latest)} or earlier, the giver from {_day(earliest)}"
            found.append(Impossible(number, reason))
    return tuple(found)


def _moment(timestamp: str) -> float | None:
    if len(timestamp) < _SHORTEST:
        return None
    try:
        return _stamp(datetime.strptime(timestamp[:14].ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC))
    except ValueError:
        return None


def _stamp(moment: datetime) -> float:
    """Unix time without `timestamp()`, which some systems refuse for years before 1970."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()


def _day(stamp: float) -> str:
    # Days since year 1 of the Unix epoch's ordinal, so that no clock of the system is asked.
    return datetime.fromordinal(719_163 + int(stamp // DAY)).strftime("%Y-%m-%d")
