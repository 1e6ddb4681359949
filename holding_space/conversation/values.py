"""The state of a conversation and the kinds of reply: values, so that `respond` is a function and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from holding_space.conversation.replies import Line, variant
from holding_space.domain import Match, Situation
from holding_space.safety import Category, Level, Screening

NOTHING_SAID = Situation(())
NOTHING_SEEN = Screening(Level.NOTHING, None, ())


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that is known of a conversation. `screening` only ever rises, except where the reader says it was not meant.

    `situation` is what the reader told; `heard` is everything they wrote, answers to prompts too, and is what the
    screen looks at; `used` counts how often each of the program's own lines was taken; `worries` are all kinds of danger that
    were recognised, since a passage has to be safe for each of them.
    """

    situation: Situation = NOTHING_SAID
    heard: tuple[str, ...] = ()
    screening: Screening = NOTHING_SEEN
    minor: bool = False
    worries: frozenset[Category] = frozenset()
    seen: frozenset[str] = frozenset()
    put_aside: frozenset[str] = frozenset()
    latest: tuple[str, ...] = ()
    used: tuple[tuple[Line, int], ...] = ()
    cares: int = 0

    @property
    def in_care(self) -> bool:
        """Whether nothing but care may be shown."""
        return self.screening.level is Level.STOP

    @property
    def card(self) -> Screening | None:
        """What the quiet help card above a reading is about; None when there is to be no card."""
        return self.screening if self.screening.level is Level.HELP else None

    def say(self, line: Line) -> tuple[Conversation, str]:
        """The next variant of a line, and the conversation that remembers having used it."""
        counts = dict(self.used)
        times = counts.get(line, 0)
        counts[line] = times + 1
        return replace(self, used=tuple(sorted(counts.items()))), variant(line, times)


@dataclass(frozen=True, slots=True)
class Reading:
    """Passages from the library. `card` asks for the quiet help card above them."""

    opening: str
    matches: tuple[Match, ...]
    card: Screening | None = None


@dataclass(frozen=True, slots=True)
class Care:
    """Someone may be in danger: help, and no passage. `times` counts the care replies before this one."""

    screening: Screening
    times: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A reply that is one line of the program's own. `card` asks for the quiet help card above it."""

    text: str
    card: Screening | None = None


@dataclass(frozen=True, slots=True)
class AskMore(Spoken):
    """Too little to go on: one open question."""


@dataclass(frozen=True, slots=True)
class NothingClose(Spoken):
    """The library does not cover this, and says so."""


@dataclass(frozen=True, slots=True)
class NothingMore(Spoken):
    """A request that the library has no further passage for."""


@dataclass(frozen=True, slots=True)
class Acknowledged(Spoken):
    """The answer to a prompt was taken."""


@dataclass(frozen=True, slots=True)
class Aside(Spoken):
    """Anything else that is said between two people at a door: a greeting, thanks, another language, a new start."""


Reply: TypeAlias = Reading | Care | AskMore | NothingClose | NothingMore | Acknowledged | Aside


@dataclass(frozen=True, slots=True)
class Answered:
    """A reply, and the conversation as it stands after it."""

    conversation: Conversation
    reply: Reply
