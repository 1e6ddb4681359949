"""What others would use for the screen, for comparison: a list of keywords, and published packages that work offline."""

from __future__ import annotations

import re
from collections.abc import Callable

Flags = Callable[[str], bool]
"""Whether a text is flagged."""

KEYWORDS = (
    "suicide", "suicidal", "kill myself", "killing myself", "want to die", "end my life", "end it all", "better off dead", "self harm",
    "self-harm", "cut myself", "cutting myself", "overdose", "hit me", "hits me", "beat me", "beats me", "punched me", "choked me", "abuse",
    "abused", "abusive", "violent", "violence", "threatened", "threatens", "afraid of him", "afraid of her", "scared of him", "scared of her",
    "stalking", "stalker", "rape", "raped", "molested", "assaulted", "forced me", "hurt her", "kill him", "kill her", "kill them",
)  # fmt: skip
"""Forty entries, as a careful programmer would write them down in an hour."""


def BASELINES() -> list[tuple[str, Flags]]:
    """Each baseline that is installed, by name. Packages come with requirements.txt; without them they are left out."""
    found: list[tuple[str, Flags]] = [(f"a list of {len(KEYWORDS)} keywords", by_keywords)]
    try:
        from pantheon_guardrails.crisis import CrisisProtocol
    except ImportError:
        pass
    else:
        protocol = CrisisProtocol()
        found.append(("pantheon-guardrails 0.3.2 (crisis)", lambda text: bool(protocol.check(text).triggered)))
    try:
        from rrt_advocate import CrisisEngine, CrisisLevel
    except ImportError:
        pass
    else:
        found.append(
            (
                "rrt-advocate 0.1.1 (any level above green)",
                lambda text: CrisisEngine("x").assess(text).crisis_level is not CrisisLevel.GREEN,
            )
        )
    return found


_KEYWORDS = re.compile(rf"\b(?:{'|'.join(map(re.escape, KEYWORDS))})\b", re.IGNORECASE)


def by_keywords(text: str) -> bool:
    """Whether one of the keywords stands in a text."""
    return _KEYWORDS.search(text.replace("’", "'")) is not None
