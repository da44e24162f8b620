"""No URL out of a user's file leads into the user's own network.

Names are resolved here, every answer is checked, and the connection goes to the address that was
checked: a name that resolves anew to something else (DNS rebinding) gains nothing.
"""

import ipaddress
import re
import socket
from typing import Any
from urllib.parse import urlsplit

HostPort = tuple[str, int]

# Inside, though some Python versions call them global: Azure's platform service, which answers there
# from every machine; the protocol assignments (Oracle's metadata service); 6to4 relays.
_INSIDE = tuple(
    ipaddress.ip_network(network) for network in ("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24")
)
# IPv6 ranges that carry an IPv4 address: RFC 6052 and 8215 (NAT64), IPv4-compatible, mapped.
_CARRIES_IPV4 = tuple(
    ipaddress.ip_network(n)
    for n in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96")
)


class RefusedAddress(Exception):
    """The URL leads to an address that is not on the public internet, or has no web scheme."""


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet, looked at through every IPv6 wrapping."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if any(ip in network for network in _CARRIES_IPV4):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip.sixtofour is not None or ip.teredo is not None or ip.is_site_local:
            return False
    if any(ip in network for network in _INSIDE):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def refuse_literal(url: str) -> None:
    """Raise RefusedAddress for a URL that is refused by its looks: scheme, `localhost`, an inner IP address.

    Reads IPv4 addresses as C libraries do (`127.1`, `0x7f000001`, `2130706433`).
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        raise RefusedAddress("no web address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise RefusedAddress(f"no web address ({parts.scheme[:20] or 'no'} scheme)")
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        raise RefusedAddress(f"{host} is inside the local network")
    if re.fullmatch(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}", host):
        try:
            host = socket.inet_ntoa(socket.inet_aton(host))
        except OSError:
            raise RefusedAddress(f"{host} is no address") from None
    if (":" in host or re.fullmatch(r"[\d.]+", host)) and not is_public(host):
        raise RefusedAddress(f"{host} is not on the public internet")


def resolve(host: str, port: int, trusted: frozenset[HostPort]) -> list[tuple[int, Any]]:
    """Family and socket address of each answer for `host`. Raises RefusedAddress and socket.gaierror.

    One inner address among the answers refuses them all.
    """
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found = [(int(family), address) for family, _, _, _, address in answers]
    if (host.lower(), port) not in trusted:
        for _, address in found:
            if not is_public(str(address[0])):
                raise RefusedAddress(f"{host} resolves to {address[0]}, which is not on the public internet")
    return found
