from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from holding_space.domain import Kept, Lens
from holding_space.library import LOCAL_READER
from holding_space.views import wiring
from tests.views.conftest import DANGER, SITUATION, press, say, words

Open = Callable[..., AppTest]
READER = LOCAL_READER
OLD = Kept(
    "k", "", "asked-for-space/the-door", "Words of back then.", "An older title", "The door", Lens.STEP, "", (),
    datetime.now(UTC) - timedelta(days=60),
)  # fmt: skip


@pytest.fixture
def kept_long_ago(surroundings: object) -> None:
    wiring.library().restore(READER, [OLD], [])


def test_a_card_says_that_the_essay_was_changed_and_renamed_and_leads_there(
    kept_long_ago: None, open_page: Open
) -> None:
    app = open_page("kept")
    page = words(app)
    assert "Words of back then." in page
    assert "The passage has been changed since." in page
    assert "The essay is called “When space is asked for” now." in page
    press(app, "Read it as it is now")
    assert '<div class="hs-essay hs-here"><h2 id="the-door">' in words(app)


def test_a_card_leads_to_the_essay_that_no_longer_has_the_passage(surroundings: object, open_page: Open) -> None:
    wiring.library().restore(READER, [replace(OLD, passage_id="asked-for-space/long-gone")], [])
    app = open_page("kept")
    assert "The essay no longer has this passage." in words(app)
    press(app, "Read the essay")
    assert "When space is asked for" in words(app)


def test_the_journal_shows_each_day_with_what_was_written(kept_long_ago: None, open_page: Open) -> None:
    passage = wiring.opening().house.corpus.passages[0]  # type: ignore[union-attr]
    kept = wiring.library().keep(READER, passage, "Title")
    wiring.library().answer(READER, kept.id, passage.prompts[0], "A <b>blue</b> door.")
    app = open_page("kept")
    app.segmented_control(key="kept-view").set_value("By day").run()
    page = words(app)
    assert page.count('class="hs-heading hs-day"') == 2
    assert page.index("A &lt;b&gt;blue&lt;/b&gt; door.") < page.index("An older title")


def test_a_passage_comes_back_on_the_first_page_and_can_be_put_away(kept_long_ago: None, open_page: Open) -> None:
    app = open_page()
    assert "A passage you kept in" in words(app)
    assert "Words of back then." in words(app)
    press(app, "Put it away")
    assert "Words of back then." not in words(app)
    assert "Words of back then." not in words(open_page())


def test_none_comes_back_when_the_reader_says_so_until_they_say_otherwise(kept_long_ago: None, open_page: Open) -> None:
    app = press(open_page(), "Bring none back")
    assert "Words of back then." not in words(app)
    kept = open_page("kept")
    assert kept.toggle(key="coming-back-on").value is False
    kept.toggle(key="coming-back-on").set_value(True).run()
    assert "Words of back then." in words(open_page())


def test_none_comes_back_where_danger_was_seen(kept_long_ago: None, open_page: Open) -> None:
    app = say(open_page(), DANGER)
    press(app, "Begin again")
    assert "Words of back then." not in words(app)


def test_a_conversation_closes_with_what_was_kept_and_a_plan(open_page: Open) -> None:
    app = press(say(open_page(), SITUATION), "Save")
    press(app, "Close this conversation")
    assert "Before you go" in words(app)
    assert "The door closed without a sound." in words(app)
    app.text_area(key="draft-plan-when").set_value("it is midnight").run()
    app.text_area(key="draft-plan-then").set_value("put the phone away").run()
    press(app, "Keep this plan")
    (answer,) = wiring.library().answers(READER)
    assert answer.text == "If it is midnight, then I will put the phone away"
    assert app.text_area(key="draft-plan-when").value == ""
    assert "put the phone away" in words(app)
    press(app, "Back to the conversation")
    assert SITUATION in words(app)


def test_what_is_not_kept_is_not_on_the_closing_page(open_page: Open) -> None:
    app = press(say(open_page(), SITUATION), "Close this conversation")
    assert "Nothing of this conversation is kept." in words(app)
    assert "The door closed" not in words(app)
    assert not [button for button in app.button if button.label == "Keep this plan"]
    say(app, "and the dishes every week")
    assert "Before you go" not in words(app)


def test_danger_in_a_plan_is_answered_with_help(open_page: Open) -> None:
    app = press(press(say(open_page(), SITUATION), "Save"), "Close this conversation")
    app.text_area(key="draft-plan-when").set_value(DANGER).run()
    press(app, "Keep this plan")
    assert "The door closed" not in words(app)
    assert not [button for button in app.button if button.label == "Close this conversation"]
