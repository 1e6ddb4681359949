"""The screen on the held-out lines that are distributed as real messages are: what docs/safety.md reports must not fall unnoticed.

The bounds lie a little below the reported figures; the red lines themselves, and by how much they are missed, stand in docs/safety.md.
"""

import pytest

from holding_space.engine import Engine
from holding_space.evaluation.safety_sets import HELDOUT, read_lines
from holding_space.safety import Level, guarded

pytestmark = pytest.mark.model


def test_what_the_screen_finds_in_plain_messages_does_not_fall(real_engine: Engine) -> None:
    lines = [line for line in read_lines(HELDOUT) if line.author == "c"]
    found = {line.id: guarded(real_engine.screen, [line.text]).level for line in lines}

    def share(tier: str, level: Level) -> float:
        levels = [found[line.id] for line in lines if line.tier == tier]
        return sum(at >= level for at in levels) / len(levels)

    assert share("stop", Level.HELP) >= 0.94
    assert share("stop", Level.STOP) >= 0.84
    assert share("none", Level.STOP) <= 0.03
    assert share("none", Level.HELP) <= 0.15
