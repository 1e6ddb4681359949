"""What a reader asks for changes the next reading, visibly and in the right direction: on the real model and the checked-in essays."""

import numpy as np
import pytest

from holding_space.conversation import Conversation, NothingMore, Reading, Request, request, respond
from holding_space.domain import Lens
from holding_space.engine import Engine
from holding_space.safety import Level, guarded

pytestmark = pytest.mark.model

TYPED = (
    "she said she needs a break from us for a while and i keep rereading her last text",
    "my wife and i have the same argument about money every month and nothing changes",
    "found messages on my husbands phone, he slept with a woman from work. 14 yrs married",
    "my best friend just stopped answering, no fight, 20 years of friendship",
    "dad died two weeks ago. his jacket is still on the hook and i cant move it",
    "i do everything, the kids, the house, her mothers appointments and she doesnt even notice",
)


def reading(engine: Engine, text: str) -> tuple[Conversation, Reading]:
    answered = respond(engine, Conversation(), text)
    assert isinstance(answered.reply, Reading)
    return answered.conversation, answered.reply


def shown(reply: object) -> list[str]:
    return [match.passage.id for match in reply.matches] if isinstance(reply, Reading) else []


@pytest.mark.parametrize("text", TYPED)
@pytest.mark.parametrize(
    ("what", "lens"), [(Request.THEIR_SIDE, Lens.OTHER_SIDE), (Request.SOMETHING_TO_TRY, Lens.STEP)]
)
def test_a_lens_that_was_asked_for_is_what_comes(real_engine: Engine, text: str, what: Request, lens: Lens) -> None:
    conversation, first = reading(real_engine, text)
    answered = request(real_engine, conversation, what)
    assert isinstance(answered.reply, Reading | NothingMore)
    if isinstance(answered.reply, Reading):
        assert {match.passage.lens for match in answered.reply.matches} == {lens}
        assert not set(shown(first)) & set(shown(answered.reply))


@pytest.mark.parametrize("text", TYPED)
def test_what_was_put_aside_stays_away(real_engine: Engine, text: str) -> None:
    conversation, first = reading(real_engine, text)
    gone = shown(first)[0]
    seen = set(shown(first))
    for _ in range(4):
        answered = request(real_engine, conversation, Request.NOT_THIS_ONE, gone)
        conversation = answered.conversation
        assert not seen & set(shown(answered.reply))
        seen |= set(shown(answered.reply))


def test_more_like_this_comes_nearer_to_what_was_liked(real_engine: Engine) -> None:
    """Over several situations; in a single one the nearest may have been shown already."""
    index = real_engine.matcher._index
    nearer = []
    for text in TYPED:
        conversation, first = reading(real_engine, text)
        liked = index.texts[index.position(shown(first)[0])]
        more = shown(request(real_engine, conversation, Request.MORE_LIKE_THIS, shown(first)[0]).reply)
        otherwise = shown(request(real_engine, conversation, Request.NOT_THIS_ONE).reply)
        if more and otherwise:
            near, far = (np.mean([index.texts[index.position(p)] @ liked for p in some]) for some in (more, otherwise))
            nearer.append(near - far)
    assert len(nearer) >= 4
    assert np.mean(nearer) > 0.05


def test_a_situation_with_two_problems_gets_a_reading_that_serves_both(real_engine: Engine) -> None:
    text = (
        "my mum criticises everything i do and every sunday call ends in a row. and since last week my boyfriend isnt answering me either, "
        "we had a fight and now three days of nothing."
    )
    assert guarded(real_engine.screen, [text]).level is Level.NOTHING
    essays = {match.passage.essay_id for match in reading(real_engine, text)[1].matches}
    assert "the-sunday-call" in essays
    assert essays & {"three-days-without-a-word", "the-quarrel-that-always-returns", "the-first-three-minutes"}
