import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holding_space.conversation import (
    Acknowledged,
    Aside,
    AskMore,
    Care,
    Conversation,
    NothingClose,
    NothingMore,
    Reading,
    Reply,
    Request,
    answer,
    not_meant,
    request,
    respond,
    start_over,
)
from holding_space.domain import Lens
from holding_space.engine import Engine
from holding_space.safety import Level

SPACE = "my girlfriend asked for space and i keep looking at the door"
DISHES = "we quarrel about the dishes every week, the same argument about dishes again and again"
DANGER = "i want to kill myself tonight"


def after(engine: Engine, *texts: str) -> tuple[Conversation, Reply]:
    conversation, reply = Conversation(), None
    for text in texts:
        answered = respond(engine, conversation, text)
        conversation, reply = answered.conversation, answered.reply
    assert reply is not None
    return conversation, reply


def shown(reply: Reply) -> list[str]:
    assert isinstance(reply, Reading)
    return [match.passage.id for match in reply.matches]


def test_a_situation_is_answered_with_a_reading(engine: Engine) -> None:
    conversation, reply = after(engine, SPACE)
    assert shown(reply)[0] == "asked-for-space/the-door"
    assert conversation.seen == set(shown(reply))
    assert conversation.situation.messages == (SPACE,)


def test_the_readers_words_are_kept_letter_for_letter(engine: Engine) -> None:
    odd = "  she's   asked 4 SPACE… & i   keep looking at the door\u200b 🙂 "
    conversation, _ = after(engine, odd)
    assert conversation.situation.messages == (odd,)


@pytest.mark.parametrize("text", ["hello", "hi there!"])
def test_a_greeting_is_greeted(engine: Engine, text: str) -> None:
    conversation, reply = after(engine, text)
    assert isinstance(reply, Aside)
    assert conversation.situation.messages == ()


@pytest.mark.parametrize("text", ["space", "relationship", "idk", "...", "help me with this"])
def test_too_little_to_go_on_gets_one_open_question(engine: Engine, text: str) -> None:
    _, reply = after(engine, text)
    assert isinstance(reply, AskMore)
    assert reply.text.count("?") >= 1


def test_after_the_question_the_whole_is_matched(engine: Engine) -> None:
    _, reply = after(
        engine, "someone dear", "we quarrel about the dishes every week, the same argument again and again"
    )
    assert shown(reply)[0] == "same-quarrel/the-dishes"


def test_what_the_library_does_not_cover_is_said(engine: Engine) -> None:
    _, reply = after(engine, "Which python library parses large spreadsheets quickest nowadays?")
    assert isinstance(reply, NothingClose)


def test_another_language_is_noticed(engine: Engine) -> None:
    _, reply = after(
        engine, "Meine Freundin hat mich gestern verlassen und jetzt weiß ich nicht mehr weiter, was soll ich tun?"
    )
    assert isinstance(reply, Aside)
    assert "English" in reply.text


def test_a_verdict_is_answered_with_passages_and_no_verdict(engine: Engine) -> None:
    _, reply = after(engine, "am i wrong? " + SPACE)
    assert isinstance(reply, Reading)
    assert reply.matches


def test_the_same_line_never_comes_twice_running(engine: Engine) -> None:
    conversation, lines = Conversation(), []
    for _ in range(6):
        answered = respond(engine, conversation, "hello")
        conversation = replace(answered.conversation)
        assert isinstance(answered.reply, Aside)
        lines.append(answered.reply.text)
    assert all(one != two for one, two in itertools.pairwise(lines))


def test_nothing_is_shown_twice_in_a_conversation(engine: Engine) -> None:
    conversation, seen = Conversation(), []
    for text in (SPACE, DISHES, SPACE, DISHES, SPACE):
        answered = respond(engine, conversation, text)
        conversation = answered.conversation
        if isinstance(answered.reply, Reading):
            seen += shown(answered.reply)
    assert len(seen) == len(set(seen)) > 3


@pytest.mark.parametrize(
    ("what", "words", "lens"),
    [(Request.THEIR_SIDE, "their side", Lens.OTHER_SIDE), (Request.SOMETHING_TO_TRY, "something practical", Lens.STEP)],
)
def test_a_lens_can_be_asked_for_by_button_and_in_words(engine: Engine, what: Request, words: str, lens: Lens) -> None:
    text = "we quarrel about the dishes and she asked for space, i need quiet, when will we talk"
    conversation, first = after(engine, text)
    conversation = replace(conversation, seen=frozenset(), latest=tuple(shown(first)))
    for answered in (request(engine, conversation, what), respond(engine, conversation, words)):
        assert isinstance(answered.reply, Reading)
        assert {match.passage.lens for match in answered.reply.matches} == {lens}


