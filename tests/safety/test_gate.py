from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holding_space.domain import Lens, Passage, SafeIf
from holding_space.safety import Category, Level, safe_for

ABUSE = [Category.PARTNER_VIOLENCE, Category.CONTROL, Category.STALKING, Category.SEXUAL_VIOLENCE]
DESPAIR = [Category.SUICIDE, Category.SELF_HARM, Category.EMERGENCY]
MARKS = st.frozensets(st.sampled_from(SafeIf))
CATEGORIES = st.one_of(st.none(), st.sampled_from(Category))


def passage(*marks: SafeIf, lens: Lens = Lens.FEELING) -> Passage:
    return Passage("e/p", "e", "Heading", "Text.", lens=lens, safe_if=frozenset(marks))


@given(MARKS, CATEGORIES, st.booleans())
def test_nothing_is_shown_in_the_stop_tier(marks: frozenset[SafeIf], category: Category | None, minor: bool) -> None:
    assert not safe_for(passage(*marks), Level.STOP, category, minor)


@given(MARKS, CATEGORIES)
def test_everything_is_shown_to_a_grown_up_when_nothing_was_found(
    marks: frozenset[SafeIf], category: Category | None
) -> None:
    assert safe_for(passage(*marks), Level.NOTHING, category, False)


@pytest.mark.parametrize("category", Category)
def test_an_unmarked_passage_is_never_shown_in_the_help_tier(category: Category) -> None:
    assert not safe_for(passage(), Level.HELP, category, False)


@pytest.mark.parametrize("category", ABUSE)
def test_abuse_needs_its_mark(category: Category) -> None:
    assert safe_for(passage(SafeIf.ABUSE), Level.HELP, category, False)
    assert not safe_for(passage(SafeIf.DESPAIR, SafeIf.MINOR), Level.HELP, category, False)


@pytest.mark.parametrize("category", DESPAIR)
def test_despair_needs_its_mark(category: Category) -> None:
    assert safe_for(passage(SafeIf.DESPAIR), Level.HELP, category, False)
    assert not safe_for(passage(SafeIf.ABUSE, SafeIf.MINOR), Level.HELP, category, False)


def test_an_unknown_danger_needs_every_mark() -> None:
    assert safe_for(passage(*SafeIf), Level.HELP, None, False)
    assert not safe_for(passage(SafeIf.ABUSE, SafeIf.DESPAIR), Level.HELP, None, False)


@given(MARKS, st.sampled_from([Level.NOTHING, Level.HELP]), CATEGORIES)
def test_a_minor_sees_only_passages_marked_for_minors(
    marks: frozenset[SafeIf], level: Level, category: Category | None
) -> None:
    if safe_for(passage(*marks), level, category, True):
        assert SafeIf.MINOR in marks


@given(MARKS, st.sampled_from(Level), CATEGORIES)
def test_a_higher_level_never_shows_more(marks: frozenset[SafeIf], level: Level, category: Category | None) -> None:
    if safe_for(passage(*marks), level, category, False):
        assert all(safe_for(passage(*marks), lower, category, False) for lower in Level if lower < level)
