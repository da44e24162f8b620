"""Archive links as people write them, taken apart.

No URL library is used on archive links: they hold a second URL, and libraries that tidy a path
(collapsing `//`, dropping parameters) break it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from provenance.model.resource import ArchiveLink
from provenance.text.same_resource import LONGEST_URL, comparison_key

__all__ = ["ARCHIVE_TODAY", "WAYBACK", "comparison_key", "parse_archive_link", "replay_prefix"]

WAYBACK = "web.archive.org"
ARCHIVE_TODAY = "archive.today"

_DEEPEST_NESTING = 3  # a link pasted into a link: seen doubled and tripled

# What a link gives away: the original's URL (None: it does not say) and the timestamp's digits.
_Inside = tuple[str | None, str]


def parse_archive_link(url: str) -> ArchiveLink | None:
    """Take an archive link apart; None when `url` is no link to a capture.

    Understands every archive of `_ARCHIVES` and, on any other host, the shape that pywb and
    OpenWayback share: `/COLLECTION/<timestamp><modifier>/<url>`. The original's scheme may be
    missing (`http` is put, as the Wayback Machine does), doubled, short of a slash or
    percent-encoded; its default port is dropped. Never raises.
    """
    return _parse(url, _DEEPEST_NESTING)


def replay_prefix(link: ArchiveLink) -> str | None:
    """The part of a replay link before its timestamp, as `https://host/collection/`.

    None for links that do not have the `/<timestamp>/<url>` shape.
    """
    text = _tidied(link.verbatim)
    match = _ABSOLUTE.match(text)
    if match is None or not link.supported:
        return None
    rest = match["rest"]
    shape = _REPLAY_UNKNOWN_HOST.match(rest) or _REPLAY.match(rest) or _REPLAY_ANY_TIME.match(rest)
    if shape is None:
        return None
    scheme = (match["scheme"] or "https").lower()
    return f"{scheme}://{match['host'].lower()}{rest[: shape.end('collection')]}"


def _parse(url: str, depth: int) -> ArchiveLink | None:
    match = _ABSOLUTE.match(_tidied(url))
    if match is None:
        return None
    host, rest = _without_default_port(match["host"].lower()), match["rest"]
    archive = next((a for a in _ARCHIVES if a.serves(host)), None) or _Archive(host, (), True, _any_replay)
    inside = archive.reader(rest)
    if inside is None:
        return None
    original, timestamp = inside
    if original is not None and depth:
        nested = _parse(original, depth - 1)
        if nested is not None and nested.archive == archive.name and nested.original is not None:
            original, timestamp = nested.original, nested.timestamp or timestamp
    supported = archive.supported and original is not None
    return ArchiveLink(url, archive.name, original, timestamp, supported)


def _tidied(url: str) -> str:
    """The link without what sticks to it in running text, and decoded where it is encoded as a whole."""
    text = url.strip().strip("<>\"'`")
    if len(text) > LONGEST_URL or any(c.isspace() or ord(c) < 32 for c in text):
        return ""
    for _ in range(_DEEPEST_NESTING):
        if not re.match(r"(?i)https?%(?:25)*3a", text):
            break
        text = unquote(text)
    while text and (text[-1] in _TRAILING or (text[-1] in ")]}" and _unbalanced(text))):
        text = text[:-1]
    return text


_TRAILING = frozenset(".,;:!\"'`<>»”’“…、。，；：！")


def _unbalanced(text: str) -> bool:
    closing = text[-1]
    return text.count(closing) > text.count({")": "(", "]": "[", "}": "{"}[closing])


def _without_default_port(host: str) -> str:
    return re.sub(r":(?:80|443)$", "", host)


_ABSOLUTE = re.compile(
    r"(?i)(?:(?:(?P<scheme>https?):/{1,3})+|//)?(?:[^/?#@]*@)?"
    r"(?P<host>\[[0-9a-f:.]+\](?::\d+)?|[^\s/?#@:\[\]]+(?::\d+)?)(?P<rest>[/?].*)"
)
_STAMP = r"(?P<stamp>[0-9]{4,14})[0-9]{0,3}(?:[a-z]{2,3}_)?\*?/"
_ANY_STAMP = r"(?P<stamp>[0-9]{0,14})[0-9]{0,3}(?:[a-z]{2,3}_|\*)?/"
# A host nobody knows must show the whole shape: an ordinary article may well stand at /2024/06/name.
_REPLAY_UNKNOWN_HOST = re.compile(
    r"(?P<collection>/(?:[^/?#]+/){0,5}?)(?:" + _STAMP + r"(?=(?i:https?)(?::|%3a|%253a))"
    r"|(?P<full>[0-9]{14})(?:[a-z]{2,3}_)?/(?=[^/?#\s]+\.[a-z]{2,}/))"
)
_WAYBACK_FOLDER = re.compile(r"/(?:web|save(?:/_embed)?)/(?:" + _ANY_STAMP + ")?")
_WAYBACK_NO_FOLDER = re.compile("/" + _STAMP)
_REPLAY = re.compile(r"(?P<collection>/(?:[^/?#]+/){0,5}?)" + _STAMP)
_REPLAY_ANY_TIME = re.compile(r"(?P<collection>/(?:[^/?#]+/){0,5}?)(?P<stamp>)\*/")


def _any_replay(rest: str) -> _Inside | None:
    match = _REPLAY_UNKNOWN_HOST.match(rest)
    original = _original(rest[match.end() :]) if match else None
    return (original, match["stamp"] or match["full"]) if match and original else None


def _known_replay(rest: str) -> _Inside | None:
    whole = _any_replay(rest)  # first, for collections that are called by a number
    if whole is not None:
        return whole
    match = _REPLAY.match(rest) or _REPLAY_ANY_TIME.match(rest)
    original = _original(rest[match.end() :]) if match else None
    return (original, match["stamp"]) if match and original else None


def _wayback(rest: str) -> _Inside | None:
    match = re.match(r"/(?:web|save(?:/_embed)?)/(?:" + _ANY_STAMP + ")?", rest) or re.match(
        "/" + _STAMP, rest
    )
    original = _original(rest[match.end() :].rstrip("*")) if match else None
    return (original, match["stamp"] or "") if match and original else None


def _bare_web_folder(rest: str) -> _Inside | None:
    """archive.org holds much besides the Wayback Machine: only /web/ leads to it."""
    return _wayback(rest) if rest.startswith("/web/") else None


def _archive_today(rest: str) -> _Inside | None:
    in_query = _from_query(rest)
    if in_query is not None:
        return in_query
    match = re.match(
        r"/(?:(?P<stamp>[0-9]{4}[0-9.-]{0,15})/|(?:newest|oldest|timegate|timemap|o/\w+)/)?(?P<inner>.*)",
        rest,
    )
    assert match is not None  # the pattern matches every path
    original = _original(match["inner"])
    if original is not None:
        return original, re.sub(r"[^0-9]", "", match["stamp"] or "")[:14]
    return (None, "") if re.match(r"/(?:wip/)?\w{4,}/?(?:[?#].*|/(?:image|again))?$", rest) else None


def _short_code(rest: str) -> _Inside | None:
    """Archives whose links are a code that tells nothing."""
    return (None, "") if re.match(r"/(?:[\w.-]+/)*[\w.-]{4,}/?(?:[?#].*)?$", rest) else None


def _perma(rest: str) -> _Inside | None:
    return _any_replay(rest) or (
        (None, "") if re.match(r"/[A-Za-z0-9]{2,4}-[A-Za-z0-9]{2,4}\b", rest) else None
    )


def _from_query(rest: str) -> _Inside | None:
    """Links that carry the original in a parameter: `?url=...`, `#view=pages&url=...&ts=...`."""
    query = rest.partition("?")[2].replace("#", "&")
    given = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=None))
    original = _original(given.get("url", ""))
    stamp = re.sub(r"[^0-9]", "", given.get("ts", "") or given.get("date", ""))[:14]
    return (original, stamp) if original else None


def _query_or_code(rest: str) -> _Inside | None:
    return _from_query(rest) or _known_replay(rest) or _short_code(rest)


def _search_cache(rest: str) -> _Inside | None:
    """Google's and Bing's caches (both closed): `/search?q=cache:CODE:https://...+words`."""
    match = re.search(r"[?&]q=cache(?::|%3A)(?:[\w-]{12}(?::|%3A))?([^&#+ ]+)", rest)
    original = _original(unquote(match[1]).split()[0]) if match and unquote(match[1]).split() else None
    return (original, "") if match or "cache" in rest else None


def _megalodon(rest: str) -> _Inside | None:
    """`/2024-0614-1200-00/https://...`. The time is Japan's; it is left out rather than told wrong."""
    match = re.match(r"/(?:ref/)?\d{4}-\d{4}-\d{4}-\d{2}/(.*)", rest)
    original = _original(match[1]) if match else None
    return (original, "") if match else None


