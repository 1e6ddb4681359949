"""The judged messages that the ranking learns from: invented messages, each with the passages that answer it.

One file an author in `tests/evaluation/matching/training/`, one JSON object a line: `id`, `topic`, `text`, `good` (passages graded 2 and
3 by who knows the whole library) and `misses` (tempting ones graded 0 and 1). A message that the library does not answer has no `good`.

For two passages of each, `tests/evaluation/matching/reasons/` says which of the reader's words the passage answers (`quote`) and which of its
sentences answer them (`sentences`, the best first, as the passages stood then).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from holding_space.errors import HoldingSpaceError
from holding_space.evaluation.matching_sets import CURE, FOLDER, GOOD

JUDGED = FOLDER / "matching" / "training"
REASONS = FOLDER / "matching" / "reasons"


@dataclass(frozen=True, slots=True)
class Judged:
    """A message with the grades (0 to 3) of some passages by their ids. `author` is the file's stem."""

    id: str
    author: str
    text: str
    grades: dict[str, int]

    @property
    def good(self) -> dict[str, int]:
        """The passages that somebody would be glad of."""
        return {passage: grade for passage, grade in self.grades.items() if grade >= GOOD}


def read_judged(passages: Collection[str], folder: Path = JUDGED) -> list[Judged]:
    """All judged messages, author by author.

    Raises:
        HoldingSpaceError: a file is missing or broken, or a line names a passage that is not among `passages`.
    """
    return [_judged(file, n, line, passages) for file, n, line in _lines_of(folder, "judged messages")]


def digest(messages: Sequence[Judged], reasons: Sequence[Reason]) -> str:
    """The sha256 of all that is learnt from: messages with their grades, and the words that passages answer."""
    told = (
        [[m.id, m.text, sorted(m.grades.items())] for m in messages],
        [[r.message, r.passage, r.quote] for r in reasons],
    )
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reason:
    """The words of a judged message, letter for letter, that a passage answers, and the sentences of it that do, the best first."""

    message: str
    passage: str
    quote: str
    sentences: tuple[str, ...]


def read_reasons(folder: Path = REASONS) -> list[Reason]:
    """All labelled reasons, author by author.

    Raises:
        HoldingSpaceError: a file is missing or broken.
    """
    return [_reason(file, n, line) for file, n, line in _lines_of(folder, "labelled reasons")]


def _reason(file: Path, number: int, line: str) -> Reason:
    try:
        read: dict[str, Any] = json.loads(line)
        return Reason(read["message"], read["passage"], read["quote"], tuple(read["sentences"]))
    except (ValueError, KeyError, TypeError) as error:
        raise HoldingSpaceError(
            f"{file.name}:{number} is not a labelled reason ({type(error).__name__}).", CURE
        ) from error


def _lines_of(folder: Path, what: str) -> list[tuple[Path, int, str]]:
    """Every line of every file, with the file and the line's number."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise HoldingSpaceError(f"There are no {what} in {folder}.", CURE)
    return [(file, number, line) for file in files for number, line in _lines(file)]


def _lines(file: Path) -> list[tuple[int, str]]:
    try:
        return [(n, line) for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise HoldingSpaceError(f"{file.name} cannot be read ({type(error).__name__}).", CURE) from error


def _judged(file: Path, number: int, line: str, passages: Collection[str]) -> Judged:
    try:
        found: dict[str, Any] = json.loads(line)
        grades = {str(p): int(g) for p, g in {**found["misses"], **found["good"]}.items()}
        message = Judged(str(found["id"]), file.stem, str(found["text"]), grades)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise HoldingSpaceError(
            f"{file.name}:{number} is not a judged message ({type(error).__name__}).", CURE
        ) from error
    unknown = [passage for passage in grades if passage not in passages]
    if unknown:
        cure = "Name the passage by its id, or take the line out; then run 'python -m holding_space train-ranking'."
        raise HoldingSpaceError(f"{file.name}:{number} names a passage that is not in the library: {unknown[0]}.", cure)
    return message
