"""Safety comes first: the screen, the gate on passages, care replies, help lines."""

from holding_space.safety.care import CareReply, care_for, help_card
from holding_space.safety.gate import safe_for
from holding_space.safety.helplines import Country, Directory, Line, countries, country, directories
from holding_space.safety.patterns import Category, Level
from holding_space.safety.screen import FAILED, Screen, Screening, guarded, open_screen

__all__ = [
    "FAILED",
    "CareReply",
    "Category",
    "Country",
    "Directory",
    "Level",
    "Line",
    "Screen",
    "Screening",
    "care_for",
    "countries",
    "country",
    "directories",
    "guarded",
    "help_card",
    "open_screen",
    "safe_for",
]
