"""The Location header, which may hold anything."""

from urllib.parse import urljoin


def joined(base: str, location: str) -> str | None:
    """`location` made whole against `base`; None where it is no address at all."""
    try:
        return urljoin(base, location)
    except ValueError:
        return None
