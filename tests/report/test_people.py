"""The reports for people: the answer first, every article in it, nothing hostile passed through."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from rich.cells import cell_len

from provenance.model.accuracy import Accuracy
from provenance.model.problem import Problem
from provenance.model.verification import REASONS, Difference, Excerpt, Verdict
from provenance.report import Contents, count, is_report, render
from provenance.report.outline import DIFFERENCES_SHOWN
from provenance.report.own import ENOUGH
from provenance.report.words import ADVICE, REASON_PHRASES
from tests.report.sample import CHANGED_NUMBER, finding, sample_contents, verification

FOR_PEOPLE = ("text", "markdown", "html")


def written(contents, form, **how):
    return "".join(render(contents, form, **how))


def contents_of(*findings, verb="check"):
    run = replace(sample_contents().run, verb=verb, passed_over=())
    return Contents(run, findings, count(findings))


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_every_article_has_a_line_and_the_answer_comes_before_them(form):
    report = written(sample_contents(), form)
    answer = report.index("8 articles: 2 copies hold what was saved")
    for name in ("ferry", "паром", "more", "wall", "gone", "later", "bare", "broken"):
        assert answer < report.index(name)


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_a_changed_place_shows_old_and_new(form):
    report = re.sub(r"<[^>]*>|[\[\]=]", "", written(sample_contents(), form))
    assert "The ferry carried 112 passengers" in report
    assert "The ferry carried 121 passengers" in report


def test_text_report_is_what_a_person_reads():
    report = written(sample_contents(), "text")
    assert "differs            8/9  night/паром.md  1 change (number); language-mismatch\n" in report
    assert "      saved  The ferry carried [112] passengers that night.\n" in report
    assert "  Politico (not in the vault) <- Harbour Courier, Lagoon Post\n" in report
    assert "    Harbour Courier <- Lagoon Post\n" in report
    assert "rate-limited, 1 article: the archive asks to wait. Run the same command again later" in report
    assert "  vault/later.md: Ask again after 12:00.\n" in report
    assert "Offered instead: every sentence is there" in report
    assert "vault/README.md: is called README" in report


@pytest.mark.parametrize("width", [60, 100, 140])
def test_text_report_keeps_to_its_width(width):
    wide = finding(
        "vault/" + "港" * 70 + "/記事.md", verification=verification(Verdict.HOLDS, "every-sentence-held")
    )
    for line in written(contents_of(wide, *sample_contents().findings), "text", width=width).splitlines():
        assert cell_len(line) <= width


def test_a_path_that_is_cut_keeps_its_end():
    long = finding(
        "vault/" + "folder/" * 30 + "the-name.md",
        verification=verification(Verdict.HOLDS, "every-sentence-held"),
    )
    assert "the-name.md" in written(contents_of(long), "text")


def test_articles_inside_a_file_keep_their_names():
    held = verification(Verdict.HOLDS, "every-sentence-held")
    contents = contents_of(*(finding(f"corpus.jsonl#{number}", verification=held) for number in (7, 8)))
    contents = replace(contents, run=replace(contents.run, paths=("corpus.jsonl",)))
    assert "9/9  corpus.jsonl#7\n" in written(contents, "text")


def test_colour_only_where_it_is_asked_for():
    assert "\x1b" not in written(sample_contents(), "text")
    assert "\x1b[" in written(sample_contents(), "text", colour=True)


HOSTILE = '\x1b]0;owned\x07<script>alert(1)</script>\u202e[[x]]|`%%</style>"'


def excerpt_in(context, marked):
    return Excerpt(0, len(marked), marked, context)


@pytest.mark.parametrize(
    ("saved", "captured", "shown"),
    [
        # Of two places in the context the middle one is meant.
        (
            excerpt_in("5 cars, 5 boats", "5"),
            excerpt_in("5 cars, 7 boats", "7"),
            ("5 cars, [5] boats", "[7]"),
        ),
        # Words that one side lacks are missing after what stands before them on the other side.
        (excerpt_in("they did not go", "not"), excerpt_in("they did go", ""), ("did [not] go", "did [] go")),
        (excerpt_in("a b", ""), excerpt_in("", ""), ("copy", "[]")),
    ],
)
def test_the_place_that_is_meant_is_marked(saved, captured, shown):
    changed = verification(Verdict.DIFFERS, "words-changed", [Difference("changed", (), saved, captured)])
    report = written(contents_of(finding("a.md", verification=changed)), "text")
    for part in shown:
        assert part in report


def test_a_long_context_is_cut_between_words():
    context = "word " * 40 + "112" + " word" * 40
    difference = Difference(
        "changed", (), excerpt_in(context, "112"), excerpt_in(context.replace("112", "121"), "121")
    )
    changed = verification(Verdict.DIFFERS, "words-changed", [difference])
    report = written(contents_of(finding("a.md", verification=changed)), "text", width=200)
    assert "saved  ...word word" in report
    assert "word word...\n" in report


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_nothing_hostile_passes_through(form):
    difference = Difference("changed", (), Excerpt(0, 1, HOSTILE, HOSTILE), Excerpt(0, 1, HOSTILE, HOSTILE))
    bad = finding(
        f"vault/{HOSTILE}.md",
        title=HOSTILE,
        problems=(Problem("title-mismatch", HOSTILE),),
        verification=replace(
            verification(Verdict.DIFFERS, "words-changed", [difference], detail=HOSTILE),
            link="javascript:alert(1)//" + HOSTILE,
        ),
    )
    report = written(contents_of(bad), form)
    assert not set("\x1b\x07\u202e") & set(report)
    if form == "html":
        assert "<script" not in report.lower()
        assert 'href="javascript' not in report.lower()


class _Tags(HTMLParser):
    VOID = ("meta",)

    def __init__(self):
        super().__init__()
        self.open = []
        self.seen = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_html_is_one_well_formed_file_that_loads_nothing():
    page = written(sample_contents(), "html")
    parser = _Tags()
    parser.feed(page)
    assert parser.open == []
    assert not parser.seen & {"script", "img", "link", "iframe", "object", "form"}
    assert "default-src 'none'" in page
    assert 'http-equiv="Content-Security-Policy"' in page
    assert " style=" not in page and " onclick" not in page


def test_markdown_links_notes_and_escapes_what_is_markup():
    odd = finding(
        "vault/sub/a note.md",
        title="1*2*3 <b>|x| #tag",
        verification=verification(Verdict.DIFFERS, "words-changed", [CHANGED_NUMBER]),
    )
    unlinkable = finding("vault/a#b.md", verification=verification(Verdict.HOLDS, "every-sentence-held"))
    report = written(contents_of(odd, unlinkable), "markdown")
    assert "### [[sub/a note|a note]] 1\\*2\\*3 \\<b\\>\\|x\\| \\#tag" in report
    assert "| [[sub/a note\\|a note]] |" in report
    assert "`vault/a#b.md`" in report
    assert "saved: The ferry carried ==112== passengers" in report


@pytest.mark.parametrize(
    ("title", "written_as"),
    [
        ("1. May", "1\\. May"),
        ("- minus", "\\- minus"),
        ("12) x", "12\\) x"),
        ("5 - 3", "5 - 3"),
        ("1.5", "1\\.5"),
    ],
)
def test_markdown_takes_no_title_for_a_list(title, written_as):
    held = verification(Verdict.DIFFERS, "words-changed", [CHANGED_NUMBER])
    report = written(contents_of(finding("a.md", title=title, verification=held)), "markdown")
    assert f"### [[a]] {written_as}\n" in report


def test_very_many_differences_are_cut_and_said_to_be():
    many = verification(Verdict.DIFFERS, "words-changed", [CHANGED_NUMBER] * (DIFFERENCES_SHOWN + 3))
    report = written(contents_of(finding("a.md", verification=many)), "text")
    assert report.count("saved  ") == DIFFERENCES_SHOWN
    assert "and 3 more places" in report


def test_cite_shows_the_words_that_name_an_outlet():
    findings = [replace(each, verification=None) for each in sample_contents().findings]
    report = written(contents_of(*findings, verb="cite"), "text")
    assert 'source: Politico  "reports X"  en:reports, 0.95, at 3' in report
    assert report.startswith("8 articles: 3 credit another outlet, 1 file is unreadable.\n")
    assert report.index("Who credits whom") < report.index("Where outlets are named")


def test_every_reason_has_words_and_every_unchecked_one_advice():
    assert set(REASON_PHRASES) == set().union(*REASONS.values())
    assert set(ADVICE) == REASONS[Verdict.UNCHECKED]


def test_an_empty_vault_says_so():
    assert written(contents_of(), "text").startswith("0 articles")


def test_unknown_format_is_refused():
    with pytest.raises(ValueError, match="pdf"):
        render(sample_contents(), "pdf")


@pytest.mark.parametrize("form", ["markdown", "html", "json", "jsonl"])
def test_a_report_is_known_as_one(form):
    assert is_report(written(sample_contents(), form)[:ENOUGH])


@pytest.mark.parametrize(
    "text", ["", "# Provenance report\n\nMy own.", "<!doctype html>\n<html>", '{"id": 1}']
)
def test_somebody_s_own_file_is_no_report(text):
    assert not is_report(text)


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_the_footer_says_how_far_to_trust_each_language(form):
    contents = sample_contents()
    accuracy = (
        Accuracy("en", "English", 0.973, 0.9, 0.87, 113, "2025-03-05"),
        Accuracy("xx"),
        Accuracy(None),
    )
    report = written(replace(contents, run=replace(contents.run, accuracy=accuracy)), form)
    footer = " ".join(report.partition("How far to trust the citations")[2].replace("\\", "").split())
    assert "English: measured precision 0.97 and recall 0.90, on 113 labelled sentences" in footer
    assert "new to the rules F1 0.87" in footer
    assert "Untested languages: xx, unknown." in footer
    assert "How far to trust" not in written(contents, form)
