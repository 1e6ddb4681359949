"""The gate on passages: independent of the screen, so that a passage is safe where the screen was silent about degree.

Editors mark each passage (`safe_if`); a passage without the mark that is needed is not shown.
"""

from __future__ import annotations

from holding_space.domain import Lens, Passage, SafeIf
from holding_space.safety.patterns import Category, Level

_NEEDS = {
    Category.SUICIDE: SafeIf.DESPAIR,
    Category.SELF_HARM: SafeIf.DESPAIR,
    Category.EMERGENCY: SafeIf.DESPAIR,
    Category.THIRD_PARTY: SafeIf.DESPAIR,
    Category.PARTNER_VIOLENCE: SafeIf.ABUSE,
    Category.CONTROL: SafeIf.ABUSE,
    Category.STALKING: SafeIf.ABUSE,
    Category.SEXUAL_VIOLENCE: SafeIf.ABUSE,
    Category.HARM_TO_OTHERS: SafeIf.ABUSE,
    Category.CHILD: SafeIf.MINOR,
}


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
        needed |= {_NEEDS[category]} if category is not None else set(SafeIf)
    if SafeIf.ABUSE in needed and passage.lens is Lens.OTHER_SIDE:
        return False
    return needed <= passage.safe_if
