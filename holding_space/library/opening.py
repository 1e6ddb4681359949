"""Opening the file of kept things, or the database that a URL names: made if it is not there, checked, brought up to date, or explained.

Durability is chosen over speed, because this is a diary:
a write-ahead log, and `synchronous=FULL`, so that what the page says is saved survives a power cut.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from sqlalchemy import Connection, make_url

from holding_space.errors import LibraryDamaged, LibraryError, LibraryLocked, PassphraseNeeded
from holding_space.library import aside, sealing
from holding_space.library.base import Library
from holding_space.library.connection import WAIT_SECONDS, Transactions, make_engine
from holding_space.library.faults import from_os
from holding_space.library.migrate import upgrade
from holding_space.library.sql import SqlLibrary
from holding_space.settings import Settings


def open_library(settings: Settings, *, wait: float = WAIT_SECONDS, passphrase: str | None = None) -> Library:
    """The library of `settings.database_url`, or else of `settings.data_dir`, ready to use.

    Folder and file are made for this user's eyes only.

    `passphrase`: opens the file where it is sealed.
    `wait`: for how many seconds a verb waits while another program holds the file.

    Raises:
        LibraryLocked: another program holds the file and did not let go in time.
        LibraryFull: there is no room to make or update the file.
        LibraryDamaged: it is not a readable database; it was put aside and the next call starts anew.
        PassphraseNeeded, PassphraseWrong: the file is sealed; it was not changed.
        LibraryTooNew: a newer version of the program wrote it; it was not changed.
        LibraryError: folder or file cannot be made, read or written.
    """
    if settings.database_url:
        return _open_server(settings.database_url, wait)
    path = database_path(settings)
    if sealing.is_sealed(path):
        return _open_sealed(sealing.sealed_path(path), wait, passphrase)
    try:
        _make(path)
        if aside.lost_its_pages(path):
            raise aside.damaged(path, aside.put_aside(path))
    except OSError as error:
        raise from_os(error, path) from error
    before = path.stat()
    file = Transactions(make_engine(path, wait), path, wait)
    try:
        _prepare(file)
    except LibraryDamaged as fault:
        file.engine.dispose()
        raise _put_aside(path, before, fault) from fault
    except BaseException:
        file.engine.dispose()
        raise
    return SqlLibrary(file)


def _open_sealed(path: Path, wait: float, passphrase: str | None) -> Library:
    """A sealed file is never put aside: a wrong passphrase looks like damage."""
    if passphrase is None:
        raise PassphraseNeeded(
            "What is kept here is locked with a passphrase.", "Open the page Kept and type it there. Nothing is lost."
        )
    file = Transactions(make_engine(path, wait, sealing.key_for(path, passphrase)), path, wait)
    try:
        _prepare(file)
    except LibraryDamaged:
        file.close()
        raise sealing.wrong() from None
    except BaseException:
        file.close()
        raise
    return SqlLibrary(file)


def _open_server(url: str, wait: float) -> Library:
    # Only who uses a server needs its driver.
    from holding_space.library.server import ServerTransactions, make_server_engine

    server = ServerTransactions(make_server_engine(url, wait))
    try:
        with server.write() as connection:
            upgrade(connection, server.name)
    except BaseException:
        server.close()
        raise
    return SqlLibrary(server)


def stored_where(settings: Settings) -> str:
    """Where what readers keep is stored, to be shown: without user and password."""
    if settings.database_url:
        from holding_space.library.server import name_of

        return name_of(make_url(settings.database_url))
    return str(database_path(settings))


def database_path(settings: Settings) -> Path:
    """The file of kept things, where there is no `database_url`."""
    return settings.database


def _make(path: Path) -> None:
    if not path.parent.is_dir():
        path.parent.mkdir(mode=0o700, parents=True)
    # SQLite gives the files beside it the same rights.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _prepare(file: Transactions) -> None:
    """Log mode, integrity and schema.

    Raises:
        LibraryError: as `open_library`.
    """
    _use_log(file)
    with file.write() as connection:
        _check(connection, file.path)
        upgrade(connection, file.path)


def _use_log(file: Transactions) -> None:
    """Turn on the write-ahead log. SQLite does not wait for other programs here, so the waiting is ours."""
    deadline = time.monotonic() + file.wait
    while True:
        try:
            with file.bare() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        except LibraryLocked:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _check(connection: Connection, path: Path) -> None:
    faults = connection.exec_driver_sql("PRAGMA quick_check(1)").scalars().all()
    if faults != ["ok"]:
        raise LibraryDamaged(f"The file of kept things, {path}, is damaged.", "Restore it from a backup.")


def _put_aside(path: Path, before: os.stat_result, fault: LibraryDamaged) -> LibraryError:
    """Move the file that was found damaged, unless another process has done so in the meantime."""
    try:
        if os.path.samestat(path.stat(), before):
            return aside.damaged(path, aside.put_aside(path))
    except FileNotFoundError:
        pass
    except OSError as error:
        return from_os(error, path)
    cure = "Another window has just put the damaged file aside: open the program again."
    return LibraryDamaged(fault.fault, cure)
