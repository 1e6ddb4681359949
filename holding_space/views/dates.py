"""Days and months as the pages say them: in words, in this machine's time zone, always in English."""

from __future__ import annotations

from datetime import datetime

from holding_space.library import MONTHS


def day(moment: datetime) -> str:
    """Such as "1 March 2026"."""
    local = moment.astimezone()
    return f"{local.day} {month(moment)}"


def month(moment: datetime) -> str:
    """Such as "March 2026"."""
    local = moment.astimezone()
    return f"{MONTHS[local.month - 1]} {local.year}"


def month_of(moment: datetime) -> tuple[datetime, datetime]:
    """The month in which a moment lies: its beginning, and that of the next."""
    local = moment.astimezone().replace(tzinfo=None)
    first = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    after = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return first.astimezone(), after.astimezone()
