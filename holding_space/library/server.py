"""One engine on a PostgreSQL database, for several processes of the program on one set of readers.

Whoever writes for a reader has that reader to themselves: an advisory lock does for one reader what SQLite's writing
transaction does for the whole file, so that the same verbs are right on both.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from psycopg import Error
from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from holding_space.errors import LibraryDamaged, LibraryError, LibraryFull, LibraryLocked
from holding_space.library.connection import WAIT_SECONDS
from holding_space.library.tables import metadata

BUSY = frozenset({"55P03", "57014", "40001", "40P01", "53300"})
FULL = frozenset({"53100", "53200", "54000"})
DAMAGED = frozenset({"XX001", "XX002"})
REFUSED = frozenset({"42501", "25006", "28000", "28P01", "3D000"})


def make_server_engine(url: str, wait: float = WAIT_SECONDS) -> Engine:
    """An engine on the database that a URL names. Nothing is opened yet."""
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,  # a server that was started again is met with new connections, not with an error
        pool_size=10,
        pool_timeout=wait,
        connect_args={"connect_timeout": max(2, round(wait)), "options": f"-c lock_timeout={round(wait * 1000)}"},
    )


def name_of(url: URL) -> str:
    """The database as it may be shown: without user and password."""
    return f"the PostgreSQL database “{url.database or ''}” on {url.host or url.query.get('host') or 'this machine'}"


class ServerTransactions:
    """Reading and writing transactions on one database."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.name = name_of(engine.url)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database throughout."""
        with self._translated(), self.engine.connect() as plain:
            connection = plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def write(self, reader_id: str = "") -> Iterator[Connection]:
        """A connection that alone may write for this reader; committed when the block is left without an error."""
        with self._translated(), self.engine.begin() as connection:
            digest = sha256(reader_id.encode("utf-8", "surrogatepass")).digest()
            key = int.from_bytes(digest[:8], "big", signed=True)
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
            yield connection

    def forget_deleted(self) -> None:
        """Write the tables anew, so that nothing of deleted rows is left between the others.

        What the server itself keeps beside them (its log of changes, its backups) is not in this program's hands.
        """
        tables = ", ".join(table.name for table in metadata.sorted_tables)
        with self._translated(), self.engine.connect() as plain:
            plain.execution_options(isolation_level="AUTOCOMMIT").execute(text(f"VACUUM (FULL) {tables}"))

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Nothing is chained to what is raised: PostgreSQL quotes values, which are readers' words, in its errors."""
        try:
            yield
        except PoolTimeout:
            raise self._fault("55P03") from None
        except DBAPIError as error:
            code = error.orig.sqlstate if isinstance(error.orig, Error) else None
            raise self._fault(code) from None

    def _fault(self, code: str | None) -> LibraryError:
        if code in BUSY:
            return LibraryLocked(
                f"{self.name}, where kept things are stored, is busy; nothing was changed just now.",
                "Try again in a moment.",
            )
        if code in FULL:
            return LibraryFull(
                f"There is no room left in {self.name}; nothing was changed just now.",
                "Make room on its disk and try again. What was saved before is still there.",
            )
        if code in DAMAGED:
            return LibraryDamaged(f"{self.name} says that it is damaged ({code}).", "Restore it from a backup.")
        if code in REFUSED:
            return LibraryError(
                f"{self.name} does not let this program in, or not write ({code}).",
                "Look at user, password and rights in the setting database_url.",
            )
        if code is None or code.startswith(("08", "57P")):
            return LibraryError(
                f"{self.name}, where kept things are stored, cannot be reached; nothing was changed just now.",
                "See that the server runs and that the setting database_url is right, then try again.",
            )
        return LibraryError(
            f"{self.name} refused what this program asked of it ({code}); nothing was changed just now.",
            "This is a mistake in the program: tell whoever keeps it the code.",
        )
