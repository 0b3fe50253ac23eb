"""The store as the rest of the program sees it: sessions, their events, the packs they were held with, their grades."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.domain.events import Event, SessionStarted, from_json
from simulator.domain.rating import Rating
from simulator.domain.run import Run
from simulator.domain.transcript import OUTSIDE
from simulator.errors import BadInput, StoreDamaged, StoreError
from simulator.store.chain import Link, broken, canonical, extend, genesis, seal, stored_bytes, unbroken
from simulator.store.history import gist, history, latest_unfinished
from simulator.store.imports import Imports
from simulator.store.purge import Purge
from simulator.store.sqlite import SQLiteFile
from simulator.store.summary import Outline, SessionSummary
from simulator.store.tables import tables
from simulator.store.writer import SessionWriter, insert, lock_session, stamp
from simulator.wording import say

if TYPE_CHECKING:
    from sqlalchemy import Row, Select, Table

_SESSION_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class Salvage:
    """A copy of what is good of a session: a store of its own in `folder`. `damage` says why it ends, or is empty."""

    folder: Path
    events: int
    damage: str


def open_store(folder: Path, clock: Callable[[], datetime]) -> Store:
    """The store in this folder; nothing is read or made before it is used. The clock's times are information only."""
    return Store(folder, clock)


class Store:
    """Sessions in `folder`/sessions.db. Whatever reads or writes may raise StoreError, StoreFull or StoreDamaged."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self.folder = folder
        self._clock = clock
        self._file = SQLiteFile(folder / "sessions.db")
        self.imports = Imports(self._file, clock)
        self.purge = Purge(self._file, folder)

    def create(self, started: SessionStarted, packs: Sequence[bytes], carried: Sequence[Event] = ()) -> None:
        """Begin a session: its first event, the sources of its persona and rubric, and what it carries over from the
        session it branches off, in one step.

        Raises BadInput for an id that is taken or unfit for a file name, ValueError if `packs` are not what `started`
        names.
        """
        sources = {sha256(source).hexdigest(): source for source in packs}
        if not {started.persona_hash, started.rubric_hash} <= sources.keys():
            raise ValueError("the packs given are not the ones the session starts with")
        if not _SESSION_ID.fullmatch(started.session):
            raise BadInput(say("{session!r} cannot be the id of a session", session=started.session))
        if self._has(started.session):
            raise BadInput(say("there is a session {session} already", session=started.session))
        self._copy(started.session, extend(genesis(started.session), (started, *carried), stamp(self._clock)), sources)

    def writer(self, session: str) -> SessionWriter:
        """The session's one writer, its lock held. Raises SessionBusy within a second, BadInput for no such session."""
        if not self._has(session):
            raise _unknown(session)
        lock = lock_session(self._file, session)
        try:
            tail = self._good(session)[-1]
        except BaseException:
            lock.release()
            raise
        return SessionWriter(self._file, session, tail, self._clock, lock)

    def events(self, session: str) -> tuple[Event, ...]:
        """All events in order, once the chain is found to hold. Raises BadInput for no such session."""
        events: list[Event] = []
        for link in self._good(session):
            try:
                events.append(from_json(json.loads(link.payload)))
            except ValueError as error:
                reason = say("session {session}: event {seq} is {reason}", session=session, seq=link.seq, reason=error)
                raise StoreError(reason) from error
        return tuple(events)

    def times(self, session: str) -> tuple[datetime, ...]:
        """When each event was written by the wall clock, in UTC; order is by sequence, so these may run backwards."""
        links = self._good(session)
        try:
            return tuple(datetime.fromisoformat(link.at) for link in links)
        except (TypeError, ValueError) as error:
            raise StoreDamaged(say("session {session}: a time is unreadable", session=session)) from error

    def sessions(self) -> tuple[SessionSummary, ...]:
        """All sessions, the one written to last first; damaged ones are marked, and no hindrance to the others."""
        table = tables().events
        seen: dict[str, Outline] = {}
        for row in self._file.rows(table.select().order_by(table.c.position)):
            outline = seen.pop(row.session, None) or Outline(row.session)
            outline.take(_link(row))
            seen[row.session] = outline
        return tuple(outline.summary() for outline in reversed(seen.values()))

    def history(self) -> tuple[Run, ...]:
        """All sessions as a course looks back on them, the one written to last first.

        Thousands take a moment, because their chains are not checked: whoever opens a session has that done. One whose
        start cannot be read is left out.
        """
        return history(self._file.rows)

    def session_id(self, prefix: str | None) -> str:
        """The one session or imported transcript whose id begins so; for None the unfinished session that was written
        to last. A transcript's id may begin with its hash. Raises BadInput.
        """
        if prefix is None:
            for row in self._file.rows(latest_unfinished()):
                return str(row.session)
            raise BadInput(say("there is no unfinished session"))
        ids = [*self._ids(), *self.imports.ids()]
        begins = (prefix, OUTSIDE + prefix) if prefix else ()
        found = [prefix] if prefix in ids else sorted(i for i in ids if i.startswith(begins))
        if not found:
            raise _unknown(prefix)
        if len(found) > 1:
            raise BadInput(say("{prefix!r} could be {ids}", prefix=prefix, ids=", ".join(found)))
        return found[0]

    def pack(self, sha256_hex: str) -> bytes:
        """The source of a persona or rubric as it was when a session started. Raises StoreDamaged if it is not."""
        c = tables().packs.c
        for row in self._file.rows(tables().packs.select().where(c.sha256 == sha256_hex)):
            return _source(row)
        raise StoreDamaged(say("the snapshot {sha256} is missing", sha256=sha256_hex))

    def verify(self) -> None:
        """Look at all that is kept beside the events. Raises StoreDamaged for what is not as it was written."""
        for row in self._file.rows(tables().packs.select()):
            _source(row)
        for table in (tables().scorecards, tables().ratings):
            for _ in self._judgements(table, table.select()):
                pass
        for imported in self.imports.ids():
            self.imports.get(imported)

    def save_scorecard(self, session: str, scorecard: Mapping[str, Any]) -> None:
        """Add a grade, as JSON values, to those a session or imported transcript has. Raises BadInput for no such."""
        if not (self._has(session) or self.imports.has(session)):
            raise _unknown(session)
        self._add(tables().scorecards, session, scorecard, gist=canonical(gist(scorecard)).decode())

    def scorecards(self, session: str) -> tuple[dict[str, Any], ...]:
        """The session's grades, oldest first. Raises StoreDamaged for one that is not what was written."""
        found = tables().scorecards
        return tuple(self._judgements(found, found.select().where(found.c.session == session)))

    def save_rating(self, rating: Rating) -> None:
        """Add what a person found in a conversation; a later rating by the same rater takes its place."""
        self._add(tables().ratings, rating.subject, asdict(rating))

    def ratings(self) -> tuple[Rating, ...]:
        """The latest rating of each subject by each rater and rubric. Raises StoreDamaged for one that was changed."""
        found = tables().ratings
        latest: dict[tuple[str, str, str], Rating] = {}
        for body in self._judgements(found, found.select()):
            rating = Rating(**body)
            latest[rating.subject, rating.rater, rating.rubric_hash] = rating
        return tuple(latest.values())

    def _add(self, table: Table, session: str, value: Mapping[str, Any], **more: str) -> None:
        body = canonical(value)
        row = {"session": session, "at": stamp(self._clock), "body": body.decode(), **more}
        with self._file.writing() as connection:
            connection.execute(table.insert(), row | {"digest": seal(session, body)})

    def _judgements(self, table: Table, chosen: Select[Any]) -> Iterator[dict[str, Any]]:
        """The bodies of scorecards or ratings, oldest first. Each is bound to its session by its digest."""
        for row in self._file.rows(chosen.order_by(table.c.position)):
            body = stored_bytes(row.body)
            if row.digest != seal(row.session, body):
                message = say("a judgement of session {session} is not what was written", session=row.session)
                raise StoreDamaged(message)
            yield json.loads(body)

    def salvage(self, session: str) -> Salvage:
        """Copy the events before the first damaged one, and their packs, into a new store under `folder`/salvaged.

        The original is only read. Raises BadInput for no such session, StoreDamaged if nothing of it is good.
        """
        links, damage = self._read(session)
        if not links:
            raise damage or _unknown(session)
        started = json.loads(links[0].payload)
        packs: dict[str, bytes] = {}
        for name in (started["persona_hash"], started["rubric_hash"]):
            try:
                packs[name] = self.pack(name)
            except StoreDamaged as missing:
                damage = damage or missing
        shelf = self.folder / "salvaged"
        with self._file.translated():
            shelf.mkdir(mode=0o700, exist_ok=True)
            making = Path(tempfile.mkdtemp(prefix=f"{session}-", dir=shelf))
        try:
            Store(making, self._clock)._copy(session, links, packs)  # noqa: SLF001 - a store filling another
        except BaseException:
            shutil.rmtree(making)  # a copy is whole or it is not there
            raise
        return Salvage(making, len(links), str(damage or ""))

    def _has(self, session: str) -> bool:
        c = tables().events.c
        chosen = tables().events.select().with_only_columns(c.seq).where(c.session == session).limit(1)
        return any(True for _ in self._file.rows(chosen))

    def _ids(self) -> list[str]:
        c = tables().events.c
        return [
            row.session for row in self._file.rows(tables().events.select().with_only_columns(c.session).distinct())
        ]

    def _read(self, session: str) -> tuple[list[Link], StoreDamaged | None]:
        """The links as far as they are good, and why they end there if not at the end."""
        table = tables().events
        rows = self._file.rows(table.select().where(table.c.session == session).order_by(table.c.seq))
        read: list[Link] = []
        good: list[Link] = []
        damage: StoreDamaged | None = None
        try:
            for row in rows:
                read.append(_link(row))  # noqa: PERF401 - what came before a fault is kept
        except StoreDamaged as unreadable:
            damage = unreadable
        try:
            good.extend(unbroken(session, read))
        except StoreDamaged as changed:
            return good, changed
        return good, broken(session, len(good) + 1) if damage else None

    def _good(self, session: str) -> list[Link]:
        links, damage = self._read(session)
        if damage or not links:
            raise damage or _unknown(session)
        return links

    def _copy(self, session: str, links: Sequence[Link], sources: Mapping[str, bytes]) -> None:
        """Write a session that is not there yet, in one step."""
        packs = tables().packs
        with self._file.writing() as connection:
            there = set(connection.execute(packs.select().with_only_columns(packs.c.sha256)).scalars())
            missing = [{"sha256": name, "source": source} for name, source in sources.items() if name not in there]
            if missing:
                connection.execute(packs.insert(), missing)
            insert(connection, session, links)


def _link(row: Row[Any]) -> Link:
    return Link(row.seq, row.at, stored_bytes(row.payload), row.digest)


def _source(row: Row[Any]) -> bytes:
    """The bytes of a pack. Raises StoreDamaged for others than were written."""
    source = stored_bytes(row.source)
    if sha256(source).hexdigest() != row.sha256:
        raise StoreDamaged(say("the snapshot {sha256} is not what was written", sha256=row.sha256))
    return source


def _unknown(session: str) -> BadInput:
    return BadInput(say("there is no session {session}", session=session))
