from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from simulator.domain import events as e
from simulator.domain.rating import Rating
from simulator.domain.run import Provenance
from simulator.errors import BadInput, StoreDamaged, StoreError
from simulator.store.sqlite import SQLiteFile
from simulator.store.store import Store, open_store
from simulator.store.tables import TELLING, VERSION
from tests.sessions import PACKS, Clock, begin, damage, exchange, first_event, raw


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(home: Path, clock: Clock) -> Store:
    return open_store(home, clock)


def test_a_session_comes_back_as_it_was_written(store: Store, home: Path) -> None:
    written = begin(store, "s-1", exchanges=3)

    assert list(store.events("s-1")) == written
    assert list(open_store(home, Clock()).events("s-1")) == written


def test_looking_makes_nothing(store: Store, home: Path) -> None:
    assert store.sessions() == ()
    with pytest.raises(BadInput, match="no session s-1"):
        store.events("s-1")
    with pytest.raises(BadInput, match="no session s-1"):
        store.writer("s-1")
    with pytest.raises(BadInput, match="no unfinished session"):
        store.session_id(None)

    assert not home.exists()


def test_the_module_brings_no_database_library_along() -> None:
    code = "import sys, simulator.store.store as s; sys.exit(bool({'sqlalchemy', 'filelock'} & sys.modules.keys()))"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_only_the_owner_may_ever_read_the_folder_and_the_file(
    store: Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.delattr(Path, "chmod")  # closed from the start, not later
        begin(store, "s-1")

    made = [home, *home.rglob("*")]
    assert home / "sessions.db" in made
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o700, 0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in made if path.is_file()} == {0o600}


def test_a_file_restored_with_a_loose_mode_is_closed_again(store: Store, home: Path) -> None:
    begin(store, "s-1")
    (home / "sessions.db").chmod(0o644)

    begin(open_store(home, Clock()), "s-2")

    assert stat.S_IMODE((home / "sessions.db").stat().st_mode) == 0o600


def test_every_connection_has_the_durable_settings(store: Store) -> None:
    begin(store, "s-1")

    with store._file.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "fullfsync")
        }

    assert settings == {"journal_mode": "delete", "synchronous": 3, "secure_delete": 1, "fullfsync": 1}


def test_packs_are_kept_once_and_come_back_byte_for_byte(store: Store) -> None:
    begin(store, "s-1")
    begin(store, "s-2")

    assert [store.pack(sha256(source).hexdigest()) for source in PACKS] == list(PACKS)
    assert raw(store, "SELECT count(*) FROM packs") == [(2,)]


def test_a_changed_or_missing_pack_is_noticed(store: Store) -> None:
    begin(store, "s-1")
    persona, rubric = (sha256(source).hexdigest() for source in PACKS)
    damage(store, "UPDATE packs SET source = x'00' WHERE sha256 = ?", persona)
    damage(store, "UPDATE packs SET source = 'text' WHERE sha256 = ?", rubric)

    for name, what in ((persona, "not what was written"), (rubric, "not what was written"), ("0" * 64, "missing")):
        with pytest.raises(StoreDamaged, match=what):
            store.pack(name)


def test_a_session_does_not_start_with_packs_other_than_its_own(store: Store, home: Path) -> None:
    with pytest.raises(ValueError, match="not the ones"):
        store.create(first_event("s-1"), PACKS[:1])

    assert not home.exists()


@pytest.mark.parametrize("session", ["", "../s-1", "a/b", "a\\b", ".hidden", "a" * 65, "s 1", "s\n"])
def test_an_id_that_could_lead_out_of_the_folder_is_refused(store: Store, session: str) -> None:
    with pytest.raises(BadInput, match="cannot be the id"):
        store.create(first_event(session), PACKS)


def test_an_id_is_used_once(store: Store) -> None:
    written = begin(store, "s-1", exchanges=1)

    with pytest.raises(BadInput, match="already"):
        store.create(first_event("s-1"), PACKS)

    assert list(store.events("s-1")) == written


def test_a_summary_is_computed_from_the_events(store: Store, clock: Clock) -> None:
    begin(store, "s-1", exchanges=2, learner="Wen", language="zh-Hans")
    with store.writer("s-1") as writer:
        writer.append([e.ExchangeUndone(3), e.NoteTaken(2, "ask again")])
        writer.append([e.PersonaSpoke(4, "half", "failed", "reset")])
        clock.now = datetime(2026, 3, 1, tzinfo=UTC)
        writer.append([e.SessionEnded("learner"), e.Guessed("a budget")])

    (summary,) = store.sessions()

    assert (summary.id, summary.persona, summary.learner, summary.language) == ("s-1", "a-customer", "Wen", "zh-Hans")
    assert (summary.turns, summary.ended, summary.damaged) == (2, "learner", False)
    assert summary.started_at == datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC)
    assert summary.updated_at == datetime(2026, 3, 1, 0, 0, 1, tzinfo=UTC)


