import pytest
from hypothesis import given
from hypothesis import strategies as st

from holding_space.conversation.turns import Turn, asks_for_verdict, kind_of_turn

WHOLE = {
    Turn.GREETING: ["hi", "Hello!", "hey there", "Good evening.", "hello? anyone there", "Hi, how are you?"],
    Turn.THANKS: ["thanks", "Thank you so much!", "ok thanks", "that helped a lot", "bye", "ok thank you bye", "that's all for now"],
    Turn.START_OVER: ["start over", "Can we start again?", "begin again please".removesuffix(" please"), "new conversation", "reset"],
    Turn.MORE_LIKE_THIS: ["more", "more like this", "show me more like that please", "another one", "anything else?"],
    Turn.NOT_THIS_ONE: ["not this one", "no, not that", "that's not it", "this doesn't fit me", "something different"],
    Turn.THEIR_SIDE: ["their side", "What about her side?", "show me the other side", "what might he be thinking?", "his perspective"],
    Turn.SOMETHING_TO_TRY: ["something practical", "what can i do?", "What should I say now", "so what do i do", "any tips".replace("any", "some"), "anything i can try?"],
    Turn.NO_WORDS: ["", "...", "?", "🙂", "12345"],
}  # fmt: skip


@pytest.mark.parametrize(("turn", "text"), [(turn, text) for turn, texts in WHOLE.items() for text in texts])
def test_a_turn_is_known_by_its_words(turn: Turn, text: str) -> None:
    assert kind_of_turn(text) is turn


@pytest.mark.parametrize(
    "text",
    [
        "hi, my girlfriend left me yesterday",
        "his side of the bed has been empty for a week",
        "he wants to start over with me after cheating",
        "thanks to her mother we are fighting again",
        "more and more he just sits in the other room",
        "there is something practical about how she ended it and it hurts",
        "what can i do when he does not answer for days",
        "I want another one of those evenings when we still talked",
        "we said goodbye at the airport and i cant stop crying",
    ],
)
def test_a_situation_that_begins_like_a_request_stays_a_situation(text: str) -> None:
    assert kind_of_turn(text) is Turn.SITUATION


@pytest.mark.parametrize(
    "text", ["am i wrong for reading his messages", "AITA?", "Is this normal in a marriage", "should I leave him"]
)
def test_a_verdict_is_asked_for(text: str) -> None:
    assert asks_for_verdict(text)


def test_no_verdict_is_asked_for_in_a_plain_story() -> None:
    assert not asks_for_verdict("he came home late again and I went to bed without a word")


@given(st.text())
def test_any_text_is_some_kind_of_turn(text: str) -> None:
    assert kind_of_turn(text) in Turn
