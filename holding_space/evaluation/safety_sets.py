"""The labelled lines that the screen is taught and judged by: read, checked, and parted at the marks.

What the labels mean stands in tests/evaluation/safety/GUIDELINE.md. The training set may be read by whoever works on the screen;
the held-out set is for reporting only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from holding_space.domain import Span
from holding_space.errors import SafetyError
from holding_space.evaluation.matching_sets import first_wave, situations
from holding_space.safety import Category
from holding_space.settings import ROOT

FOLDER = ROOT / "tests" / "evaluation" / "safety"
TRAINING, HELDOUT = FOLDER / "training", FOLDER / "heldout"
NONE = "none"
_MARKED = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    tier: Literal["stop", "help", "none"]
    category: str
    kind: str
    english: Literal["gb", "us", "in", "au", "ie", "za", "other"]
    text: str


@dataclass(frozen=True, slots=True)
class SafetyLine:
    """One labelled message. `author` is the file it stands in; `marks` are the spans of `text` that show the danger."""

    id: str
    author: str
    tier: str
    category: Category | None
    kind: str
    english: str
    text: str
    marks: tuple[Span, ...]

    @property
    def is_danger(self) -> bool:
        """Whether help should be shown in one form or the other."""
        return self.tier != NONE


def read_lines(folder: Path) -> list[SafetyLine]:
    """Every line of every file of a set, file by file.

    Raises:
        SafetyError: a line is not as the guideline says; the message names file and line, never the text.
    """
    found = [
        _line(path, number, raw)
        for path in sorted(folder.glob("*.jsonl"))
        for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if raw.strip()
    ]
    if not found:
        raise SafetyError(f"There are no lines in {folder}.", "Put the folder back as it was published.")
    return found


def training_lines() -> list[SafetyLine]:
    """What the classifier is taught: the training set, and ordinary messages: the odd situations, and those the library was tuned on.

    The even half of the situations is for reporting only, here as in the matching.

    Raises:
        HoldingSpaceError: a file is missing or broken.
    """
    told = [(query.id, query.situation.text) for query in situations() if not query.held_back]
    told += first_wave()
    ordinary = [SafetyLine(id_, "situations", NONE, None, "situation", "other", text, ()) for id_, text in told]
    return [*read_lines(TRAINING), *ordinary]


def digest(lines: Iterable[SafetyLine]) -> str:
    """sha256 over all labels and texts, in order: what a classifier remembers it was taught with."""
    whole = hashlib.sha256()
    for line in lines:
        whole.update(repr((line.id, line.tier, line.category, line.text, line.marks)).encode("utf-8"))
    return whole.hexdigest()


def _line(path: Path, number: int, raw: str) -> SafetyLine:
    try:
        given = _Line.model_validate_json(raw)
        category = None if given.category == NONE else Category(given.category)
        if (category is None) != (given.tier == NONE) or not given.text.strip():
            raise ValueError(number)
    except (ValidationError, ValueError):
        # Not chained: the cause would quote the text.
        raise SafetyError(
            f"{path.name}:{number}: the line is not as GUIDELINE.md says.", "Mend its tier, category or form."
        ) from None
    text, marks = _unmarked(given.text)
    return SafetyLine(
        f"{path.stem}-{number}", path.stem, given.tier, category, given.kind, given.english, text, tuple(marks)
    )


def _unmarked(text: str) -> tuple[str, list[Span]]:
    plain, marks, at = "", [], 0
    for found in _MARKED.finditer(text):
        plain += text[at : found.start()]
        marks.append(Span(len(plain), len(plain) + len(found[1])))
        plain += found[1]
        at = found.end()
    return plain + text[at:], marks
