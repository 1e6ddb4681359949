"""What was acknowledged is still there after the process was killed in the middle of writing."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from holding_space.library import open_library
from holding_space.settings import Settings
from tests.library.conftest import environ

KILLS = 5
ROOT = Path(__file__).parents[2]

WRITE = """
import sys
from itertools import count
from holding_space.domain import Passage, Prompt, PromptKind
from holding_space.library import open_library
from holding_space.settings import load_settings
library = open_library(load_settings())
for n in count():
    kept = library.keep("r", Passage(f"e/{sys.argv[1]}-{n}", "e", "h", f"quote {n} " * 200), "t")
    library.edit("r", kept.id, note=f"note {n}", tags=[f"tag {n}"], version=1)
    answer = library.answer("r", kept.id, Prompt("Ask?", PromptKind.ASK, 1), f"answer {n} " * 200)
    print(kept.id, answer.id, n, flush=True)
"""


def test_a_killed_writer_loses_nothing_that_was_acknowledged(settings: Settings) -> None:
    acknowledged: list[tuple[str, str, int]] = []
    for kill in range(KILLS):
        child = subprocess.Popen(
            [sys.executable, "-c", WRITE, str(kill)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environ(settings),
        )
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(3 + 7 * kill)]
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.read().splitlines(keepends=True)
        child.stdout.close()
        assert child.wait() == -signal.SIGKILL
        whole = [line.split() for line in lines if line.endswith("\n")]
        acknowledged += [(kept_id, answer_id, int(n)) for kept_id, answer_id, n in whole]

    assert len(acknowledged) >= sum(3 + 7 * kill for kill in range(KILLS))
    library = open_library(settings)
    kept = {one.id: one for one in library.kept("r")}
    answers = {one.id: one for one in library.answers("r")}
    library.close()
    for kept_id, answer_id, n in acknowledged:
        one = kept[kept_id]
        assert (one.quote, one.note, one.tags) == (f"quote {n} " * 200, f"note {n}", (f"tag {n}",))
        assert answers[answer_id].text == f"answer {n} " * 200
    # Of each killed writer at most the one thing it was busy with is there besides.
    assert len(kept) <= len(acknowledged) + KILLS


@pytest.mark.sqlite
def test_every_connection_writes_through_to_the_disk(settings: Settings) -> None:
    library = open_library(settings)
    with library._file.read() as connection:  # type: ignore[attr-defined]
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    library.close()
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
    }
