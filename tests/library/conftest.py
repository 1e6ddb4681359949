"""A library in a folder of its own, and small values to keep in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from holding_space.domain import Lens, Passage, Prompt, PromptKind
from holding_space.library import Library, database_path, open_library
from holding_space.settings import Settings

NOBODY = 65534


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(corpus_dir=tmp_path, embeddings_dir=tmp_path, data_dir=tmp_path / "data")


@pytest.fixture
def path(settings: Settings) -> Path:
    return database_path(settings)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    opened = open_library(settings, wait=0.2)
    yield opened
    opened.close()


@pytest.fixture
def passage() -> Callable[..., Passage]:
    def make(text: str = "The door is closed, and there is light under it.", at: int = 0) -> Passage:
        return Passage(id=f"the-door/{at}", essay_id="the-door", heading="Light", text=text, lens=Lens.OTHER_SIDE)

    return make


@pytest.fixture
def prompt() -> Prompt:
    return Prompt(ask="What did you hear?", kind=PromptKind.NOTICE, minutes=3)


@pytest.fixture
def ordinary_user() -> Callable[[], AbstractContextManager[None]]:
    """Run a block without the rights of root, for whom no folder is read-only."""

    @contextmanager
    def become() -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)

    return become
