"""A vault read whole: every file is an article, a record of what is wrong, or passed over with a reason."""
# ruff: noqa: E501 (a case is a line)

import hashlib
import random
import tracemalloc

import pytest

from provenance.model.article import Article, PassedOver, Unreadable
from provenance.model.errors import UsageError
from provenance.vault import read as reading
from provenance.vault import read_vault
from tests.support.warc_files import CYRILLIC, Stored, page, write_wacz, write_warc

TEXT = (
    "Der Rat der Stadt hat am Freitag beschlossen, die alte Brücke noch vor dem Winter zu prüfen.\n\n"
    "Das Geld dafür liegt nach Angaben der Kämmerei seit März bereit, doch niemand hat es abgerufen.\n"
)
CAPTURE = "https://web.archive.org/web/20240722235624/https://blatt.example/bruecke"


def write(folder, **files):
    for name, content in files.items():
        name = name.replace("__", ".")
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(folder)


def only(folder):
    (found,) = read_vault([str(folder)])
    return found


def test_a_markdown_article(tmp_path):
    file = (
        f"---\ntitle: Brücke wird geprüft\nurl: https://blatt.example/bruecke\narchive: {CAPTURE}\npublication: '[[Blatt]]'\n"
        "published: 2024-06-14T11:00:00+02:00\nauthor: Ida Kern\nlanguage: de\n---\n"
        f"# Brücke wird geprüft\n\n{TEXT}\n%% prüfen! %%\n"
    )
    write(tmp_path, a__md=file)
    article = only(tmp_path)
    assert isinstance(article, Article)
    assert article.body == file.partition("\n---\n")[2]
    assert article.content_sha256 == hashlib.sha256(file.encode()).hexdigest()
    assert (article.format, article.title, article.author) == ("markdown", "Brücke wird geprüft", "Ida Kern")
    assert article.published.isoformat() == "2024-06-14T09:00:00+00:00"
    assert (article.language.declared, article.language.detected) == ("de", "de")
    assert [(c.value, c.basis) for c in article.publisher_claims] == [
        ("Blatt", "front-matter"),
        ("blatt.example", "url"),
        ("blatt.example", "archive-link"),
    ]
    assert [(article.body[s.start : s.end], s.reason) for s in article.set_aside] == [
        ("# Brücke wird geprüft", "title"),
        ("%% prüfen! %%", "note"),
    ]
    assert article.problems == ()


def test_offsets_count_code_points_after_the_mark_and_the_front_matter(tmp_path):
    write(
        tmp_path,
        a__md=b"\xef\xbb\xbf---\r\nurl: https://blatt.example/a\r\n---\r\n\xf0\x9f\x8c\x89 **Bau**\r\n",
    )
    article = only(tmp_path)
    assert article.body == "🌉 **Bau**\r\n"
    span = article.readable.body_span(2, 5)
    assert article.readable.text == "🌉 Bau"
    assert article.body[span.start : span.end] == "Bau"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("README.md", TEXT, "named README"),
        ("license", TEXT, None),
        ("Changelog.txt", TEXT, "named CHANGELOG"),
        ("CONTRIBUTING.md", TEXT, "named CONTRIBUTING"),
        ("index.md", TEXT, "named INDEX"),
        (
            "links.md",
            "# Brücke\n\n- [eins](https://a.example/1)\n- [[zwei]]\n1. https://b.example/2\n",
            "links only",
        ),
        ("links.txt", "https://a.example/1\nhttps://a.example/2\n", "links only"),
        ("empty.md", "\n\n", "no text"),
        ("report.md", "# Provenance report\n\n...", "report of an earlier run"),
    ],
)
def test_what_is_no_article_is_passed_over(tmp_path, name, content, reason):
    (tmp_path / name).write_text(content)
    found = only(tmp_path)
    assert isinstance(found, PassedOver)
    assert (reason or "no article format") in found.reason
    if name.endswith((".md", ".txt")) and "report" not in name:
        (tmp_path / name).write_text("---\nurl: https://blatt.example/a\n---\n" + content)
        assert isinstance(only(tmp_path), Article)


