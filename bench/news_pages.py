"""News pages made from a seed, and what a reader saved of them: the material of `bench.compare`.

The words are made of syllables, so that no page is anybody's; the markup is what news sites
serve: 60 to 150 KB of which the article is a twentieth, the rest scripts, menus, teasers,
comments. Every saved text is either a good copy (only formatting differs) or a changed one.
"""

import html
import json
import random
from dataclasses import dataclass

# Syllables that words are made of, and small words that stand between them.
_LANGUAGES = {
    "en": (
        "ar dle mor ton ven lish ber ross ing well ford ham stan ley wick dun",
        "the of and to in a that on was for",
    ),
    "de": (
        "berg lich ung schaft moor feld heim keit ver ge zug brück rat stein wald hof",
        "die der und in den von zu mit das auf",
    ),
    "fr": (
        "lieu mont ville eau ment tion beau roche fleur gné port lac vigne ère age oir",
        "le de la et les des en un à que",
    ),
    "pl": (
        "wie nica gród szcz owa prze staw łąk rzy wod ście mosty kra jów borz nik",
        "w i na z się do nie że o jest",
    ),
    "ru": (
        "ров стан ский ние град мост вод пере зем лев бор ник ость рек да верх",
        "в и на с по что из за не от",
    ),
    "el": (
        "πολ νησ γράφ λιμάν κάστρ ος ία ειά μος ποτάμ θάλ βουν δρόμ ης ων πέτρ",
        "το και της του η στο για με από την",
    ),
}
_TAIL = {"el": (".", ";"), "fr": (".", " ?")}


@dataclass(frozen=True, slots=True)
class Page:
    """A page, the text a reader saved of it, and whether the text was changed."""

    language: str
    html: str
    saved: str
    changed: bool


class Writer:
    """Writes sentences of words of its own in one language, always the same for one seed."""

    def __init__(self, language: str, seed: int) -> None:
        self._random = random.Random(f"{language} {seed}")
        syllables, small = (words.split() for words in _LANGUAGES[language])
        self._small = small
        self._words = [
            "".join(self._random.choices(syllables, k=self._random.choice((2, 2, 3)))) for _ in range(1500)
        ]
        self._weights = [1 / rank for rank in range(10, 10 + len(self._words))]
        self._end, self._question = _TAIL.get(language, (".", "?"))

    def sentence(self) -> str:
        """One sentence of 6 to 26 words, now and then with a number, a name or a quotation."""
        pick = self._random
        words = []
        for _ in range(pick.randint(6, 26)):
            chance = pick.random()
            if chance < 0.35:
                words.append(pick.choice(self._small))
            elif chance < 0.39:
                words.append(
                    pick.choice((str(pick.randint(2, 2025)), f"{pick.randint(1, 99)},{pick.randint(1, 9)}"))
                )
            else:
                word = pick.choices(self._words, self._weights)[0]
                words.append(word.capitalize() if chance > 0.94 else word)
        text = " ".join(words)
        text = text[0].upper() + text[1:] + (self._end if pick.random() < 0.95 else self._question)
        return f"“{text}”" if pick.random() < 0.1 else text

    def paragraph(self) -> str:
        """Two to five sentences."""
        return " ".join(self.sentence() for _ in range(self._random.randint(2, 5)))

    def paragraphs(self, words: int) -> list[str]:
        """Paragraphs of `words` words or a few more."""
        found: list[str] = []
        count = 0
        while count < words:
            found.append(self.paragraph())
            count += len(found[-1].split())
        return found


def news_page(language: str, seed: int, words: int | None = None) -> tuple[str, list[str]]:
    """A page's source and the paragraphs of its article (500 to 900 words unless told)."""
    pick = random.Random(seed)
    writer = Writer(language, seed)
    paragraphs = writer.paragraphs(words or pick.randint(500, 900))
    title = writer.sentence()[:90]
    state = json.dumps({f"k{n}": [pick.random(), writer.sentence()] for n in range(pick.randint(40, 110))})
    described = json.dumps(
        {"@type": "NewsArticle", "headline": title, "datePublished": "2024-05-03T10:00:00Z"}
    )
    head = "".join(f'<meta property="og:x{n}" content="{html.escape(writer.sentence())}">' for n in range(20))
    scripts = "".join(f"<script>window.d{n}={state}</script>\n" for n in range(2))
    story = _story(paragraphs, writer, pick)
    byline = html.escape(writer.sentence()[:30])
    page = (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title>{head}"
        f'<script type="application/ld+json">{described}</script>{scripts}</head><body class="page article">'
        f"{_menu(writer, pick)}<main class='layout'><article class='story' itemscope>"
        f"<h1>{html.escape(title)}</h1><p class='byline'>{byline}</p><div class='story__body'>{story}"
        f"</div></article><aside class='rail'>{_teasers(writer, pick, 25)}</aside></main>"
        f"<section id='comments'>{_comments(writer, pick)}</section>"
        f"{_teasers(writer, pick, 30)}{_menu(writer, pick)}</body></html>"
    )
    return page, paragraphs


