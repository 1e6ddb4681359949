"""What stands around a phrase and may lower it: a negation, the past, a film, a joke.

Everything here is tight on purpose. Lowering wrongly leaves a person alone; not lowering shows a help card to somebody
who did not need it. Nothing here ever says that someone is safe.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from holding_space.safety.patterns import Category, Level, Signal

LEFT_REACH = 80
RIGHT_REACH = 25
REACH = 250
_OF_OTHERS = frozenset(
    {
        Category.PARTNER_VIOLENCE,
        Category.CONTROL,
        Category.STALKING,
        Category.SEXUAL_VIOLENCE,
        Category.CHILD,
    }
)
_OF_LIFE = frozenset({Category.SUICIDE, Category.SELF_HARM})
_STAYS = _OF_LIFE | {Category.THIRD_PARTY, Category.CHILD}
_ALWAYS_NOW = frozenset(
    {Category.CHILD, Category.EMERGENCY, Category.HARM_TO_OTHERS, Category.STALKING, Category.THIRD_PARTY}
)

_NOT_DONE = re.compile(
    r"\b(?:not|never|nor)(?: (?:ever|once|actually|really|even|a|an|any|been|being|is|was|in|like|that|he|she"
    r"|they|had|has|have|my|physically|so|would|did|does|do|will|of|get|gets|got))* $"
    r"|\b(?:not|never)(?: (?:once|ever))? \w+ (?:me|her|him|us) (?:, |or )(?:\w+ (?:me|her|him|us) (?:, |or )){0,3}$"
    r"|\bi would rather $"
)
_DONE_AFTER_ALL = re.compile(
    r"\b(?:unless|except|where|when|in front|in the face|with a|hard|that hard|before|until|till|again|any ?more|sober"
    r"|on purpose|first|so|if i)\b"
)
"""After "he never hit me": what turns it into a disclosure, as in "never before" or "never where it shows"."""
_NOT_MEANT = re.compile(
    r"(?<!why )(?<!if )(?<!or )\b(?:not|never|nor|no longer)"
    r"(?: (?:ever|once|actually|really|even|a|an|any|been|being|be|going|to|want|wanted|planning|plan|thinking|of"
    r"|about|have|had|has|feel|feeling|having|currently|physically|act|would|did|considering|"
    r"(?:saying|like) (?:that )?i (?:am|was|want|will|would|wanted|have)))* $"
)
_ASKED = re.compile(
    r"\b(?:(?:ask(?:s|ed|ing)?|wonders?) (?:me )?(?:if|whether)|told (?:the whole family|everyone|people) that|people think"
    r"|everyone thinks)(?: (?:i|am|was|had|have|ever|going|to|he|she|my|they|of|thoughts|any)){0,6} $"
)
"""What somebody else supposes is no disclosure: "she asked if he hits me". It is a reason for the quiet door."""
_ASKED_WITHIN = re.compile(r"\bask(?:s|ed|ing)? (?:me )?(?:if|whether) (?:he|she|they|my|i)\b")
_MORE_THAN_EVER = re.compile(r"\b(?:so|more|this|as much|as badly|harder)\b")
"""After "I have never wanted to": what turns it round, as in "never so much"."""
_IF_EVER = re.compile(r"\bif (?:my |our )?\w+ (?:ever|were to|was to) \w+ (?:me|us|my)\b(?! again)")
_LONG_PAST = re.compile(
    r"\b(?:(?:years|decades|ages|long time|long) ago|that was long|in (?:19|20)\d\d|back then|in the past|used to"
    r"|as a (?:teen|teenager|kid|child|student)|(?:in|full) recovery|recovered"
    r"|when i was (?:(?:a|an|in|at|my|much) ){0,2}(?:teen|teenager|young|younger|school|uni|university|college|teens"
    r"|twenties|1\d|2\d))\b"
)
_OVER = re.compile(r"\b(?:ex|former|previous|divorced|past relationship|left (?:him|her)|years ago|got out)\b")
_STILL = re.compile(
    r"\b(?:again|still|tonight|today|right now|lately|these days|this week|every (?:day|night)|(?:is|are|come|comes"
    r"|coming|came) back|keeps?|last (?:night|week)|yesterday|is at every|started|nowadays|wants? to|cannot stop)\b"
)
_TOLD = re.compile(
    r"\b(?:film|films|movie|movies|book|books|novels?|series|episode|podcasts?|documentary|news|article|lyrics?|poem"
    r"|character|netflix|headline|statistics|rates|true crime|horror|shakespeare|romeo|opera|musical|soap|drama"
    r"|fan ?fic\w*|plot|campaign|charity|leaflet|poster|seminar|lecture|programme|tv show|on stage|rehearsals?|panto"
    r"|on the form|questionnaire|brochure|paladin|wattpad|am dram|thriller|school play|reading group|wuthering|long ago|legend|serie|setwork|(?:writing|wrote|in) (?:a|the|my) story|book club|writing group|local history|romances)\b"
)
_QUOTED = re.compile(
    r"\b(?:song about|wrote a song|fill in the form|on the form|asked (?:me )?if i (?:have|ever|want|had)|character|lyrics?|the line|quote|titled|villain|protagonist|heroine?|sings|poem|verse|chorus)\b"
)
_AT_WORK = re.compile(
    r"\b(?:as a|i am a|being a|work(?:ed)? as a|training as a|i volunteer as an?|work(?:ed)? as) (?:\w+ )?(?:nurse|interpreter|translator|prison officer|magistrate|registrar|health visitor|therapist|teacher|doctor"
    r"|social worker|counsell?or|police officer|paramedic|psychologist|lawyer|midwife|journalist|writer|novelist)\b"
    r"|\b(?:prison officer|translating|phd|i train|statements? at|for the police|health visitor|non molestation orders"
    r"|risk assessments?|school counsell?or|caseload|hotline reports|crisis line|women s aid|volunteer coordinate|the leaflet we|spotting the signs)\b"
    r"|\bmy (?:clients?|patients?|pupils?)\b|\b(?:crisis line|helpline|hotline|women s shelter|refuge worker)\b"
    r"|\b(?:essay|thesis|dissertation|presentation|paper|research|training|workshop|course|novel|report) (?:about|on)\b"
)
_BY_CHOICE = re.compile(
    r"\b(?:(?:because )?i asked (?:him|her|them|for it)(?: to(?! stop))?(?= \.| ,|$| because| after| since)"
    r"|(?:is|was) (?:all |totally )?my (?:own )?idea|both our idea|our (?:own )?idea|because i asked|at my (?:own )?request"
    r"|i can stop it whenever|either of us turns it off|for the (?:puppy|dog|cat|chickens)|i would be (?:\w+ )?if they did not)\b"
)
"""A person who asked to be looked after: "she checks where I am, I asked her to"."""
_CHOICE_REACH = 160
_FIRST_PERSON = re.compile(r"\b(?:i|me|my|myself|us|our)\b")
_JOKE = re.compile(r"\b(?:lol|jk|just kidding|joking|xd|kidding|hahah\w*)\b")
_NO_JOKE = re.compile(r"\b(?:not (?:even )?(?:joking|kidding|a joke)|no joke|seriously|i mean it|for real)\b")


@dataclass(frozen=True, slots=True)
class Hit:
    """A signal found at `start` to `end` of a text in the plain spelling. `firm` is False once it was lowered."""

    signal: Signal
    alternative: int
    start: int
    end: int
    level: Level
    firm: bool = True


def weighed(hit: Hit, text: str) -> Hit | None:
    """The hit as its surroundings leave it: as it was, lowered to the help tier, or None."""
    level = _level(hit.signal.category, text, hit.start, hit.end)
    if level is Level.NOTHING or (hit.level < Level.STOP and _is_of_work(hit, text)):
        return None
    if level < Level.STOP:
        return Hit(hit.signal, hit.alternative, hit.start, hit.end, min(hit.level, level), firm=False)
    return hit


def _level(category: Category, text: str, start: int, end: int) -> Level:
    """The highest level that the surroundings allow."""
    left, right = text[max(0, start - LEFT_REACH) : start], text[end : end + RIGHT_REACH]
    right = right.split(" . ")[0]
    words = text[start:end]
    sentence = _sentence(text, start, end)
    mine = _FIRST_PERSON.search(words) is not None
    if category in _OF_OTHERS and (_is_undone(left, words + right) or _IF_EVER.search(left[-RIGHT_REACH:] + words)):
        return Level.NOTHING
    not_meant = _NOT_MEANT.search(left) is not None and not _MORE_THAN_EVER.search(words + right)
    if category is Category.HARM_TO_OTHERS and not_meant:
        return Level.NOTHING
    if _TOLD.search(sentence) and not mine:
        return Level.HELP if category in _STAYS else Level.NOTHING
    before = text[max(0, start - REACH) : start]
    if (
        _ASKED.search(left)
        or _ASKED_WITHIN.search(words)
        or (not mine and (_TOLD.search(before) or _AT_WORK.search(before)))
    ):
        return Level.HELP
    if category in (Category.CONTROL, Category.STALKING) and _is_by_choice(text, start, end):
        return Level.HELP
    lowered = (
        (category not in _OF_OTHERS and not_meant)
        or _is_past(category, sentence)
        or (category in (*_OF_LIFE, Category.THIRD_PARTY) and _QUOTED.search(sentence))
        or ((not mine or "interpreter" in sentence) and _AT_WORK.search(sentence))
        or (category in (Category.SUICIDE, Category.HARM_TO_OTHERS) and _is_joke(sentence))
    )
    return Level.HELP if lowered else Level.STOP


def _is_of_work(hit: Hit, text: str) -> bool:
    """Whether a quiet signal only names what somebody works with."""
    theirs = _FIRST_PERSON.search(text[hit.start : hit.end]) is None
    return theirs and _AT_WORK.search(_sentence(text, hit.start, hit.end)) is not None


def _is_by_choice(text: str, start: int, end: int) -> bool:
    return _BY_CHOICE.search(text[max(0, start - _CHOICE_REACH) : end + _CHOICE_REACH]) is not None


def _is_undone(left: str, rest: str) -> bool:
    return _NOT_DONE.search(left) is not None and not _DONE_AFTER_ALL.search(rest)


def _is_past(category: Category, sentence: str) -> bool:
    if category in _ALWAYS_NOW:
        return False
    if not _LONG_PAST.search(sentence) or _STILL.search(sentence):
        return False
    return category in _OF_LIFE or _OVER.search(sentence) is not None


def _is_joke(sentence: str) -> bool:
    return _JOKE.search(sentence) is not None and _NO_JOKE.search(sentence) is None


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a span, or as much of it as is near."""
    left = text.rfind(" . ", max(0, start - REACH), start)
    right = text.find(" . ", end, end + REACH)
    return text[max(0, start - REACH) if left < 0 else left + 3 : end + REACH if right < 0 else right]
