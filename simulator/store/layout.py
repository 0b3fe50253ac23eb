"""The tables as SQLite holds them: append-only by trigger, and brought up from what older versions made."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from simulator.store.chain import canonical
from simulator.store.history import gist
from simulator.store.tables import VERSION, tables

if TYPE_CHECKING:
    from sqlalchemy import Connection


def _append_only(table: str, key: str, purgeable: str) -> tuple[str, ...]:
    """Triggers against UPDATE, DELETE outside a purge, and INSERT OR REPLACE, which deletes with no delete trigger."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    purged = f"EXISTS (SELECT 1 FROM purges {purgeable})"  # noqa: S608 - all parts are constants of this file
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608
    return (
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} WHEN NOT {purged} {refuse}",
        f"CREATE TRIGGER {table}_replace BEFORE INSERT ON {table} WHEN {taken} {refuse}",
    )


_EVENTS = _append_only("events", "position", "WHERE session = OLD.session")
_RATINGS = _append_only("ratings", "position", "WHERE session = OLD.session")
_SCORECARDS = _append_only("scorecards", "position", "WHERE session = OLD.session")
_IMPORTS = _append_only("imports", "position", "WHERE session = OLD.session")
_PACKS = _append_only(  # shared by sessions: each is named by the first event of whoever began with it
    "packs", "sha256", "WHERE NOT EXISTS (SELECT 1 FROM events WHERE seq = 1 AND instr(payload, OLD.sha256))"
)
_LEFT = " OR ".join(
    f"EXISTS (SELECT 1 FROM {table} WHERE session = OLD.session)"  # noqa: S608 - all parts are constants
    for table in ("events", "scorecards", "ratings", "imports")
)
_WHOLE = "BEGIN SELECT RAISE(ABORT, 'a session is purged as a whole'); END"
_PURGES = (
    "CREATE TRIGGER purges_update BEFORE UPDATE ON purges BEGIN SELECT RAISE(ABORT, 'a mark stays where it is'); END",
    f"CREATE TRIGGER purges_delete BEFORE DELETE ON purges WHEN {_LEFT} {_WHOLE}",
)

TRIGGERS = (
    *_EVENTS,
    *_SCORECARDS,
    *_RATINGS,
    *_IMPORTS,
    *_PACKS,
    *_PURGES,
    """
    CREATE TRIGGER events_order BEFORE INSERT ON events
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events WHERE session = NEW.session)
    BEGIN SELECT RAISE(ABORT, 'events are written in order'); END
    """,
)

_KIND = 'substr(payload, instr(payload, \'"kind":"\') + 8)'
_FILL_KIND = f"UPDATE events SET kind = substr({_KIND}, 1, instr({_KIND}, '\"') - 1)"  # noqa: S608 - as above


def make(connection: Connection) -> None:
    """Tables and triggers in an empty database."""
    known = tables()
    known.metadata.create_all(connection, checkfirst=False)
    _run(connection, TRIGGERS)
    connection.execute(known.store.insert(), {"version": VERSION})


def bring_up(connection: Connection, layout: int) -> None:
    """From an older layout to this one: 2 brought ratings, 3 what a history is read from, 4 imports and purges."""
    known = tables()
    if layout < 2:  # noqa: PLR2004 -- the layout that has them
        known.ratings.create(connection)
        _run(connection, _RATINGS)
    if layout < 3:  # noqa: PLR2004
        _bring_history(connection)
    known.imports.create(connection)
    _run(connection, ("DROP TRIGGER packs_delete", *_IMPORTS, _PACKS[1], *_PURGES))
    connection.execute(known.store.update().values(version=VERSION))


def _bring_history(connection: Connection) -> None:
    known = tables()
    run = connection.exec_driver_sql
    for table, column in (("events", "kind"), ("scorecards", "gist")):
        run(f"DROP TRIGGER {table}_update")
        run(f"ALTER TABLE {table} ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    run(_FILL_KIND)
    c = known.scorecards.c
    for position, body in connection.execute(known.scorecards.select().with_only_columns(c.position, c.body)).all():
        changed = known.scorecards.update().where(c.position == position)
        connection.execute(changed.values(gist=canonical(_gist_of(body)).decode()))
    _run(connection, (_EVENTS[0], _SCORECARDS[0]))
    for index in known.events.indexes:
        index.create(connection)


def _run(connection: Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)


def _gist_of(body: str) -> dict[str, Any]:
    """The gist of a stored scorecard; of a damaged one nothing, which whoever opens it is told."""
    try:
        return gist(json.loads(body))
    except (ValueError, AttributeError, LookupError, TypeError):
        return {}
