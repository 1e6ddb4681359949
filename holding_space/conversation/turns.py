"""What kind of turn is this? Told from the reader's words alone, before anything is matched."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from holding_space.conversation.language import is_surely_not_english


class Turn(StrEnum):
    """Kinds of turn that a text shows by itself. Whether a situation is near anything, only matching can tell."""

    NO_WORDS = "no_words"
    GREETING = "greeting"
    THANKS = "thanks"
    START_OVER = "start_over"
    MORE_LIKE_THIS = "more_like_this"
    NOT_THIS_ONE = "not_this_one"
    THEIR_SIDE = "their_side"
    SOMETHING_TO_TRY = "something_to_try"
    ANOTHER_LANGUAGE = "another_language"
    SITUATION = "situation"


# Whole messages only: "hi, my girlfriend left" is a situation, and so is "his side of the bed is cold".
_WHOLE = {
    Turn.GREETING: r"(hi+|hey+|hello+|hiya|yo|good (morning|afternoon|evening|night)|greetings|namaste|hi there|hello there|hey there)"
    r"( (there|again|everyone|all))?( (how are (you|u)|anyone there|is anyone (there|here)|are you there))?",
    Turn.THANKS: r"(ok(ay)?|alright|right|cool|great|good|wow)?( )?((thanks?|thank (you|u)|thx|ty|cheers|ta)( (so|very) much| a lot| for (this|that|everything))?"
    r"|(that|this) (really )?help(s|ed)( a lot)?|(good ?)?bye|good ?night|see you|that is all|thats all|im done|i am done)( now| for now| for today)?( (good ?)?bye| good ?night)?",
    Turn.START_OVER: r"(please )?(can we |let us |lets |i want to |id like to )?(start (over|again|afresh)|begin again|new conversation|restart|reset|clear( everything| this)?|something else( instead)?|from the (start|beginning))",
    Turn.MORE_LIKE_THIS: r"(please )?(can i (have|see|get) |show( me)? |give me |got |any |is there )?((some |any )?more( of)?( like)?( (this|that|these|those|it))?|another( one)?( like (this|that))?|go on|anything else|next)( please)?",
    Turn.NOT_THIS_ONE: r"(no[ ,]*)?(not (this|that|these|those)( one| ones)?|something different|a different one|that is not (it|me|right)|thats not (it|me|right)|(this|that) (doesnt|does not|didnt|did not) (fit|help|apply)( me)?)( please)?",
    Turn.THEIR_SIDE: r"(please )?((can|could) (you|i) )?(show( me)?|see|hear|tell me|what about|what is|whats|how about|and|give me)?( )?((the )?(other|their|his|her|partners?|other persons?) (side|perspective|point of view|pov|view|place|shoes)|what (might|could|would|may) (he|she|they) be (thinking|feeling)|what (is|are) (he|she|they) (thinking|feeling)|how (is|might|does) (it|this) (be |feel |look )?(for|to) (him|her|them))( then| of (it|this))?( please)?",
    Turn.SOMETHING_TO_TRY: r"(please )?((can|could) (you|i) )?(show me|give me|tell me|is there|i want|i need|have)?( )?((something|anything) (practical|to try|to do|i can (do|try|say)|to say|useful|concrete)|(a )?(practical|next) steps?|what (can|should|could|do) i (do|try|say)( now| next| about (it|this|that))?|so what (do|can) i do( now)?|(some )?(practical )?(advice|tips)|help me (do|say) something)( please)?",
}  # fmt: skip
_PATTERNS = {turn: re.compile(pattern) for turn, pattern in _WHOLE.items()}
_VERDICT = re.compile(
    r"\b(am i (in the )?(wrong|right|crazy|overreacting|being|the asshole|the bad|a bad|too|selfish|unreasonable|asking too much)"
    r"|aita|is (this|that|it) (even )?(normal|ok(ay)?|wrong|right|fair|healthy|my fault|reasonable)|who is (right|wrong)|whos (right|wrong)"
    r"|(is|was) it (my|his|her|their) fault|should i (leave|stay|break up|forgive|dump|end)|do(es)? (he|she|they) (still )?(love|like) me)\b"
)

_ONESELF = re.compile(r"\b(i|im|ive|id|idk|ill|me|my|mine|myself)\b")


def folded(text: str) -> str:
    """Lower case, without apostrophes, other punctuation and doubled spaces: for recognising, never for showing."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    return " ".join(re.sub(r"[^\w]+", " ", plain).split())


def kind_of_turn(text: str) -> Turn:
    """Which kind of turn a text is, taken by itself."""
    said = folded(text)
    if not any(character.isalpha() for character in said):
        return Turn.NO_WORDS
    for turn, pattern in _PATTERNS.items():
        if len(said) < 120 and pattern.fullmatch(said):
            return turn
    if is_surely_not_english(text):
        return Turn.ANOTHER_LANGUAGE
    return Turn.SITUATION


def speaks_of_oneself(text: str) -> bool:
    """Whether somebody says "I", "me" or "my" in it."""
    return bool(_ONESELF.search(folded(text)))


def asks_for_verdict(text: str) -> bool:
    """Whether a text asks who is right, or what ought to be decided: about one in ten do."""
    return bool(_VERDICT.search(folded(text)))
