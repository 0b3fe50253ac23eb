"""What may be deleted, and that nothing else can be; what was imported, kept once and as it was."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from simulator.domain.rating import Rating
from simulator.domain.transcript import Imported, Transcript, Turn
from simulator.errors import BadInput, StoreDamaged, StoreFull
from simulator.store.purge import AT_ONCE, Purged
from simulator.store.sqlite import SQLiteFile
from simulator.store.store import Store, open_store
from tests.sessions import PACKS, Clock, begin, damage, first_event, raw

CANARY = "kanarienvogel"
TALK = Transcript(
    (Turn(1, "persona", "Hello.", "interrupted"), Turn(2, "learner", f"您好 {CANARY}")), "en", "a-customer"
)
ONE = Imported(TALK, "anna", "talk.vtt")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "home", Clock())


def bytes_of(store: Store) -> bytes:
    return b"".join(path.read_bytes() for path in store.folder.rglob("*") if path.is_file())


def test_an_imported_transcript_comes_back_as_it_was(store: Store) -> None:
    assert store.imports.add((ONE,)) == (ONE.id,)
    (kept,) = store.imports.all()
    assert replace(kept, at=None) == ONE
    assert kept.at is not None
    assert store.imports.get(ONE.id) == kept


def test_the_same_words_are_kept_once(store: Store) -> None:
    again = replace(ONE, source="other.vtt")
    other = replace(ONE, transcript=Transcript(TALK.turns[1:], "en"))
    assert store.imports.add((ONE, again, other)) == (ONE.id, other.id)
    assert store.imports.add((again,)) == ()
    assert [one.source for one in store.imports.all()] == ["talk.vtt", "talk.vtt"]


def test_an_imported_transcript_is_found_by_the_beginning_of_its_hash(store: Store) -> None:
    begin(store, "s-1")
    store.imports.add((ONE,))
    whole, digest = ONE.id, ONE.id.partition(":")[2]
    assert [store.session_id(name) for name in (whole, whole[:-3], digest, digest[:5])] == [whole] * 4
    with pytest.raises(BadInput, match="no transcript"):
        store.imports.get("transcript:0")


def test_an_imported_transcript_can_be_graded(store: Store) -> None:
    store.imports.add((ONE,))
    store.save_scorecard(ONE.id, {"total": 61})
    assert store.scorecards(ONE.id) == ({"total": 61},)


@pytest.mark.parametrize("change", ["replace(body, '您好', '再见')", "x'00'"])
def test_a_changed_import_is_noticed(store: Store, change: str) -> None:
    store.imports.add((ONE,))
    damage(store, f"UPDATE imports SET body = {change}")  # noqa: S608 -- from above
    with pytest.raises(StoreDamaged, match="not what was written"):
        store.imports.get(ONE.id)
    assert list(store.imports.all()) == []
    assert store.purge.delete([ONE.id]).gone == (ONE.id,)
    assert store.imports.ids() == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE imports SET body = '{}'",
        "DELETE FROM imports",
        "INSERT OR REPLACE INTO imports SELECT * FROM imports",
    ],
)
def test_an_import_cannot_be_changed(store: Store, statement: str) -> None:
    store.imports.add((ONE,))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw(store, statement)


def test_a_mark_is_for_a_whole_session_and_for_no_other(store: Store) -> None:
    begin(store, "s-1", exchanges=2)
    begin(store, "s-2")
    store.save_scorecard("s-1", {"total": 80})
    raw(store, "INSERT INTO purges VALUES ('s-1')")
    raw(store, "DELETE FROM events WHERE session = 's-1' AND seq > 3")

    for table in ("events", "scorecards"):
        with pytest.raises(sqlite3.IntegrityError, match="as a whole"):
            raw(store, "DELETE FROM purges")
        raw(store, f"DELETE FROM {table} WHERE session = 's-1'")  # noqa: S608 -- from above
    with pytest.raises(sqlite3.IntegrityError, match="stays where it is"):
        raw(store, "UPDATE purges SET session = 's-2'")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw(store, "DELETE FROM packs")  # s-2 began with them
    raw(store, "DELETE FROM purges")


def test_a_purged_session_is_gone_with_all_that_hangs_on_it_and_the_others_are_whole(store: Store) -> None:
    own = f"format: persona/1  # {CANARY}\n".encode()
    started = replace(first_event("s-1", learner=CANARY), persona_hash=sha256(own).hexdigest())
    store.create(started, (own, PACKS[1]))
    kept = begin(store, "s-2", exchanges=3)
    for session in ("s-1", "s-2"):
        store.save_scorecard(session, {"total": 80, "quote": CANARY if session == "s-1" else ""})
        store.save_rating(Rating(session, CANARY if session == "s-1" else "r", "a-rubric", "1" * 64, {"e2c": "met"}))
    store.salvage("s-1")
    store.salvage("s-2")
    store.imports.add((ONE,))
    digests = raw(store, "SELECT digest FROM events WHERE session = 's-2'")
    assert bytes_of(store).count(CANARY.encode()) > 5

    extent = store.purge.extent(["s-1", ONE.id])
    purged = store.purge.delete(["s-1", ONE.id])

    assert (extent.scorecards, extent.ratings, len(extent.copies)) == (1, 1, 1)
    assert (purged.gone, purged.busy) == (("s-1", ONE.id), ())
    assert CANARY.encode() not in bytes_of(store)
    assert list(store.events("s-2")) == kept
    assert raw(store, "SELECT digest FROM events") == digests
    assert [source for (source,) in raw(store, "SELECT source FROM packs ORDER BY source")] == sorted(PACKS)
    assert [len(store.scorecards("s-2")), len(store.ratings())] == [1, 1]
    assert len(list((store.folder / "salvaged").iterdir())) == 1
    assert raw(store, "SELECT * FROM purges") == []
    assert not (store.folder / "locks" / "s-1.lock").exists()


def test_a_session_in_use_stays_whole_and_is_named(store: Store) -> None:
    written = begin(store, "s-1", exchanges=1)
    begin(store, "s-2")
    with store.writer("s-1"):
        purged = open_store(store.folder, Clock()).purge.delete(["s-1", "s-2"])
    assert (purged.gone, purged.busy) == (("s-2",), ("s-1",))
    assert list(store.events("s-1")) == written


def test_a_file_that_cannot_shrink_is_said_and_the_words_are_overwritten_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: SQLiteFile) -> None:
        raise StoreFull("the disk is full")

    monkeypatch.setattr(SQLiteFile, "compact", full)
    store.imports.add((ONE,))
    assert store.purge.delete([ONE.id]) == Purged((ONE.id,), (), "the disk is full")
    assert CANARY.encode() not in bytes_of(store)


def test_a_salvaged_copy_of_a_session_with_a_longer_name_stays(store: Store) -> None:
    for session in ("s", "s-1"):
        begin(store, session)
        store.salvage(session)
    store.purge.delete(["s"])
    assert [copy.name.startswith("s-1-") for copy in (store.folder / "salvaged").iterdir()] == [True]


def test_more_than_one_transaction_full_is_deleted_and_the_file_shrinks(store: Store) -> None:
    turns = TALK.turns[1:]
    many = [
        Imported(Transcript((replace(turns[0], text=f"{n} " * 99),), "en"), "a", "b") for n in range(2 * AT_ONCE + 1)
    ]
    store.imports.add(many)
    size = (store.folder / "sessions.db").stat().st_size
    purged = store.purge.delete(store.imports.ids())
    assert len(purged.gone) == len(many)
    assert (store.folder / "sessions.db").stat().st_size < size / 2
    assert list(store.imports.all()) == []
