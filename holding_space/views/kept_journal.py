"""What is kept as a journal: day by day, what was kept and, in full, what was written."""

from __future__ import annotations

from html import escape

from holding_space.domain import Answer, Kept
from holding_space.library import MONTHS, Day, days
from holding_space.views.components import html


def draw_journal(kept: tuple[Kept, ...], answers: tuple[Answer, ...], most: int) -> int:
    """Draw the newest days, at most so many; return how many more there are."""
    all_days = days(kept, answers)
    html("".join(_day_markup(day) for day in all_days[:most]))
    return max(0, len(all_days) - most)


def _day_markup(day: Day) -> str:
    title = f"{day.date.day} {MONTHS[day.date.month - 1]} {day.date.year}"
    kept = "".join(_kept_markup(one) for one in day.kept)
    written = "".join(_written_markup(answer, one) for answer, one in day.written)
    return f'<h2 class="hs-heading hs-day">{title}</h2>{kept}{written}'


def _name(one: Kept) -> str:
    return escape(one.heading or one.essay_title)


def _kept_markup(one: Kept) -> str:
    note = f'<p class="hs-written">{escape(one.note)}</p>' if one.note else ""
    return (
        f'<p class="hs-source">Kept: <strong>{_name(one)}</strong>, from <em>{escape(one.essay_title)}</em></p>{note}'
    )


def _written_markup(answer: Answer, one: Kept) -> str:
    return (
        f'<p class="hs-why">{escape(answer.ask)}<br><span class="hs-small">Written beside {_name(one)}</span></p>'
        f'<p class="hs-written">{escape(answer.text)}</p>'
    )
