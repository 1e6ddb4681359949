"""What is kept, as a journal: day by day, what was kept and what was written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo

from holding_space.domain import Answer, Kept


@dataclass(frozen=True, slots=True)
class Day:
    """One day: `kept` and `written` in the order of the day. What was written comes with the passage it belongs to."""

    date: date
    kept: tuple[Kept, ...]
    written: tuple[tuple[Answer, Kept], ...]


def days(kept: Iterable[Kept], answers: Iterable[Answer], zone: tzinfo | None = None) -> tuple[Day, ...]:
    """The days on which anything was kept or written, newest first, in a time zone (this machine's, if none is given).

    Answers to what is not in `kept` are left out.
    """
    things = {one.id: one for one in kept}
    kept_on: dict[date, list[Kept]] = {}
    written_on: dict[date, list[tuple[Answer, Kept]]] = {}
    for one in sorted(things.values(), key=lambda one: one.kept_at):
        kept_on.setdefault(one.kept_at.astimezone(zone).date(), []).append(one)
    for answer in sorted(answers, key=lambda answer: answer.written_at):
        if answer.kept_id in things:
            day = answer.written_at.astimezone(zone).date()
            written_on.setdefault(day, []).append((answer, things[answer.kept_id]))
    return tuple(
        Day(day, tuple(kept_on.get(day, ())), tuple(written_on.get(day, ())))
        for day in sorted({*kept_on, *written_on}, reverse=True)
    )
