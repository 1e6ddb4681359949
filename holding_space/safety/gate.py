"""The gate on passages: independent of the screen, so that a passage is safe where the screen was silent about degree.

Editors mark each passage (`safe_if`); a passage without the mark that is needed is not shown.
"""

from __future__ import annotations

from holding_space.domain import Lens, Passage, SafeIf
from holding_space.safety.patterns import Category, Level

_DESPAIR, _ABUSE = frozenset({SafeIf.DESPAIR}), frozenset({SafeIf.ABUSE})
_NEEDS = {
    Category.SUICIDE: _DESPAIR,
    Category.SELF_HARM: _DESPAIR,
    Category.EMERGENCY: _DESPAIR,
    Category.THIRD_PARTY: _DESPAIR | _ABUSE,
    Category.PARTNER_VIOLENCE: _ABUSE,
    Category.CONTROL: _ABUSE,
    Category.STALKING: _ABUSE,
    Category.SEXUAL_VIOLENCE: _ABUSE,
    Category.HARM_TO_OTHERS: _DESPAIR | _ABUSE,
    Category.CHILD: frozenset({SafeIf.MINOR, SafeIf.ABUSE}),
}
"""Which marks a passage needs in the help tier. Where one danger often hides another, it needs the marks for both."""


def safe_for(passage: Passage, level: Level, category: Category | None, minor: bool) -> bool:
    """Whether a passage may be shown at this level, for this kind of danger, to somebody who may be under age.

    At `STOP` nothing is. At `HELP` the editors' mark for the category is needed (all marks where the category is not
    known); a passage about another side is never shown to somebody who may be hurt by that other. A reader who told an
    age under eighteen gets passages marked for minors only.
    """
    if level is Level.STOP:
        return False
    needed: set[SafeIf] = {SafeIf.MINOR} if minor else set()
    if level is Level.HELP:
        needed |= set(SafeIf) if category is None else _NEEDS[category]
    if SafeIf.ABUSE in needed and passage.lens is Lens.OTHER_SIDE:
        return False
    return needed <= passage.safe_if
