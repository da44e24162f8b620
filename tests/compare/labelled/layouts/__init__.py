"""The layout zoo: how sites nest, split, decorate and interleave the text of an article."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.compare.labelled.layouts import characters, hidden, interleaved, portals, structure
from tests.compare.labelled.stories import Story


@dataclass(frozen=True, slots=True)
class Layout:
    """One page layout and the way its bytes are served.

    `stated` says where the charset is named: `header`, `meta`, `nowhere`, or `wrong` (the header
    names another one; the bytes are UTF-8). Empty `languages` means every language.
    """

    name: str
    render: Callable[[Story], str]
    encoding: str = "utf-8"
    stated: str = "header"
    languages: tuple[str, ...] = ()

    def page(self, story: Story) -> tuple[bytes, str | None]:
        """The bytes of the page and the charset that the HTTP header names."""
        source = self.render(story)
        if self.encoding != "utf-8" or self.stated in ("nowhere", "wrong"):
            meta = f'<meta charset="{self.encoding}">\n' if self.stated == "meta" else ""
            source = source.replace('<meta charset="utf-8">\n', meta, 1)
        body = source.encode(self.encoding, errors="xmlcharrefreplace")
        if self.stated == "wrong":
            return body, "iso-8859-1"
        return body, self.encoding if self.stated == "header" else None


def _charset(encoding: str, stated: str, *languages: str) -> Layout:
    return Layout(f"charset_{encoding}_{stated}", characters.other_charset, encoding, stated, languages)


CHARSETS = (
    _charset("windows-1251", "meta", "ru", "uk"),
    _charset("windows-1251", "nowhere", "ru"),
    _charset("koi8-r", "header", "ru"),
    _charset("iso-8859-2", "meta", "pl"),
    _charset("windows-1250", "header", "pl", "ro"),
    _charset("windows-1252", "header", "de", "fr", "es"),
    _charset("iso-8859-1", "meta", "de", "fr", "es"),
    _charset("windows-1253", "meta", "el"),
    _charset("windows-1254", "header", "tr"),
    _charset("windows-1255", "meta", "he"),
    _charset("windows-1256", "header", "ar"),
    _charset("shift_jis", "meta", "ja"),
    _charset("euc-jp", "header", "ja"),
    _charset("gb18030", "meta", "zh"),
    _charset("euc-kr", "header", "ko"),
    _charset("utf-8", "wrong", "ru", "de", "hy", "hi"),
    _charset("utf-8", "nowhere", "ka", "th", "el", "fr"),
)

LAYOUTS = tuple(
    Layout(render.__name__, render)
    for render in (
        *structure.LAYOUTS,
        *interleaved.LAYOUTS,
        *hidden.LAYOUTS,
        *characters.LAYOUTS,
        *portals.LAYOUTS,
    )
)