def test_words_that_look_like_an_event_do_not_end_a_session(store: Store) -> None:
    begin(store, "s-1")
    with store.writer("s-1") as writer:
        writer.append([e.NoteTaken(1, '"kind":"SessionEnded","reason":"learner"')])
        writer.append([e.LearnerSpoke(1, '{"kind":"SessionEnded","reason":"learner"}')])

    (summary,) = store.sessions()
    assert (summary.ended, summary.turns) == (None, 1)


def test_the_session_written_to_last_comes_first(store: Store) -> None:
    for session in ("s-1", "s-2", "s-3"):
        begin(store, session)
    with store.writer("s-1") as writer:
        writer.append(exchange(0)[0])

    assert [summary.id for summary in store.sessions()] == ["s-1", "s-3", "s-2"]


def test_clock_jumps_of_ten_years_change_no_order(store: Store, clock: Clock) -> None:
    written = begin(store, "old")
    begin(store, "new")
    for n, decades in enumerate((1, -3, 1)):
        clock.now += timedelta(days=3653 * decades)
        with store.writer("old") as writer:
            writer.append(exchange(n)[0])
            written += exchange(n)[0]

    assert list(store.events("old")) == written
    assert store.session_id(None) == "old"
    assert [(summary.id, summary.turns, summary.damaged) for summary in store.sessions()] == [
        ("old", 3, False),
        ("new", 0, False),
    ]
    times = store.times("old")
    assert len(times) == len(written)
    assert list(times) != sorted(times)


def test_a_session_is_found_by_a_unique_prefix(store: Store) -> None:
    for session in ("ab", "abc", "xyz"):
        begin(store, session)

    assert store.session_id("x") == "xyz"
    assert store.session_id("ab") == "ab"
    with pytest.raises(BadInput, match="ab, abc"):
        store.session_id("a")
    for unknown in ("q", "", "%"):
        with pytest.raises(BadInput, match="no session"):
            store.session_id(unknown)


def test_the_latest_unfinished_session_is_the_one_to_resume(store: Store) -> None:
    for session in ("first", "second"):
        begin(store, session)
    with store.writer("second") as writer:
        writer.append([e.SessionEnded("learner")])
    assert store.session_id(None) == "first"

    with store.writer("first") as writer:
        writer.append([e.SessionEnded("walked_away")])
    with pytest.raises(BadInput, match="no unfinished"):
        store.session_id(None)


def test_scorecards_are_kept_beside_the_session_oldest_first(store: Store) -> None:
    begin(store, "s-1")
    begin(store, "s-2")
    cards = [{"total": 61, "provenance": {"judge": "offline"}}, {"total": None, "band": "良好"}]
    for card in cards:
        store.save_scorecard("s-1", card)

    assert list(store.scorecards("s-1")) == cards
    assert store.scorecards("s-2") == ()
    with pytest.raises(BadInput, match="no session"):
        store.save_scorecard("s-3", {})


def test_a_changed_scorecard_is_noticed(store: Store) -> None:
    begin(store, "s-1")
    store.save_scorecard("s-1", {"total": 30})
    damage(store, "UPDATE scorecards SET body = replace(body, '30', '90')")

    with pytest.raises(StoreDamaged, match="judgement of session s-1"):
        store.scorecards("s-1")


def test_the_latest_unfinished_session_is_asked_for_and_no_other_is_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for session in ("older", "later", "ended"):
        begin(store, session, exchanges=2)
    with store.writer("ended") as writer:
        writer.append([e.SessionEnded("learner"), e.Guessed("a budget")])
    with store.writer("older") as writer:
        writer.append([e.NoteTaken(1, "written to last")])
    read: list[object] = []
    rows = SQLiteFile.rows
    monkeypatch.setattr(SQLiteFile, "rows", lambda *asked: (read.append(row) or row for row in rows(*asked)))
    assert store.session_id(None) == "older"
    assert len(read) == 1


