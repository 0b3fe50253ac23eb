"""The one writer of a session: it holds the session's lock and makes events durable, each append in one step."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from simulator.domain.events import Event
from simulator.errors import SessionBusy
from simulator.store.chain import Link, extend
from simulator.store.sqlite import SQLiteFile
from simulator.store.tables import tables
from simulator.wording import say

if TYPE_CHECKING:
    from filelock import BaseFileLock
    from sqlalchemy import Connection

LOCK_SECONDS = 0.25
"""How long a held lock is waited for: long enough for a program that is just ending, well under the promised second."""


def lock_session(file: SQLiteFile, session: str) -> BaseFileLock:
    """The session's lock, held; the operating system frees it when the process dies. Raises SessionBusy, StoreError."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - 60 ms to import, and only a writer needs it

    folder = file.path.parent / "locks"
    with file.translated():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # A soft lock, the usual way out where a file system has no locks, would outlive a killed process.
        lock = FileLock(folder / f"{session}.lock", mode=0o600, thread_local=False, fallback_to_soft=False)
        try:
            lock.acquire(timeout=LOCK_SECONDS)
        except Timeout:
            raise SessionBusy(
                say("session {session} is open in another program; close it there first", session=session)
            ) from None
    return lock


def insert(connection: Connection, session: str, links: Sequence[Link]) -> None:
    """Write links as they are, in the connection's transaction."""
    rows = [
        {
            "session": session,
            "seq": link.seq,
            "at": link.at,
            "payload": link.payload.decode(),
            "digest": link.digest,
            "kind": link.kind,
        }
        for link in links
    ]
    connection.execute(tables().events.insert(), rows)


def stamp(clock: Callable[[], datetime]) -> str:
    """The clock's time as it is stored: ISO 8601 in UTC."""
    return clock().astimezone(UTC).isoformat()


class SessionWriter:
    """Appends to one session; made by Store.writer, used in a `with` block, safe to call from several threads.

    After a StoreError the same append may be tried again, as often as needed: what was acknowledged is kept, and events
    that reached the file although their commit reported a fault are not written twice.
    """

    def __init__(
        self, file: SQLiteFile, session: str, tail: Link, clock: Callable[[], datetime], lock: BaseFileLock
    ) -> None:
        self.session = session
        self._file = file
        self._tail = tail
        self._clock = clock
        self._lock = lock
        self._doubtful: tuple[Link, ...] = ()  # what the last append tried to write when it failed
        self._connection: Connection | None = None
        self._one_at_a_time = threading.Lock()

    def append(self, events: Sequence[Event]) -> None:
        """Return once all events are durable; they are written in one transaction.

        Raises StoreFull, StoreDamaged, StoreError, and SessionBusy where another program wrote to the session in spite
        of the lock. Raises ValueError for a value that JSON does not have, and for a closed writer.
        """
        with self._one_at_a_time:
            if not self._lock.is_locked:
                raise ValueError("this writer is closed")
            if not events:
                return
            try:
                self._write(events, stamp(self._clock))
            except BaseException:
                self._disconnect()  # a fresh connection recovers what a fault left behind
                raise

    def _write(self, events: Sequence[Event], at: str) -> None:
        links = extend(self._tail, events, at)
        if self._connection is None:
            self._connection = self._file.connect()
        with self._file.writing(self._connection) as connection:
            written = False
            if self._doubtful and self._reached(connection, self._doubtful):
                self._file.sync_folder()  # in the file, but the commit was never confirmed: it is from here on
                written = [link.payload for link in self._doubtful] == [link.payload for link in links]
                if written:
                    links = self._doubtful
                else:
                    self._tail = self._doubtful[-1]
                    links = extend(self._tail, events, at)
            if not written:
                self._doubtful = links
                insert(connection, self.session, links)  # refused by the store if another program wrote meanwhile
        self._tail, self._doubtful = links[-1], ()

    def _reached(self, connection: Connection, tried: Sequence[Link]) -> bool:
        c = tables().events.c
        later = tables().events.select().with_only_columns(c.digest).order_by(c.seq)
        stored = connection.execute(later.where(c.session == self.session, c.seq > self._tail.seq)).scalars()
        return list(stored) == [link.digest for link in tried]

    def _disconnect(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            with self._file.translated():
                connection.close()

    def close(self) -> None:
        """Give the session back. Waits for an append under way."""
        with self._one_at_a_time:
            try:
                self._disconnect()
            finally:
                self._lock.release()

    def __enter__(self) -> Self:
        """The writer itself; it has held the lock since it was made."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the session back."""
        self.close()


class SessionJournal:
    """A session's writer as the port a conversation writes to, without holding up the event loop."""

    def __init__(self, writer: SessionWriter) -> None:
        self._writer = writer

    async def append(self, *events: Event) -> None:
        """Return once all events are durable, in one step. Raises what SessionWriter.append raises.

        Cancelled midway, it first lets the write end: half a step would leave the caller not knowing.
        """
        work = asyncio.create_task(asyncio.to_thread(self._writer.append, events))
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:
            await asyncio.wait((work,))
            raise
