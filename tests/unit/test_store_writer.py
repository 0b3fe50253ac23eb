from __future__ import annotations

import asyncio
import gc
import itertools
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from simulator.domain import events as e
from simulator.errors import SessionBusy, StoreDamaged, StoreError, StoreFull
from simulator.store import sqlite
from simulator.store.store import Store, open_store
from simulator.store.writer import SessionJournal, SessionWriter
from tests.sessions import Clock, begin, exchange, raw

LINE, REPLY = exchange(0)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "home", Clock())


def test_a_session_has_one_writer_and_the_next_is_told_within_a_second(store: Store, tmp_path: Path) -> None:
    begin(store, "s-1")
    begin(store, "s-2")
    other = open_store(tmp_path / "home", Clock())

    def seconds() -> float:
        before = time.perf_counter()
        with pytest.raises(SessionBusy, match="s-1 is open in another program"):
            other.writer("s-1")
        return time.perf_counter() - before

    with store.writer("s-1") as writer:
        assert min(seconds() for _ in range(3)) < 1  # a busy machine slows one try, not three
        other.writer("s-2").close()
        writer.append(LINE)

    with other.writer("s-1") as heir:
        heir.append(REPLY)
    assert list(store.events("s-1"))[1:] == [*LINE, *REPLY]


def test_a_writer_that_found_damage_gives_the_lock_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(store, "s-1")

    def damaged(_self: Store, session: str) -> None:
        raise StoreDamaged(session)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "_good", damaged)
        with pytest.raises(StoreDamaged) as kept:  # and with it all that its traceback refers to
            store.writer("s-1")
    assert kept
    store.writer("s-1").close()


def test_a_closed_writer_writes_no_more(store: Store) -> None:
    begin(store, "s-1")
    with store.writer("s-1") as writer:
        writer.append([])
    with pytest.raises(ValueError, match="closed"):
        writer.append(LINE)
    assert len(store.events("s-1")) == 1


def test_an_append_is_written_as_a_whole_or_not_at_all(store: Store) -> None:
    begin(store, "s-1")
    with store.writer("s-1") as writer:
        with pytest.raises(ValueError, match="JSON compliant"):
            writer.append([*LINE, e.StateMoved(1, float("nan"), 0, 0, ())])
        assert len(store.events("s-1")) == 1
        writer.append([*LINE, *REPLY])
    assert len(store.events("s-1")) == 5


def fill_up(store: Store, patch: pytest.MonkeyPatch) -> None:
    """No connection can make the file larger than it is."""
    (pages,) = raw(store, "PRAGMA page_count")[0]
    patch.setattr(sqlite, "PRAGMAS", (*sqlite.PRAGMAS, f"max_page_count={pages}"))


def whole(n: int) -> list[e.Event]:
    return [event for commit in exchange(n) for event in commit]


def practise(writer: SessionWriter, acknowledged: list[e.Event]) -> None:
    """Go on for ever, noting what was acknowledged."""
    for n in itertools.count():
        writer.append(whole(n))
        acknowledged += whole(n)


