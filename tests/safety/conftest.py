from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from holding_space.safety import Screen, open_screen

HERE = Path(__file__).parent


def lines_of(name: str) -> list[tuple[str, str]]:
    """Every message of a file of blocks, with the name of its block."""
    blocks: dict[str, str] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return [(block, line) for block, text in blocks.items() for line in text.strip().split("\n")]


def conversations_of(name: str) -> list[list[str]]:
    found = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return [one if isinstance(one, list) else [one] for one in found]


@pytest.fixture(scope="session")
def screen() -> Screen:
    return open_screen()