def test_a_text_among_links_is_an_article(tmp_path):
    write(tmp_path, a__md=f"- [eins](https://a.example/1)\n- [[zwei]]\n\n{TEXT}")
    assert isinstance(only(tmp_path), Article)


def test_markdown_under_front_matter_is_markdown_whatever_its_ending(tmp_path):
    head = "---\ntitle: Brücke\nurl: https://blatt.example/a\n---\n"
    write(
        tmp_path,
        a__txt=f"{head}# Brücke\n\n{TEXT}",
        b__txt=f"{head}Kopf der Seite\n{TEXT}",
        c__txt=f"# Kopf\n\n{TEXT}",
    )
    assert [article.format for article in read_vault([str(tmp_path)])] == ["markdown", "text", "text"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.md", random.Random(3).randbytes(5_000), "undecodable"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(500), "undecodable"),
        ("a.html", bytes(2_000), "undecodable"),
        ("a.jsonl", b"{broken\n", "broken-json"),
        ("a.jsonl", b"[1, 2]\n", "broken-json"),
        ("a.jsonl", b'{"id": 1}\n', "no-text"),
        ("a.jsonl", b"[" * 100_000 + b"\n", "broken-json"),
        ("a.warc", b"no warc at all", "damaged-archive-file"),
        ("a.wacz", b"no zip at all", "damaged-archive-file"),
    ],
)
def test_what_cannot_be_read_is_a_record_with_its_problem(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    found = list(read_vault([str(tmp_path)]))
    assert [type(f) for f in found] == [Unreadable]
    assert found[0].problems[0].code == code
    assert found[0].path.startswith(f"{tmp_path.as_posix()}/{name}")
    assert "\n" not in found[0].problems[0].message


def test_a_file_too_large_is_a_record(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_FILE", 1_000)
    write(tmp_path, a__md="x" * 1_001)
    assert only(tmp_path).problems[0].code == "too-large"


def test_a_file_that_cannot_be_opened_is_a_record(tmp_path, monkeypatch):
    write(tmp_path, a__md=TEXT)
    monkeypatch.setattr(
        "pathlib.Path.open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Permission denied"))
    )
    found = only(tmp_path)
    assert (found.problems[0].code, "Permission denied" in found.problems[0].message) == (
        "unreadable-file",
        True,
    )


def test_legacy_charsets_are_read(tmp_path):
    russian = "Мэр города сказал в пятницу, что старый мост надо проверить ещё до зимы, а деньги уже есть."
    write(tmp_path, a__txt=russian.encode("cp1251"))
    assert (only(tmp_path).body, only(tmp_path).language.detected) == (russian, "ru")


def test_escape_codes_in_a_title_are_kept_as_data(tmp_path):
    write(tmp_path, a__md='---\ntitle: "\\e[31mrot"\nurl: https://blatt.example/a\n---\n' + TEXT)
    assert only(tmp_path).title == "\x1b[31mrot"


def test_settings_state_what_files_do_not(tmp_path):
    write(
        tmp_path,
        provenance__toml='[[files]]\nmatch = "*.txt"\noutlet = "Blatt"\nlanguage = "de"\nurl = "https://blatt.example/a"\n'
        '[notes]\nsections = ["Notizen"]',
        a__txt=TEXT,
        b__md=f"{TEXT}\n## Notizen\n\nmeins",
    )
    text, note, _ = sorted(read_vault([str(tmp_path)]), key=lambda found: found.path)
    assert text.url == "https://blatt.example/a"
    assert text.language.declared == "de"
    assert [(c.value, c.basis) for c in text.publisher_claims][:1] == [("Blatt", "settings")]
    assert "meins" not in note.readable.text


