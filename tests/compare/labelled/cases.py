"""What a labelled case is: a captured page, a saved text, and the truth about the two."""

from dataclasses import dataclass, field

HOLDS, DIFFERS, OTHER = "holds", "differs", "other"


@dataclass(frozen=True, slots=True)
class ServedPage:
    """A capture's bytes as an archive would serve them.

    `charset` is what the HTTP header names, `encoding` what the bytes are in.
    """

    body: bytes
    charset: str | None = "utf-8"
    media_type: str | None = "text/html"
    status: int = 200
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Expected:
    """A difference that must be reported.

    `saved` are stretches of the body, each of which a difference must meet to within three words;
    none for what the saved text lacks. `captured` are words of the page that must be shown for it.
    `material` None: not scored; `optional` classes may be named or not. `tolerated` are sentences of
    the page that the saved text has in part, so that they may be reported as omitted or not.
    """

    kind: str
    saved: tuple[tuple[int, int], ...] = ()
    captured: tuple[str, ...] = ()
    material: frozenset[str] | None = None
    optional: frozenset[str] = frozenset()
    tolerated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One saved text, one page, one truth.

    `group` is `good`, `omitted`, `changed`, `adversary` or `triage`; `family` what was done to the
    text, `layout` what the page looks like. `body` is the text of the file below its front matter.
    """

    id: str
    group: str
    family: str
    layout: str
    language: str
    page: ServedPage = field(repr=False)
    url: str
    title: str
    body: str = field(repr=False)
    markdown: bool
    verdict: str
    reasons: frozenset[str]
    expected: tuple[Expected, ...] = ()

    @property
    def file_name(self) -> str:
        return self.id + (".md" if self.markdown else ".txt")

    def file_text(self) -> str:
        """The saved file: front matter and body for Markdown, the body alone for plain text."""
        if not self.markdown:
            return self.body
        title = self.title.replace("\\", "\\\\").replace('"', '\\"')
        return (
            f'---\ntitle: "{title}"\nurl: {self.url}\nlanguage: {self.language}\n'
            f"archive: https://web.archive.org/web/20240601120000/{self.url}\n---\n{self.body}"
        )
