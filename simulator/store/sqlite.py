"""Everything that is SQLite's own but its triggers: the file, its settings, and what its errors mean."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.errors import SessionBusy, StoreDamaged, StoreError, StoreFull
from simulator.store.layout import bring_up, make
from simulator.store.tables import VERSION, tables
from simulator.wording import say

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Row, Select

BUSY_SECONDS = 2.0
"""How long another transaction is waited for. A turn takes milliseconds: what lasts longer is a program in the way."""

PRAGMAS = (
    "journal_mode=DELETE",  # a chat writes too little to need WAL, and this one survives a power cut with EXTRA
    "synchronous=EXTRA",
    "fullfsync=ON",  # on macOS fsync leaves the data in the drive's own cache
    "secure_delete=ON",
    "cell_size_check=ON",
    "trusted_schema=OFF",
)


class SQLiteFile:
    """One store in one file. It is made, with mode 0600, by the first transaction that writes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._checked = False

    @contextmanager
    def writing(self, connection: Connection | None = None) -> Iterator[Connection]:
        """A transaction, durable when the block ends, on this connection or one of its own. Raises StoreError."""
        with self.translated():
            if connection is not None:
                with connection.begin():
                    yield connection
                return
            with self.connect() as own, own.begin():
                yield own

    def connect(self) -> Connection:
        """A connection for writing, to a store that is there afterwards. Raises StoreError."""
        with self.translated():
            self._make_file()
            connection = self._engine.connect().execution_options(writes=True)
            try:
                if not self._checked:
                    with connection.begin():
                        if (layout := self._layout(connection, wanted=True)) < VERSION:
                            bring_up(connection, layout)
                    self._checked = True
            except BaseException:
                connection.close()
                raise
            return connection

    def rows(self, statement: Select[Any]) -> Iterator[Row[Any]]:
        """What a query finds; nothing while there is no store yet. Raises StoreError, StoreDamaged perhaps midway."""
        with self.translated():
            if not self.path.exists():
                return
            if not self._checked:
                with self._engine.connect() as connection:
                    version = self._layout(connection, wanted=False)
                if version == 0:
                    return
                if version < VERSION:
                    self.connect().close()  # which brings it up
                self._checked = True
            with self._engine.connect() as connection:
                yield from connection.execute(statement)

    def compact(self) -> None:
        """Write the file anew without the room of what was deleted. Raises StoreError."""
        with self.translated(), self.connect() as connection:
            connection.connection.cursor().execute("VACUUM")  # which no transaction may surround
        self.sync_folder()

    def sync_folder(self) -> None:
        """Make what was created or removed in the folder survive a power cut. Windows has no such call."""
        if os.name == "nt":
            return
        with self.translated():
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Foreign errors inside the block leave it as StoreError, StoreFull or StoreDamaged, in one line."""
        from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - deferred with the rest of SQLAlchemy

        try:
            yield
        except DBAPIError as error:
            raise self._meaning(error.orig) from error
        except sqlite3.Error as error:  # from the settings of a new connection
            raise self._meaning(error) from error
        except UnicodeDecodeError as error:  # from a message of SQLite's that quotes a damaged schema
            raise self._damage(str(error)) from error
        except OSError as error:
            raise self._refusal(error) from error

    @cached_property
    def _engine(self) -> Engine:
        from sqlalchemy import URL, NullPool, create_engine, event  # noqa: PLC0415 - as above

        # No pool: a connection lives as long as its block, nothing stays open behind a store that is not in use.
        url = URL.create("sqlite", database=str(self.path))
        engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _settle)
        event.listen(engine, "begin", _begin)
        return engine

    def _make_file(self) -> None:
        if not self.path.parent.exists():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.path.exists():
            self._checked = False
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        if self.path.stat().st_mode & 0o077 and os.name != "nt":
            self.path.chmod(0o600)  # restored from a copy, say: what is in it is nobody else's business

    def _layout(self, connection: Connection, *, wanted: bool) -> int:
        """The layout of the tables, 0 for none. Raises StoreError for a newer store and for another program's."""
        from sqlalchemy import inspect  # noqa: PLC0415 - as above

        known = tables()
        names = set(inspect(connection).get_table_names())
        if not names and wanted:
            make(connection)
        elif not names:
            return 0
        elif "store" not in names:
            raise StoreError(say("{file} is a database of another program", file=self.path))
        version = connection.execute(known.store.select()).scalar()
        if not isinstance(version, int) or version < 1:
            raise self._damage(say("it has no version"))
        if version > VERSION:
            raise StoreError(
                say(
                    "{file} was written by a newer version of this program (layout {version}, this one knows {known}); "
                    "update the program to use it",
                    file=self.path,
                    version=version,
                    known=VERSION,
                )
            )
        return version

    def _meaning(self, error: BaseException | None) -> StoreError:
        """The error of this program that an SQLite error is (https://www.sqlite.org/rescode.html)."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the rest is detail
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            return StoreError(say("{file} is locked by another program; nothing was changed", file=self.path))
        if code == sqlite3.SQLITE_CONSTRAINT:
            return SessionBusy(say("another program wrote to the same session: {reason}", reason=error))
        if code == sqlite3.SQLITE_FULL:
            return self._full()
        if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR}:
            return self._damage(str(error))  # a plain ERROR: our own fixed statements no longer fit what is there
        if code in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}:
            try:
                with tempfile.TemporaryFile(dir=self.path.parent) as probe:  # SQLite does not pass the reason on
                    probe.write(bytes(65536))
                    probe.truncate(self.path.stat().st_size + 65536)  # takes no room, and meets a limit on file sizes
            except OSError as reason:
                return self._refusal(reason)
        return StoreError(say("{file} cannot be used: {reason}", file=self.path, reason=error))

    def _refusal(self, error: OSError) -> StoreError:
        if error.errno in {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}:
            return self._full()
        return StoreError(
            say("{file} cannot be used: {reason}", file=error.filename or self.path, reason=error.strerror or error)
        )

    def _full(self) -> StoreFull:
        return StoreFull(
            say("the disk is full: {file} could not be written; what was saved before is kept", file=self.path)
        )

    def _damage(self, reason: str) -> StoreDamaged:
        return StoreDamaged(say("{file} is damaged: {reason}", file=self.path, reason=reason))


def _settle(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy begins and ends transactions, not the driver
    # Text that a fault made invalid must come out as the bytes it is, to be judged by the chain.
    connection.text_factory = lambda stored: stored.decode(errors="surrogateescape")
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # Taking the write lock first lets two writers queue; taking it midway would fail one of them.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
