from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from holding_space.settings import Settings, load_settings
from holding_space.views import wiring
from holding_space.views.words import EXAMPLES
from tests.conftest import ROOT
from tests.views.conftest import DANGER, SITUATION, press, say, words

Open = Callable[..., AppTest]


def test_the_first_page_invites_and_offers_openings(open_page: Open) -> None:
    app = open_page()
    assert "What is happening between you and someone you love?" in words(app)
    assert [b.label for b in app.button if b.label.strip("“”") in EXAMPLES] == [f"“{e}”" for e in EXAMPLES]


def test_an_opening_is_put_into_the_field_and_not_sent(open_page: Open) -> None:
    app = press(open_page(), f"“{EXAMPLES[0]}”")
    assert app.chat_input[0].value == EXAMPLES[0]
    assert app.session_state["sitting"].exchanges == ()


def test_a_situation_is_answered_with_passages_word_for_word(open_page: Open) -> None:
    app = say(open_page(), SITUATION)
    page = words(app)
    assert SITUATION in page
    assert "The door closed without a sound." in page
    assert "<mark>" in page
    assert "Chosen for your words" in page
    assert "When space is asked for" in page
    assert any("What is in front of you" in button.label for button in app.button)


def test_markup_in_a_message_is_shown_and_never_run(open_page: Open) -> None:
    app = say(open_page(), f"<script>alert(1)</script> <img src=x onerror=alert(1)> {SITUATION}")
    page = words(app)
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_a_saved_passage_is_kept_word_for_word(open_page: Open) -> None:
    app = press(say(open_page(), SITUATION), "Save")
    kept = wiring.library().kept(wiring.reader_id())
    passage = wiring.opening().house.corpus.passage("asked-for-space/the-door")  # type: ignore[union-attr]
    assert passage is not None
    assert [k.quote for k in kept] == [passage.text]
    assert next(b for b in app.button if b.label == "Saved").disabled


def test_an_answer_is_kept_with_its_passage_and_acknowledged(open_page: Open) -> None:
    app = say(open_page(), SITUATION)
    prompt = next(b for b in app.button if "What is in front of you" in b.label)
    prompt.click().run()
    app.text_area[0].set_value("A blue door, and my coat.").run()
    press(app, "Keep what I wrote")
    assert [a.text for a in wiring.library().answers(wiring.reader_id())] == ["A blue door, and my coat."]
    assert len(wiring.library().kept(wiring.reader_id())) == 1
    assert "kept" in words(app)


@pytest.mark.parametrize("label", ["More like this", "Not this one", "Their side", "Something to try"])
def test_each_request_changes_the_reading(open_page: Open, label: str) -> None:
    app = say(open_page(), f"{SITUATION}, we quarrel about the dishes, no reply for three days, i need quiet")
    before = app.session_state["sitting"].conversation.seen
    press(app, label)
    sitting = app.session_state["sitting"]
    assert len(sitting.exchanges) == 2
    assert sitting.conversation.seen > before or sitting.conversation.put_aside


def test_only_the_newest_reading_has_buttons_and_older_ones_can_be_taken_up(open_page: Open) -> None:
    app = say(open_page(), SITUATION)
    say(app, "we quarrel about the dishes every week and no reply came for three days")
    saves = [b for b in app.button if b.label in ("Save", "Saved")]
    press(app, "Take these up again")
    assert len([b for b in app.button if b.label in ("Save", "Saved")]) > len(saves)


def test_earlier_turns_come_on_request(open_page: Open) -> None:
    app = open_page()
    for text in ("hello", "someone", SITUATION, "thanks", "hello again", "the dishes every week"):
        say(app, text)
    assert "hello again" in words(app)
    assert ">hello<" not in words(app)
    press(app, "Show 3 earlier")
    assert ">hello<" in words(app)


def test_begin_again_clears_the_page(open_page: Open) -> None:
    app = press(say(open_page(), SITUATION), "Begin again")
    assert SITUATION not in words(app)


