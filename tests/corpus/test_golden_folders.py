"""Every way an essay can be broken is a folder with the essay and exactly what the check says of it."""

from pathlib import Path

import pytest

from holding_space.corpus import Rule
from holding_space.corpus.rules import CURES
from tests.lint.regenerate import HERE, told

CASES = sorted(path for path in HERE.iterdir() if (path / "essay.md").is_file())


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.name)
def test_a_broken_essay_is_told_with_file_line_and_cure(case: Path) -> None:
    assert told(case) == (case / "expected.txt").read_text(encoding="utf-8")


def test_every_rule_has_a_cure_and_an_id_of_its_own() -> None:
    assert set(CURES) == set(Rule)
    assert all(cure.endswith(".") for cure in CURES.values())
