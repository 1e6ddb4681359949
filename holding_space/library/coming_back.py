"""A kept passage comes back now and then, by a rule that anybody can work out.

At most one in a fortnight, only on one day of it, only passages kept at least four weeks ago, and not the same one twice in a
row. Put away it is gone until the next fortnight; switched off, none comes back at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from holding_space.domain import Kept
from holding_space.library.base import Library

CHOICE = "coming-back"
OFF = "off"
REST = timedelta(days=14)
OLD_ENOUGH = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class CameBack:
    """What came back last, on which day, and whether it was put away since."""

    day: date
    kept_id: str
    put_away: bool = False

    def as_text(self) -> str:
        """As it is stored."""
        return f"{self.day.isoformat()} {'away' if self.put_away else 'here'} {self.kept_id}"


def from_text(text: str) -> CameBack | None:
    """What was stored; None if nothing was, or something that is not understood."""
    parts = text.split(" ", 2)
    try:
        return CameBack(date.fromisoformat(parts[0]), parts[2], parts[1] == "away")
    except (ValueError, IndexError):
        return None


def chosen(kept: Iterable[Kept], today: date, last: CameBack | None) -> Kept | None:
    """The passage that comes back today, if one does."""
    things = {one.id: one for one in kept if one.quote.strip()}
    if last is not None and today < last.day + REST:
        return things.get(last.kept_id) if today == last.day and not last.put_away else None
    old = [
        one
        for one in things.values()
        if one.kept_at.astimezone().date() + OLD_ENOUGH <= today and (last is None or one.id != last.kept_id)
    ]
    return min(old, key=lambda one: sha256(f"{today} {one.id}".encode("utf-8", "surrogatepass")).digest(), default=None)


def bring_back(library: Library, reader_id: str, today: date) -> Kept | None:
    """The passage that comes back today; that it did is remembered.

    Raises:
        LibraryError: as every verb of `Library`.
    """
    stored = library.choice(reader_id, CHOICE)
    if stored == OFF:
        return None
    last = from_text(stored)
    one = chosen(library.kept(reader_id), today, last)
    if one is not None and (last is None or last.kept_id != one.id or last.day != today):
        library.choose(reader_id, CHOICE, CameBack(today, one.id).as_text())
    return one


def put_away(library: Library, reader_id: str) -> None:
    """What came back is not shown again until another does."""
    last = from_text(library.choice(reader_id, CHOICE))
    if last is not None:
        library.choose(reader_id, CHOICE, CameBack(last.day, last.kept_id, put_away=True).as_text())
