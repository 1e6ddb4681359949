"""Safety comes first: the screen, the gate on passages, care replies, help lines."""

from holding_space.safety.care import CareReply, care_for, help_card
from holding_space.safety.classifier import (
    Classifier,
    ClassifierManifest,
    Thresholds,
    read_classifier,
    write_classifier,
)
from holding_space.safety.gate import safe_for
from holding_space.safety.helplines import Country, Directory, Line, countries, country, directories
from holding_space.safety.patterns import Category, Level
from holding_space.safety.screen import FAILED, Screen, guarded, open_screen
from holding_space.safety.screening import Screening

__all__ = [
    "FAILED",
    "CareReply",
    "Category",
    "Classifier",
    "ClassifierManifest",
    "Country",
    "Directory",
    "Level",
    "Line",
    "Screen",
    "Screening",
    "Thresholds",
    "care_for",
    "countries",
    "country",
    "directories",
    "guarded",
    "help_card",
    "open_screen",
    "read_classifier",
    "safe_for",
    "write_classifier",
]
