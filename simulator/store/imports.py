"""Conversations from elsewhere that are kept in the store, each once and as it was when it came in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from simulator.domain.transcript import Imported, from_json, to_json
from simulator.errors import BadInput, StoreDamaged
from simulator.store.chain import canonical, seal, stored_bytes
from simulator.store.history import time
from simulator.store.sqlite import SQLiteFile
from simulator.store.tables import tables
from simulator.store.writer import stamp
from simulator.wording import say

if TYPE_CHECKING:
    from sqlalchemy import Row


class Imports:
    """The imported conversations of a store. Whatever reads or writes may raise StoreError or StoreDamaged."""

    def __init__(self, file: SQLiteFile, clock: Callable[[], datetime]) -> None:
        self._file = file
        self._clock = clock

    def add(self, arrived: Sequence[Imported]) -> tuple[str, ...]:
        """Keep these, durable when this returns, in one step; gives the ids of those that were not there yet."""
        table = tables().imports
        at = stamp(self._clock)
        with self._file.writing() as connection:
            named = table.select().with_only_columns(table.c.session)
            known = {one.id for one in arrived}
            there = set(connection.execute(named.where(table.c.session.in_(known))).scalars())
            new = {one.id: one for one in reversed(arrived) if one.id not in there}  # of equals the first
            rows = [{"session": one.id, "at": at} | _sealed(one) for one in reversed(new.values())]
            if rows:
                connection.execute(table.insert(), rows)
        return tuple(row["session"] for row in rows)

    def get(self, imported: str) -> Imported:
        """The one with this id. Raises BadInput for none, StoreDamaged where it is not what was written."""
        table = tables().imports
        for row in self._file.rows(table.select().where(table.c.session == imported)):
            return _opened(row)
        raise BadInput(say("there is no transcript {id}", id=imported))

    def all(self) -> Iterator[Imported]:
        """Every one, oldest first; what is damaged is left out, and said by whoever gets it."""
        table = tables().imports
        for row in self._file.rows(table.select().order_by(table.c.position)):
            with suppress(StoreDamaged):
                yield _opened(row)

    def has(self, imported: str) -> bool:
        """Whether there is one with this id."""
        table = tables().imports
        named = table.select().with_only_columns(table.c.position).where(table.c.session == imported)
        return any(True for _ in self._file.rows(named))

    def ids(self) -> tuple[str, ...]:
        """Their ids, oldest first."""
        table = tables().imports
        named = table.select().with_only_columns(table.c.session).order_by(table.c.position)
        return tuple(row.session for row in self._file.rows(named))


def _sealed(one: Imported) -> dict[str, str]:
    kept = {"transcript": to_json(one.transcript), "learner": one.learner, "source": one.source}
    body = canonical(kept)
    return {"body": body.decode(), "digest": seal(one.id, body)}


def _opened(row: Row[Any]) -> Imported:
    body = stored_bytes(row.body)
    if row.digest != seal(row.session, body):
        raise StoreDamaged(say("the transcript {id} is not what was written", id=row.session))
    kept = json.loads(body)
    return Imported(from_json(kept["transcript"]), kept["learner"], kept["source"], time(row.at))
