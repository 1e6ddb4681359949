"""The first thing that sees a message: does it speak of danger?

Patterns over a plain spelling come first and need nothing else, so that they work when everything else is broken. Where
the language model is there, a classifier listens as well (`second_ear.py`). Neither ever says that someone is safe;
`NOTHING` only means that nothing was recognised.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from holding_space.encoders import Encode
from holding_space.safety.classifier import Classifier
from holding_space.safety.context import Hit, weighed
from holding_space.safety.normalise import normalise
from holding_space.safety.patterns import OPENING, Category, Level, Signals, load_signals
from holding_space.safety.screening import URGENCY, Screening
from holding_space.safety.second_ear import Listening, Missing, SecondEar

FAILED = "screen-failed"
EARLIER_MESSAGES = 4
EARLIER_CHARACTERS = 300
FRAGMENT_WORDS = 3
BLANK = " ~"

_TOGETHER = (
    frozenset({Category.PARTNER_VIOLENCE, Category.CONTROL, Category.STALKING}),
    frozenset({Category.SEXUAL_VIOLENCE}),
    frozenset({Category.CHILD}),
)
"""Two quiet signals out of one of these sets are as firm as a loud one."""


class Screen:
    """The compiled signals, ready to be asked. Immutable, and safe to share between threads."""

    def __init__(self, signals: Signals, second: SecondEar | None = None) -> None:
        self._signals = signals
        self._idioms = re.compile("|".join(mask.pattern.pattern for mask in signals.idioms))
        self._second = second

    def with_classifier(self, classifier: Classifier, encode: Encode) -> Screen:
        """The same screen with a classifier beside the patterns."""
        return Screen(self._signals, Listening(classifier, encode))

    def without_classifier(self) -> Screen:
        """The same screen where a classifier should be and is missing: there is a help card above everything."""
        return Screen(self._signals, Missing())

    def screen(self, messages: Sequence[str]) -> Screening:
        """What the newest message says, by itself or as the end of the ones before it (oldest first)."""
        if not messages:
            return Screening(Level.NOTHING)
        found = self._by_patterns(messages)
        # What is stopped already needs no second opinion, and its category is the patterns' to say.
        return found if self._second is None or found.level is Level.STOP else self._second.weigh(found, messages)

    def _by_patterns(self, messages: Sequence[str]) -> Screening:
        spelt = [normalise(message) for message in messages]
        texts = [self._without_idioms(text) for text in spelt[-EARLIER_MESSAGES:]]
        newest, fragments = _run_on(texts[-1])
        findings = [self._hits(texts[-1]), self._hits(fragments)]
        earlier = " ".join(_run_on(text)[0] for text in texts[:-1])
        if earlier := earlier[-EARLIER_CHARACTERS:].strip(" .,"):
            border = len(OPENING) + len(earlier)
            across = self._hits(f"{earlier} {newest[:EARLIER_CHARACTERS]}")
            findings.append([hit for hit in across if hit.start < border < hit.end - 1])
            findings.append(_quiet_on_both_sides(across, border))
        return _judged(findings, minor=any(self._tells_an_age(text) for text in spelt))

    def _without_idioms(self, text: str) -> str:
        return self._idioms.sub(BLANK, OPENING + text)[len(OPENING) :]

    def _tells_an_age(self, text: str) -> bool:
        return any(mask.pattern.search(OPENING + text) for mask in self._signals.minors)

    def _hits(self, text: str) -> list[Hit]:
        """All signals in a text, weighed; despair of somebody else is not counted as the reader's own."""
        text = OPENING + text
        someone = self._signals.someone(text)
        hits = [
            hit
            for signal in self._signals.signals
            for number, pattern in enumerate(signal.patterns)
            for found in pattern.find(text, someone)
            if (hit := weighed(Hit(signal, number, found.start() + 1, found.end(), signal.level), text))
        ]
        others = [(h.start, h.end) for h in hits if h.signal.category is Category.THIRD_PARTY and h.level is Level.STOP]
        return [hit for hit in hits if not _is_about_another(hit, others)]


def open_screen() -> Screen:
    """Read and compile the signals, once.

    Raises:
        SafetyError: the signals are missing or broken.
    """
    return Screen(load_signals())


def guarded(screen: Screen | None, messages: Sequence[str]) -> Screening:
    """Screen, and never raise: whatever fails, the answer is to show help and no passage."""
    if screen is None:
        return Screening(Level.STOP, None, (FAILED,))
    try:
        return screen.screen(messages)
    except Exception:  # noqa: BLE001
        # The one broad except of the house: a fault here must end in help, never in an error page or a passage.
        return Screening(Level.STOP, None, (FAILED,))


def _judged(findings: list[list[Hit]], *, minor: bool) -> Screening:
    """One screening from what was found in each view of the messages."""
    hits = [hit for found in findings for hit in found]
    stops = [hit for hit in hits if hit.level is Level.STOP]
    if not stops:
        stops = next((two for found in findings for group in _TOGETHER if (two := _adding_up(found, group))), [])
    level = Level.STOP if stops else Level.HELP if hits else Level.NOTHING
    category = min((hit.signal.category for hit in stops or hits), key=URGENCY.index, default=None)
    doubted = bool(hits) and not any(hit.firm for hit in hits)
    return Screening(level, category, tuple(sorted({hit.signal.id for hit in hits})), minor, doubted)


def _adding_up(hits: list[Hit], group: frozenset[Category]) -> list[Hit]:
    """The quiet signals of a group, if at least two different ones stand in different places."""
    quiet: dict[tuple[str, int], Hit] = {}
    for hit in hits:
        if hit.firm and not hit.signal.weak and hit.signal.category in group:
            quiet.setdefault((hit.signal.id, hit.alternative), hit)
    apart = ([a, b] for a, b in combinations(quiet.values(), 2) if a.end <= b.start or b.end <= a.start)
    return next(apart, [])


def _quiet_on_both_sides(hits: list[Hit], border: int) -> list[Hit]:
    """Quiet signals around a border between messages, if the newest message has one of them."""
    quiet = [hit for hit in hits if hit.level is Level.HELP and not hit.signal.weak]
    return quiet if any(hit.start > border for hit in quiet) else []


def _is_about_another(hit: Hit, others: list[tuple[int, int]]) -> bool:
    """Whether a signal of despair lies within words about somebody else's despair."""
    if hit.signal.category not in (Category.SUICIDE, Category.SELF_HARM):
        return False
    return any(start <= hit.start and hit.end <= end for start, end in others)


def _run_on(text: str) -> tuple[str, str]:
    """The text with very short sentences joined to their neighbours, and only the parts that were joined.

    People in distress write `i . want . to . die`.
    """
    parts: list[str] = []
    joined: list[bool] = []
    short_before = False
    for number, sentence in enumerate(text.split(" . ")):
        short = sentence.count(" ") < FRAGMENT_WORDS
        if number and (short or short_before):
            parts[-1] += " " + sentence
            joined[-1] = True
        else:
            parts.append(sentence)
            joined.append(False)
        short_before = short
    return " . ".join(parts), " . ".join(p for p, was_joined in zip(parts, joined, strict=True) if was_joined)