def saved_pages(count: int, seed: int = 1) -> list[Page]:
    """`count` pages with a saved text each. Of five, two are verbatim, one has straightened quotes, from
    one a word was taken out, and in one a word was swapped for another."""
    pages = []
    for number in range(count):
        language = sorted(_LANGUAGES)[number % len(_LANGUAGES)]
        source, paragraphs = news_page(language, seed * 1000 + number)
        pick = random.Random(f"saved {seed} {number}")
        text = "\n\n".join(paragraphs)
        way = number % 5
        if way == 1:
            text = _word_changed(text, pick, swapped=False)
        elif way == 3:
            text = _word_changed(text, pick, swapped=True)
        elif way == 4:
            text = text.replace("“", '"').replace("”", '"')
        pages.append(Page(language, source, text, changed=way in (1, 3)))
    return pages


def _word_changed(text: str, pick: random.Random, swapped: bool) -> str:
    """The text with one word of its inside taken out, or swapped for another."""
    words = text.split(" ")
    inside = [at for at, word in enumerate(words) if word.isalpha() and word.islower()]
    at, other = pick.sample(inside, 2)
    if swapped:
        words[at] = words[other] if words[other] != words[at] else words[at][::-1]
    else:
        del words[at]
    return " ".join(words)


def _story(paragraphs: list[str], writer: Writer, pick: random.Random) -> str:
    parts = []
    for number, paragraph in enumerate(paragraphs):
        words = html.escape(paragraph, quote=False).split(" ")
        at = pick.randrange(len(words))
        words[at] = f'<a href="/topic/{number}?ref=story" class="story__link">{words[at]}</a>'
        parts.append(f'<p class="story__paragraph" data-n="{number}">{" ".join(words)}</p>\n')
        if number % 6 == 3:
            source = f"/i/{number}-s.jpg 480w, /i/{number}-l.jpg 960w"
            caption = html.escape(writer.sentence())
            parts.append(
                f'<figure class="media"><img src="/i/{number}.jpg" srcset="{source}" alt="">'
                f"<figcaption>{caption}</figcaption></figure>\n"
            )
        if number % 5 == 4:
            parts.append(
                f'<div class="ad ad--inline" id="ad-{number}"><script>ads.push({number})</script></div>\n'
            )
    return "".join(parts)


def _menu(writer: Writer, pick: random.Random) -> str:
    items = "".join(
        f'<li class="menu__item"><a class="menu__link" href="/section/{n}">'
        f"{html.escape(writer.sentence()[:14])}</a></li>\n"
        for n in range(pick.randint(40, 90))
    )
    return f'<nav class="menu" role="navigation"><ul class="menu__list">{items}</ul></nav>'


def _teasers(writer: Writer, pick: random.Random, most: int) -> str:
    return "".join(
        f'<div class="teaser teaser--{n % 4}"><a class="teaser__link" data-track="rail-{n}" '
        f'href="/news/2024/05/{pick.randrange(10**6)}">'
        f'<img class="teaser__image" loading="lazy" src="/t/{n}.jpg" alt="">'
        f'<h3 class="teaser__title"><span>{html.escape(writer.sentence()[:70])}</span></h3></a>'
        f"<p class='teaser__text'>{html.escape(writer.sentence())}</p></div>\n"
        for n in range(pick.randint(10, most))
    )


def _comments(writer: Writer, pick: random.Random) -> str:
    return "".join(
        f'<div class="comment" id="c{n}"><div class="comment__head"><b>user{n}</b> '
        f"<time>12:0{n % 10}</time></div>"
        f'<div class="comment__text"><p>{html.escape(writer.sentence())}</p></div></div>\n'
        for n in range(pick.randint(5, 30))
    )
