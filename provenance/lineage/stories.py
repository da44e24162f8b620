"""Stories: which articles tell of the same thing.

What an article is about is a weighted set of keys that mean the same in every language (numbers,
names by their sound, ideas of the language tables; see translation_features) and of the outlets that
it credits. Articles near each other by the cosine of those sets, or tied by shared wording, are
joined from the nearest on, by the average of all that lies between two groups (Sokal and Michener
1958): one article that mentions both of two stories does not make them one.
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import numpy as np
import numpy.typing as npt

from provenance.lineage.translation_candidates import at_large
from provenance.lineage.translation_features import Sentence, sentence_features
from provenance.model.article import Article
from provenance.model.citation import Citation
from provenance.model.reuse import ReusePair

# The vault's own counts are weighed against experience of news at large worth so many articles, or as
# many as the vault has: one that is all about one story cannot tell what is rare.
EXPERIENCE = 40.0
# How often an article of news at large credits any one outlet.
OUTLET_AT_LARGE = 0.05
# Groups are joined while the average between them is at least this. Fitted on tests/lineage/stories.
LEAST_AVERAGE = 0.095
# An article left alone joins the group that its nearest few are of, where they are this near and those
# of no other group come close.
NEAREST_FEW, LEAST_NEAREST, CLEARLY = 3, 0.08, 1.5
# A pair below this counts as nothing in common; an article is compared with so many at most.
LEAST_COSINE, MOST_NEIGHBOURS = 0.03, 120
# Two languages show less of what is shared than one does.
ACROSS_LANGUAGES = 1.5
# A key in more articles than this is passed over in a vault of more than LARGE: it costs time and tells
# little.
COMMON, LARGE = 600, 3_000
# Days between two articles that halve what connects them, once they are further apart than a story
# usually runs.
A_STORY_RUNS, HALVED_IN = 21.0, 30.0

CREDITS = ("source", "relay", "republication")
Keys = frozenset[str]


def subject(article: Article, sentences: Sequence[Sentence], citations: Iterable[Citation]) -> Keys:
    """The keys of what an article is about. Copies of one text have the same."""
    keys = {key for sentence in sentences for key in sentence.keys}
    own = article.outlet.name if article.outlet else None
    credited = {each.outlet.name for each in citations if each.kind in CREDITS}
    return frozenset(keys | {f"o:{name}" for name in credited if name != own})


def subjects(articles: Sequence[Article], citations: Mapping[str, Sequence[Citation]]) -> list[Keys]:
    """The subject of every article; a text that stands in several is read once."""
    known: dict[str, tuple[Sentence, ...]] = {}
    found = []
    for article in articles:
        text = article.readable.text
        if text not in known:
            known[text] = sentence_features(article)
        found.append(subject(article, known[text], citations.get(article.path, ())))
    return found


def group(articles: Sequence[Article], about: Sequence[Keys], pairs: Iterable[ReusePair]) -> list[list[int]]:
    """The stories as positions of articles, in the vault's order; each has two articles or more.

    An article that credits another outlet is a story by itself where it is in no other: it says of
    someone else that they had it. All others are in none.
    """
    positions = {article.path: index for index, article in enumerate(articles)}
    first_of, same = _copies(articles)
    ties = _near(
        [about[each] for each in first_of], [articles[each].language.best or "" for each in first_of]
    )
    for (a, b), tie in list(ties.items()):
        ties[a, b] = tie * _in_time(articles[first_of[a]].published, articles[first_of[b]].published)
    for pair in pairs:
        if pair.score <= 0 or pair.a not in positions or pair.b not in positions:
            continue
        one, other = sorted((same[positions[pair.a]], same[positions[pair.b]]))
        if one != other:
            ties[one, other] = max(ties.get((one, other), 0.0), _tie_of(pair))
    members: dict[int, list[int]] = defaultdict(list)
    for position, text in enumerate(same):
        members[text].append(position)
    together = _taken_in(_joined(len(first_of), ties), ties)
    joined = [sorted(each for text in texts for each in members[text]) for texts in together]
    alone = [
        each for each in joined if len(each) == 1 and any(key.startswith("o:") for key in about[each[0]])
    ]
    return sorted([each for each in joined if len(each) > 1] + alone)


def _copies(articles: Sequence[Article]) -> tuple[list[int], list[int]]:
    """The first article of each text, and for each article the number of its text."""
    first_of: list[int] = []
    numbers: dict[str, int] = {}
    same = []
    for position, article in enumerate(articles):
        text = " ".join(article.readable.text.split())
        if not text:
            text = f"\0{position}"  # empty texts are no copies of each other
        if text not in numbers:
            numbers[text] = len(first_of)
            first_of.append(position)
        same.append(numbers[text])
    return first_of, same


def _near(about: Sequence[Keys], languages: Sequence[str]) -> dict[tuple[int, int], float]:
    """How near articles are, for the pairs that are near at all."""
    numbering: dict[str, int] = {}
    entries = [
        np.array(sorted(numbering.setdefault(key, len(numbering)) for key in sorted(keys)), dtype=np.int64)
        for keys in about
    ]
    if not numbering:
        return {}
    counts = Counter(int(key) for keys in entries for key in keys)
    total = len(about)
    experience = max(EXPERIENCE, float(total))
    weights = np.zeros(len(numbering))
    for key, number in numbering.items():
        if total <= LARGE or counts[number] <= COMMON:
            expected = OUTLET_AT_LARGE if key.startswith("o:") else 1 - (1 - at_large(key)) ** 15
            weights[number] = -math.log((counts[number] + experience * expected) / (total + experience))
    weights = np.maximum(weights, 0.0) ** 2
    lengths = np.array([math.sqrt(weights[keys].sum()) or 1.0 for keys in entries])
    weights[np.array([counts[number] < 2 for number in range(len(weights))])] = 0.0
    return _nearest(entries, weights, lengths, np.array(languages))


def _nearest(
    entries: list[npt.NDArray[np.int64]],
    weights: npt.NDArray[np.float64],
    lengths: npt.NDArray[np.float64],
    languages: npt.NDArray[np.str_],
) -> dict[tuple[int, int], float]:
    owners = np.repeat(np.arange(len(entries)), [len(keys) for keys in entries])
    every = np.concatenate(entries)
    order = np.argsort(every, kind="stable")
    postings = owners[order]
    begins = np.searchsorted(every[order], np.arange(len(weights) + 1))
    found: dict[tuple[int, int], float] = {}
    for position, keys in enumerate(entries):
        telling = keys[weights[keys] > 0]
        if not len(telling):
            continue
        lists = [postings[begins[key] : begins[key + 1]] for key in telling]
        weight = np.repeat(weights[telling], [len(each) for each in lists])
        cosine = np.bincount(np.concatenate(lists), weight, minlength=len(entries))
        cosine = cosine / (lengths * lengths[position])
        cosine[languages != languages[position]] *= ACROSS_LANGUAGES
        cosine[position] = 0.0
        near = np.flatnonzero(cosine >= LEAST_COSINE)
        for other in near[np.argsort(-cosine[near], kind="stable")][:MOST_NEIGHBOURS].tolist():
            found[min(position, other), max(position, other)] = min(1.0, float(cosine[other]))
    return found


def _in_time(one: datetime | None, other: datetime | None) -> float:
    """How much of what connects two articles stands, by the time between them (1: all of it)."""
    if one is None or other is None:
        return 1.0
    days = abs(one.timestamp() - other.timestamp()) / 86_400
    return float(0.5 ** (max(0.0, days - A_STORY_RUNS) / HALVED_IN))


def _tie_of(pair: ReusePair) -> float:
    """What reuse says of two articles' being one story: a shared paragraph of background little."""
    return float(pair.score * min(1.0, 0.1 + 1.5 * max(pair.share_of_a, pair.share_of_b)))


