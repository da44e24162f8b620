"""Good copies: saved texts that differ from the page in formatting only, so that they must hold."""

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from tests.compare.labelled.layouts.markup import plain
from tests.compare.labelled.layouts.structure import shout
from tests.compare.labelled.sentences import sentences
from tests.compare.labelled.stories import CLOSE, OPEN, Story

# Formatting is never put between these: a space, a line break or a mark beside a digit may change a number.
_SPACE_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved text. `markdown` False: a plain text file without front matter."""

    body: str
    markdown: bool = True


Dress = Callable[[Story], Saved]


def plain_text(story: Story) -> Saved:
    return Saved("\n\n".join(plain(block) for block in story.blocks) + "\n", markdown=False)


def plain_text_single_breaks(story: Story) -> Saved:
    return Saved("\n".join(plain(block) for block in story.blocks), markdown=False)


def markdown(story: Story) -> Saved:
    body = "\n\n".join(story.blocks)
    return Saved(re.sub(r"(?m)^(- .*)\n\n(?=- )", r"\1\n", body) + "\n")


def title_heading(story: Story) -> Saved:
    return Saved(f"# {story.title}\n\n{markdown(story).body}")


def glued_words(story: Story) -> Saved:
    """Every ninth space between two letters is lost, as where a link ended."""
    return Saved(_every(plain_text(story).body, 9, _SPACE_BETWEEN_LETTERS, ""), markdown=False)


def split_words(story: Story) -> Saved:
    """A stray space inside every twelfth long word, as where a link ended inside it."""
    long_word = re.compile(r"(?<=[^\W\d_]{4})(?=[^\W\d_]{4})")
    return Saved(_every(plain_text(story).body, 12, long_word, " "), markdown=False)


def no_break_spaces(story: Story) -> Saved:
    body = _every(markdown(story).body, 3, re.compile(r"(?<=\S) (?=\S)"), "\u00a0")
    return Saved(_every(body, 7, re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_])"), "\u202f"))


def soft_hyphens(story: Story) -> Saved:
    return Saved(_every(markdown(story).body, 4, re.compile(r"(?<=[^\W\d_]{4})(?=[^\W\d_]{4})"), "\u00ad"))


def zero_width_characters(story: Story) -> Saved:
    return Saved(_every(markdown(story).body, 5, _SPACE_BETWEEN_LETTERS, " \u200b\ufeff"))


def straight_quotes(story: Story) -> Saved:
    body = markdown(story).body.translate(str.maketrans("“”„«»‘’−", '"""""\'\'-'))
    return Saved(re.sub(r"(?<=\s)[–—](?=\s)", "-", body).replace("…", "..."))


def decomposed(story: Story) -> Saved:
    return Saved(unicodedata.normalize("NFD", markdown(story).body))


def headings_in_capitals(story: Story) -> Saved:
    blocks = tuple(
        "## " + shout(block[3:], story.language) if block.startswith("## ") else block
        for block in story.blocks
    )
    return Saved(f"# {shout(story.title, story.language)}\n\n{markdown(story.with_blocks(blocks)).body}")


def moved(story: Story) -> Saved:
    """The paragraphs in another order."""
    blocks = list(story.blocks)
    random.Random(story.name).shuffle(blocks)
    return markdown(story.with_blocks(tuple(blocks)))


def moved_sentences(story: Story) -> Saved:
    """The sentences of every paragraph in the reverse order (in Thai nothing marks where they end)."""
    if story.language == "th":
        return markdown(story)
    gap = "" if story.language in ("zh", "ja") else " "
    blocks = tuple(
        block if block.startswith(("## ", "- ")) else gap.join(reversed(sentences(block, story.language)))
        for block in story.blocks
    )
    return markdown(story.with_blocks(blocks))


def own_notes(story: Story) -> Saved:
    """The user's callouts, comments, embeds and block ids around the text."""
    blocks = list(story.blocks)
    blocks[0] += " ^first-claim"
    blocks[1] += " %%compare with what the mayor said in 2016%%"
    blocks.insert(3, "> [!warning] Check this\n> The figure of 4711 cannot be right; ask the press office.")
    blocks.insert(2, "![[pier-at-noon.png|400]]")
    blocks.append("%%\nMy own summary: nobody will pay for this before 2031.\nThe rest is noise.\n%%")
    return Saved("\n\n".join(blocks) + "\n")


