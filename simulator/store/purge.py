"""Deleting for good: whole conversations with all that was made of them, out of the file as well as out of sight.

The tables are append-only by trigger. A session may be deleted only while it is marked in `purges`, in the transaction
of the mark, and the mark can be taken away only when nothing of the session is left; packs go when no session that is
left began with them. `secure_delete` overwrites what a row held, and then the file is written anew without the gaps. No
other session's rows are touched, so no other chain changes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.domain.transcript import OUTSIDE
from simulator.errors import SessionBusy, StoreError
from simulator.store.sqlite import SQLiteFile
from simulator.store.tables import tables
from simulator.store.writer import lock_session

if TYPE_CHECKING:
    from filelock import BaseFileLock
    from sqlalchemy import Connection, Table

AT_ONCE = 100
"""Conversations in one transaction. The lock of each is held meanwhile, and a process has some 250 files at least."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What hangs on conversations: how many grades and ratings, and which salvaged copies."""

    scorecards: int
    ratings: int
    copies: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Purged:
    """What became of it: conversations that are gone, and those that another program has open.

    `kept_size` says why the file did not shrink, or is empty; what was deleted is overwritten all the same.
    """

    gone: tuple[str, ...]
    busy: tuple[str, ...]
    kept_size: str = ""


class Purge:
    """Deletes from the store in this folder. Whatever it does may raise StoreError, StoreFull or StoreDamaged."""

    def __init__(self, file: SQLiteFile, folder: Path) -> None:
        self._file = file
        self._folder = folder

    def extent(self, ids: Sequence[str]) -> Extent:
        """What would go with these conversations."""
        known = tables()
        return Extent(self._count(known.scorecards, ids), self._count(known.ratings, ids), self._copies(ids))

    def delete(self, ids: Iterable[str]) -> Purged:
        """Delete these conversations; those in use are left alone. Returns once nothing of the others is in any file.

        Interrupted, it leaves each of them whole or gone.
        """
        gone: list[str] = []
        busy: list[str] = []
        coming = iter(ids)
        while batch := list(islice(coming, AT_ONCE)):
            with ExitStack() as held:
                free = []
                for one in batch:
                    try:
                        if not one.startswith(OUTSIDE):  # which nobody writes to
                            held.callback(_give_back, lock_session(self._file, one))
                    except SessionBusy:
                        busy.append(one)
                    else:
                        free.append(one)
                self._erase(free)
                gone += free
        kept_size = ""
        if gone:
            try:
                self._file.compact()
            except StoreError as error:
                kept_size = str(error)
        return Purged(tuple(gone), tuple(busy), kept_size)

    def _erase(self, ids: Sequence[str]) -> None:
        if not ids:
            return
        for copy in self._copies(ids):  # first: a copy of a session that is gone is found by nobody
            with self._file.translated():
                shutil.rmtree(copy)
        known = tables()
        with self._file.writing() as connection:
            connection.execute(known.purges.insert(), [{"session": one} for one in ids])
            for table in (known.events, known.scorecards, known.ratings, known.imports):
                connection.execute(table.delete().where(table.c.session.in_(ids)))
            _erase_packs(connection)
            connection.execute(known.purges.delete())

    def _count(self, table: Table, ids: Sequence[str]) -> int:
        wanted = set(ids)
        return sum(row.session in wanted for row in self._file.rows(table.select().with_only_columns(table.c.session)))

    def _copies(self, ids: Sequence[str]) -> tuple[Path, ...]:
        """The folders into which one of these was salvaged."""
        wanted = set(ids)
        return tuple(copy for copy in _folders(self._folder / "salvaged") if copy.name.rpartition("-")[0] in wanted)


def _folders(shelf: Path) -> Iterator[Path]:
    with suppress(FileNotFoundError):
        yield from sorted(shelf.iterdir())


def _erase_packs(connection: Connection) -> None:
    """Delete the packs that no session has begun with. Its first event names both by their hash."""
    known = tables()
    first = known.events.select().where(known.events.c.seq == 1)
    begun = first.where(known.events.c.payload.contains(known.packs.c.sha256, autoescape=False))
    connection.execute(known.packs.delete().where(~begun.exists()))


def _give_back(lock: BaseFileLock) -> None:
    """Free the lock and remove its file, which bears the session's name."""
    lock.release()
    with suppress(OSError):  # somebody is about to find out that there is no such session
        Path(lock.lock_file).unlink(missing_ok=True)