def test_broken_settings_stop_before_the_first_article(tmp_path):
    write(tmp_path, provenance__toml="[[files", a__txt=TEXT)
    with pytest.raises(UsageError, match=r"provenance\.toml"):
        read_vault([str(tmp_path)])


def test_a_path_that_does_not_exist_is_a_wrong_use(tmp_path):
    with pytest.raises(UsageError):
        list(read_vault([str(tmp_path / "nirgends")]))


# -- corpora -------------------------------------------------------------------------------------


def test_a_corpus_has_an_article_a_line(tmp_path):
    write(
        tmp_path,
        c__jsonl='\ufeff{"id": "n1", "text": "Satz \\ud83c\\udf09 eins.", "url": "https://blatt.example/1", "language": "de"}\n'
        '\n{"text": "Satz \\ud83c zwei."}\n{"id": "n1", "text": "Satz drei."}\n{"id": 7, "text": ""}\nkaputt\n',
    )
    found = list(read_vault([str(tmp_path)]))
    assert [f.path.partition("#")[2] for f in found] == ["n1", "3", "4", "7", "6"]
    assert [f.body for f in found[:4]] == ["Satz 🌉 eins.", "Satz \ufffd zwei.", "Satz drei.", ""]
    assert (found[0].url, found[0].format, found[0].fields["language"]) == (
        "https://blatt.example/1",
        "jsonl",
        "de",
    )
    assert [p.code for p in found[2].problems] == ["duplicate-id"]
    assert isinstance(found[4], Unreadable)


def test_a_line_without_end_is_passed_without_being_held(tmp_path, monkeypatch):
    monkeypatch.setattr("provenance.vault.jsonl.LONGEST_LINE", 1_000)
    write(tmp_path, c__jsonl='{"text": "' + "x" * 5_000 + '"}\n{"id": "b", "text": "Satz."}')
    first, second = read_vault([str(tmp_path)])
    assert (first.problems[0].code, second.path.partition("#")[2]) == ("too-large", "b")


def test_a_report_of_this_program_is_no_corpus(tmp_path):
    write(tmp_path, c__jsonl='{"schema": "provenance/verify/1", "path": "a"}\n')
    assert only(tmp_path).reason == "report of an earlier run"


# -- web archive files ---------------------------------------------------------------------------

PAGE = page("Brücke", TEXT.replace("\n\n", "</p><p>"))


def test_every_page_of_a_warc_is_an_article(tmp_path):
    write_warc(
        tmp_path / "w.warc.gz",
        [
            Stored("https://blatt.example/1", "20240614120000", PAGE),
            Stored("https://blatt.example/1", "20240615120000", PAGE.replace(b"Freitag", b"Montag")),
            Stored("https://blatt.example/weg", "20240614120000", b"weg", status="404 Not Found"),
            Stored(
                "https://blatt.example/b.png",
                "20240614120000",
                b"png",
                headers=(("Content-Type", "image/png"),),
            ),
            Stored(
                "https://blatt.example/ru",
                "20240614120000",
                CYRILLIC,
                headers=(("Content-Type", "text/html; charset=windows-1251"),),
            ),
        ],
    )
    found = list(read_vault([str(tmp_path)]))
    assert [f.path.partition("#")[2] for f in found] == [
        "https://blatt.example/1",
        "https://blatt.example/1@20240615120000",
        "https://blatt.example/ru",
    ]
    assert (found[0].format, found[0].title, found[0].url) == ("warc", "Brücke", "https://blatt.example/1")
    assert found[0].content_sha256 == hashlib.sha256(PAGE).hexdigest()
    assert "Паром" in found[2].readable.text