def dressed_in_markdown(story: Story) -> Saved:
    """Emphasis, highlights and links around words, quotation and list marks before blocks."""
    blocks: list[str] = []
    for number, block in enumerate(story.blocks):
        if block.startswith(("## ", "- ")):
            blocks.append(block)
            continue
        words = block.split(" ")
        if len(words) > 4:
            words[1] = f"**{words[1]}**"
            words[2] = f"[{words[2]}](https://{story.domain}/tag/(x)/{number})"
            words[3] = f"*{words[3]}*" if number % 2 else f"=={words[3]}=="
        dressed = " ".join(words)
        blocks.append("> " + dressed if number % 4 == 3 else dressed)
    return Saved("\n\n".join(blocks) + "\n")


def windows_line_ends(story: Story) -> Saved:
    return Saved(markdown(story).body.replace("\n", "\r\n"))


def hard_wrapped(story: Story) -> Saved:
    """Markdown whose paragraphs are wrapped at about 70 columns."""
    wrapped = [
        block if block.startswith("- ") else re.sub(r"(.{50,70}\S) (?=[^\W\d_])", r"\1\n", block)
        for block in story.blocks
    ]
    return Saved("\n\n".join(wrapped) + "\n")


def vowel_points(story: Story) -> Saved:
    """Arabic stretched and vocalised, Hebrew pointed."""
    body = markdown(story).body
    body = _every(body, 6, re.compile(r"(?<=[\u0628\u062a\u0633\u0644\u0645])(?=[\u0621-\u064a])"), "\u0640")
    body = _every(body, 5, re.compile(r"(?<=[\u0628\u062a\u0633\u0644\u0645])(?=[\u0621-\u064a])"), "\u064e")
    return Saved(_every(body, 5, re.compile(r"(?<=[\u05d1-\u05ea])(?=[\u05d0-\u05ea])"), "\u05b8"))


def with_ordinals(story: Story) -> Saved:
    """List numbers that a reader saw on the page and that stand nowhere in its source."""
    items = (f"{number}. {plain(block)}" for number, block in enumerate(story.blocks, start=1))
    return Saved("\n".join(items) + "\n")


def with_caption(story: Story) -> Saved:
    """A paste that took the picture's caption and credit along."""
    furniture = story.furniture
    blocks = [f"{furniture.caption}. {furniture.credit}", *map(plain, story.blocks)]
    return Saved("\n\n".join(blocks) + "\n", markdown=False)


def with_read_also(story: Story) -> Saved:
    """A paste that took a link to another article along."""
    blocks = [plain(block) for block in story.blocks]
    blocks.insert(3, f"{story.furniture.read_also}: {story.furniture.teasers[0]}")
    return Saved("\n\n".join(blocks) + "\n", markdown=False)


def with_share_button(story: Story) -> Saved:
    """A paste that took the share button along."""
    return Saved("\n\n".join([story.furniture.share, *map(plain, story.blocks)]), markdown=False)


def _every(body: str, count: int, place: re.Pattern[str], put: str) -> str:
    """`put` in place of every `count`-th match that does not touch a mark of a change."""
    seen = 0

    def once(match: re.Match[str]) -> str:
        nonlocal seen
        around = body[max(0, match.start() - 1) : match.end() + 1]
        seen += 1
        return match[0] if seen % count or OPEN in around or CLOSE in around else put

    return place.sub(once, body)


COPIES: tuple[Dress, ...] = (
    plain_text,
    title_heading,
    glued_words,
    no_break_spaces,
    straight_quotes,
    moved,
    decomposed,
    own_notes,
    soft_hyphens,
    dressed_in_markdown,
    windows_line_ends,
    split_words,
    headings_in_capitals,
    hard_wrapped,
    zero_width_characters,
    plain_text_single_breaks,
    moved_sentences,
)

# What a paste takes along only where the page has it, by layout.
PASTED: dict[str, tuple[Dress, ...]] = {
    "modern_site": (with_caption, with_read_also, with_share_button),
    "captions_between": (with_caption,),
    "read_also_lines": (with_read_also,),
    "numbered_by_css": (with_ordinals,),
    "definition_list": (hard_wrapped,),
}

# In these dressings the words of a change stay as they are, so that changed copies may wear them.
QUIET: tuple[Dress, ...] = (
    markdown,
    plain_text,
    no_break_spaces,
    title_heading,
    straight_quotes,
    moved,
    windows_line_ends,
    glued_words,
    decomposed,
)
