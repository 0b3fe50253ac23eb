from __future__ import annotations

import json
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest

from simulator.domain import events as e
from simulator.errors import StoreDamaged, StoreError, StoreFull
from simulator.store import sqlite
from simulator.store.chain import canonical
from simulator.store.store import Store, open_store
from tests.sessions import Clock, begin, damage, exchange, raw


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "home", Clock())


def test_a_digest_is_of_the_predecessors_digest_and_the_payload(store: Store) -> None:
    begin(store, "s-1", exchanges=1)

    previous = sha256(b"moments-of-truth session s-1").digest()
    rows = raw(store, "SELECT seq, payload, digest FROM events ORDER BY seq")
    assert [seq for seq, _, _ in rows] == [1, 2, 3, 4, 5]
    for _, payload, stored in rows:
        previous = sha256(previous + payload.encode()).digest()
        assert stored == previous.hex()


def test_canonical_json_has_one_form() -> None:
    assert canonical({"b": 1.5, "a": ["包裹", None]}) == '{"a":["包裹",null],"b":1.5}'.encode()
    for impossible in (float("nan"), float("inf"), "\ud800"):
        with pytest.raises(ValueError, match=r"JSON compliant|surrogates not allowed"):
            canonical({"a": impossible})


FORGERIES = {
    "a changed payload": ("UPDATE events SET payload = replace(payload, 'number 0', 'number 9') WHERE seq = 2", 2),
    "a payload of other bytes": ("UPDATE events SET payload = x'ff00' WHERE seq = 3", 3),
    "a missing event": ("DELETE FROM events WHERE seq = 3", 3),
    "a missing first event": ("DELETE FROM events WHERE seq = 1", 1),
    "a changed sequence": ("UPDATE events SET seq = 99 WHERE seq = 4", 4),
    "a changed digest": ("UPDATE events SET digest = replace(digest, '0', '1') WHERE seq = 5", 5),
    "a digest of another kind": ("UPDATE events SET digest = 1.5 WHERE seq = 5", 5),
    "another session's events": ("UPDATE events SET session = 's-1', seq = seq + 5 WHERE session = 's-2'", 6),
}


@pytest.mark.parametrize(("forgery", "where"), FORGERIES.values(), ids=FORGERIES)
def test_a_forgery_is_noticed_by_whoever_reads_or_writes(store: Store, forgery: str, where: int) -> None:
    begin(store, "s-1", exchanges=1)
    begin(store, "s-2")
    damage(store, forgery.replace(" WHERE seq", " WHERE session = 's-1' AND seq"))

    for use in (store.events, store.times, store.writer):
        with pytest.raises(StoreDamaged, match=f"session s-1 is damaged: event {where} "):
            use("s-1")
    assert {summary.id: summary.damaged for summary in store.sessions()}["s-1"] is True


def test_a_session_cannot_pass_for_another(store: Store) -> None:
    begin(store, "s-1", exchanges=1)
    damage(store, "UPDATE events SET session = 's-2'")

    with pytest.raises(StoreDamaged, match="session s-2 is damaged: event 1 "):
        store.events("s-2")


@pytest.mark.parametrize("payload", ["CAST(x'7b' AS TEXT)", "CAST(x'7bff7d' AS TEXT)", "x'7bff7d'"])
def test_one_damaged_session_does_not_hide_the_others(store: Store, payload: str) -> None:
    begin(store, "s-1", exchanges=2)
    written = begin(store, "s-2", exchanges=1)
    damage(store, f"UPDATE events SET payload = {payload} WHERE session = 's-1' AND seq = 6")  # noqa: S608 - as above

    good, bad = store.sessions()

    assert (good.id, good.damaged, good.turns) == ("s-2", False, 2)
    assert (bad.id, bad.damaged, bad.turns, bad.persona) == ("s-1", True, 2, "a-customer")
    assert list(store.events("s-2")) == written


def test_an_unreadable_time_hides_no_event(store: Store) -> None:
    written = begin(store, "s-1")
    damage(store, "UPDATE events SET at = 'noon'")

    assert list(store.events("s-1")) == written
    assert [(s.started_at, s.updated_at) for s in store.sessions()] == [(None, None)]
    with pytest.raises(StoreDamaged, match="a time is unreadable"):
        store.times("s-1")


