"""One engine for the file, safe for many threads and several processes.

SQLite's driver begins transactions late and for reading, and a reader that turns writer can be refused at
once, without waiting. So each transaction says beforehand what it is: a reading one sees one unchanging
state, a writing one takes its turn at the start.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from holding_space.library.faults import locked, translated

WAIT_SECONDS = 5.0
"""How long a transaction waits for another program before it gives up."""

BEGIN = {"read": "BEGIN", "write": "BEGIN IMMEDIATE", "bare": None}

PRAGMAS = (
    "foreign_keys = ON",
    # A diary: what was acknowledged survives a power cut, on macOS too. See tests/library/test_survival.py.
    "synchronous = FULL",
    "fullfsync = ON",
    # What is deleted is overwritten with zeros, and nothing is set down in a temporary file.
    "secure_delete = ON",
    "temp_store = MEMORY",
)


def make_engine(path: Path, wait: float = WAIT_SECONDS, key: str = "") -> Engine:
    """An engine on the SQLite file. Nothing is opened yet. `key`: of a sealed file, as `sealing.key_for` gives it."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=_driver(sealed=bool(key)),
        # SQLAlchemy would print a statement's values, which are readers' words, in its errors.
        hide_parameters=True,
        connect_args={"timeout": wait},
        pool_timeout=wait,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        if TYPE_CHECKING:
            assert isinstance(connection, sqlite3.Connection)
        connection.isolation_level = None  # the driver begins nothing by itself; `begin` below does
        if key:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f'PRAGMA key = "{key}"')
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        statement = BEGIN[connection.get_execution_options().get("mode", "read")]
        if statement is not None:
            connection.exec_driver_sql(statement)

    return engine


def _driver(*, sealed: bool) -> Any:
    """Python's own driver, or SQLCipher's. Only who has a sealed file needs the latter."""
    if not sealed:
        return sqlite3
    from sqlcipher3 import dbapi2

    return dbapi2


class Transactions:
    """Reading and writing transactions on one file.

    Writers of this process queue at a lock, which is fair; SQLite's own waiting is a lottery in which one of
    many threads can lose for seconds.
    """

    def __init__(self, engine: Engine, path: Path, wait: float = WAIT_SECONDS) -> None:
        self.engine = engine
        self.wait = wait
        self.path = path
        self.name = f"the file of kept things, {path},"
        self._turn = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the file throughout."""
        with translated(self.path), self._begin("read") as connection:
            yield connection

    @contextmanager
    def write(self, reader_id: str = "") -> Iterator[Connection]:
        """A connection that alone may write, for any reader; committed to disk when the block is left without an error."""
        with self._queue(), translated(self.path), self._begin("write") as connection:
            yield connection

    @contextmanager
    def bare(self) -> Iterator[Connection]:
        """A connection outside any transaction, for what SQLite does not allow inside one."""
        with self._queue(), translated(self.path), self._begin("bare") as connection:
            yield connection

    def forget_deleted(self) -> None:
        """Drop what is left of deleted rows between the others, and the log, which holds them in full."""
        try:
            with self.bare() as connection:
                connection.exec_driver_sql("VACUUM")
        finally:  # the log goes even where there was no room for the rest
            with self.bare() as connection:
                busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
            if busy:
                raise locked(self.path)

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()

    @contextmanager
    def _begin(self, mode: str) -> Iterator[Connection]:
        with self.engine.connect() as plain:
            connection = plain.execution_options(mode=mode)
            with connection.begin():
                yield connection

    @contextmanager
    def _queue(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=self.wait):
            raise locked(self.path)
        try:
            yield
        finally:
            self._turn.release()
