"""The app as AppTest runs it, over the small library and the hashing encoder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from holding_space.settings import Settings
from holding_space.views import wiring

ROOT = Path(__file__).parents[2]
SITUATION = "my girlfriend asked for space and i keep looking at the door"
DANGER = "i want to kill myself tonight"


@pytest.fixture
def surroundings(small_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """The environment under which the app finds the small library."""
    monkeypatch.setenv("HOLDING_SPACE_CORPUS_DIR", str(small_settings.corpus_dir))
    monkeypatch.setenv("HOLDING_SPACE_EMBEDDINGS_DIR", str(small_settings.embeddings_dir))
    monkeypatch.setenv("HOLDING_SPACE_CLASSIFIER_DIR", str(small_settings.classifier_dir))
    monkeypatch.setenv("HOLDING_SPACE_ENCODER", "hashing")
    yield small_settings
    wiring.forget()


@pytest.fixture
def open_page(surroundings: Settings) -> Callable[[str], AppTest]:
    """Opens a page in a new session, with the engine there."""

    def open_(page: str = "reflect") -> AppTest:
        assert wiring.opening().wait(20)
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20)
        app.run()
        if page != "reflect":
            app.switch_page(f"holding_space/views/{page}.py").run()
        assert not app.exception
        return app

    return open_


def words(app: AppTest) -> str:
    """Everything that is drawn as HTML on the page."""
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def say(app: AppTest, text: str) -> AppTest:
    """Type a message and send it."""
    app.chat_input[0].set_value(text).run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    """Press the first button with this label."""
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app
