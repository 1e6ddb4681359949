"""What is said to a frightened person, word by word."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from holding_space.safety import (
    FAILED,
    CareReply,
    Category,
    Country,
    Level,
    Screening,
    care_for,
    countries,
    country,
    help_card,
)

CATEGORIES = [*Category, None]
ABUSE = [Category.PARTNER_VIOLENCE, Category.CONTROL, Category.STALKING, Category.SEXUAL_VIOLENCE]
FORBIDDEN = re.compile(
    r"!|\bcommit|\bI understand|\bdisorder\b|\bdepress|\bdiagnos|\bpromise me|you're not thinking of|\bpills?\b|\brope\b"
    r"|\bbridge\b|\bknife\b|\bgun\b|\bblade\b|\boverdose\b|\bhang\b|\bjump\b|\byou are safe\b|calm down|at least",
    re.IGNORECASE,
)
ADVICE_TO_ACT = re.compile(
    r"\b(?:confront|leave (?:him|her|them)|stand up to|talk to your partner|forgive)\b", re.IGNORECASE
)


def reply(category: Category | None, place: Country | None = None, times: int = 0) -> CareReply:
    return care_for(Screening(Level.STOP, category, ("x",)), place, times)


def words(found: CareReply) -> str:
    return "\n".join([found.acknowledge, found.limits, found.emergency, *found.more])


@pytest.mark.parametrize("category", CATEGORIES)
def test_no_reply_has_a_forbidden_word(category: Category | None) -> None:
    for times in range(6):
        assert not FORBIDDEN.search(words(reply(category, None, times)))


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_same_text_never_comes_twice_in_a_row(category: Category | None) -> None:
    said = [reply(category, None, times).acknowledge for times in range(7)]
    assert all(a != b for a, b in pairwise(said))
    assert len(set(said)) >= 3


@pytest.mark.parametrize("category", ABUSE)
def test_abuse_is_believed_and_nobody_is_told_to_confront_or_to_leave(category: Category) -> None:
    for times in range(4):
        assert not ADVICE_TO_ACT.search(words(reply(category, None, times)))
    assert any("watched" in part for part in reply(category).more)


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("times", range(3))
def test_without_a_country_there_is_no_number_at_all(category: Category | None, times: int) -> None:
    found = reply(category, None, times)
    assert found.lines == ()
    assert not re.search(r"\d", words(found))
    assert "your local emergency number" in found.emergency
    assert found.directories


@pytest.mark.parametrize("place", countries(), ids=lambda one: one.code)
@pytest.mark.parametrize("category", CATEGORIES)
def test_with_a_country_only_its_own_cleared_lines_are_shown(category: Category | None, place: Country) -> None:
    found = reply(category, place)
    assert place.emergency in found.emergency
    assert len(found.lines) <= 3
    assert set(found.lines) <= set(place.lines)


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("code", ["US", "GB", "AU", "IN"])
def test_the_large_countries_have_a_line_for_every_danger(category: Category, code: str) -> None:
    assert reply(category, country(code)).lines


def test_a_line_that_takes_text_comes_before_one_that_takes_only_calls() -> None:
    names = [line.name for line in reply(Category.SUICIDE, country("GB")).lines]
    assert names.index("Shout") < names.index("Samaritans")


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_reply_says_what_the_program_cannot_do(category: Category | None) -> None:
    assert "cannot help in an emergency" in reply(category).limits


def test_an_emergency_puts_the_emergency_number_above_everything() -> None:
    for times in range(3):
        assert "emergency number" in reply(Category.EMERGENCY, None, times).acknowledge


def test_a_failed_screen_says_so_and_still_shows_help() -> None:
    found = care_for(Screening(Level.STOP, None, (FAILED,)), country("GB"), 0)
    assert "not working" in found.acknowledge
    assert found.lines


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_card_is_quieter_than_the_reply(category: Category | None) -> None:
    screening = Screening(Level.HELP, category, ("x",))
    card = help_card(screening, country("GB"))
    assert len(words(card)) < len(words(care_for(screening, country("GB"), 0)))
    assert not FORBIDDEN.search(words(card))
    assert help_card(screening, None).lines == ()
