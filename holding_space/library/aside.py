"""Putting a damaged database aside. It is someone's diary: it is renamed, never deleted or overwritten."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from holding_space.errors import LibraryDamaged

COMPANIONS = ("-wal", "-shm")
"""SQLite's files beside the database: the newest writes may stand only in the first of them."""


def put_aside(path: Path) -> Path:
    """Rename the database and its companions to `<stem>.damaged-<time>.sqlite3`; return the new path.

    Raises:
        OSError: the folder cannot be written to; nothing has moved.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    copy = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
    path.rename(copy)
    for companion in COMPANIONS:
        beside = Path(f"{path}{companion}")
        if beside.exists():
            beside.rename(f"{copy}{companion}")
    return copy


def copies_put_aside(path: Path) -> tuple[Path, ...]:
    """Damaged databases put aside beside `path`, oldest first. A wipe does not reach them: say so."""
    return tuple(sorted(path.parent.glob(f"{path.stem}.damaged-*{path.suffix}")))


def lost_its_pages(path: Path) -> bool:
    """Whether the database was cut to nothing and its log is still there. SQLite would delete the log."""
    log = Path(f"{path}-wal")
    return path.stat().st_size == 0 and log.exists() and log.stat().st_size > 0


def damaged(path: Path, copy: Path) -> LibraryDamaged:
    """What to say once the file is put aside."""
    return LibraryDamaged(
        f"The file of kept things was damaged and could not be read. It was put aside, unchanged, as {copy}.",
        "Open the program again: it starts with an empty file. To go back to a backup instead, close the "
        f"program first and copy the backup to {path}. Keep the file that was put aside: `sqlite3 "
        f"{os.fspath(copy)} .recover` often brings most of it back.",
    )
