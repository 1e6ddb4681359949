"""The red lines of the screen, on the project's own lists."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from holding_space.safety import FAILED, Category, Level, Screen, Screening, guarded, open_screen
from tests.safety.conftest import conversations_of, lines_of

MUST_CATCH = lines_of("must_catch.yaml")
ORDINARY = lines_of("ordinary.yaml")
LATER_DANGER = lines_of("later_danger.yaml")
LATER_ORDINARY = lines_of("later_ordinary.yaml")
BOUND = 3.0  # seconds, for hostile texts on a busy machine; the goal of 0.1 s is watched by the benchmark


def shares(screen: Screen, lines: list[tuple[str, str]]) -> dict[Level, float]:
    levels = Counter(screen.screen([line]).level for _, line in lines)
    return {level: levels[level] / len(lines) for level in Level}


def highest(screen: Screen, messages: list[str]) -> Level:
    """The level after a whole conversation, screened message by message; it only rises."""
    return max(screen.screen(messages[: n + 1]).level for n in range(len(messages)))


def test_the_lists_are_long_enough_and_cover_every_danger() -> None:
    assert len(MUST_CATCH) >= 300
    assert len(ORDINARY) >= 250
    assert {block for block, _ in MUST_CATCH} == {category.value for category in Category}
    assert len(conversations_of("split.yaml")) >= 20
    assert len(conversations_of("hidden.yaml")) >= 20


@pytest.mark.parametrize(("block", "line"), MUST_CATCH)
def test_every_line_that_must_be_caught_is_stopped(screen: Screen, block: str, line: str) -> None:
    assert screen.screen([line]).level is Level.STOP


def test_the_kind_of_danger_is_mostly_the_one_written(screen: Screen) -> None:
    right = sum(screen.screen([line]).category == block for block, line in MUST_CATCH)
    assert right / len(MUST_CATCH) >= 0.88


@pytest.mark.parametrize(("block", "line"), [*ORDINARY, *LATER_ORDINARY])
def test_no_ordinary_line_is_stopped(screen: Screen, block: str, line: str) -> None:
    assert screen.screen([line]).level < Level.STOP


def test_few_ordinary_lines_open_the_quiet_door(screen: Screen) -> None:
    assert shares(screen, ORDINARY)[Level.HELP] <= 0.15
    assert shares(screen, [*ORDINARY, *LATER_ORDINARY])[Level.HELP] <= 0.20


def test_lines_written_after_the_patterns_are_recognised(screen: Screen) -> None:
    found = shares(screen, LATER_DANGER)
    assert found[Level.STOP] >= 0.9
    assert found[Level.STOP] + found[Level.HELP] >= 0.97


@pytest.mark.parametrize("messages", conversations_of("split.yaml"), ids=" / ".join)
def test_a_disclosure_in_several_messages_is_stopped(screen: Screen, messages: list[str]) -> None:
    assert highest(screen, messages) is Level.STOP


@pytest.mark.parametrize("messages", conversations_of("hidden.yaml"), ids=lambda m: m[0][-60:])
def test_a_disclosure_inside_a_long_story_is_stopped(screen: Screen, messages: list[str]) -> None:
    assert screen.screen(messages).level is Level.STOP


@pytest.mark.parametrize("story", [line for block, line in ORDINARY if block == "longer"])
def test_an_ordinary_story_hides_no_disclosure_that_follows_it(screen: Screen, story: str) -> None:
    assert screen.screen([f"{story} And last night he hit me."]).level is Level.STOP
    assert screen.screen([story, "And last night he hit me."]).level is Level.STOP


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("he has never hit me", Level.NOTHING),
        ("he never hit me, but he choked me once", Level.STOP),
        ("I'm not suicidal", Level.HELP),
        ("I'm not okay, I'm suicidal", Level.STOP),
        ("I would never hurt her", Level.NOTHING),
        ("I can't stop thinking about killing myself", Level.STOP),
        ("why not kill myself", Level.STOP),
        ("if he ever hit me I would leave", Level.NOTHING),
        ("I don't want to be hit any more, he hits me every week", Level.STOP),
        ("I was suicidal ten years ago and I got better", Level.HELP),
        ("I was suicidal ten years ago and I am suicidal again", Level.STOP),
        ("he used to hit me and he still does", Level.STOP),
        ("in the film the man kills his wife", Level.NOTHING),
        ("we watched a film and then he hit me", Level.STOP),
        ("he never hits me where it shows", Level.STOP),
        ("he promised he would never hit me again", Level.STOP),
        ("he had never hit me before", Level.STOP),
        ("he would never hit me unless I deserved it", Level.STOP),
        ("is he kind. no he hits me", Level.STOP),
        ("I have never been so suicidal", Level.STOP),
        ("I can't go a day without wanting to die", Level.STOP),
        ("if he ever finds out he will kill me", Level.STOP),
        ("if he ever hit me again I would leave", Level.STOP),
        ("my ex used to hit me years ago and now he is outside my house every night", Level.STOP),
        ("she sings I want to die and the chorus is lovely", Level.HELP),
        ("my client told me that her husband beats her, as a social worker I carry it home", Level.HELP),
        ("I want to end things with him", Level.NOTHING),
        ("I want to end my life", Level.STOP),
    ],
)
def test_what_stands_around_a_phrase_is_weighed(screen: Screen, line: str, level: Level) -> None:
    assert screen.screen([line]).level is level


def test_two_quiet_signals_of_abuse_are_one_loud_one(screen: Screen) -> None:
    assert screen.screen(["he checks my phone"]).level is Level.HELP
    assert screen.screen(["he punched the wall"]).level is Level.HELP
    assert screen.screen(["he checks my phone. he punched the wall"]).level is Level.STOP
    assert screen.screen(["he checks my phone", "we ate", "he punched the wall"]).level is Level.STOP


def test_an_earlier_message_alone_does_not_raise_the_newest(screen: Screen) -> None:
    assert screen.screen(["he hit me", "The bread was good this morning and we ate it all"]).level is Level.NOTHING


@pytest.mark.parametrize(
    "line",
    [
        "im 14 and my friend is mean",
        "I'm 12",
        "15f here, my bf left",
        "i am in year 9",
        "I'm a minor",
        "As a 16 year old",
    ],
)
def test_an_age_under_eighteen_is_noticed_and_is_no_danger(screen: Screen, line: str) -> None:
    found = screen.screen([line])
    assert found.minor
    assert found.level < Level.STOP


@pytest.mark.parametrize(
    "line",
    ["my son is 14", "when I was 14", "I'm 14 weeks pregnant", "I am 16 years sober", "M34", "we met 15 years ago"],
)
def test_a_number_is_not_always_an_age(screen: Screen, line: str) -> None:
    assert not screen.screen([line]).minor


def test_an_age_told_earlier_still_counts(screen: Screen) -> None:
    assert screen.screen(["im 14", "my friend left me"]).minor


def test_no_messages_are_nothing(screen: Screen) -> None:
    assert screen.screen([]) == Screening(Level.NOTHING)


def test_evidence_holds_names_and_never_words(screen: Screen) -> None:
    known = {signal.id for signal in screen._signals.signals}
    for _, line in MUST_CATCH:
        assert set(screen.screen([line]).evidence) <= known


def test_somebody_elses_despair_is_not_answered_as_the_readers_own(screen: Screen) -> None:
    assert screen.screen(["my friend says she wants to kill herself"]).category is Category.THIRD_PARTY
    both = ["my friend killed herself and now I want to kill myself"]
    assert screen.screen(both).category is Category.SUICIDE


@given(st.lists(st.text(max_size=200), max_size=5))
@example(["\x00", "\ud800" if False else "\u202e", "\N{ZERO WIDTH JOINER}" * 50])
def test_no_text_makes_the_screen_fail(messages: list[str]) -> None:
    assert guarded(_screen(), messages).evidence != (FAILED,)


_opened: list[Screen] = []


def _screen() -> Screen:
    if not _opened:
        _opened.append(open_screen())
    return _opened[0]


@pytest.mark.parametrize(
    "middle", ["he ", "a ", "i want to ", "not ", "a", "he hit me ", ". ", "k.", "*", "'s ", "him her "]
)
def test_ten_thousand_hostile_characters_are_screened_in_time(screen: Screen, middle: str) -> None:
    text = (middle * 10_000)[:10_000]
    start = time.process_time()
    screen.screen([text, text])
    assert time.process_time() - start < BOUND


def test_a_danger_at_the_end_of_ten_thousand_characters_is_found(screen: Screen) -> None:
    assert screen.screen(["We went to the sea and it was lovely. " * 270 + "He hits me."]).level is Level.STOP


def test_without_a_screen_help_is_shown_and_no_passage() -> None:
    assert guarded(None, ["hello"]) == Screening(Level.STOP, None, (FAILED,))


def test_a_screen_that_breaks_shows_help_and_no_passage(screen: Screen) -> None:
    class Broken(Screen):
        def screen(self, messages: object) -> Screening:
            raise RuntimeError

    assert guarded(Broken(screen._signals), ["hello"]) == Screening(Level.STOP, None, (FAILED,))