def test_an_event_of_a_kind_this_program_does_not_know_is_no_damage(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(store, "s-1", exchanges=1)
    monkeypatch.setattr(e, "KINDS", {kind: of for kind, of in e.KINDS.items() if kind != "Heard"})

    with pytest.raises(StoreError, match="event 3 is not an event of this program") as refused:
        store.events("s-1")
    assert not isinstance(refused.value, StoreDamaged)


APPEND_ONLY = (
    "UPDATE events SET payload = '{}' WHERE seq = 1",
    "UPDATE events SET at = ''",
    "DELETE FROM events",
    "DELETE FROM events WHERE session = 's-2'",
    "INSERT OR REPLACE INTO events SELECT * FROM events WHERE seq = 2",
    "INSERT OR REPLACE INTO events SELECT 99, session, seq, at, payload, digest, kind FROM events WHERE seq = 2",
    "INSERT INTO events SELECT 99, session, 42, at, payload, digest, kind FROM events WHERE seq = 2",
    "UPDATE scorecards SET body = '{}'",
    "DELETE FROM scorecards",
    "INSERT OR REPLACE INTO scorecards SELECT * FROM scorecards",
    "UPDATE packs SET source = x'00'",
    "DELETE FROM packs",
    "INSERT OR REPLACE INTO packs SELECT * FROM packs",
)


@pytest.mark.parametrize("statement", APPEND_ONLY)
def test_nothing_that_was_written_can_be_changed(store: Store, statement: str) -> None:
    begin(store, "s-2")
    written = begin(store, "s-1", exchanges=1)
    store.save_scorecard("s-1", {"total": 80})

    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|in order"):
        raw(store, statement)

    assert list(store.events("s-1")) == written
    assert store.scorecards("s-1") == ({"total": 80},)


def test_a_session_marked_for_purging_can_be_deleted_and_no_other(store: Store) -> None:
    begin(store, "s-1", exchanges=1)
    kept = begin(store, "s-2", exchanges=1)
    store.save_scorecard("s-1", {"total": 80})
    raw(store, "INSERT INTO purges VALUES ('s-1')")

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw(store, "DELETE FROM events")
    raw(store, "DELETE FROM events WHERE session = 's-1'")
    raw(store, "DELETE FROM scorecards WHERE session = 's-1'")
    raw(store, "DELETE FROM purges")

    assert [summary.id for summary in store.sessions()] == ["s-2"]
    assert list(store.events("s-2")) == kept


def test_the_good_prefix_is_salvaged_and_the_original_untouched(store: Store) -> None:
    written = begin(store, "s-1", exchanges=3)
    damage(store, "UPDATE events SET payload = replace(payload, 'number 1', 'number 7') WHERE seq = 6")
    before = (store.folder / "sessions.db").read_bytes()

    salvage = store.salvage("s-1")

    assert (salvage.events, salvage.damage) == (
        5,
        (
            "session s-1 is damaged: event 6 is not what was written. The 5 events before it are good: "
            "mot export s-1 --salvage copies them."
        ),
    )
    assert (store.folder / "sessions.db").read_bytes() == before
    copy = open_store(salvage.folder, Clock())
    assert list(copy.events("s-1")) == written[:5]
    first = json.loads(raw(copy, "SELECT payload FROM events WHERE seq = 1")[0][0])
    assert [copy.pack(first[name]) for name in ("persona_hash", "rubric_hash")] == [
        store.pack(first[name]) for name in ("persona_hash", "rubric_hash")
    ]
    with copy.writer("s-1") as writer:
        writer.append(exchange(1)[0])
    assert copy.session_id(None) == "s-1"
    assert salvage.folder != store.salvage("s-1").folder


def test_a_session_without_a_good_event_cannot_be_salvaged(store: Store) -> None:
    begin(store, "s-1")
    damage(store, "UPDATE events SET payload = '{}'")

    with pytest.raises(StoreDamaged, match="event 1 "):
        store.salvage("s-1")
    assert not (store.folder / "salvaged").exists()


def test_a_copy_that_finds_no_room_leaves_nothing_behind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(store, "s-1", exchanges=1)
    monkeypatch.setattr(sqlite, "PRAGMAS", (*sqlite.PRAGMAS, "max_page_count=2"))

    with pytest.raises(StoreFull):
        store.salvage("s-1")
    assert list((store.folder / "salvaged").iterdir()) == []


def test_a_session_is_salvaged_even_if_a_pack_is_not_what_it_was(store: Store) -> None:
    written = begin(store, "s-1", exchanges=1)
    damage(store, "UPDATE packs SET source = x'00'")

    salvage = store.salvage("s-1")

    assert "snapshot" in salvage.damage
    assert list(open_store(salvage.folder, Clock()).events("s-1")) == written
