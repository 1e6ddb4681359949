"""What the screen recognised in a conversation: a value, and nothing of what the reader wrote."""

from __future__ import annotations

from dataclasses import dataclass

from holding_space.safety.patterns import Category, Level

URGENCY: tuple[Category | None, ...] = (
    Category.EMERGENCY,
    Category.SUICIDE,
    Category.CHILD,
    Category.SEXUAL_VIOLENCE,
    Category.PARTNER_VIOLENCE,
    Category.STALKING,
    Category.CONTROL,
    Category.SELF_HARM,
    Category.HARM_TO_OTHERS,
    Category.THIRD_PARTY,
    None,
)
"""Which danger is answered when there are several; None is a screen that failed."""


@dataclass(frozen=True, slots=True)
class Screening:
    """What the screen recognised. `evidence` holds names of signals, never words of the reader.

    `minor` says that somebody told an age under eighteen; it is no danger by itself. `doubted` says that all that the
    patterns found was lowered by its surroundings (a negation, the past, fiction).
    """

    level: Level
    category: Category | None = None
    evidence: tuple[str, ...] = ()
    minor: bool = False
    doubted: bool = False

    def outranks(self, other: Screening) -> bool:
        """Whether this is to be answered rather than what was recognised before: a higher level, or a more urgent danger to stop for."""
        if self.level is not other.level or self.level is not Level.STOP:
            return self.level > other.level
        return URGENCY.index(self.category) < URGENCY.index(other.category)