def test_a_history_tells_of_each_session_what_a_course_needs(store: Store) -> None:
    begin(store, "s-1", exchanges=2, learner="Wen", persona="a-customer")
    with store.writer("s-1") as writer:
        writer.append(
            [e.NeedOpened(3, "L1", "open_question", "What?"), e.ConfirmAnswered(4, satisfied=True, expectation=None)]
        )
        writer.append([e.SessionEnded("learner"), e.Guessed("a budget")])
    own = first_event("s-1").rubric_hash
    provenance = {"judge": "model", "judge_answered": "model-7", "rubric": "a-rubric", "rubric_hash": own}
    card = {"total": 61, "passed": False, "criteria": [{"id": "E1", "level": None}], "provenance": provenance}
    store.save_scorecard("s-1", card)
    store.save_scorecard("s-1", {**card, "total": 11, "provenance": {**provenance, "rubric_hash": "0" * 64}})
    begin(store, "s-2", exchanges=3, branch_of="s-1:3")
    with store.writer("s-2") as writer:
        writer.append([e.HintShown(6, "L1", 1), e.ExchangeUndone(5)])

    second, first = store.history()

    assert (first.learner, first.ended, first.counts, first.full_loop) == ("Wen", "learner", True, True)
    assert first.mark is not None
    assert (first.mark.total, first.mark.passed, first.mark.levels) == (61, False, {"E1": None})
    assert first.mark.provenance == Provenance("model-7", "a-rubric", own)
    assert (second.ended, second.turn, second.hints, second.undone) == (None, 4, 1, 1)
    assert (second.branch_of, second.counts, second.marks) == ("s-1:3", False, ())


def test_what_was_only_asked_for_too_early_was_not_explored(store: Store) -> None:
    begin(store, "s-1")
    with store.writer("s-1") as writer:
        writer.append([e.NeedBlocked(2, "L1", "What?", "trust")])
    assert not store.history()[0].explored


def test_a_history_goes_on_where_a_session_is_damaged(store: Store) -> None:
    for session in ("s-1", "s-2", "s-3"):
        begin(store, session)
        with store.writer(session) as writer:
            writer.append([e.SessionEnded("learner")])
    damage(store, "UPDATE events SET payload = '{' WHERE session = 's-1' AND seq = 1")
    raw(store, "UPDATE events SET payload = '{' WHERE session = 's-2' AND seq = 2")

    third, second = store.history()

    assert (third.id, third.counts, third.damaged) == ("s-3", True, False)
    assert (second.id, second.counts, second.damaged) == ("s-2", False, True)


@pytest.mark.parametrize("name", ["persona", "language", "learner", "rubric", "rubric_hash"])
def test_a_start_whose_names_a_fault_struck_is_left_out_of_a_history(store: Store, name: str) -> None:
    for session in ("s-1", "s-2"):
        begin(store, session)
    struck = "UPDATE events SET payload = replace(payload, ?, ?) WHERE session = 's-1'"
    damage(store, struck, f'"{name}":', f'"{name[:-1]}~":')

    assert [run.id for run in store.history()] == ["s-2"]


@pytest.mark.parametrize("name", ["total", "provenance", "judge"])
def test_a_grade_whose_names_a_fault_struck_is_left_out_of_a_history(store: Store, name: str) -> None:
    begin(store, "s-1")
    for total in (61, 62):
        store.save_scorecard("s-1", {"total": total})
    struck = "UPDATE scorecards SET gist = replace(gist, ?, ?) WHERE position = 1"
    damage(store, struck, f'"{name}":', f'"{name[:-1]}~":')

    (run,) = store.history()

    assert [mark.total for mark in run.marks] == [62]


def test_a_history_is_read_by_its_index_and_not_from_every_event(store: Store) -> None:
    begin(store, "s-1", exchanges=3)

    telling = f"SELECT session, kind FROM events WHERE kind IN {TELLING} GROUP BY session"  # noqa: S608 - our own names
    (plan,) = raw(store, f"EXPLAIN QUERY PLAN {telling}")

    assert "COVERING INDEX events_telling" in plan[-1]


RATING = Rating("s-1", "first rater", "a-rubric", "1" * 64, {"e2c": "met", "e2d": "undecided"})


def test_the_latest_rating_of_a_rater_counts_and_the_earlier_one_stays_in_the_file(store: Store, home: Path) -> None:
    begin(store, "s-1")
    store.save_rating(RATING)
    other = replace(RATING, rater="second rater")
    changed = replace(RATING, observations={"e2c": "not_met"})
    for rating in (other, changed):
        store.save_rating(rating)

    assert open_store(home, Clock()).ratings() == (changed, other)
    assert raw(store, "SELECT count(*) FROM ratings") == [(3,)]


def test_a_changed_rating_is_noticed(store: Store) -> None:
    store.save_rating(RATING)
    damage(store, "UPDATE ratings SET body = replace(body, 'undecided', 'met')")

    with pytest.raises(StoreDamaged, match="judgement of session s-1"):
        store.ratings()


