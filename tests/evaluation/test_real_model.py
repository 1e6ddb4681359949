"""The real model on the checked-in index: situations typed as people type find an essay that fits in the first three."""

from pathlib import Path

import pytest
import yaml

from holding_space.conversation import Aside, AskMore, Care, Conversation, NothingClose, Reading, respond
from holding_space.conversation.language import is_surely_not_english
from holding_space.engine import Engine

pytestmark = pytest.mark.model
HERE = Path(__file__).parent
TYPED = {
    "she said she needs a break from us for a while and i keep rereading her last text": ["when-your-partner-asks-for-space"],
    "my bf (27) asked for space 5 days ago. do i text him or leave him alone, i cant eat": ["when-your-partner-asks-for-space"],
    "I need some time to myself but when I try to tell my wife she looks so hurt that I stop": ["asking-for-room", "one-of-you-refuels-alone"],
    "we're on a break but still living together bc of the lease and the kids, its so weird at breakfast": ["apart-under-one-roof"],
    "he wants to be together every single evening and i feel like i cant breathe": ["one-of-you-refuels-alone", "asking-for-room"],
    "no reply since the fight on friday. 3 days. nothing": ["three-days-without-a-word"],
    "i ask him if he still loves me like ten times a day and i hate myself for it": ["asking-again"],
    "same argument AGAIN about the dishes but its never about the dishes": ["the-quarrel-that-always-returns"],
    "It always goes wrong in the first minute. I come home, say one sentence, and we are shouting.": ["the-first-three-minutes", "the-quarrel-that-always-returns", "what-my-voice-did"],
    "found messages on my husbands phone, he slept with a woman from work. 14 yrs married": ["after-you-found-out", "the-turned-away-screen"],
    "I cheated on my girlfriend and she is giving me another chance, how do I make her trust me": ["the-one-who-broke-it"],
    "she left on sunday. i keep asking myself why, she never gave me a real reason": ["the-morning-after-they-left"],
    "my mum criticises everything i do, every phone call ends in a row and im 38 for gods sake": ["the-sunday-call"],
    "dad died two weeks ago. his jacket is still on the hook and i cant move it": ["their-coat-is-still-here"],
    "my best friend just stopped answering, no fight, 20 years of friendship": ["the-friend-who-stopped-calling", "a-line-crossed-by-a-friend"],
    "he's in Toronto, I'm in Leeds, we see each other 3 times a year and the calls end badly": ["two-clocks"],
    "I yelled at her again and she flinched. I don't want to be like this": ["what-my-voice-did"],
    "cant decide if i should stay with him, nothing is wrong exactly, i just dont feel it anymore": ["stay-or-go", "beside-you-on-the-sofa"],
    "i do everything, the kids, the house, her mothers appointments and she doesnt even notice": ["second-to-everything"],
    "its been 3 years and i still think about her every day": ["the-old-way-home", "hey-hope-you-are-well"],
    "my wife has depression and i dont know how to help her anymore, im so tired": ["someone-you-love-is-unwell"],
    "should i message my ex happy birthday": ["hey-hope-you-are-well"],
}  # fmt: skip


def essays(engine: Engine, text: str) -> list[str]:
    reply = respond(engine, Conversation(), text).reply
    return [match.passage.essay_id for match in reply.matches] if isinstance(reply, Reading) else []


@pytest.mark.parametrize("text", TYPED)
def test_a_situation_finds_an_essay_that_fits(real_engine: Engine, text: str) -> None:
    assert set(essays(real_engine, text)) & set(TYPED[text])


def outside(kind: str) -> list[str]:
    found: list[str] = yaml.safe_load((HERE / "outside.yaml").read_text(encoding="utf-8"))[kind]
    return found


def test_what_has_nothing_to_do_with_the_library_gets_no_passage(real_engine: Engine) -> None:
    texts = outside("off_topic")
    shown = [text for text in texts if essays(real_engine, text)]
    assert len(shown) <= 0.05 * len(texts), shown


@pytest.mark.timeout(900)  # hundreds of messages through both models: two to three minutes
def test_hardly_any_situation_that_the_library_covers_is_turned_away(real_engine: Engine) -> None:
    situations = yaml.safe_load((HERE / "situations.yaml").read_text(encoding="utf-8"))
    replies = {s["id"]: respond(real_engine, Conversation(), s["text"]).reply for s in situations}
    not_close = [i for i, reply in replies.items() if isinstance(reply, NothingClose) and reply.card is None]
    held_back = [i for i, reply in replies.items() if isinstance(reply, NothingClose) and reply.card is not None]
    in_care = [i for i, reply in replies.items() if isinstance(reply, Care)]
    assert len(not_close) <= 0.05 * len(situations), not_close
    assert len(held_back) <= 0.05 * len(situations), held_back
    assert len(in_care) <= 0.03 * len(situations), in_care


def test_vague_messages_mostly_get_a_question(real_engine: Engine) -> None:
    texts = outside("vague")
    asked = [t for t in texts if isinstance(respond(real_engine, Conversation(), t).reply, AskMore | Aside)]
    assert len(asked) >= 0.7 * len(texts)


def test_other_languages_are_noticed_and_messy_english_is_not_taken_for_one() -> None:
    foreign, messy = outside("other_language"), outside("messy_english")
    situations = [s["text"] for s in yaml.safe_load((HERE / "situations.yaml").read_text(encoding="utf-8"))]
    assert sum(map(is_surely_not_english, foreign)) >= 0.8 * len(foreign)
    assert [text for text in messy + situations if is_surely_not_english(text)] == []
