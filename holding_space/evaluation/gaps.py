"""Which situations the library does not answer: for publishers, with a list they wrote themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from holding_space.conversation import AskMore, Care, Conversation, NothingClose, Reading, respond
from holding_space.domain import Passage, Situation
from holding_space.engine import Engine

WEAK = 0.50
"""Cosine of the nearest passage (its text or its closest line) below which an answer is called thin. On the odd half of this project's
situations that passage was graded 2 or 3 in 9 % of cases below 0.50, and in 32 % from there on."""
THIN = 2.75
"""Where a ranking has been learnt: the score of the first passage (a z-score over the corpus) below which an answer is called thin. On the odd
half that passage was graded 2 or 3 in 35 % of cases below 2.75, and in 76 % from there on."""
NO_THEME = "no theme"


@dataclass(frozen=True, slots=True)
class Found:
    """What one situation came to. `line` counts from 1; `outcome` is answered, thin, gap, vague or care; `nearest` may be far.

    `theme` is the first theme of the nearest passage's essay.
    """

    line: int
    text: str
    outcome: str
    nearest: Passage
    theme: str
    closeness: float


def find_gaps(engine: Engine, lines: Iterable[str]) -> list[Found]:
    """Ask the library for each situation, as a reader's first message."""
    return [_found(engine, number, text) for number, text in enumerate(lines, start=1)]


def told(found: list[Found]) -> str:
    """A report in Markdown: counts, then the situations without an answer, by the theme they come nearest to."""
    counts = {
        outcome: sum(f.outcome == outcome for f in found) for outcome in ("answered", "thin", "gap", "vague", "care")
    }
    parts = [
        f"{len(found)} situations: {counts['answered']} answered, {counts['thin']} answered thinly, {counts['gap']} not answered, "
        f"{counts['vague']} too vague to look with, {counts['care']} met by the care reply.",
    ]
    for outcome, title in (("gap", "Not answered"), ("thin", "Answered thinly (read what comes, and judge yourself)")):
        some = [f for f in found if f.outcome == outcome]
        if some:
            parts.append(f"\n## {title}")
            parts += _by_theme(some)
    if counts["care"]:
        lines = ", ".join(str(f.line) for f in found if f.outcome == "care")
        parts.append(f"\nMet by the care reply, as they should be or by mistake: line {lines}.")
    if counts["vague"]:
        lines = ", ".join(str(f.line) for f in found if f.outcome == "vague")
        parts.append(f"\nToo vague: line {lines}.")
    return "\n".join(parts)


def _found(engine: Engine, number: int, text: str) -> Found:
    reply = respond(engine, Conversation(), text).reply
    nearest, closeness = engine.matcher.nearest(Situation((text,)))
    if isinstance(reply, Care):
        outcome = "care"
    elif isinstance(reply, Reading):
        firm = closeness >= WEAK if engine.matcher.learned is None else reply.matches[0].score >= THIN
        outcome = "answered" if firm else "thin"
    elif isinstance(reply, NothingClose):
        # Beside a help card passages may be held back that the library has; that is no gap.
        outcome = "gap" if reply.card is None else "care"
    else:
        outcome = "vague" if isinstance(reply, AskMore) else "gap"
    return Found(number, text, outcome, nearest, _theme(engine, nearest), closeness)


def _theme(engine: Engine, passage: Passage) -> str:
    essay = engine.corpus.essay(passage.essay_id)
    titles = {theme.id: theme.title for theme in engine.corpus.themes}
    return titles.get(essay.themes[0], NO_THEME) if essay and essay.themes else NO_THEME


def _by_theme(some: list[Found]) -> list[str]:
    shelves: dict[str, list[Found]] = {}
    for found in some:
        shelves.setdefault(found.theme, []).append(found)
    parts = []
    for theme, own in sorted(shelves.items(), key=lambda s: -len(s[1])):
        parts.append(f"\n### {theme} ({len(own)})")
        parts += [
            f"- line {f.line} (nearest, at {f.closeness:.2f}: {f.nearest.id}): {f.text}"
            for f in sorted(own, key=lambda f: f.closeness)
        ]
    return parts
