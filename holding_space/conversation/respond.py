"""A message's way through the house, once and downhill: safety, kind of turn, matching, reply.

Functions over values: nothing is stored, logged or sent. What they are given they return changed.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from holding_space.conversation.replies import Line
from holding_space.conversation.turns import Turn, asks_for_verdict, kind_of_turn, speaks_of_oneself
from holding_space.conversation.values import (
    Acknowledged,
    Answered,
    Aside,
    AskMore,
    Care,
    Conversation,
    NothingClose,
    NothingMore,
    Reading,
)
from holding_space.domain import Lens, Match, Passage, Situation
from holding_space.engine import Engine, House
from holding_space.matching import Wish
from holding_space.safety import Level, Screening, guarded, safe_for

FEW_WORDS = 6
"""Below this many words a message must come near a passage by itself, or it gets a question."""
NEAR = 0.50
"""What "near" means for so few words (cosine): a bare "he left me" is enough, "trust issues" is not."""
HARDLY_ANY = 3
"""Below this many words there is always a question first: "space" is near much, and says little."""
BEGINNING = 9
"""Up to so many words in which somebody speaks of themselves, and that nothing is close to, get a question and not a refusal."""
NOT_ELSEWHERE = -1.0
"""Log-odds of being covered below which even such a message is plainly about something else. On the odd half this parts all vague
messages from all that the library does not cover."""
MOST_QUESTIONS = 2
"""After so many questions a short message is answered with what there is."""


class Request(StrEnum):
    """What a reader can ask for by a button or in words."""

    MORE_LIKE_THIS = "more_like_this"
    NOT_THIS_ONE = "not_this_one"
    THEIR_SIDE = "their_side"
    SOMETHING_TO_TRY = "something_to_try"


_LENS = {Request.THEIR_SIDE: Lens.OTHER_SIDE, Request.SOMETHING_TO_TRY: Lens.STEP}
_ASIDES = {Turn.GREETING: Line.GREETING, Turn.THANKS: Line.THANKS, Turn.ANOTHER_LANGUAGE: Line.ANOTHER_LANGUAGE}


def respond(engine: Engine, conversation: Conversation, text: str) -> Answered:
    """The reply to a message. Danger anywhere in the conversation comes before everything."""
    conversation = _listen(engine, conversation, text)
    if conversation.in_care:
        return _care(conversation)
    turn = kind_of_turn(text)
    if turn in _ASIDES and not (turn is Turn.GREETING and conversation.situation.messages):
        return _say(conversation, _ASIDES[turn], Aside)
    if turn is Turn.START_OVER:
        return start_over(conversation)
    if turn in (Turn.NO_WORDS, Turn.GREETING):
        return _say(conversation, Line.ASK_MORE, AskMore)
    if turn is not Turn.SITUATION and conversation.situation.messages:
        return _requested(engine, conversation, Request(turn.value), None)
    if turn is not Turn.SITUATION:
        return _say(conversation, Line.ASK_MORE, AskMore)
    return _situation(engine, conversation, text)


def request(engine: Engine, conversation: Conversation, what: Request, passage_id: str | None = None) -> Answered:
    """The reply to a button. `passage_id` is the passage it stands under, where it stands under one."""
    if conversation.in_care:
        return _care(conversation)
    return _requested(engine, conversation, what, passage_id)


def answer(engine: Engine, conversation: Conversation, text: str) -> Answered:
    """The reply to what a reader wrote to a prompt. It is screened like anything else, and never matched."""
    conversation = _listen(engine, conversation, text)
    return _care(conversation) if conversation.in_care else _say(conversation, Line.ACKNOWLEDGED, Acknowledged)


def screen_only(house: Engine | House, conversation: Conversation, text: str) -> Conversation:
    """The conversation after the screen has seen a text and before anything else has: for words said before the model is there."""
    return _listen(house, conversation, text)


def not_meant(conversation: Conversation) -> Answered:
    """ "That is not what I meant": from care back to a reading with the help card above it, never to nothing."""
    lowered = Screening(Level.HELP, conversation.screening.category, conversation.screening.evidence)
    # What set off the care reply is not heard again, or the next message would bring it back.
    conversation = replace(conversation, screening=lowered, heard=())
    return _say(conversation, Line.NOT_MEANT, Aside)


def start_over(conversation: Conversation) -> Answered:
    """A new beginning. What was seen of danger is not forgotten; what was told is."""
    fresh = Conversation(
        screening=conversation.screening,
        minor=conversation.minor,
        worries=conversation.worries,
        used=conversation.used,
        cares=conversation.cares,
    )
    return _care(fresh) if fresh.in_care else _say(fresh, Line.STARTED_OVER, Aside)


def _listen(house: Engine | House, conversation: Conversation, text: str) -> Conversation:
    heard = (*conversation.heard, text)
    found = guarded(house.screen, heard)
    return replace(
        conversation,
        heard=heard,
        screening=found if found.outranks(conversation.screening) else conversation.screening,
        minor=conversation.minor or found.minor,
        worries=conversation.worries | ({found.category} if found.category else set()),
    )


def _care(conversation: Conversation) -> Answered:
    reply = Care(conversation.screening, conversation.cares)
    return Answered(replace(conversation, cares=conversation.cares + 1, latest=()), reply)


def _say(
    conversation: Conversation,
    line: Line,
    kind: type[Aside] | type[AskMore] | type[NothingClose] | type[NothingMore] | type[Acknowledged],
) -> Answered:
    conversation, text = conversation.say(line)
    return Answered(conversation, kind(text, conversation.card))


def _situation(engine: Engine, conversation: Conversation, text: str) -> Answered:
    situation = Situation((*conversation.situation.messages, text))
    conversation = replace(conversation, situation=situation)
    may_ask = dict(conversation.used).get(Line.ASK_MORE, 0) < MOST_QUESTIONS
    if may_ask and _says_too_little(engine, situation):
        return _say(conversation, Line.ASK_MORE, AskMore)
    ranking = engine.matcher.match(situation, _wish(conversation))
    if not ranking.matches:
        # "idk everything is a mess rn" is nothing to turn away: whoever says it has only begun.
        begun = may_ask and not conversation.card and not conversation.seen and _has_only_begun(engine, situation)
        return _say(conversation, Line.ASK_MORE, AskMore) if begun else _nothing(conversation)
    line = Line.VERDICT if asks_for_verdict(text) else Line.READING if len(ranking.matches) > 1 else Line.READING_ONE
    return _show(conversation, line, ranking.matches)


def _says_too_little(engine: Engine, situation: Situation) -> bool:
    count = len(situation.text.split())
    return count < HARDLY_ANY or (count < FEW_WORDS and engine.matcher.closeness(situation) < NEAR)


def _has_only_begun(engine: Engine, situation: Situation) -> bool:
    if len(situation.text.split()) > BEGINNING or not speaks_of_oneself(situation.text):
        return False
    return engine.matcher.odds(engine.matcher.query(situation)) >= NOT_ELSEWHERE


def _requested(engine: Engine, conversation: Conversation, what: Request, passage_id: str | None) -> Answered:
    about = passage_id or (conversation.latest[0] if conversation.latest else None)
    if not conversation.situation.messages:
        return _say(conversation, Line.ASK_MORE, AskMore)
    if what is Request.NOT_THIS_ONE:
        gone = {passage_id} if passage_id else set(conversation.latest)
        conversation = replace(conversation, put_aside=conversation.put_aside | gone)
    like = about if what is Request.MORE_LIKE_THIS else None
    count = 1 if what is Request.NOT_THIS_ONE and passage_id else 3
    wish = _wish(conversation, lens=_LENS.get(what), like=like, count=count)
    ranking = engine.matcher.match(conversation.situation, wish)
    if not ranking.matches:
        return _say(conversation, Line.NOTHING_MORE, NothingMore)
    return _show(conversation, Line(what.value), ranking.matches)


def _wish(conversation: Conversation, lens: Lens | None = None, like: str | None = None, count: int = 3) -> Wish:
    level, worries = conversation.screening.level, conversation.worries or {None}

    def allowed(passage: Passage) -> bool:
        return all(safe_for(passage, level, category, conversation.minor) for category in worries)

    return Wish(lens, like, conversation.put_aside, conversation.seen, allowed, count)


def _show(conversation: Conversation, line: Line, matches: tuple[Match, ...]) -> Answered:
    conversation, opening = conversation.say(line)
    shown = tuple(match.passage.id for match in matches)
    conversation = replace(conversation, seen=conversation.seen | set(shown), latest=shown)
    return Answered(conversation, Reading(opening, matches, conversation.card))


def _nothing(conversation: Conversation) -> Answered:
    line = Line.HELP_ONLY if conversation.card else Line.NOTHING_CLOSE
    if conversation.seen and not conversation.card:
        # Something close was shown before: it is this turn's detail that leads nowhere new.
        return _say(conversation, Line.NOTHING_MORE, NothingMore)
    return _say(conversation, line, NothingClose)