def test_not_this_one_puts_it_aside_for_good(engine: Engine) -> None:
    conversation, reply = after(engine, SPACE)
    gone = shown(reply)[0]
    answered = request(engine, conversation, Request.NOT_THIS_ONE, gone)
    assert gone in answered.conversation.put_aside
    assert not isinstance(answered.reply, Reading) or gone not in shown(answered.reply)


def test_more_like_this_goes_on_until_there_is_no_more(engine: Engine) -> None:
    conversation, reply = after(engine, SPACE)
    for _ in range(10):
        answered = request(engine, conversation, Request.MORE_LIKE_THIS, "asked-for-space/the-door")
        conversation, reply = answered.conversation, answered.reply
        if isinstance(reply, NothingMore):
            break
    assert isinstance(reply, NothingMore)


def test_a_request_before_any_situation_asks_for_one(engine: Engine) -> None:
    assert isinstance(after(engine, "their side")[1], AskMore)
    assert isinstance(request(engine, Conversation(), Request.THEIR_SIDE).reply, AskMore)


def test_an_answer_to_a_prompt_is_acknowledged_and_not_matched(engine: Engine) -> None:
    conversation, _ = after(engine, SPACE)
    answered = answer(engine, conversation, "I saw the door and the phone")
    assert isinstance(answered.reply, Acknowledged)
    assert answered.conversation.situation == conversation.situation


def test_starting_over_forgets_what_was_told(engine: Engine) -> None:
    conversation, reply = after(engine, SPACE, "start over")
    assert isinstance(reply, Aside)
    assert conversation.situation.messages == ()
    assert conversation.seen == frozenset()


# Safety, as the conversation sees it. The screen has tests of its own.


def test_danger_gets_care_and_no_passage(engine: Engine) -> None:
    conversation, reply = after(engine, DANGER)
    assert isinstance(reply, Care)
    assert conversation.in_care


@pytest.mark.parametrize(
    "text", [SPACE, "hello", "thanks", "their side", "start over", "...", "lol just kidding", "¿Qué hago?"]
)
def test_after_danger_nothing_typed_brings_a_passage(engine: Engine, text: str) -> None:
    conversation, reply = after(engine, SPACE, DANGER, text)
    assert isinstance(reply, Care)
    assert conversation.in_care


@pytest.mark.parametrize("what", list(Request))
def test_after_danger_no_button_brings_a_passage(engine: Engine, what: Request) -> None:
    conversation, _ = after(engine, SPACE, DANGER)
    assert isinstance(request(engine, conversation, what).reply, Care)
    assert isinstance(start_over(conversation).reply, Care)
    assert isinstance(answer(engine, conversation, "an answer").reply, Care)


def test_danger_in_an_answer_to_a_prompt_counts(engine: Engine) -> None:
    conversation, _ = after(engine, SPACE)
    assert isinstance(answer(engine, conversation, DANGER).reply, Care)


def test_two_care_replies_running_are_numbered_apart(engine: Engine) -> None:
    conversation, first = after(engine, DANGER)
    second = respond(engine, conversation, "ok").reply
    assert isinstance(first, Care)
    assert isinstance(second, Care)
    assert first.times != second.times


def test_not_what_i_meant_lowers_to_help_and_never_to_nothing(engine: Engine) -> None:
    conversation, _ = after(engine, DANGER)
    lowered = not_meant(conversation).conversation
    assert lowered.screening.level is Level.HELP
    answered = respond(engine, lowered, SPACE)
    assert not isinstance(answered.reply, Care)
    assert answered.reply.card is not None


def test_in_the_help_tier_only_passages_marked_safe_are_shown(engine: Engine) -> None:
    conversation, _ = after(engine, DANGER)
    lowered = not_meant(conversation).conversation
    answered = respond(engine, lowered, "my girlfriend asked for space, how do i ask when we will talk again")
    if isinstance(answered.reply, Reading):
        assert set(shown(answered.reply)) <= {"asked-for-space/a-time-to-talk", "silent-phone/write-once"}
    else:
        assert isinstance(answered.reply, NothingClose)


def test_without_a_screen_there_is_care_and_no_passage(engine: Engine) -> None:
    _, reply = after(replace(engine, screen=None), SPACE)
    assert isinstance(reply, Care)


def test_a_screen_that_fails_gives_care_and_no_passage(engine: Engine) -> None:
    class Broken:
        def screen(self, messages: object) -> object:
            raise RuntimeError

    _, reply = after(replace(engine, screen=Broken()), SPACE)  # type: ignore[arg-type]
    assert isinstance(reply, Care)


@given(st.lists(st.text(max_size=200), min_size=1, max_size=4))
def test_any_words_get_some_reply_and_lose_nothing(engine: Engine, texts: list[str]) -> None:
    conversation = Conversation()
    for text in texts:
        conversation = respond(engine, conversation, text).conversation
    assert conversation.heard == tuple(texts)[-len(conversation.heard) :]
