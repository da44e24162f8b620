"""A vault full of what no program should be given, through the command line: a clear record of each
file, nothing lost, nothing claimed that was not seen."""
# ruff: noqa: E501 (a case is a line)

import json
import os
import tracemalloc
import unicodedata

import pytest
from jsonschema import Draft202012Validator

from provenance.citations.tokens import tokens
from provenance.cli import main
from provenance.report import schema
from tests.support.faults import MEMENTO, FaultServer, answer, capture, raw
from tests.support.warc_files import Stored, page, write_warc

SENTENCES = (
    "The ferry to Lindholm runs again after 12 days of repairs, Reuters reported.",
    "Passengers waited at the pier for hours on Monday morning.",
    "Nobody was hurt, and the company promised to pay for the tickets that were lost.",
)
TEXT = " ".join(SENTENCES) + "\n"
URL = "https://harbour-post.example/ferry"
LINK = f"https://web.archive.org/web/20240614120000/{URL}"
FIELDS = f"url: {URL}\narchive: {LINK}\n"
PAGE = page("Ferry runs again", "</p><p>".join(SENTENCES))

posix = pytest.mark.skipif(os.name != "posix", reason="makes files that only POSIX systems have")


@pytest.fixture
def vault(tmp_path, monkeypatch):
    monkeypatch.setenv("PROVENANCE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "vault").mkdir()
    return tmp_path / "vault"


@pytest.fixture
def run(capsys, vault):
    def run(*arguments):
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def checked(run, *arguments):
    code, out, err = run("check", "vault", "--format", "json", *(arguments or ("--captures", "none")))
    assert err == ""
    document = json.loads(out)
    Draft202012Validator(schema("check")).validate(document)
    document["passed_over"] = [
        each for each in document["passed_over"] if each["path"] != "vault/.provenance"
    ]
    return code, document


def note(fields=FIELDS, text=TEXT):
    return f"---\n{fields}---\n{text}"


BOMB = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
BAD = {
    "binary.md": bytes(range(256)) * 20,
    "nul.txt": b"a text\0with zeros\0" * 20,
    "empty.md": b"",
    "empty.jsonl": b"",
    "empty.warc": b"",
    "garbage.warc.gz": b"\x1f\x8b" + bytes(range(256)),
    "garbage.wacz": b"PK\x03\x04" + bytes(range(256)),
    "lines.jsonl": b'{"id": "a", "text": "A text."}\n{broken\n[1]\n{"id": "b"}\n' + b"[" * 50_000 + b"\n",
    "unclosed.md": f"---\n{FIELDS}\n{TEXT}",
    "broken.md": note(FIELDS + 'title: "x\n'),
    "enormous.md": note(FIELDS + "key: value\n" * 100_000),
    "alias-bomb.md": note(FIELDS + "a0: &a0 [x, x]\n" + BOMB),
    "object.md": note(FIELDS + "x: !!python/object/apply:os.abort []\n"),
    "deep.md": note(FIELDS + "x: " + "[" * 5_000 + "\n"),
}


def test_every_bad_file_stays_in_the_count_and_every_link_that_can_be_read_is_looked_at(run, vault):
    for name, content in BAD.items():
        (vault / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    code, document = checked(run)
    assert code == 1
    named = {each["path"].removeprefix("vault/").partition("#")[0] for each in document["articles"]}
    named |= {each["path"].removeprefix("vault/") for each in document["passed_over"]}
    assert named == set(BAD)
    for record in document["articles"]:
        if record["path"].endswith(".md") and record["verification"] is not None:
            assert (record["verification"]["verdict"], record["url"]) == ("unchecked", URL), record["path"]
            assert record["problems"], record["path"]


def test_a_second_run_covers_every_article(run, vault):
    for name in ("Case.md", "other.md", "é.md"):
        (vault / name).write_text(note(text=f"{name} {TEXT}"), encoding="utf-8")
    first, second = checked(run)[1], checked(run)[1]
    assert len(first["articles"]) == 3
    assert second["articles"] == first["articles"]


HOSTILE = "\x7f\x1b]0;x\x07\x1b[31m\x9b31m\u202evil\u2066\U000e0041"


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "jsonl"])
def test_nothing_in_a_file_reaches_the_terminal_as_a_control(run, vault, form):
    fields = "".join(
        f"{name}: {json.dumps(HOSTILE)}\n" for name in ("title", "publication", "author", "date")
    )
    (vault / "a.md").write_text(note(FIELDS + fields, f"As {HOSTILE} Reuters reported. {TEXT}"), "utf-8")
    record = {"id": HOSTILE, "title": HOSTILE, "text": TEXT}
    (vault / "b.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    _, out, err = run("check", "vault", "--captures", "none", "--format", form)
    controls = {each for each in out + err if unicodedata.category(each) in ("Cc", "Cf", "Cs")}
    assert controls <= {"\n", "\u200e", "\u200f"}
    if form == "jsonl":  # and a program gets it as it is
        assert json.loads(out.splitlines()[1])["title"] == HOSTILE


@posix
def test_a_pipe_is_refused_and_not_waited_for(run, vault):
    os.mkfifo(vault / "pipe.md")
    code, out, err = run("check", "vault/pipe.md", "--captures", "none")
    assert (code, out) == (2, "")
    assert "neither a file nor a folder" in err
    code, document = checked(run)
    assert (code, document["passed_over"][0]["reason"]) == (0, "no regular file")


@posix
def test_links_in_circles_end(run, vault):
    (vault / "a.md").symlink_to("b.md")
    (vault / "b.md").symlink_to("a.md")
    (vault / "self").symlink_to(vault, target_is_directory=True)
    (vault / "real.md").write_text(note())
    _, document = checked(run)
    assert [each["path"] for each in document["articles"]] == ["vault/real.md"]
    assert len(document["passed_over"]) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--captures", ""), "--captures ''"),
        (("--captures", "nowhere"), "neither there nor a known word"),
        (("--captures", "http://"), "not a collection's address"),
        (("-o", ""), "names no file"),
        (("-o", "vault"), "is a folder"),
        (("-o", "vault/a.md"), "no earlier report"),
        (("-o", "missing/report.md"), "there is no folder"),
        (("--db", ""), "no database URL"),
        (("--db", "mysql://host/name"), "not supported"),
        (("--db", "sqlite:///missing/x.db"), "there is no folder"),
        (("--proxy", "nonsense"), "not a proxy address"),
    ],
)
def test_misuse_is_told_in_one_line_and_changes_nothing(run, vault, arguments, said):
    (vault / "a.md").write_text(note())
    code, out, err = run("check", "vault", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert (vault / "a.md").read_text() == note()


def test_a_dash_is_standard_output(run, vault):
    (vault / "a.md").write_text(note())
    code, out, err = run("check", "vault", "--captures", "none", "--format", "jsonl", "-o", "-")
    assert (code, json.loads(out)["path"], err) == (4, "vault/a.md", "")
    assert not (vault.parent / "-").exists()


CUT_CHUNKS = (
    b"HTTP/1.1 200 OK\r\n" + MEMENTO.encode() + b"\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    + f"{len(PAGE):x}\r\n".encode() + PAGE + b"\r\n"
)  # fmt: skip


@pytest.mark.parametrize(
    ("faults", "code", "verdict", "reason"),
    [
        ((capture(PAGE),), 0, "holds", "every-sentence-held"),
        ((raw(CUT_CHUNKS), capture(PAGE)), 0, "holds", "every-sentence-held"),
        ((answer("429 Too Many Requests", b"", "Retry-After: 7200"),), 4, "unchecked", "rate-limited"),
        ((answer("429 Too Many Requests", b"", "Retry-After: soon"),), 4, "unchecked", "rate-limited"),
        ((answer("302 Found", b"", "Location: file:///etc/passwd"),), 4, "unchecked", "refused-address"),
        ((answer("302 Found", b"", "Location: http://169.254.169.254/"),), 4, "unchecked", "refused-address"),
        ((answer("302 Found", b"", f"Location: {URL}"),), 4, "unchecked", "archive-failing"),
        ((answer("200 OK", b"<h1>Error 503</h1>", "Content-Type: text/html"),), 4, "unchecked", "archive-failing"),
        ((answer("200 OK", PAGE, "Content-Type: text/html"),), 4, "unchecked", "archive-failing"),
        ((answer("404 Not Found", b"", MEMENTO),), 1, "unavailable", "archived-error"),
    ],
)  # fmt: skip
def test_what_an_archive_does_wrong_is_never_taken_for_an_answer(run, vault, faults, code, verdict, reason):
    (vault / "a.md").write_text(note())
    with FaultServer(*faults) as server:
        ended, document = checked(run, "--captures", server.prefix)
    found = document["articles"][0]["verification"]
    assert (ended, found["verdict"], found["reason"]) == (code, verdict, reason)


def test_a_capture_of_another_time_is_a_neighbour_and_for_a_short_timestamp_the_nearest(run, vault):
    (vault / "exact.md").write_text(note())
    (vault / "near.md").write_text(note(FIELDS.replace("20240614120000", "2024")))
    write_warc(vault.parent / "captures.warc.gz", [Stored(URL, "20240701000000", PAGE)])
    code, document = checked(run, "--captures", "captures.warc.gz")
    exact, near = (each["verification"] for each in document["articles"])
    assert (code, near["verdict"], near["capture"]["timestamp"]) == (1, "holds", "20240701000000")
    assert exact["verdict"] != "holds"
    if exact["neighbour"]:
        assert exact["neighbour"]["capture"]["timestamp"] == "20240701000000"


BODIES = {
    "plain": "{}{}",
    "marks": "# Title\n\n{}\n\n> **{}** &amp; so on.\n\n%% my note %%\n\n- [Reuters](https://www.reuters.com/x) says so.\n",
    "carriage": "{}\r\n\r\n{}\r\n",
    "astral": "😀 {}\n\nCafe\u0301 na\u00adch.\n\n{}\n\nZero\u200bwidth 😀.\n",
}  # fmt: skip


@pytest.mark.parametrize("shape", BODIES)
@pytest.mark.parametrize("kind", ["a.md", "a.txt", "bom.md", "utf16.txt", "a.jsonl", "unclosed.md"])
def test_every_span_is_where_it_says(run, vault, shape, kind):
    body = BODIES[shape].format(SENTENCES[0], " ".join(SENTENCES[1:]))
    if kind == "a.jsonl":
        content = json.dumps({"text": body, "url": URL, "archive": LINK}).encode()
    elif kind == "unclosed.md":
        body = f"---\n{FIELDS}\n{body}"
        content = body.encode()
    else:
        coding = {"bom.md": "utf-8-sig", "utf16.txt": "utf-16"}.get(kind, "utf-8")
        content = note(text=body).encode(coding)
    (vault / kind).write_bytes(content)
    changed = (
        PAGE.replace(b"12 days", b"21 days") + b"<p>And one more sentence that was never saved by anyone.</p>"
    )
    write_warc(vault.parent / "captures.warc.gz", [Stored(URL, "20240614120000", changed)])
    _, document = checked(run, "--captures", "captures.warc.gz")
    (record,) = document["articles"]
    source = changed.decode()
    differences = record["verification"]["differences"]
    assert "12" in {each["saved"]["text"] for each in differences if each["saved"]}
    for each in differences:
        if each["saved"]:
            assert body[each["saved"]["start"] : each["saved"]["end"]] == each["saved"]["text"]
        if each["captured"]:
            assert each["captured"]["text"] in source[each["captured"]["start"] : each["captured"]["end"]]
    assert "Reuters" in {each["outlet"]["name"] for each in record["citations"]}
    for each in record["citations"]:
        assert body[each["start"] : each["end"]] == each["evidence"]


def test_a_word_without_an_end_takes_little_memory():
    text = "a" * 2_000_000
    tracemalloc.start()
    (only,) = tokens(text, 0, len(text))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert only.end == len(text)
    assert peak < 20_000_000