def test_a_warc_cut_in_the_middle_gives_what_came_before(tmp_path):
    noise = [
        Stored(
            f"https://blatt.example/{n}",
            "20240614120000",
            PAGE + random.Random(n).randbytes(3000).hex().encode(),
        )
        for n in range(3)
    ]
    whole = write_warc(tmp_path / "w.warc.gz", noise).read_bytes()
    (tmp_path / "w.warc.gz").write_bytes(whole[: len(whole) * 3 // 4])
    kinds = [type(found) for found in read_vault([str(tmp_path)])]
    assert kinds[0] is Article
    assert kinds[-1] is Unreadable


def test_a_wacz_is_read_and_one_that_climbs_out_is_not(tmp_path):
    warc = write_warc(tmp_path / "w.warc.gz", [Stored("https://blatt.example/1", "20240614120000", PAGE)])
    write_wacz(tmp_path / "good.wacz", warc)
    write_wacz(tmp_path / "bad.wacz", warc, name="../../w.warc.gz")
    warc.unlink()
    bad, good = list(read_vault([str(tmp_path)]))
    assert (type(bad), bad.problems[0].code) == (Unreadable, "damaged-archive-file")
    assert good.url == "https://blatt.example/1"


def test_a_warc_without_pages_is_passed_over(tmp_path):
    write_warc(
        tmp_path / "w.warc",
        [Stored("https://blatt.example/x", "20240614120000", b"weg", status="404 Not Found")],
        gzipped=False,
    )
    assert isinstance(only(tmp_path), PassedOver)


# -- size ----------------------------------------------------------------------------------------


def test_memory_stays_flat(tmp_path):
    lines = [
        f'{{"id": "n{n}", "text": "{(TEXT * 5).encode("unicode_escape").decode()} {n}"}}\n'
        for n in range(400)
    ]
    (tmp_path / "c.jsonl").write_text("".join(lines).replace("\\xe4", "ä").replace("\\xfc", "ü"))
    articles = read_vault([str(tmp_path)])
    for _ in range(100):
        next(articles)
    tracemalloc.start()
    try:
        assert sum(1 for _ in articles) == 300
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 1_000_000


def test_the_same_vault_is_read_the_same_way_twice(tmp_path):
    write(tmp_path, a__md=TEXT, b__txt=TEXT, c__jsonl='{"text": "Satz."}')
    assert list(read_vault([str(tmp_path)])) == list(read_vault([str(tmp_path)]))


def test_an_article_saved_twice_is_a_problem_of_the_second(tmp_path):
    head = "---\nurl: https://blatt.example/{}\n---\n"
    long = TEXT * 3
    write(
        tmp_path,
        a__md=head.format(1) + long,
        b__md=head.format(1) + long.replace("\n\n", "\n\n\n"),
        c__txt=long,
        d__md=head.format(2) + long,
    )
    problems = {f.path.rpartition("/")[2]: [p.code for p in f.problems] for f in read_vault([str(tmp_path)])}
    assert problems == {"a.md": [], "b.md": ["duplicate-article"], "c.txt": ["duplicate-article"], "d.md": []}


def test_front_matter_that_is_never_closed_still_leads_to_the_copy(tmp_path):
    file = f"---\nurl: https://blatt.example/bruecke\narchive: {CAPTURE}\n\n{TEXT}"
    article = only(write(tmp_path, a__md=file) and tmp_path)
    assert [link.verbatim for link in article.archive_links] == [CAPTURE]
    assert [problem.code for problem in article.problems] == ["front-matter-broken"]
    assert article.body == file
    assert file[article.set_aside[0].end :].strip() == TEXT.strip()


def test_no_word_is_set_aside_of_a_text_that_opens_with_a_rule_and_a_colon(tmp_path):
    article = only(write(tmp_path, a__md=f"---\nIda Kern: wir prüfen.\n{TEXT}") and tmp_path)
    assert (article.url, article.set_aside) == (None, ())


@pytest.mark.parametrize("name", ["a.jsonl", "a.warc", "a.warc.gz", "a.wacz"])
def test_a_corpus_with_nothing_in_it_stays_in_the_count(tmp_path, name):
    (tmp_path / name).write_bytes(b"")
    found = only(tmp_path)
    assert isinstance(found, PassedOver)
    assert found.path == f"{tmp_path}/{name}"
