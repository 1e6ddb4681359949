"""What the classifier adds to the patterns: it can raise what they found, and never lower it.

One alone is not enough (docs/safety.md has the figures): patterns miss what is said in words that nobody thought of, and the
classifier misses what is said in passing. Where both murmur, it is as good as either speaking up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from holding_space.encoders import Encode
from holding_space.safety.classifier import Classifier, Heard, Thresholds
from holding_space.safety.patterns import Level
from holding_space.safety.screening import Screening

MISSING = "classifier-missing"
TOGETHER = 4
"""Messages that are also heard as one: a disclosure may come in pieces."""
PIECE = 12
"""Words; a message of more says what it says by itself."""


class SecondEar(Protocol):
    """Hears a conversation after the patterns did."""

    def weigh(self, found: Screening, messages: Sequence[str]) -> Screening:
        """What the patterns found, raised where there is more (`messages` oldest first)."""
        ...


@dataclass(frozen=True)
class Listening:
    """The classifier and the encoder it was trained with."""

    classifier: Classifier
    encode: Encode

    def weigh(self, found: Screening, messages: Sequence[str]) -> Screening:
        """See `SecondEar`."""
        quiet = found.level is Level.HELP
        heard = self.classifier.hear(messages[-1], self.encode, quiet_pattern=quiet)
        together = _pieces(messages)
        if together is not None:
            joined = self.classifier.hear(together, self.encode, quiet_pattern=quiet)
            heard = max(heard, joined, key=lambda h: h.probability)
        return combined(found, heard, self.classifier.thresholds)


@dataclass(frozen=True)
class Missing:
    """Stands where the classifier should be: there is cause to offer help whatever was written."""

    def weigh(self, found: Screening, messages: Sequence[str]) -> Screening:
        """See `SecondEar`."""
        return replace(found, level=max(found.level, Level.HELP), evidence=(*found.evidence, MISSING))


def combined(found: Screening, heard: Heard, thresholds: Thresholds) -> Screening:
    """Patterns and classifier as one screening."""
    # What the patterns took back (a negation, the past) the classifier does not raise to a stop: it knows of neither.
    if heard.probability >= thresholds.stop and not found.doubted:
        level = Level.STOP
    else:
        level = Level.HELP if heard.probability >= thresholds.help else Level.NOTHING
    if level <= found.level:
        return found
    return replace(
        found, level=level, category=heard.category, evidence=(*found.evidence, f"classifier.{heard.category}")
    )


def _pieces(messages: Sequence[str]) -> str | None:
    """The newest messages as one text, where they are pieces rather than messages; None where there is nothing to join."""
    joined: list[str] = []
    for message in reversed(messages[-TOGETHER:]):
        if len(message.split()) > PIECE:
            break
        joined.insert(0, message)
    return " ".join(joined) if len(joined) > 1 else None
