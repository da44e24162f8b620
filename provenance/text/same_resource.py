"""A key that says whether two URLs lead to the same resource."""

import re
import unicodedata
from urllib.parse import quote, unquote, urlsplit

import idna

LONGEST_URL = 16_000  # characters; browsers and servers give up well before


def comparison_key(url: str) -> str:
    """A key that is equal for URLs that lead to the same resource.

    Ignored: scheme, user name, `www.`, default port, trailing slash, fragment, tracking
    parameters and the order of the others, and whether characters are percent-encoded or a
    host name is in its IDNA form. Letter case of path and query counts. Never raises.
    """
    text = unicodedata.normalize("NFC", url.strip())[:LONGEST_URL]
    if not re.match(r"(?i)[a-z][a-z0-9+.-]*://", text):
        text = "http://" + text.removeprefix("//")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return text
    host = _ascii_host(host)
    host = host.removeprefix("www.")
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    path = _one_percent_form(parts.path).rstrip("/")
    parameters = [p for p in parts.query.split("&") if p and not _TRACKING.match(p)]
    query = "&".join(sorted(_one_percent_form(p) for p in parameters))
    return host + path + ("?" + query if query else "")


def _ascii_host(host: str) -> str:
    host = unquote(host).rstrip(".")
    try:
        return idna.encode(host, uts46=True).decode("ascii") if not host.isascii() else host.lower()
    except idna.IDNAError:
        return host.lower()


_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")


def _one_percent_form(text: str) -> str:
    """Percent-encoding as RFC 3986 6.2.2 normalises it: what need not be encoded is not, hex is upper."""

    def decoded(match: re.Match[str]) -> str:
        character = chr(int(match[0][1:], 16))
        return character if character in _UNRESERVED else match[0].upper()

    encoded = quote(text, safe="%/?#[]@!$&'()*+,;=:~", errors="replace")
    return re.sub(r"%[0-9A-Fa-f]{2}", decoded, encoded)


# Parameters that say how a reader came, never what is shown.
_TRACKING = re.compile(
    r"(?i)(?:utm_\w+|mtm_\w+|pk_\w+|matomo_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|"
    r"twclid|ttclid|li_fat_id|igshid|igsh|srsltid|_openstat|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|oly_\w+_id|"
    r"vero_id|wt_z?mc|xtor|cmpid|smid|ref_src|ref_url|_ga|_gl|guccounter|guce_referrer|guce_referrer_sig|"
    r"__twitter_impression|at_medium|at_campaign|at_custom\d|s_cid|ocid|ncid)(?:=|$)"
)
