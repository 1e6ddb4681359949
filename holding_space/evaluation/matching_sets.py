"""The queries and judgements that the matching is judged by: situations, conversations, and what the library does not cover.

Formats are those of TREC: qrels (`query 0 passage grade`) and run (`query Q0 passage rank score system`). Everything with
an even number is held back: weights and thresholds are chosen on the odd ones only, and reported on the even ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from holding_space.domain import Situation
from holding_space.errors import HoldingSpaceError
from holding_space.settings import ROOT

FOLDER = ROOT / "tests" / "evaluation"
CURE = "Put the folder tests/evaluation back as it was published."
GOOD = 2
"""From this grade on (0 to 3) a passage is one that somebody would be glad of."""

Qrels = Mapping[str, Mapping[str, int]]
"""Grades (0 to 3) by query id and passage id. What nobody judged is not there, and counts as 0."""
Run = Mapping[str, Mapping[str, float]]
"""Scores by query id and passage id."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader wrote, with the codes of the topics it was written for (shared topic table). `kind` is for conversations."""

    id: str
    topics: tuple[str, ...]
    situation: Situation
    kind: str = ""

    @property
    def held_back(self) -> bool:
        """Whether it is for reporting only."""
        return int(self.id[1:]) % 2 == 0


def situations() -> list[Query]:
    """Single messages with something to be found for them.

    Raises:
        HoldingSpaceError: a file is missing or broken.
    """
    entries = [*_yaml("situations.yaml"), *_yaml("more_situations.yaml")]
    return [Query(e["id"], _topics(e), Situation((e["text"],))) for e in entries]


def first_wave() -> list[tuple[str, str]]:
    """Three situations an essay, each with an id: a test of the library, which was tuned on them, and no measure.

    Raises:
        HoldingSpaceError: the file is missing or broken.
    """
    essays: dict[str, list[str]] = _yaml("first_wave.yaml")
    return [(f"{essay}-{n}", text) for essay, texts in essays.items() for n, text in enumerate(texts, start=1)]


def conversations() -> list[Query]:
    """Conversations of several turns.

    Raises:
        HoldingSpaceError: the file is missing or broken.
    """
    return [Query(e["id"], _topics(e), Situation(tuple(e["turns"])), e["kind"]) for e in _yaml("conversations.yaml")]


def outside() -> dict[str, list[str]]:
    """Messages that the library does not cover, by kind; in each kind every second one is held back.

    Raises:
        HoldingSpaceError: a file is missing or broken.
    """
    found: dict[str, list[str]] = {kind: list(texts) for kind, texts in _yaml("outside.yaml").items()}
    for kind, texts in _yaml("more_outside.yaml").items():
        found[kind] += texts
    return found


def half(texts: list[str], *, held_back: bool) -> list[str]:
    """One half of a list of messages."""
    return texts[1 if held_back else 0 :: 2]


def read_qrels(path: Path = FOLDER / "qrels.txt") -> dict[str, dict[str, int]]:
    """Judgements from a file.

    Raises:
        HoldingSpaceError: the file is missing or broken.
    """
    grades: dict[str, dict[str, int]] = {}
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            query, _, passage, grade = line.split()
            grades.setdefault(query, {})[passage] = int(grade)
    except (OSError, ValueError) as error:
        raise HoldingSpaceError(f"{path.name} cannot be read ({type(error).__name__}).", CURE) from error
    return grades


def write_qrels(qrels: Qrels, path: Path) -> None:
    """Judgements to a file, sorted, so that a reviewer reads the difference.

    Raises:
        OSError: the file cannot be written.
    """
    lines = [f"{q} 0 {p} {grade}\n" for q, grades in sorted(qrels.items()) for p, grade in sorted(grades.items())]
    path.write_text("".join(lines), encoding="utf-8")


def run_lines(run: Run, system: str) -> Iterable[str]:
    """A run in TREC's format, one line a passage, best first."""
    for query, scores in sorted(run.items()):
        for rank, (passage, score) in enumerate(sorted(scores.items(), key=lambda s: -s[1]), start=1):
            yield f"{query} Q0 {passage} {rank} {score:.6f} {system}"


def _topics(entry: dict[str, Any]) -> tuple[str, ...]:
    return (entry["topic"], *(entry.get("also") or ()))


def _yaml(name: str) -> Any:
    try:
        return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise HoldingSpaceError(f"{name} cannot be read ({type(error).__name__}).", CURE) from error
