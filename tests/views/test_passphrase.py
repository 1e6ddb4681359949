from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from holding_space.library import LOCAL_READER
from holding_space.settings import load_settings
from holding_space.views import wiring
from tests.views.conftest import SITUATION, press, say, words
from tests.views.test_other_pages import keep_one

Open = Callable[..., AppTest]
PASSPHRASE = "four quiet ferries"


def lock(app: AppTest, again: str = PASSPHRASE) -> AppTest:
    app.text_input(key="passphrase-typed").set_value(PASSPHRASE)
    app.text_input(key="passphrase-again").set_value(again)
    return press(app, "Lock")


def test_what_is_locked_is_opened_with_the_passphrase_and_no_other(open_page: Open) -> None:
    keep_one()
    wiring.library().save_draft(LOCAL_READER, "chat", "half a sentence")
    lock(open_page("kept"))
    assert not load_settings().database.exists()
    wiring.forget()  # the program is started again
    app = open_page("kept")
    assert "What is kept here is locked with a passphrase." in words(app)
    assert "The door closed" not in words(app)
    for typed, told in (("another", "does not open what is kept"), (PASSPHRASE, "The door closed")):
        app.text_input(key="passphrase-typed").set_value(typed)
        press(app, "Open")
        assert told in words(app)
        assert app.text_input(key="passphrase-typed").value == ""
    assert app.session_state["sitting"].drafts["chat"] == "half a sentence"


def test_two_that_differ_change_nothing(open_page: Open) -> None:
    keep_one()
    app = lock(open_page("kept"), "four quiet fairies")
    assert "are not the same" in words(app)
    assert load_settings().database.exists()
    assert "The door closed" in words(app)


def test_it_is_closed_and_taken_away(open_page: Open) -> None:
    keep_one()
    app = lock(open_page("kept"))
    press(app, "Close until the passphrase is typed again")
    assert "The door closed" not in words(app)
    app.text_input(key="passphrase-typed").set_value(PASSPHRASE)
    press(app, "Open")
    app.text_input(key="passphrase-typed").set_value("wrong")
    press(app, "Take the passphrase away")
    assert "does not open what is kept" in words(app)
    app.text_input(key="passphrase-typed").set_value(PASSPHRASE)
    press(app, "Take the passphrase away")
    assert load_settings().database.exists()
    assert len(wiring.library().kept(LOCAL_READER)) == 1


def test_while_it_is_locked_one_can_read_and_is_told_where_to_open_it(open_page: Open) -> None:
    keep_one()
    lock(open_page("kept"))
    wiring.forget()
    app = say(open_page(), SITUATION)
    assert "The door closed without a sound." in words(app)
    app = press(app, "Save")
    assert "Open the page Kept and type it there." in words(app)
