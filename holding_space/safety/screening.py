"""What the screen recognised in a conversation: a value, and nothing of what the reader wrote."""

from __future__ import annotations

from dataclasses import dataclass

from holding_space.safety.patterns import Category, Level


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