def test_a_full_disk_loses_nothing_and_the_append_succeeds_when_there_is_room(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    acknowledged = begin(store, "s-1")
    with store.writer("s-1") as writer:
        with monkeypatch.context() as patch:
            fill_up(store, patch)
            with pytest.raises(StoreFull, match="the disk is full"):
                practise(writer, acknowledged)
            tried = whole(len(acknowledged) // 4)
            for _ in range(3):
                with pytest.raises(StoreFull):
                    writer.append(tried)
            assert list(store.events("s-1")) == acknowledged
        writer.append(tried)
        writer.append(LINE)

    assert list(store.events("s-1")) == [*acknowledged, *tried, *LINE]


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN])
def test_an_error_that_hides_a_full_disk_is_found_out(store: Store, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    begin(store, "s-1")
    fault = sqlite3.OperationalError("unable to open database file")
    fault.sqlite_errorcode = code
    assert type(store._file._meaning(fault)) is StoreError

    def no_room(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sqlite.tempfile, "TemporaryFile", no_room)
    assert type(store._file._meaning(fault)) is StoreFull


def confirm_nothing(store: Store, *, reached: bool) -> None:
    """The next commit reports a fault, whether it reached the file or not."""
    dialect = store._file._engine.dialect
    commit: Callable[[Any], None] = dialect.do_commit

    def faulty(connection: sqlite3.Connection) -> None:
        dialect.do_commit = commit
        if reached:
            commit(connection)
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error

    dialect.do_commit = faulty


@pytest.mark.parametrize("reached", [True, False])
def test_a_store_whose_making_failed_is_made_by_the_next_try(store: Store, *, reached: bool) -> None:
    confirm_nothing(store, reached=reached)
    with pytest.raises(StoreError, match="disk I/O error"):
        begin(store, "s-1")

    assert store.sessions() == ()
    begin(store, "s-1")


@pytest.mark.parametrize("reached", [True, False])
def test_an_append_tried_again_after_an_unconfirmed_commit_is_written_once(
    store: Store, *, reached: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(store, "s-1")
    synced: list[bool] = []
    monkeypatch.setattr(sqlite.SQLiteFile, "sync_folder", lambda _self: synced.append(True))
    confirm_nothing(store, reached=reached)
    with store.writer("s-1") as writer:
        with pytest.raises(StoreError, match="disk I/O error"):
            writer.append(LINE)
        writer.append(LINE)
        writer.append(REPLY)
        writer.append(REPLY)

    assert list(store.events("s-1"))[1:] == [*LINE, *REPLY, *REPLY]
    assert synced == [True] * reached


def test_other_events_may_follow_an_unconfirmed_commit(store: Store) -> None:
    begin(store, "s-1")
    confirm_nothing(store, reached=True)
    with store.writer("s-1") as writer:
        with pytest.raises(StoreError):
            writer.append(LINE)
        writer.append(REPLY)

    assert list(store.events("s-1"))[1:] == [*LINE, *REPLY]


def test_a_writer_whose_lock_was_broken_does_not_fork_the_chain(store: Store, tmp_path: Path) -> None:
    begin(store, "s-1")
    with store.writer("s-1") as writer:
        shutil.rmtree(tmp_path / "home" / "locks")
        with open_store(tmp_path / "home", Clock()).writer("s-1") as usurper:
            usurper.append(LINE)
        with pytest.raises(SessionBusy):
            writer.append(REPLY)

    assert list(store.events("s-1"))[1:] == [*LINE]


def test_a_file_held_by_another_program_says_so_and_the_append_can_be_tried_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(store, "s-1")
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    patient = open_store(store.folder, Clock())
    with patient.writer("s-1") as writer:
        with closing(sqlite3.connect(store.folder / "sessions.db", isolation_level=None)) as hog:
            hog.execute("BEGIN EXCLUSIVE")
            with pytest.raises(StoreError, match="locked by another program"):
                writer.append(LINE)
        writer.append(LINE)

    assert list(store.events("s-1"))[1:] == [*LINE]


def test_sessions_are_begun_and_written_side_by_side(store: Store) -> None:
    names = [f"s-{n}" for n in range(4)]

    def take_part(name: str) -> None:
        begin(open_store(store.folder, Clock()), name)
        with store.writer(name) as writer:
            for n in range(10):
                writer.append(whole(n))

    with ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(take_part, names))

    for name in names:
        assert list(store.events(name))[1:] == [event for n in range(10) for event in whole(n)]


def test_one_writer_may_be_used_by_several_threads(store: Store) -> None:
    begin(store, "s-1")
    with store.writer("s-1") as writer, ThreadPoolExecutor(4) as pool:
        list(pool.map(writer.append, [whole(n) for n in range(40)]))

    events = store.events("s-1")[1:]
    assert sorted(line.turn for line in events[::4]) == [2 * n + 1 for n in range(40)]
    assert all(list(events[at : at + 4]) == whole(events[at].turn // 2) for at in range(0, 160, 4))


async def test_the_journal_makes_events_durable_off_the_event_loop(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(store, "s-1")
    threads: list[threading.Thread] = []
    write = SessionWriter._write

    def seen(self: SessionWriter, *args: Any) -> None:
        threads.append(threading.current_thread())
        write(self, *args)

    monkeypatch.setattr(SessionWriter, "_write", seen)
    with store.writer("s-1") as writer:
        await SessionJournal(writer).append(*LINE, *REPLY)

    assert list(store.events("s-1"))[1:] == [*LINE, *REPLY]
    assert threads
    assert threading.main_thread() not in threads


@pytest.mark.parametrize("failure", [None, StoreFull("no room")])
async def test_an_append_under_way_is_finished_before_its_task_is_cancelled(
    store: Store, monkeypatch: pytest.MonkeyPatch, failure: StoreFull | None
) -> None:
    begin(store, "s-1")
    under_way, go_on = threading.Event(), threading.Event()
    write = SessionWriter._write

    def slow(self: SessionWriter, *args: Any) -> None:
        under_way.set()
        assert go_on.wait(10)
        if failure:
            raise failure
        write(self, *args)

    monkeypatch.setattr(SessionWriter, "_write", slow)
    complaints: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    with store.writer("s-1") as writer:
        task = asyncio.create_task(SessionJournal(writer).append(*LINE))
        await asyncio.to_thread(under_way.wait, 10)
        task.cancel()
        for _ in range(10):
            await asyncio.sleep(0)  # the loop goes on; the task must not
        assert not task.done()
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert list(store.events("s-1"))[1:] == ([] if failure else [*LINE])
    del task
    gc.collect()
    assert complaints == []
