"""Holding Space: a library of essays, searched by what a reader describes.

Importing this loads neither Streamlit nor torch.
"""

from holding_space.domain import Corpus, Essay, Kept, Lens, Match, Passage, Prompt, PromptKind, Ranking, Situation
from holding_space.errors import HoldingSpaceError
from holding_space.settings import Settings, load_settings

__all__ = [
    "Corpus",
    "Essay",
    "HoldingSpaceError",
    "Kept",
    "Lens",
    "Match",
    "Passage",
    "Prompt",
    "PromptKind",
    "Ranking",
    "Settings",
    "Situation",
    "load_settings",
]