def _taken_in(groups: list[list[int]], ties: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """The groups with the texts that average linkage left alone and that plainly belong to one."""
    group_of = {text: number for number, texts in enumerate(groups) for text in texts if len(texts) > 1}
    near: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (a, b), tie in ties.items():
        for text, other in ((a, b), (b, a)):
            if text not in group_of and other in group_of:
                near[text][group_of[other]].append(tie)
    taken = set()
    for text, by_group in near.items():
        means = sorted(
            ((sum(sorted(each)[-NEAREST_FEW:]) / NEAREST_FEW, number) for number, each in by_group.items()),
            reverse=True,
        )
        second = means[1][0] if len(means) > 1 else 0.0
        if means[0][0] >= LEAST_NEAREST and means[0][0] >= CLEARLY * second:
            groups[means[0][1]].append(text)
            taken.add(text)
    return [texts for texts in groups if len(texts) > 1 or texts[0] not in taken]


def _joined(count: int, ties: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Average linkage over the pairs that have a tie; all others count as zero."""
    between: dict[int, dict[int, float]] = defaultdict(dict)
    for (a, b), tie in ties.items():
        between[a][b] = between[b][a] = tie
    groups: dict[int, list[int]] = {each: [each] for each in range(count)}
    queue = [(-tie, a, b) for (a, b), tie in ties.items() if tie >= LEAST_AVERAGE]
    heapq.heapify(queue)
    following = count
    while queue:
        _, a, b = heapq.heappop(queue)
        if a not in groups or b not in groups:
            continue
        groups[following] = groups.pop(a) + groups.pop(b)
        sums = between.pop(a)
        for other, tie in between.pop(b).items():
            sums[other] = sums.get(other, 0.0) + tie
        for other, tie in sums.items():
            if other not in groups:
                continue
            between[other].pop(a, None)
            between[other].pop(b, None)
            between[other][following] = between[following][other] = tie
            one, two = len(groups[following]), len(groups[other])
            # No article has more ties than it has neighbours, however large a story is.
            average = tie / min(one * two, MOST_NEIGHBOURS * min(one, two))
            if average >= LEAST_AVERAGE:
                heapq.heappush(queue, (-average, following, other))
        following += 1
    return list(groups.values())