def test_danger_shows_help_and_no_passage_whatever_comes_after(open_page: Open) -> None:
    app = say(open_page(), SITUATION)
    every = [p.text.split(".")[0] for p in wiring.opening().house.corpus.passages]  # type: ignore[union-attr]
    for text in (DANGER, SITUATION, "their side", "start over", "never mind, lol"):
        say(app, text)
        page = words(app)
        assert "local emergency number" in page
        assert [passage for passage in every if passage in page] == []
        assert not [b for b in app.button if b.label in ("Save", "Their side", "Show 1 earlier")]


def test_not_what_i_meant_brings_the_conversation_back_with_help_in_view(open_page: Open) -> None:
    app = press(say(open_page(), DANGER), "That is not what I meant")
    say(app, "how do i ask when we will talk again, we never agreed how long")
    assert app.session_state["sitting"].exchanges[-1].reply.card is not None


def test_a_message_before_the_model_is_there_waits_and_is_answered(
    surroundings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = wiring.opening()
    assert opening.wait(20)
    engine, opening.engine = opening.engine, None
    opening._done.clear()
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20).run()
    say(app, SITUATION)
    assert SITUATION in words(app)
    assert "as soon as the library is open" in words(app)
    opening.engine = engine
    opening._done.set()
    app.run()
    assert "The door closed without a sound." in words(app)


def test_danger_before_the_model_is_there_gets_help_at_once(surroundings: Settings) -> None:
    opening = wiring.opening()
    assert opening.wait(20)
    opening.engine = None
    opening._done.clear()
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20).run()
    say(app, DANGER)
    assert "local emergency number" in words(app)


def test_danger_while_the_model_is_away_clears_passages_shown_before(open_page: Open) -> None:
    app = say(open_page(), SITUATION)
    opening = wiring.opening()
    opening.engine = None
    opening._done.clear()
    say(app, DANGER)
    assert "local emergency number" in words(app)
    assert "The door closed without a sound." not in words(app)


def test_a_stale_index_is_named_with_its_cure_and_help_stays(
    surroundings: Settings, corpus_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOLDING_SPACE_CORPUS_DIR", str(corpus_dir))
    (corpus_dir / "silent-phone.md").unlink()
    assert wiring.opening().wait(20)
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20).run()
    assert "python -m holding_space index" in words(app)
    assert "there are people to talk to" in words(app)


def test_the_conversation_is_stored_only_if_the_reader_says_so(open_page: Open) -> None:
    app = say(open_page(), SITUATION)
    assert wiring.library().conversation(wiring.reader_id()) is None
    app.toggle[0].set_value(True).run()
    assert wiring.library().conversation(wiring.reader_id()) is not None
    again = open_page()
    assert SITUATION in words(again)
    assert "The door closed without a sound." in words(again)
    again.toggle[0].set_value(False).run()
    assert wiring.library().conversation(wiring.reader_id()) is None


def test_a_stored_conversation_in_danger_is_taken_out(open_page: Open) -> None:
    app = say(open_page(), SITUATION)
    app.toggle[0].set_value(True).run()
    say(app, DANGER)
    assert wiring.library().conversation(wiring.reader_id()) is None


def test_an_unsent_draft_comes_back(open_page: Open) -> None:
    wiring.library().save_draft(wiring.reader_id(), "chat", "half a sen")
    app = open_page()
    assert app.chat_input[0].value == "half a sen"
    say(app, SITUATION)
    assert wiring.library().drafts(wiring.reader_id()) == {}


def test_a_library_that_cannot_be_opened_is_told_and_nothing_written_is_lost(open_page: Open) -> None:
    app = say(open_page(), SITUATION)
    next(b for b in app.button if "What is in front of you" in b.label).click().run()
    wiring.forget()
    data = load_settings().data_dir
    for file in data.iterdir():
        file.unlink()
    data.rmdir()
    data.write_text("not a folder", encoding="utf-8")
    assert wiring.opening().wait(20)
    app.text_area[0].set_value("Words that matter.").run()
    press(app, "Keep what I wrote")
    assert "hs-care" in words(app)
    assert app.text_area[0].value == "Words that matter."


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=300))
def test_any_words_are_shown_and_nothing_breaks(open_page: Open, text: str) -> None:
    app = open_page()
    app.chat_input[0].set_value(text).run()
    assert not app.exception
    assert app.session_state["sitting"].exchanges or not text
