"""What every database must do, run on an SQLite file and on a real PostgreSQL."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from provenance.model.article import Language
from provenance.model.capture import Capture, Found, Unchecked
from provenance.model.finding import ArticleFinding
from provenance.model.judgement import Judgement
from provenance.model.problem import Problem
from provenance.model.resource import ArchiveLink, CaptureRequest
from provenance.model.verification import Difference, Excerpt, Verdict
from provenance.store import Store, schema
from provenance.store.facts import Facts
from provenance.store.integrity import counts, faults
from tests.store import samples

pytest_plugins = ["tests.store.fixtures"]

# Text that engines, terminals and encodings trip over, and that must come back as it was.
HOSTILE = "a\x00b\x1b[31m\x1a0000\u202e\ud800\udc00 \U0001f600 'ё\" \\u0000 \udcff"


def request(timestamp: str, original: str = "https://harbour-post.example/ferry") -> CaptureRequest:
    """A request as a link in a file leads to it."""
    return CaptureRequest(
        original, timestamp, ArchiveLink("as written", "web.archive.org", original, timestamp)
    )


def rows(store: Store) -> dict[str, int]:
    """How many rows each table has."""
    return counts(store.connections)


def all_rows(store: Store, *but: str) -> dict[str, list[Any]]:
    """Everything that is stored, except in the tables named."""
    with store.connections.read() as connection:
        return {
            table.name: sorted(tuple(map(repr, row)) for row in connection.execute(sa.select(table)))
            for table in schema.TABLES
            if table.name not in but
        }


class TestFindings:
    """`record` and `findings`."""

    def test_a_finding_comes_back_with_everything_but_bodies(self, store: Store) -> None:
        finding = samples.finding()
        store.record(store.begin_run(samples.run()), samples.article(), finding)
        (back,) = store.findings()
        assert back == samples.without_bodies(finding)
        assert back.published is not None
        assert back.published.utcoffset() == timedelta(hours=3)

    def test_what_a_verb_does_not_look_at_stays_none(self, store: Store) -> None:
        finding = replace(samples.finding(), verification=None, citations=None, outlet=None)
        store.record(store.begin_run(samples.run()), samples.article(), finding)
        assert list(store.findings()) == [finding]

    def test_no_citations_found_is_not_the_same_as_not_looked(self, store: Store) -> None:
        finding = replace(samples.finding(), citations=())
        store.record(store.begin_run(samples.run()), samples.article(), finding)
        (back,) = store.findings()
        assert back.citations == ()

    def test_an_unreadable_file_is_a_finding(self, store: Store) -> None:
        store.record(store.begin_run(samples.run()), None, samples.unreadable())
        assert list(store.findings()) == [samples.unreadable()]

    def test_a_date_without_a_zone_comes_back_without_one(self, store: Store) -> None:
        finding = replace(samples.finding(), published=datetime(2024, 6, 14))
        store.record(store.begin_run(samples.run()), samples.article(), finding)
        (back,) = store.findings()
        assert back.published == datetime(2024, 6, 14)

    def test_adding_a_finding_twice_changes_nothing(self, store: Store) -> None:
        run_id = store.begin_run(samples.run())
        store.record(run_id, samples.article(), samples.finding())
        before = all_rows(store)
        store.record(run_id, samples.article(), samples.finding())
        assert all_rows(store) == before

    def test_a_second_run_adds_to_the_journal_only(self, store: Store) -> None:
        store.record(store.begin_run(samples.run()), samples.article(), samples.finding())
        journal = ("runs", "run_entries", "entry_verifications")
        before = all_rows(store, *journal)
        store.record(store.begin_run(samples.run()), samples.article(), samples.finding())
        assert all_rows(store, *journal) == before
        assert (rows(store)["runs"], rows(store)["run_entries"]) == (2, 2)

    def test_the_newest_finding_is_given_and_the_earlier_version_stays(self, store: Store) -> None:
        first, second = samples.article(), samples.article(body="The ferry leaves at nine.")
        run_id = store.begin_run(samples.run())
        store.record(run_id, first, samples.finding(first))
        later = replace(samples.finding(second), title="Ferry times, corrected", verification=None)
        store.record(store.begin_run(samples.run()), second, later)
        # The verification was of the earlier version: it says nothing about this one.
        assert list(store.findings()) == [later]
        with store.connections.read() as connection:
            kept = connection.execute(
                sa.select(schema.article_versions.c.content_sha256, schema.readings.c.title)
                .join(schema.readings, schema.readings.c.version_key == schema.article_versions.c.key)
                .join(schema.bodies, schema.bodies.c.sha256 == schema.readings.c.body_sha256)
            ).all()
        assert set(kept) == {
            (first.content_sha256, "Ferry times"),
            (second.content_sha256, "Ferry times, corrected"),
        }

    def test_a_run_that_did_not_look_unsays_nothing(self, store: Store) -> None:
        finding = samples.finding()
        store.record(store.begin_run(samples.run("verify")), None, replace(finding, citations=None))
        store.record(store.begin_run(samples.run("cite")), None, replace(finding, verification=None))
        assert list(store.findings()) == [samples.without_bodies(finding)]

    def test_going_back_to_an_earlier_version_gives_that_one(self, store: Store) -> None:
        first, second = samples.article(), samples.article(body="Otherwise.")
        for read in (first, second, first):
            store.record(store.begin_run(samples.run()), read, replace(samples.finding(read), citations=None))
        (back,) = store.findings()
        assert back.content_sha256 == first.content_sha256

    def test_findings_come_in_the_order_of_paths_and_in_full(self, store: Store) -> None:
        run_id = store.begin_run(samples.run())
        names = [f"vault/{name}.md" for name in ("b", "a", "ä", "Z", "a#2", "я", *map(str, range(450)))]
        for name in names:
            store.record(run_id, None, replace(samples.finding(), path=name))
        found = list(store.findings())
        assert [finding.path for finding in found] == sorted(names)
        assert all(len(finding.citations or ()) == 3 for finding in found)

    @pytest.mark.parametrize(
        ("asked", "given"),
        [
            (["vault"], ["vault/a.md", "vault/deep/b.md"]),
            (["vault/"], ["vault/a.md", "vault/deep/b.md"]),
            (["./vault/deep"], ["vault/deep/b.md"]),
            (["all.jsonl"], ["all.jsonl#7"]),
            (["all.jsonl#7", "vault/a.md"], ["all.jsonl#7", "vault/a.md"]),
            (["."], ["all.jsonl#7", "vault/a.md", "vault/deep/b.md", "vault2/c.md"]),
            ([".."], ["../up.md"]),
            (["/"], ["/root/d.md"]),
            (["vaul"], []),
            ([], []),
        ],
    )
    def test_paths_keep_to_what_is_beneath_them(
        self,
        store: Store,
        asked: list[str],
        given: list[str],
    ) -> None:
        run_id = store.begin_run(samples.run())
        for path in (
            "vault/a.md",
            "vault/deep/b.md",
            "vault2/c.md",
            "all.jsonl#7",
            "/root/d.md",
            "../up.md",
        ):
            store.record(run_id, None, samples.unreadable(path))
        assert [finding.path for finding in store.findings(asked)] == given

    def test_a_finding_may_be_recorded_while_findings_are_read(self, store: Store) -> None:
        run_id = store.begin_run(samples.run())
        for number in range(3):
            store.record(run_id, None, samples.unreadable(f"{number}.md"))
        reading = store.findings()
        next(reading)
        store.record(run_id, None, samples.unreadable("9.md"))
        assert [finding.path for finding in reading] == ["1.md", "2.md"]

    def test_no_conclusion_without_content(self, store: Store) -> None:
        run_id = store.begin_run(samples.run())
        with pytest.raises(ValueError, match="no content"):
            store.record(run_id, None, replace(samples.unreadable(), citations=()))
        assert rows(store)["run_entries"] == 0

    def test_a_failure_half_way_leaves_nothing_of_the_article(
        self,
        store: Store,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        run_id = store.begin_run(samples.run())
        before = all_rows(store)
        written = Facts.insert

        def fail_at_the_end(facts: Facts, connection: sa.Connection) -> None:
            written(facts, connection)
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(Facts, "insert", fail_at_the_end)
            with pytest.raises(KeyboardInterrupt):
                store.record(run_id, samples.article(), samples.finding())
        assert all_rows(store) == before
        store.record(run_id, samples.article(), samples.finding())
        assert len(list(store.findings())) == 1

    def test_hostile_text_comes_back_as_it_was(self, store: Store) -> None:
        checked = replace(
            samples.verification(HOSTILE),
            detail=HOSTILE,
            comparison=replace(
                samples.comparison(),
                notes=(HOSTILE,),
                differences=(
                    Difference("changed", (), Excerpt(0, 1, HOSTILE, HOSTILE), Excerpt(0, 1, HOSTILE)),
                ),
            ),
        )
        read = samples.article(path=HOSTILE, body=HOSTILE)
        finding = replace(
            samples.finding(read),
            title=HOSTILE,
            url=HOSTILE,
            language=Language(HOSTILE, None),
            problems=(Problem("bad-date", HOSTILE, HOSTILE),),
            verification=checked,
            citations=tuple(
                replace(each, evidence=HOSTILE, sentence=HOSTILE) for each in samples.citations()
            ),
        )
        store.record(store.begin_run(samples.run()), read, finding)
        assert list(store.findings()) == [samples.without_bodies(finding)]
        assert store.known_verification(read.content_sha256, HOSTILE, samples.METHOD) is not None
        assert list(faults(store.connections)) == []

    def test_long_paths_links_and_names_are_kept(self, store: Store) -> None:
        # Random letters: an engine compresses before it says that an index row is too long.
        long = "".join(samples.sha256(str(number).encode()) for number in range(500))
        read = samples.article(path=f"vault/{long}.md")
        finding = replace(
            samples.finding(read), verification=samples.verification(f"https://a.example/{long}")
        )
        store.record(store.begin_run(samples.run()), read, finding)
        store.record_capture(samples.capture(original=f"https://a.example/{long}"))
        assert list(store.findings([read.path])) == [samples.without_bodies(finding)]


class TestRuns:
    """The journal."""

    def test_a_run_comes_back(self, store: Store) -> None:
        run_id = store.begin_run(samples.run())
        assert store.last_run() == samples.run()
        store.finish_run(run_id, samples.NOON, samples.passed_over())
        assert store.last_run() == replace(
            samples.run(), finished_at=samples.NOON, passed_over=samples.passed_over()
        )

    def test_no_run_yet(self, store: Store) -> None:
        assert store.last_run() is None

    def test_a_run_ends_once(self, store: Store) -> None:
        run_id = store.begin_run(samples.run())
        store.finish_run(run_id, samples.NOON, samples.passed_over())
        store.finish_run(run_id, samples.NOON + timedelta(days=1), ())
        assert store.last_run() == replace(
            samples.run(), finished_at=samples.NOON, passed_over=samples.passed_over()
        )

    def test_very_many_files_passed_over(self, store: Store) -> None:
        over = samples.passed_over()[0]
        store.finish_run(
            store.begin_run(samples.run()), samples.NOON, (replace(over, path=str(n)) for n in range(2500))
        )
        last = store.last_run()
        assert last is not None
        assert [passed.path for passed in last.passed_over] == [str(n) for n in range(2500)]

    def test_a_time_without_a_zone_is_refused(self, store: Store) -> None:
        with pytest.raises((ValueError, sa.exc.StatementError), match="without a zone"):
            store.begin_run(replace(samples.run(), started_at=datetime(2026, 1, 1)))

    def test_recording_for_a_run_that_is_not_there(self, store: Store) -> None:
        with pytest.raises(ValueError, match="no run 77"):
            store.record(77, samples.article(), samples.finding())


class TestCaptures:
    """`record_capture`, `capture` and `captures`."""

    def test_the_capture_of_that_second_is_found_byte_for_byte(self, store: Store) -> None:
        held = samples.capture()
        store.record_capture(held)
        assert store.capture(request("20240722235624")) == Found(held)
        # The same resource, written in another way.
        assert store.capture(request("20240722235624", "http://www.harbour-post.example:80/ferry/")) == Found(
            held
        )

    @pytest.mark.parametrize("timestamp", ["20240722235625", "20240722235623"])
    def test_a_neighbour_is_never_the_capture_asked_for(self, store: Store, timestamp: str) -> None:
        store.record_capture(samples.capture())
        given = store.capture(request(timestamp))
        assert isinstance(given, Unchecked)
        assert given.reason == "not-in-captures"

    def test_another_page_is_not_given(self, store: Store) -> None:
        store.record_capture(samples.capture())
        assert isinstance(
            store.capture(request("20240722235624", "https://harbour-post.example/")), Unchecked
        )

    @pytest.mark.parametrize(
        ("timestamp", "given"),
        [
            ("2019", "20190301000000"),
            ("202201", "20211231235959"),
            ("", "20240101000000"),
            ("20240631", "20240101000000"),
        ],
    )
    def test_a_short_timestamp_gives_the_nearest(
        self,
        store: Store,
        timestamp: str,
        given: str,
    ) -> None:
        for held in ("20190301000000", "20211231235959", "20240101000000"):
            store.record_capture(samples.capture(timestamp=held))
        found = store.capture(request(timestamp))
        assert isinstance(found, Found)
        assert found.capture.timestamp == given

    def test_what_a_source_gave_for_a_request_answers_it_again(self, store: Store) -> None:
        moved = samples.capture(original="https://harbour-post.example/2024/ferry-times")
        store.record_capture(moved, request("20240722235624"))
        assert store.capture(request("20240722235624")) == Found(moved)
        assert isinstance(store.capture(request("20240722235625")), Unchecked)

    def test_a_body_is_stored_once(self, store: Store) -> None:
        first = samples.capture()
        store.record_capture(first)
        store.record_capture(replace(first, fetched_at=samples.NOON + timedelta(days=1)))
        store.record_capture(replace(first, timestamp="20250101000000"))
        assert (rows(store)["bodies"], rows(store)["captures"]) == (1, 2)
        assert store.capture(request("20240722235624")) == Found(first)

    @pytest.mark.parametrize("body", [b"", b"\x00\xff" * 5, b"A" * 3_000_000, bytes(range(256)) * 40])
    def test_any_bytes(self, store: Store, body: bytes) -> None:
        held = replace(samples.capture(), body=body, sha256=samples.sha256(body))
        store.record_capture(held)
        assert store.capture(request("20240722235624")) == Found(held)

    def test_a_body_under_a_wrong_sha256_is_refused(self, store: Store) -> None:
        with pytest.raises(ValueError, match="sha256"):
            store.record_capture(replace(samples.capture(), sha256="0" * 64))
        assert rows(store)["captures"] == 0

    def test_a_capture_without_its_body_must_have_one_already(self, store: Store) -> None:
        bare = replace(samples.capture(), body=b"")
        with pytest.raises(ValueError, match="carries no body"):
            store.record_capture(bare)
        store.record_capture(samples.capture())
        store.record_capture(replace(bare, archive="elsewhere.example"))
        assert rows(store)["captures"] == 2

    def test_a_capture_within_a_finding_is_kept_too(self, store: Store) -> None:
        store.record(store.begin_run(samples.run()), samples.article(), samples.finding())
        assert store.capture(request("20240722235624")) == Found(samples.capture())
        assert isinstance(store.capture(request("20240801000000")), Found)

    def test_listing(self, store: Store) -> None:
        for timestamp in ("20240101000000", "20190101000000"):
            store.record_capture(samples.capture(timestamp=timestamp))
        listed = list(store.captures("http://harbour-post.example/ferry"))
        assert [row.timestamp for row in listed] == ["20190101000000", "20240101000000"]
        assert listed[0].digest == "sha1:6VSXO2YPXB7LRDCSIXZVSCIKGHLR7TYA"
        assert list(store.captures("https://other.example/")) == []

    def test_damage_is_seen_told_and_never_given_out(self, store: Store) -> None:
        held = samples.capture()
        store.record_capture(held)
        assert list(faults(store.connections)) == []
        with store.connections.write() as connection:
            connection.execute(
                sa.update(schema.bodies).values(
                    content=held.body.replace(b"nine", b"nice"), coding="identity"
                )
            )
        given = store.capture(request("20240722235624"))
        assert isinstance(given, Unchecked)
        assert "damaged" in given.detail
        (fault,) = faults(store.connections)
        assert held.sha256 in fault
        assert "the capture 20240722235624 of https://harbour-post.example/ferry" in fault


class TestKnownVerification:
    """`known_verification`."""

    @pytest.fixture
    def content(self, store: Store) -> Iterator[str]:
        """The content of a recorded article."""
        store.record(store.begin_run(samples.run()), samples.article(), samples.finding())
        yield samples.article().content_sha256

    def test_what_was_learned_is_known(self, store: Store, content: str) -> None:
        known = store.known_verification(content, samples.LINK, samples.METHOD)
        bare = samples.without_bodies(replace(samples.finding(), verification=samples.verification()))
        assert known == bare.verification

    def test_the_other_links_are_known_too_with_their_neighbours(self, store: Store, content: str) -> None:
        known = store.known_verification(content, samples.LINK + "?2", samples.METHOD)
        assert known is not None
        assert known.neighbour is not None
        assert known.neighbour.capture is not None
        assert known.neighbour.capture.timestamp == "20240801000000"

    def test_unchecked_is_nothing_learned(self, store: Store, content: str) -> None:
        assert store.known_verification(content, samples.LINK + "?3", samples.METHOD) is None

    @pytest.mark.parametrize(
        ("other", "link", "method"),
        [
            ("0" * 64, samples.LINK, samples.METHOD),
            (None, "https://web.archive.org/web/2024/x", samples.METHOD),
            (None, None, samples.METHOD),
            (None, samples.LINK, "locate/8"),
        ],
    )
    def test_nothing_is_known_of_anything_else(
        self,
        store: Store,
        content: str,
        other: str | None,
        link: str | None,
        method: str,
    ) -> None:
        assert store.known_verification(other or content, link, method) is None

    def test_what_was_learned_last_counts(self, store: Store, content: str) -> None:
        first = samples.finding()
        assert first.verification is not None
        gone = replace(
            first.verification, verdict=Verdict.UNAVAILABLE, reason="excluded", comparison=None, also=()
        )
        for verdict in (replace(first, verification=gone), first):
            store.record(store.begin_run(samples.run()), None, verdict)
            assert verdict.verification is not None
            known = store.known_verification(content, samples.LINK, samples.METHOD)
            assert known is not None
            assert known.verdict == verdict.verification.verdict


class TestBudget:
    """`Store.budget()`."""

    def test_slots_lie_an_interval_apart(self, store: Store) -> None:
        budget = store.budget()
        waits = [budget.reserve("archive.example", "index", 10.0) for _ in range(4)]
        assert waits[0] == pytest.approx(0.0, abs=0.01)
        assert waits == pytest.approx([0, 10, 20, 30], abs=1.0)
        assert budget.reserve("archive.example", "replay", 10.0) == pytest.approx(0.0, abs=0.01)
        assert budget.reserve("other.example", "index", 10.0) == pytest.approx(0.0, abs=0.01)

    def test_slots_that_nobody_took_are_gone(self, store: Store) -> None:
        budget = store.budget()
        budget.reserve("archive.example", "index", 0.05)
        threading.Event().wait(0.3)
        waits = [budget.reserve("archive.example", "index", 10.0) for _ in range(2)]
        assert waits == pytest.approx([0, 10], abs=1.0)

    def test_many_threads_never_share_a_slot(self, store: Store) -> None:
        budget = store.budget()
        waits: list[float] = []

        def ask() -> None:
            for _ in range(10):
                waits.append(budget.reserve("archive.example", "index", 100.0))

        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        slots = sorted(round(wait / 100) for wait in waits)
        assert slots == list(range(60))

    def test_any_host(self, store: Store) -> None:
        budget = store.budget()
        for host in (HOSTILE, "я" * 5000, ""):
            assert budget.reserve(host, HOSTILE, 10.0) == pytest.approx(0.0, abs=0.1)
            assert budget.reserve(host, HOSTILE, 10.0) == pytest.approx(10.0, abs=1.0)
            budget.park(host, datetime.now(UTC) + timedelta(hours=1))
            assert budget.parked_until(host) is not None

    def test_parking_is_never_shortened(self, store: Store) -> None:
        budget = store.budget()
        assert budget.parked_until("archive.example") is None
        late = datetime.now(UTC) + timedelta(hours=2)
        budget.park("archive.example", late)
        budget.park("archive.example", late - timedelta(hours=1))
        parked = budget.parked_until("archive.example")
        assert parked is not None
        assert abs(parked - late) < timedelta(milliseconds=1)
        assert budget.parked_until("other.example") is None

    def test_a_parking_that_is_over_is_none(self, store: Store) -> None:
        budget = store.budget()
        budget.park("archive.example", datetime.now(UTC) - timedelta(seconds=1))
        assert budget.parked_until("archive.example") is None


def test_threads_may_record_at_once(store: Store) -> None:
    run_id = store.begin_run(samples.run())
    failures: list[BaseException] = []

    def record(numbers: range) -> None:
        try:
            for number in numbers:
                finding: ArticleFinding = replace(samples.finding(), path=f"vault/{number}.md")
                store.record(run_id, samples.article(path=finding.path), finding)
                store.known_verification(samples.article().content_sha256, samples.LINK, samples.METHOD)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=record, args=(range(at, 60, 2),)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(list(store.findings())) == 60


def test_fetched_at_comes_back_in_utc(store: Store) -> None:
    store.record_capture(samples.capture())
    found = store.capture(request(""))
    assert isinstance(found, Found)
    assert isinstance(found.capture, Capture)
    assert found.capture.fetched_at == samples.NOON


class TestJudgements:
    """`judge` and `judged`."""

    def test_a_word_is_given_with_every_later_finding_of_that_content(self, store: Store) -> None:
        finding = samples.finding()
        assert finding.content_sha256 and finding.citations
        said = Judgement("wrong", samples.NOON, HOSTILE)
        store.record(store.begin_run(samples.run()), samples.article(), finding)
        store.judge(finding.content_sha256, finding.citations[0], said)
        store.record(store.begin_run(samples.run(version="0.2.0")), samples.article(), finding)
        (back,) = store.findings()
        assert back.citations == (replace(finding.citations[0], judgement=said), *finding.citations[1:])
        assert store.judged(finding).citations == back.citations

    def test_a_place_drawn_wider_is_the_same_place_and_another_role_is_not(self, store: Store) -> None:
        finding = samples.finding()
        assert finding.content_sha256 and finding.citations
        first = finding.citations[0]
        store.judge(finding.content_sha256, first, Judgement("confirmed", samples.NOON))
        wider = replace(first, start=max(0, first.start - 1), end=first.end + 4)
        other = replace(first, kind="photo" if first.kind != "photo" else "source")
        away = replace(first, start=first.end + 10, end=first.end + 20)
        judged = store.judged(replace(finding, citations=(wider, other, away))).citations
        assert judged is not None
        assert [each.judgement is not None for each in judged] == [True, False, False]

    def test_the_last_word_counts_and_none_takes_it_back(self, store: Store) -> None:
        finding = samples.finding()
        assert finding.content_sha256 and finding.citations
        words = []
        for said in (Judgement("wrong", samples.NOON), Judgement("confirmed", samples.NOON), None):
            store.judge(finding.content_sha256, finding.citations[0], said)
            cited = store.judged(finding).citations
            assert cited is not None
            words.append(cited[0].judgement.word if cited[0].judgement else None)
        assert words == ["wrong", "confirmed", None]
        assert rows(store)["judgements"] == 3
