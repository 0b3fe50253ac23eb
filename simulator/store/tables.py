"""The tables, the same for every database. What differs between databases stands in that database's own module."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Column, MetaData, Table

VERSION = 4
"""The layout these tables have. A store of a newer one is refused, one of an older one brought up to it."""


TELLING = (
    "SessionStarted",
    "NeedOpened",
    "NeedBlocked",
    "ConfirmAnswered",
    "HintShown",
    "ExchangeUndone",
    "SessionEnded",
)
"""The kinds of event a history is read from."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What a store holds. Everything but `store` and `purges` is append-only, held so by triggers."""

    metadata: MetaData
    store: Table
    events: Table
    packs: Table
    scorecards: Table
    ratings: Table
    imports: Table
    purges: Table


@cache
def tables() -> Tables:
    """The tables. A session has no row of its own: it is its events."""
    from sqlalchemy import (  # noqa: PLC0415 - half a second to import: only who opens a store pays
        Column,
        Integer,
        LargeBinary,
        MetaData,
        String,
        Table,
        Text,
    )

    metadata = MetaData()
    return Tables(
        metadata=metadata,
        store=Table("store", metadata, Column("version", Integer, nullable=False)),
        events=_events(metadata),
        packs=Table(
            "packs",
            metadata,
            Column("sha256", String, primary_key=True),
            Column("source", LargeBinary, nullable=False),
        ),
        # The gist, since layout 3, is what a course needs of thousands of them; the body is what counts.
        scorecards=_sealed(metadata, "scorecards", Column("gist", Text, nullable=False, server_default="")),
        ratings=_sealed(metadata, "ratings"),  # since layout 2; `session` may name an outside transcript by its hash
        imports=_sealed(metadata, "imports"),  # since layout 4; conversations from elsewhere, `session` is their hash
        # A session named here may be deleted, as a whole: in one transaction the mark is set, the rows go, and the mark
        # is taken away.
        purges=Table("purges", metadata, Column("session", String, primary_key=True)),
    )


def _events(metadata: MetaData) -> Table:
    from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint  # noqa: PLC0415 - as above

    kind = Column("kind", Text, nullable=False, server_default="")  # since layout 3; the payload's
    return Table(
        "events",
        metadata,
        Column("position", Integer, primary_key=True),  # order over all sessions, whatever the clock says
        Column("session", String, nullable=False),
        Column("seq", Integer, nullable=False),
        Column("at", String, nullable=False),
        Column("payload", Text, nullable=False),
        Column("digest", String, nullable=False),
        kind,
        UniqueConstraint("session", "seq"),
        Index("events_telling", "session", "kind", sqlite_where=kind.in_(TELLING)),
    )


def _sealed(metadata: MetaData, name: str, *more: Column[str]) -> Table:
    """A table of JSON bodies, each bound to its session by its digest."""
    from sqlalchemy import Column, Integer, String, Table, Text  # noqa: PLC0415 - as above

    return Table(
        name,
        metadata,
        Column("position", Integer, primary_key=True),
        Column("session", String, nullable=False, index=True),
        Column("at", String, nullable=False),
        Column("body", Text, nullable=False),
        Column("digest", String, nullable=False),
        *more,
    )
