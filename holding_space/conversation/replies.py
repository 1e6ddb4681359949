"""The program's own lines, read from `replies.yaml`: authored, reviewed, and taken in turn."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

import yaml

from holding_space.errors import HoldingSpaceError


class Line(StrEnum):
    """The occasions for which there are lines."""

    GREETING = "greeting"
    ASK_MORE = "ask_more"
    READING = "reading"
    READING_ONE = "reading_one"
    VERDICT = "verdict"
    MORE_LIKE_THIS = "more_like_this"
    NOT_THIS_ONE = "not_this_one"
    THEIR_SIDE = "their_side"
    SOMETHING_TO_TRY = "something_to_try"
    NOTHING_MORE = "nothing_more"
    NOTHING_CLOSE = "nothing_close"
    HELP_ONLY = "help_only"
    ACKNOWLEDGED = "acknowledged"
    THANKS = "thanks"
    ANOTHER_LANGUAGE = "another_language"
    STARTED_OVER = "started_over"
    NOT_MEANT = "not_meant"


@lru_cache(maxsize=1)
def _lines() -> dict[Line, tuple[str, ...]]:
    text = files("holding_space.conversation").joinpath("replies.yaml").read_text(encoding="utf-8")
    found = yaml.safe_load(text)
    lines = {Line(name): tuple(variants) for name, variants in found.items()}
    lacking = [line.value for line in Line if len(lines.get(line, ())) < 2]
    if lacking:
        raise HoldingSpaceError(
            f"replies.yaml has fewer than two variants of {', '.join(lacking)}.", "Restore the file."
        )
    return lines


def variant(line: Line, times_used: int) -> str:
    """The variant to use when this line has been used `times_used` times before."""
    variants = _lines()[line]
    return variants[times_used % len(variants)]