@dataclass(frozen=True, slots=True)
class _Archive:
    """An archive by the hosts it answers on. `supported`: replays raw bodies to programs."""

    name: str
    hosts: tuple[str, ...]
    supported: bool
    reader: Callable[[str], _Inside | None]

    def serves(self, host: str) -> bool:
        return host in self.hosts or host.removeprefix("www.") in self.hosts


# Why an archive is not supported: archive.today serves captchas and no raw bytes, and captures
# are known to have been altered; perma.cc links, Ghostarchive and Megalodon name no original or
# replay through scripts only; WebCitation, the search engines' caches, Time Travel are closed.
_ARCHIVES: tuple[_Archive, ...] = (
    _Archive(
        WAYBACK,
        ("web.archive.org", "wayback.archive.org", "web-beta.archive.org", "web-static.archive.org"),
        True,
        _wayback,
    ),
    _Archive(WAYBACK, ("archive.org",), True, _bare_web_folder),
    _Archive(
        ARCHIVE_TODAY,
        (
            *(f"archive.{end}" for end in ("today", "ph", "is", "fo", "li", "md", "vn")),
            "archiveiya74codqgiixo33q62qlrqtkgmcitqx5u2oeqnmn5bpcbiyd.onion",
        ),
        False,
        _archive_today,
    ),
    _Archive("perma.cc", ("perma.cc", "perma-archives.org", "rejouer.perma.cc"), True, _perma),
    _Archive("archive.wikiwix.com", ("archive.wikiwix.com",), False, _query_or_code),
    _Archive("ghostarchive.org", ("ghostarchive.org",), False, _short_code),
    _Archive("megalodon.jp", ("megalodon.jp",), False, _megalodon),
    _Archive("webcache.googleusercontent.com", ("webcache.googleusercontent.com",), False, _search_cache),
    _Archive("cc.bingj.com", ("cc.bingj.com",), False, _search_cache),
    _Archive("webcitation.org", ("webcitation.org",), False, _query_or_code),
    _Archive("freezepage.com", ("freezepage.com",), False, _short_code),
    _Archive("replayweb.page", ("replayweb.page",), False, _from_query),
    _Archive("timetravel.mementoweb.org", ("timetravel.mementoweb.org",), False, _known_replay),
    *(
        _Archive(host, (host,), True, _known_replay)
        for host in (
            "webarchive.org.uk",
            "beta.webarchive.org.uk",
            "webarchive.nationalarchives.gov.uk",
            "webarchive.parliament.uk",
            "arquivo.pt",
            "vefsafn.is",
            "wayback.vefsafn.is",
            "wayback.archive-it.org",
            "webarchive.loc.gov",
            "webarchive.bac-lac.gc.ca",
            "web.archive.bibalex.org",
            "swap.stanford.edu",
            "conifer.rhizome.org",
        )
    ),
)


def _original(text: str) -> str | None:
    """The original's URL made whole, None when `text` does not look like one."""
    for _ in range(_DEEPEST_NESTING):
        if not re.match(r"(?i)(?:https?|ftp)%(?:25)*3a|[^/:?#]+%2f", text):
            break
        text = unquote(text)
    if re.match(r"(?i)(?!https?:)[a-z][a-z0-9+-]{1,20}:(?!\d)", text):
        return text  # file:, ftp:, data: ...: told as written, and refused by whoever would fetch it
    scheme = "http"
    while (match := re.match(r"(?i)(https?)(?::/{0,3}|//)(?=[^/])", text)) is not None:
        scheme, text = match[1].lower(), text[match.end() :]
    host = re.match(r"(?:[^/?#@]*@)?(\[[0-9A-Fa-f:.]+\]|[^\s/?#:@\[\]]+)(?::(\d*))?(?=[/?#]|$)", text)
    if host is None:
        return None
    if not re.search(r"\.\w", host[1]) and not host[1].startswith("[") and host[1] != "localhost":
        return None
    if host[2] == {"http": "80", "https": "443"}[scheme]:
        text = text[: host.start(2) - 1] + text[host.end(2) :]
    return f"{scheme}://{text}"
