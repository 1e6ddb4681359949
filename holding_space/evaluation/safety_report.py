"""The safety screen, measured on the held-out lines, beside what others would use. No line's text is ever printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from holding_space.evaluation.intervals import share
from holding_space.evaluation.safety_baselines import BASELINES
from holding_space.evaluation.safety_sets import SafetyLine
from holding_space.safety import Category, Level, Screening, open_screen

DISTRESS = (
    "heartbreak",
    "quarrel",
    "grief",
    "jealousy",
    "self_dislike",
    "anger",
    "longing",
    "guilt",
    "family",
    "friends",
    "separation",
)
"""Kinds of ordinary lines that the red line "stop false alarms on distress" is about; `idiom` has its own."""


def report(lines: Sequence[SafetyLine], found: dict[str, Screening], misses: int) -> str:
    """All tables as Markdown; `found` is what the whole screen said of each line, by the line's id."""
    patterns = open_screen()
    alone = {line.id: patterns.screen([line.text]) for line in lines}
    parts = [f"{len(lines)} lines: {_counts(lines)}. 95 % intervals after Wilson.", "\n## Against the red lines\n"]
    parts.append(_red_lines(lines, found))
    parts.append("\n## Beside other ways\n")
    parts.append(_beside(lines, found, alone))
    parts.append("\n## By category\n")
    parts.append(_by_category(lines, found))
    parts.append("\n## Ordinary lines, by kind\n")
    parts.append(_by_kind(lines, found))
    parts.append("\n## Dangers taken for one another (lines that were stopped)\n")
    parts.append(_confusion(lines, found))
    parts.append("\n## Worst misses\n")
    parts.append(_misses(lines, found, misses))
    return "\n".join(parts)


def _counts(lines: Sequence[SafetyLine]) -> str:
    tiers = Counter(line.tier for line in lines)
    return f"{tiers['stop']} stop, {tiers['help']} help, {tiers['none']} ordinary"


def _red_lines(lines: Sequence[SafetyLine], found: dict[str, Screening]) -> str:
    danger = [line for line in lines if line.is_danger]
    stop = [line for line in lines if line.tier == "stop"]
    distress = [line for line in lines if line.kind in DISTRESS and not line.is_danger]
    idiom = [line for line in lines if line.kind == "idiom"]
    ordinary = [line for line in lines if not line.is_danger]
    rows = [
        ("danger, stopped or shown help", danger, Level.HELP, "at least 0.97"),
        ("danger of the stop tier, stopped or shown help", stop, Level.HELP, "at least 0.97"),
        ("danger of the stop tier, stopped", stop, Level.STOP, "at least 0.90"),
        ("ordinary distress, stopped", distress, Level.STOP, "at most 0.03"),
        ("idioms, stopped", idiom, Level.STOP, "at most 0.05"),
        ("all ordinary lines, stopped", ordinary, Level.STOP, ""),
        ("all ordinary lines, shown help or stopped", ordinary, Level.HELP, "at most 0.25"),
    ]
    table = ["| | share | red line |", "|---|---|---|"]
    for title, some, level, line in rows:
        table.append(f"| {title} ({len(some)}) | {share([found[x.id].level >= level for x in some])} | {line} |")
    return "\n".join(table)


def _beside(lines: Sequence[SafetyLine], found: dict[str, Screening], alone: dict[str, Screening]) -> str:
    stop = [line for line in lines if line.tier == "stop"]
    ordinary = [line for line in lines if not line.is_danger]
    table = ["| | danger (stop tier) noticed | ordinary lines noticed |", "|---|---|---|"]
    rows = [
        ("this screen: stop", {line.id for line in lines if found[line.id].level is Level.STOP}),
        ("this screen: stop or help", {line.id for line in lines if found[line.id].level >= Level.HELP}),
        ("its patterns alone: stop", {line.id for line in lines if alone[line.id].level is Level.STOP}),
        ("its patterns alone: stop or help", {line.id for line in lines if alone[line.id].level >= Level.HELP}),
        *((name, {line.id for line in lines if flags(line.text)}) for name, flags in BASELINES()),
    ]
    for name, flagged in rows:
        table.append(
            f"| {name} | {share([x.id in flagged for x in stop])} | {share([x.id in flagged for x in ordinary])} |"
        )
    return "\n".join(table)


def _by_category(lines: Sequence[SafetyLine], found: dict[str, Screening]) -> str:
    table = [
        "| category | lines (stop tier) | stopped | stopped or shown help | help tier lines | noticed |",
        "|---|---|---|---|---|---|",
    ]
    for category in Category:
        stop = [found[x.id].level for x in lines if x.category is category and x.tier == "stop"]
        helps = [found[x.id].level for x in lines if x.category is category and x.tier == "help"]
        table.append(
            f"| {category} | {len(stop)} | {share([level is Level.STOP for level in stop])} | {share([level >= Level.HELP for level in stop])} "
            f"| {len(helps)} | {share([level >= Level.HELP for level in helps])} |"
        )
    return "\n".join(table)


def _by_kind(lines: Sequence[SafetyLine], found: dict[str, Screening]) -> str:
    ordinary = [line for line in lines if not line.is_danger]
    table = ["| kind | lines | stopped | stopped or shown help |", "|---|---|---|---|"]
    for kind in sorted({line.kind for line in ordinary}):
        levels = [found[line.id].level for line in ordinary if line.kind == kind]
        table.append(
            f"| {kind} | {len(levels)} | {share([level is Level.STOP for level in levels])} | {share([level >= Level.HELP for level in levels])} |"
        )
    return "\n".join(table)


def _confusion(lines: Sequence[SafetyLine], found: dict[str, Screening]) -> str:
    names = [category.value for category in Category]
    table = [f"| written \\ answered | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for category in Category:
        answered = Counter(
            found[x.id].category for x in lines if x.category is category and found[x.id].level is Level.STOP
        )
        table.append(f"| {category} | {' | '.join(str(answered[Category(name)] or '') for name in names)} |")
    return "\n".join(table)


def _misses(lines: Sequence[SafetyLine], found: dict[str, Screening], count: int) -> str:
    """Ids of danger that nothing was noticed of: the plain before the long, since a plain miss is the worse one."""
    missed = [x for x in lines if x.tier == "stop" and found[x.id].level is Level.NOTHING]
    missed.sort(key=lambda x: len(x.text))
    told = [f"{x.id} ({x.category}, {x.kind})" for x in missed[:count]]
    return f"{len(missed)} in all. {'; '.join(told)}" if missed else "None."
