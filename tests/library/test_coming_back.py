"""A kept passage comes back by its rule: seldom, not twice in a row, and not at all when the reader says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holding_space.domain import Kept, Lens
from holding_space.library import COMING_BACK, OFF, Library, bring_back, put_away
from holding_space.library.coming_back import OLD_ENOUGH, REST, CameBack, chosen, from_text

MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)
ONE = Kept("1", "", "e/1", "quote 1", "title", "h", Lens.STEP, "", (), MARCH)
SHELF = [replace(ONE, id=str(at), passage_id=f"e/{at}", quote=f"quote {at}") for at in range(1, 6)]
LATER = MARCH.date() + timedelta(days=90)


def walk(shelf: list[Kept], days: int, put_away_at_once: bool = False) -> list[tuple[date, str]]:
    """Each day's visit, for so many days."""
    last, shown = None, []
    for at in range(days):
        today = MARCH.date() + timedelta(days=at)
        one = chosen(shelf, today, last)
        if one is not None:
            shown.append((today, one.id))
            last = CameBack(today, one.id, put_away=put_away_at_once)
    return shown


@pytest.mark.parametrize("away", [False, True])
def test_a_daily_visitor_sees_one_a_fortnight_and_never_the_same_twice_in_a_row(away: bool) -> None:
    shown = walk(SHELF, 365, away)
    assert shown[0][0] == MARCH.date() + OLD_ENOUGH
    assert all(later - earlier == REST for (earlier, _), (later, _) in pairwise(shown))
    assert all(one != other for (_, one), (_, other) in pairwise(shown))
    assert {one for _, one in shown} == {one.id for one in SHELF}
    assert walk(SHELF, 365, away) == shown


def test_it_stays_for_its_day_unless_it_is_put_away() -> None:
    one = chosen(SHELF, LATER, None)
    assert one is not None
    here = CameBack(LATER, one.id)
    assert chosen(SHELF, LATER, here) == one
    assert chosen(SHELF, LATER, replace(here, put_away=True)) is None
    assert chosen(SHELF, LATER + timedelta(days=1), here) is None
    assert chosen([two for two in SHELF if two != one], LATER, here) is None


def test_the_only_passage_does_not_come_back_again_and_again() -> None:
    assert chosen([ONE], LATER, None) == ONE
    assert chosen([ONE], LATER + REST * 3, CameBack(LATER, ONE.id)) is None
    assert chosen([], LATER, None) is None


def test_a_note_without_a_quotation_does_not_come_back() -> None:
    assert chosen([replace(ONE, quote=" ", lens=None)], LATER, None) is None


def test_the_library_remembers_what_came_back_and_what_was_put_away(library: Library) -> None:
    library.restore("r", SHELF, [])
    one = bring_back(library, "r", LATER)
    assert one is not None
    assert bring_back(library, "r", LATER) == one
    put_away(library, "r")
    assert bring_back(library, "r", LATER) is None
    other = bring_back(library, "r", LATER + REST)
    assert other is not None
    assert other.id != one.id
    library.choose("r", COMING_BACK, OFF)
    put_away(library, "r")
    assert bring_back(library, "r", LATER + REST * 9) is None
    assert bring_back(library, "another", LATER) is None


@given(st.dates(), st.text(), st.booleans())
def test_what_is_stored_is_understood_again(day: date, kept_id: str, away: bool) -> None:
    came = CameBack(day, kept_id, away)
    assert from_text(came.as_text()) == came


@given(st.text())
def test_no_stored_text_at_all_brings_it_down(text: str) -> None:
    chosen(SHELF, LATER, from_text(text))
