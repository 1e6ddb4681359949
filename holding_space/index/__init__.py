"""Precomputed embeddings: what is encoded, how it is stored and verified, and exact search over it."""

from holding_space.index.artefact import Artefact, Manifest, folder_for, read, verify
from holding_space.index.build import Built, build
from holding_space.index.projection import Places
from holding_space.index.recipe import RECIPE, Aspect, Row, rows_of
from holding_space.index.search import Index, Scores, Similarities

__all__ = [
    "RECIPE",
    "Artefact",
    "Aspect",
    "Built",
    "Index",
    "Manifest",
    "Places",
    "Row",
    "Scores",
    "Similarities",
    "build",
    "folder_for",
    "read",
    "rows_of",
    "verify",
]
