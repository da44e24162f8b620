"""Layouts that put other things before, after and between the paragraphs."""

from tests.compare.labelled.layouts import markup
from tests.compare.labelled.layouts.markup import document, figure, plain, site, teasers, text
from tests.compare.labelled.layouts.structure import bare_article
from tests.compare.labelled.sentences import sentences
from tests.compare.labelled.stories import Story


def _article(story: Story, between: dict[int, str], before: str = "", after: str = "") -> str:
    """The article with the given markup after its n-th block (counted from 1)."""
    rendered = markup.blocks(story.blocks)
    words = "".join(part + between.get(number, "") for number, part in enumerate(rendered, start=1))
    return f"<article><h1>{text(story.title)}</h1>{before}{words}{after}</article>"


def modern_site(story: Story) -> str:
    """Share bar, picture, inline advertisement, read-also box and tags."""
    furniture = story.furniture
    share = f'<div class="share"><button>{text(furniture.share)}</button></div>'
    advert = f'<div class="ad" aria-hidden="true"><small>{text(furniture.advertisement)}</small></div>'
    link = f'<a href="/n/9">{text(furniture.teasers[0])}</a>'
    also = f'<aside class="also"><b>{text(furniture.read_also)}:</b> {link}</aside>'
    tags = f'<ul class="tags"><li><a href="/tag/1">{text(story.outlet)}</a></li></ul>'
    return site(story, _article(story, {1: advert, 3: also}, share + figure(furniture), tags + share))


def captions_between(story: Story) -> str:
    return site(story, _article(story, {1: figure(story.furniture), 4: figure(story.furniture)}))


def gallery(story: Story) -> str:
    """Slides between the paragraphs, each with a counter and a caption."""
    slides = {
        number: f'<div class="slide"><span>{number} / 4</span><div class="caption">{text(teaser)}</div></div>'
        for number, teaser in enumerate(story.furniture.teasers, start=1)
    }
    return site(story, _article(story, slides))


def pull_quotes(story: Story) -> str:
    """A sentence of the article stands a second time, large, between two paragraphs."""
    quoted = sentences(plain(story.blocks[2]), story.language)[0]
    quote = f'<aside class="pullquote"><blockquote>{text(quoted)}</blockquote></aside>'
    return site(story, _article(story, {2: quote}))


def read_also_lines(story: Story) -> str:
    """Links to other articles as paragraphs among the paragraphs."""
    furniture = story.furniture
    line = "<p><strong>{}: <a href='/n/{}'>{}</a></strong></p>"
    also = {n: line.format(text(furniture.read_also), n, text(furniture.teasers[n % 4])) for n in (2, 4)}
    return site(story, _article(story, also))


def newsletter_form(story: Story) -> str:
    form = (
        f'<form class="newsletter" action="/subscribe"><p>{text(story.furniture.newsletter)}</p>'
        '<input type="email" name="mail"><button>OK</button></form>'
    )
    return site(story, _article(story, {3: form}))


def sponsored_box(story: Story) -> str:
    box = f'<aside class="sponsored"><p>{text(story.furniture.sponsored)}</p></aside>'
    return site(story, _article(story, {2: box}))


def live_blog(story: Story) -> str:
    """Each block an entry with its time; the newest stands first on the page, as the story tells it."""
    entries = "".join(
        f'<section class="entry" id="e{n}"><time datetime="2024-05-03T1{n % 10}:05">1{n % 10}:05</time>'
        f"<div>{markup.block(part)}</div><a href='#e{n}'>{text(story.furniture.share)}</a></section>"
        for n, part in enumerate(story.blocks)
    )
    return site(story, f'<h1>{text(story.title)}</h1><div class="live">{entries}</div>')


def live_ticker(story: Story) -> str:
    """A ticker of headlines with times above the article."""
    lines = "".join(
        f"<li><span>1{n}:4{n}</span> <a href='/n/{n}'>{text(teaser)}</a></li>"
        for n, teaser in enumerate(story.furniture.teasers * 3)
    )
    return document(story, f'<ul class="ticker">{lines}</ul>{bare_article(story)}{teasers(story.furniture)}')


def amp(story: Story) -> str:
    head = (
        "<script async src='https://cdn.ampsite.example/v0.js'></script>"
        "<style amp-boilerplate>body{-webkit-animation:-amp-start 8s steps(1,end) 0s 1 normal both}</style>"
        "<noscript><style amp-boilerplate>body{animation:none}</style></noscript>\n"
    )
    picture = "<amp-img src='/i/2.jpg' width='600' height='400' layout='responsive'></amp-img>"
    advert = "<amp-ad width='300' height='250' type='adnet'><div placeholder></div></amp-ad>"
    return document(story, _article(story, {1: picture, 3: advert}), head).replace("<html ", "<html amp ", 1)


def comments_below(story: Story) -> str:
    """Readers' comments, one of which quotes the article."""
    quoted = sentences(plain(story.blocks[1]), story.language)[0]
    first = f"<b>Quayside44</b><p>{text(story.furniture.comment)}</p>"
    second = f"<b>Wintergull</b><blockquote>{text(quoted)}</blockquote><p>?!</p>"
    said = (
        f'<section id="comments"><h2>2</h2><div class="comment">{first}</div>'
        f'<div class="comment">{second}</div></section>'
    )
    return site(story, bare_article(story) + said)


def next_article_below(story: Story) -> str:
    """Endless scrolling: another article follows on the same page."""
    other = f"<p>{text(story.furniture.sponsored)}</p><p>{text(story.furniture.comment)}</p>"
    following = f'<article id="next"><h1>{text(story.furniture.teasers[1])}</h1>{other}</article>'
    return site(story, bare_article(story) + "<hr>" + following)


def consent_banner(story: Story) -> str:
    """A banner about cookies over the whole text."""
    banner = (
        f'<div id="consent" role="dialog"><p>{text(story.furniture.consent)}</p><button>OK</button></div>'
    )
    return document(story, banner + bare_article(story) + markup.footer(story))


def subscription_prompt(story: Story) -> str:
    """The whole text stands there, and a prompt to subscribe below it."""
    prompt = f'<div class="paywall-prompt"><p>{text(story.furniture.paywall)}</p></div>'
    return site(story, bare_article(story) + prompt)


def scripts_between(story: Story) -> str:
    """Scripts, styles and templates between the paragraphs."""
    script = (
        '<script>window.slots=window.slots||[];slots.push({"id":"a1","text":"not for readers"});</script>'
    )
    style = "<style>.x::after{content:'more'}</style>"
    template = f"<template><p>{text(story.furniture.sponsored)}</p></template>"
    return site(story, _article(story, {1: script, 2: style, 3: template}))


def embedded_post(story: Story) -> str:
    """A post of a network embedded between the paragraphs."""
    post = (
        f'<blockquote class="post"><p lang="{story.language}">{text(story.furniture.teasers[2])}</p>'
        '— @wintergull <a href="https://post.example/1">2024-05-03</a></blockquote>'
    )
    return site(story, _article(story, {3: post}))


LAYOUTS = (
    modern_site,
    captions_between,
    gallery,
    pull_quotes,
    read_also_lines,
    newsletter_form,
    sponsored_box,
    live_blog,
    live_ticker,
    amp,
    comments_below,
    next_article_below,
    consent_banner,
    subscription_prompt,
    scripts_between,
    embedded_post,
)
