import pytest
from hypothesis import given
from hypothesis import strategies as st

from holding_space.conversation import Conversation, Exchange, Request, from_text, request, respond, to_text
from holding_space.engine import Engine
from holding_space.errors import TransferError

ASKED = "my girlfriend asked for space and i keep looking at the door"


def test_a_conversation_comes_back_as_it_was(engine: Engine) -> None:
    conversation, exchanges = Conversation(), []
    for text in ("hello", ASKED, "thanks", "i want to kill myself tonight"):
        answered = respond(engine, conversation, text)
        conversation = answered.conversation
        exchanges.append(Exchange(text, answered.reply))
    answered = request(engine, conversation, Request.THEIR_SIDE)
    exchanges.append(Exchange(None, answered.reply))
    assert from_text(to_text(conversation, tuple(exchanges))) == (conversation, tuple(exchanges))


@given(st.text(max_size=300))
def test_any_words_come_back(engine: Engine, text: str) -> None:
    answered = respond(engine, Conversation(), text)
    held = (answered.conversation, (Exchange(text, answered.reply),))
    assert from_text(to_text(*held)) == held


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 2}', '{"format": 1, "exchanges": [{"kind": "X"}]}'])
def test_what_cannot_be_read_is_told_without_quoting_it(text: str) -> None:
    with pytest.raises(TransferError) as told:
        from_text(text)
    assert told.value.__cause__ is None
