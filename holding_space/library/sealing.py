"""Encrypting the file of kept things with a passphrase, and undoing that. SQLCipher does the encrypting.

A sealed file has a name of its own, so that it is never taken for a damaged one. At every moment of the change one whole file is
in its place: a copy is written, opened again with the passphrase as it was typed the second time, compared row by row and
only then put in place; the other file is destroyed last. A crash in between is mended at the next opening (`mend`).

Python's SQLite and SQLCipher's do not see each other's locks within one process: this program closes its own library
first (`views/wiring.py`). Other processes that have the file open are seen, and then nothing is changed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from unicodedata import normalize

from sqlcipher3 import dbapi2 as sqlcipher

from holding_space.errors import LibraryError, LibraryLocked, PassphraseWrong
from holding_space.library.faults import from_os, from_sqlite

SHORTEST = 8
ROUNDS = 256_000
SALT = 16

_OUR_OWN = ("kept", "kept_tags", "answers", "searchable", "drafts", "conversations", "choices", "alembic_version")


def sealed_path(path: Path) -> Path:
    """Where the sealed file stands, beside the plain one."""
    return path.with_name(f"{path.stem}-sealed{path.suffix}")


def is_sealed(path: Path) -> bool:
    """Whether what is kept is sealed. `path` is the plain file's."""
    mend(path)
    return sealed_path(path).exists()


def key_for(file: Path, passphrase: str) -> str:
    """SQLCipher's own derivation, done once here and not anew for every connection (it takes a fifth of a second).

    The file begins with its salt, and any SQLCipher program opens it with the passphrase.
    """
    with file.open("rb") as content:
        return _spec(passphrase, content.read(SALT))


def seal(path: Path, passphrase: str, again: str) -> None:
    """Encrypt the file. Nobody may have it open, this program's own library neither.

    Raises:
        PassphraseWrong: the two differ, or it is too short; nothing was changed.
        LibraryLocked: somebody has it open; nothing was changed.
        LibraryError: the disk refused; nothing was changed.
    """
    if passphrase != again:
        raise PassphraseWrong("The two passphrases are not the same; nothing was changed.", "Type it twice, alike.")
    if len(normalize("NFKC", passphrase)) < SHORTEST:
        raise PassphraseWrong(
            f"The passphrase has fewer than {SHORTEST} characters; nothing was changed.",
            "Take a longer one: four or five words that nobody would guess are better than one strange one.",
        )
    new = _fresh(sealed_path(path))
    _change(path, "", new, _spec(passphrase, os.urandom(SALT)), lambda: key_for(new, again), sealed_path(path))


def unseal(path: Path, passphrase: str) -> None:
    """Decrypt the file for good.

    Raises:
        PassphraseWrong: nothing was changed.
        LibraryError: as `seal`.
    """
    sealed = sealed_path(path)
    _change(sealed, key_for(sealed, passphrase), _fresh(path), "", lambda: "", path)


def mend(path: Path) -> None:
    """Finish, or take back, a change that was interrupted."""
    for old, new in ((path, sealed_path(path)), (sealed_path(path), path)):
        leaving = _leaving(old)
        if leaving.exists():
            if new.exists():
                _destroy(leaving)
            else:
                leaving.rename(old)


def _leaving(path: Path) -> Path:
    return Path(f"{path}.replaced")


def _fresh(path: Path) -> Path:
    """A name for a copy that is being written. One that was left by a crash is not whole, and goes."""
    new = Path(f"{path}.new")
    _destroy(new)
    return new


def _change(old: Path, old_key: str, new: Path, new_key: str, again: Callable[[], str], place: Path) -> None:
    try:
        os.close(os.open(new, os.O_RDWR | os.O_CREAT, 0o600))
        with closing(_open(old, old_key)) as holder:
            # Without its log the file has no other connection: SQLite refuses this while there is one.
            holder.execute("PRAGMA journal_mode = DELETE")
            holder.execute("BEGIN IMMEDIATE")  # from here on nobody writes
            with closing(_open(old, old_key)) as source:
                source.execute(f"ATTACH DATABASE ? AS copy KEY {_quoted(new_key)}", (str(new),))
                source.execute("SELECT sqlcipher_export('copy')")
                source.execute("DETACH DATABASE copy")
                _same(source, new, again(), old)
            _through_to_disk(new)
            if os.name == "nt":  # where an open file cannot be renamed
                holder.close()
            old.rename(_leaving(old))
        new.rename(place)
        _destroy(_leaving(old))
    except sqlcipher.Error as error:
        _destroy(new)
        raise _fault(error, old) from None
    except OSError as error:
        raise from_os(error, old) from error


def _same(source: Any, new: Path, key: str, old: Path) -> None:
    """That the copy, opened anew, is whole and holds the same rows."""
    with closing(_open(new, key)) as copy:
        whole = copy.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        if not whole or any(list(_rows(source, table)) != list(_rows(copy, table)) for table in _OUR_OWN):
            raise LibraryError(
                f"The copy of {old} did not come out the same; nothing was changed.", "Check the disk, then try again."
            )


def _rows(connection: Any, table: str) -> Iterator[Any]:
    return iter(connection.execute(f"SELECT * FROM main.{table} ORDER BY rowid").fetchall())


def _open(file: Path, key: str) -> Any:
    connection = sqlcipher.connect(str(file), isolation_level=None, timeout=2)
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key:
        connection.execute(f"PRAGMA key = {_quoted(key)}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("SELECT count(*) FROM sqlite_master")
    return connection


def _quoted(key: str) -> str:
    """The key is hexadecimal digits, or nothing."""
    return f'"{key}"' if key else "''"


def _spec(passphrase: str, salt: bytes) -> str:
    words = normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    key = hashlib.pbkdf2_hmac("sha512", words, salt, ROUNDS, 32)
    return f"x'{key.hex()}{salt.hex()}'"


def _fault(error: Any, path: Path) -> LibraryError:
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlcipher.SQLITE_NOTADB:
        return wrong()
    found = from_sqlite(error, path)
    return found or LibraryLocked(
        f"{path} could not be changed just now; nothing was changed.",
        "Close other windows of the program and try again.",
    )


def wrong() -> PassphraseWrong:
    """The answer to a passphrase that does not open the file."""
    return PassphraseWrong(
        "This passphrase does not open what is kept. Nothing was changed.",
        "Type it again; look at capital letters and the keyboard's language. Nobody can open it without the passphrase.",
    )


def _through_to_disk(file: Path) -> None:
    with file.open("rb+") as content:
        os.fsync(content.fileno())


def _destroy(file: Path) -> None:
    """Overwrite with zeros and remove: all that a program can do; what the disk itself remembers is not in its hands."""
    if file.exists():
        with file.open("rb+") as content:
            left = file.stat().st_size
            while left > 0:
                left -= content.write(b"\0" * min(left, 1 << 20))
            content.flush()
            os.fsync(content.fileno())
        file.unlink()
