"""What the database and the operating system complain of, said so that a person can do something about it.

The messages name the file and never a value: SQLite's own messages name tables and columns, but a statement's
parameters are readers' words, so the SQLAlchemy error around it is dropped.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from holding_space.errors import LibraryDamaged, LibraryError, LibraryFull, LibraryLocked

# Primary codes of https://sqlite.org/rescode.html: the low byte of an extended code.
BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
REFUSED = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn errors of SQLite on the file `path` into LibraryErrors.

    Raises:
        LibraryLocked, LibraryFull, LibraryDamaged, LibraryError: whatever fits the code that SQLite gave.
    """
    try:
        yield
    except PoolTimeout:
        raise locked(path) from None
    except DBAPIError as error:
        if getattr(error.orig, "sqlite_errorcode", None) is None:  # of sqlite3, or of SQLCipher's driver
            raise
        fault = from_sqlite(error.orig, path)
        if fault is None:
            raise
        raise fault from error.orig


def from_sqlite(error: BaseException | None, path: Path) -> LibraryError | None:
    """The LibraryError for an error of SQLite, or None where only a mistake in this program explains it."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    primary = code & 0xFF
    if primary in BUSY:
        return locked(path)
    if primary == sqlite3.SQLITE_FULL or code == sqlite3.SQLITE_IOERR_SHMSIZE:
        return full(path)
    if primary in DAMAGED:
        return LibraryDamaged(
            f"The file of kept things, {path}, is damaged: {error}.",
            "Close the program, make a copy of the file, and start the program again; it checks the file and "
            "says how to go on.",
        )
    if primary in REFUSED:
        return refused(path)
    if primary == sqlite3.SQLITE_IOERR:
        return LibraryError(
            f"The disk refused to read or write the file of kept things, {path}: {error}.",
            "Nothing that was saved before has been changed. Check the disk, then try again.",
        )
    return None


def from_os(error: OSError, path: Path) -> LibraryError:
    """The LibraryError for what the operating system says about a file or folder."""
    if error.errno in NO_ROOM:
        return full(path)
    if error.errno in NO_RIGHT:
        return refused(path)
    return LibraryError(
        f"{path}, where kept things are stored, cannot be used: {error.strerror or type(error).__name__}.",
        "Choose another folder with the setting data_dir.",
    )


def locked(path: Path) -> LibraryLocked:
    """Waited in vain."""
    return LibraryLocked(
        f"Another program is holding the file of kept things, {path}; nothing was changed just now.",
        "Close other programs that use it (a backup, a database browser) and try again.",
    )


def full(path: Path) -> LibraryFull:
    """No room."""
    return LibraryFull(
        f"There is no room left to write to {path}; nothing was changed just now.",
        "Make room on that disk and try again. What was saved before is still there.",
    )


def refused(path: Path) -> LibraryError:
    """No permission to write."""
    return LibraryError(
        f"This program may not write to {path}, where kept things are stored.",
        "Allow it to write to that file and its folder, or choose another folder with the setting data_dir.",
    )
