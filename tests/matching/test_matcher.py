from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holding_space.domain import Lens, Ranking, Situation
from holding_space.engine import Engine
from holding_space.matching import Matcher, Wish

SPACE = Situation(("my girlfriend asked for space and i keep looking at the door",))


def ids(ranking: Ranking) -> list[str]:
    return [match.passage.id for match in ranking.matches]


@pytest.fixture
def matcher(engine: Engine) -> Matcher:
    return engine.matcher


def test_the_nearest_passage_comes_first(matcher: Matcher) -> None:
    assert ids(matcher.match(SPACE))[0] == "asked-for-space/the-door"


def test_nothing_close_gives_nothing(matcher: Matcher) -> None:
    assert matcher.match(Situation(("zyxw qqq vvv",))).matches == ()


def test_a_reading_has_at_most_two_passages_of_an_essay(matcher: Matcher) -> None:
    found = matcher.match(Situation(("we quarrel about the dishes every week and then three days without any reply",)))
    essays = [match.passage.essay_id for match in found.matches]
    assert len(set(essays)) >= 2
    assert max(essays.count(essay) for essay in essays) <= 2


def test_how_many_passages_of_an_essay_may_come_is_one_number(matcher: Matcher) -> None:
    one = matcher.with_weights(replace(matcher.weights, of_one_essay=1, margin=9))
    essays = [match.passage.essay_id for match in one.match(SPACE).matches]
    assert len(essays) == len(set(essays))


def test_what_was_seen_or_put_aside_does_not_come_back(matcher: Matcher) -> None:
    first = ids(matcher.match(SPACE))
    assert not set(first) & set(ids(matcher.match(SPACE, Wish(seen=frozenset(first)))))
    assert not set(first) & set(ids(matcher.match(SPACE, Wish(put_aside=frozenset(first)))))


@pytest.mark.parametrize("lens", list(Lens))
def test_a_lens_that_was_asked_for_is_the_only_one(matcher: Matcher, lens: Lens) -> None:
    found = matcher.match(
        Situation(("she asked for space, i need quiet, when can we talk, how long should the space last",)),
        Wish(lens=lens),
    )
    assert {match.passage.lens for match in found.matches} == {lens}


def test_more_like_this_may_stay_in_the_essay(matcher: Matcher) -> None:
    liked = "asked-for-space/the-door"
    found = matcher.match(
        Situation(("she asked for space and quiet and a time to talk",)), Wish(like=liked, seen=frozenset({liked}))
    )
    assert found.matches[0].passage.essay_id == "asked-for-space"


def test_what_the_gate_refuses_is_not_shown(matcher: Matcher) -> None:
    found = matcher.match(SPACE, Wish(allowed=lambda passage: passage.lens is Lens.STEP))
    assert {match.passage.lens for match in found.matches} <= {Lens.STEP}


def test_each_match_quotes_the_reader_and_the_passage_letter_for_letter(matcher: Matcher) -> None:
    text = "hi  there, it's me. My GIRLFRIEND asked for space &  i keep looking at the door 🙂"
    for match in matcher.match(Situation((text,))).matches:
        assert match.because in text
        sentence = match.sentence.of(match.passage.text)
        assert sentence
        assert sentence in match.passage.text


def test_the_newest_words_weigh_most(matcher: Matcher) -> None:
    dishes = "we quarrel about the dishes every week and the same argument comes again"
    phone = "he has not replied to my messages since our argument three days ago"
    assert ids(matcher.match(Situation((dishes, phone))))[0] == "silent-phone/no-reply"
    assert ids(matcher.match(Situation((phone, dishes))))[0] == "same-quarrel/the-dishes"


def test_a_short_message_is_read_with_what_came_before(matcher: Matcher) -> None:
    found = matcher.match(Situation(("we quarrel about the dishes every week", "again today")))
    assert ids(found)[0] == "same-quarrel/the-dishes"


def test_a_passage_far_below_the_best_is_left_out(matcher: Matcher) -> None:
    strict = matcher.with_weights(replace(matcher.weights, margin=0.0))
    assert len(strict.match(SPACE).matches) == 1


@given(st.lists(st.text(min_size=1), min_size=1, max_size=3))
def test_any_words_are_matched_without_a_fault_and_quoted_exactly(engine: Engine, messages: list[str]) -> None:
    for match in engine.matcher.match(Situation(tuple(messages))).matches:
        assert any(match.because in message for message in messages)


def test_a_plain_essay_of_a_publisher_is_found_by_its_words(matcher: Matcher) -> None:
    found = matcher.match(Situation(("mother planted beans along the fence and left",)))
    assert ids(found)[0] == "plain-prose/the-garden"
    assert found.matches[0].passage.prompts
