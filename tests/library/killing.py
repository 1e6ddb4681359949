"""Kills writers in the middle of writing and counts what became of what they were told is saved.

    python -m tests.library.killing 100        (SQLite; with HOLDING_SPACE_DATABASE_URL, PostgreSQL)

prints a row for docs/privacy.md.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from holding_space.library import Library, open_library
from holding_space.settings import load_settings

ROOT = Path(__file__).parents[2]
READER = "r"

WRITE = """
import sys
from itertools import count
from holding_space.domain import Passage, Prompt, PromptKind
from holding_space.library import open_library
from holding_space.settings import load_settings
library = open_library(load_settings())
for n in count():
    name = f"{sys.argv[1]}-{n}"
    kept = library.keep("r", Passage(f"e/{name}", "e", "h", f"quote {name} " * 200), "t")
    library.edit("r", kept.id, note=f"note {name}", tags=[f"tag {name}"], version=1)
    answer = library.answer("r", kept.id, Prompt("Ask?", PromptKind.ASK, 1), f"answer {name} " * 200)
    library.save_draft("r", f"place {name}", f"draft {name}")
    print(kept.id, answer.id, name, flush=True)
"""
WRITES_A_LINE = 4


@dataclass(frozen=True, slots=True)
class Figures:
    """`unasked`: things that are there without having been acknowledged, at most the one that each writer was busy with."""

    kills: int
    acknowledged: int
    lost: int
    unasked: int


def survive(environ: Mapping[str, str], kills: int, seed: int = 0) -> Figures:
    """Start a writer, kill it after some writes (and some part of the next), and so on; then look for everything."""
    chance = random.Random(seed)
    told: list[tuple[str, str, str]] = []
    for kill in range(kills):
        told += _killed(environ, str(kill), chance.randint(1, 12), chance.random() * 0.02)
    library = open_library(load_settings(environ))
    lost = sum(_lost(library, told))
    unasked = len(library.kept(READER)) - len(told)
    library.close()
    return Figures(kills, len(told) * WRITES_A_LINE, lost, unasked)


def _killed(environ: Mapping[str, str], name: str, lines: int, moment: float) -> list[tuple[str, str, str]]:
    command = [sys.executable, "-c", WRITE, name]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=dict(environ))
    assert child.stdout is not None
    read = [child.stdout.readline() for _ in range(lines)]
    try:
        child.wait(moment)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
    read += child.stdout.read().splitlines(keepends=True)
    child.stdout.close()
    assert child.wait() == -signal.SIGKILL
    return [(kept, answer, n) for kept, answer, n in (line.split() for line in read if line.endswith("\n"))]


def _lost(library: Library, told: list[tuple[str, str, str]]) -> list[int]:
    """For each line, how many of its writes are not there as they were written."""
    kept = {one.id: one for one in library.kept(READER)}
    answers = {one.id: one for one in library.answers(READER)}
    drafts = library.drafts(READER)
    lost = []
    for kept_id, answer_id, name in told:
        one, answer = kept.get(kept_id), answers.get(answer_id)
        there = (
            one is not None and one.quote == f"quote {name} " * 200,
            one is not None and (one.note, one.tags) == (f"note {name}", (f"tag {name}",)),
            answer is not None and answer.text == f"answer {name} " * 200,
            drafts.get(f"place {name}") == f"draft {name}",
        )
        lost.append(there.count(False))
    return lost


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        found = survive({**os.environ, "HOLDING_SPACE_DATA_DIR": folder}, int(sys.argv[1]))
    print(f"| {found.kills} | {found.acknowledged} | {found.lost} |")  # noqa: T201
