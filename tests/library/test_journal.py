"""The journal shows each day once, with what was kept and written on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from holding_space.domain import Answer, Kept, Lens, PromptKind
from holding_space.library import days

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ONE = Kept("1", "r", "e/1", "quote", "title", "h", Lens.STEP, "", (), NOON)
TWO = replace(ONE, id="2", kept_at=NOON + timedelta(hours=1))
LATER = replace(ONE, id="3", kept_at=NOON + timedelta(days=2))
ANSWER = Answer("a", "r", "1", "Ask?", PromptKind.ASK, "text", NOON + timedelta(days=1))


def test_days_come_newest_first_and_each_day_in_its_order() -> None:
    found = days([LATER, TWO, ONE], [replace(ANSWER, id="b", written_at=NOON + timedelta(days=2)), ANSWER], UTC)
    assert [day.date for day in found] == [date(2026, 3, 3), date(2026, 3, 2), date(2026, 3, 1)]
    assert [[one.id for one in day.kept] for day in found] == [["3"], [], ["1", "2"]]
    assert [[(answer.id, one.id) for answer, one in day.written] for day in found] == [[("b", "1")], [("a", "1")], []]


def test_a_day_is_that_of_the_readers_clock() -> None:
    late = replace(ONE, kept_at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    assert days([late], [], timezone(timedelta(hours=2)))[0].date == date(2026, 3, 2)


def test_answers_to_what_is_not_shown_are_left_out() -> None:
    assert days([], [ANSWER], UTC) == ()