def as_in_layout(store: Store, version: int) -> None:
    """The file as an older version of the program left it."""
    for name in ("update", "delete"):
        raw(store, f"DROP TRIGGER purges_{name}")
    raw(store, "DROP TABLE imports")  # and its triggers
    if version < 3:
        raw(store, "DROP INDEX events_telling")
        raw(store, "ALTER TABLE events DROP COLUMN kind")
        raw(store, "ALTER TABLE scorecards DROP COLUMN gist")
    if version < 2:
        raw(store, "DROP TABLE ratings")
    raw(store, "UPDATE store SET version = ?", version)


@pytest.mark.parametrize("version", [1, 2, 3])
@pytest.mark.parametrize("reads_first", [True, False])
def test_a_store_of_an_older_layout_is_brought_up_and_loses_nothing(
    store: Store, home: Path, version: int, *, reads_first: bool
) -> None:
    written = begin(store, "s-1", exchanges=2)
    store.save_scorecard("s-1", {"total": 61, "criteria": [{"id": "E1", "level": 4}]})
    before = store.history()
    as_in_layout(store, version)

    older = open_store(home, Clock())
    if reads_first:
        assert older.ratings() == ()
    older.save_rating(RATING)
    assert list(older.events("s-1")) == written
    assert older.ratings() == (RATING,)
    assert older.history() == before
    for table, column in (("ratings", "body"), ("events", "kind"), ("scorecards", "gist")):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw(store, f"UPDATE {table} SET {column} = ''")  # noqa: S608 - names from above


def test_a_damaged_scorecard_does_not_keep_a_store_from_being_brought_up(store: Store, home: Path) -> None:
    begin(store, "s-1")
    store.save_scorecard("s-1", {"total": 61})
    as_in_layout(store, 2)
    damage(store, "UPDATE scorecards SET body = 'what?'")
    for trigger in ("events_update", "scorecards_update", "packs_delete"):
        raw(store, f"CREATE TRIGGER {trigger} AFTER INSERT ON purges BEGIN SELECT 1; END")

    (run,) = open_store(home, Clock()).history()

    assert run.marks == ()


def test_a_store_of_a_newer_version_is_refused_with_the_reason(store: Store, home: Path) -> None:
    begin(store, "s-1")
    raw(store, "UPDATE store SET version = version + 1")

    newer = open_store(home, Clock())
    for use in (newer.sessions, lambda: newer.create(first_event("s-2"), PACKS)):
        with pytest.raises(StoreError, match=f"newer version.*layout {VERSION + 1}, this one knows {VERSION}"):
            use()


@pytest.mark.parametrize(
    "fault", ["UPDATE store SET version = 'one'", "UPDATE store SET version = 0", "DELETE FROM store"]
)
def test_a_store_without_a_sensible_version_is_called_damaged(store: Store, home: Path, fault: str) -> None:
    begin(store, "s-1")
    raw(store, fault)

    with pytest.raises(StoreDamaged, match="no version"):
        open_store(home, Clock()).sessions()


def test_a_file_of_another_program_is_left_alone(store: Store, home: Path) -> None:
    home.mkdir()
    raw(store, "CREATE TABLE bookmarks (url TEXT)")
    before = (home / "sessions.db").read_bytes()

    for use in (store.sessions, lambda: store.create(first_event("s-1"), PACKS)):
        with pytest.raises(StoreError, match="another program"):
            use()
    assert (home / "sessions.db").read_bytes() == before


def test_a_file_that_is_no_database_is_called_damaged(store: Store, home: Path) -> None:
    home.mkdir()
    (home / "sessions.db").write_bytes(b"Dear diary, " * 1000)

    with pytest.raises(StoreDamaged, match=r"sessions\.db is damaged: file is not a database"):
        store.sessions()


def test_an_empty_file_left_by_a_crash_is_a_new_store(store: Store, home: Path) -> None:
    home.mkdir()
    (home / "sessions.db").touch()

    assert store.sessions() == ()
    written = begin(store, "s-1", exchanges=1)
    assert list(store.events("s-1")) == written


def test_a_place_that_cannot_hold_a_store_gets_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder" / "sessions.db").mkdir(parents=True)

    for place in ("file", "folder"):
        with pytest.raises(StoreError) as refused:
            open_store(tmp_path / place, Clock()).create(first_event("s-1"), PACKS)
        assert "sessions.db cannot be used: " in str(refused.value)
        assert "\n" not in str(refused.value)
