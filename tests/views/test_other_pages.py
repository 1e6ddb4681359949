from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from holding_space.library import LOCAL_READER, to_json
from holding_space.safety import countries
from holding_space.settings import Settings, load_settings
from holding_space.views import wiring
from tests.conftest import ROOT
from tests.views.conftest import DANGER, SITUATION, press, say, words

Open = Callable[..., AppTest]
READER = LOCAL_READER


def keep_one() -> None:
    house = wiring.opening().house
    assert house is not None
    passage = house.corpus.passage("asked-for-space/the-door")
    assert passage is not None
    kept = wiring.library().keep(READER, passage, "When space is asked for")
    wiring.library().answer(READER, kept.id, passage.prompts[0], "A <b>blue</b> door.")


def test_kept_is_empty_at_first_and_says_how_to_fill_it(open_page: Open) -> None:
    assert "Nothing is kept yet" in words(open_page("kept"))


def test_kept_shows_passages_and_answers_word_for_word(open_page: Open) -> None:
    keep_one()
    page = words(open_page("kept"))
    assert "The door closed without a sound." in page
    assert "A &lt;b&gt;blue&lt;/b&gt; door." in page


def test_kept_things_are_found_noted_tagged_and_removed(open_page: Open) -> None:
    keep_one()
    app = open_page("kept")
    kept = wiring.library().kept(READER)[0]
    app.text_area(key=f"draft-note-{kept.id}").set_value("Read it on the train.")
    app.text_input(key=f"tags-{kept.id}").set_value("Sunday, her")
    press(app, "Save note and tags")
    assert wiring.library().kept(READER)[0].note == "Read it on the train."
    assert wiring.library().tags(READER) == ("her", "Sunday")
    app.text_input(key="kept-search").set_value("train").run()
    assert "The door closed" in words(app)
    app.text_input(key="kept-search").set_value("aeroplane").run()
    assert "Nothing that you kept fits all of this." in words(app)
    app.text_input(key="kept-search").set_value("").run()
    app.checkbox(key=f"sure-{kept.id}").set_value(True).run()
    app.button(key=f"remove-{kept.id}").click().run()
    assert wiring.library().kept(READER) == ()


def test_kept_things_are_narrowed_by_essay_kind_and_month(open_page: Open) -> None:
    keep_one()
    app = open_page("kept")
    kept = wiring.library().kept(READER)[0]
    for key, other in (("kept-essay", "When space is asked for"), ("kept-lens", kept.lens)):
        app.selectbox(key=key).set_value(other).run()
        assert "The door closed" in words(app)
    month = app.selectbox(key="kept-month")
    assert len(month.options) == 1
    month.set_value(month.options[0]).run()
    assert "The door closed" in words(app)
    app.text_input(key="kept-search").set_value("aeroplane").run()
    assert "Nothing that you kept fits all of this." in words(app)


def test_an_answer_is_changed_and_removed(open_page: Open) -> None:
    keep_one()
    app = open_page("kept")
    one = wiring.library().answers(READER)[0]
    app.text_area(key=f"draft-edit-{one.id}").set_value("A green door.")
    app.button(key=f"save-{one.id}").click().run()
    assert [a.text for a in wiring.library().answers(READER)] == ["A green door."]
    app.button(key=f"remove-{one.id}").click().run()
    assert wiring.library().answers(READER) == ()


def test_a_note_changed_in_two_tabs_is_never_overwritten(open_page: Open) -> None:
    keep_one()
    one, two = open_page("kept"), open_page("kept")
    kept = wiring.library().kept(READER)[0]
    for app, note in ((one, "from the first tab"), (two, "from the second tab")):
        app.text_area(key=f"draft-note-{kept.id}").set_value(note)
        press(app, "Save note and tags")
    assert wiring.library().kept(READER)[0].note == "from the first tab"
    assert 'role="alert"' in words(two)
    assert two.text_area(key=f"draft-note-{kept.id}").value == "from the second tab"


def test_danger_in_a_note_is_kept_and_answered_with_help(open_page: Open) -> None:
    keep_one()
    app = open_page("kept")
    kept = wiring.library().kept(READER)[0]
    app.text_area(key=f"draft-note-{kept.id}").set_value(DANGER)
    press(app, "Save note and tags")
    assert wiring.library().kept(READER)[0].note == DANGER
    assert "there are people to talk to about it" in words(app)
    assert "The door closed" not in words(app)


def test_everything_is_deleted_in_one_step(open_page: Open) -> None:
    keep_one()
    app = open_page("kept")
    app.checkbox(key="sure-wipe").set_value(True).run()
    press(app, "Delete everything")
    assert wiring.library().kept(READER) == ()
    assert wiring.library().answers(READER) == ()


def test_an_export_is_brought_in_on_an_empty_page_and_nothing_twice(open_page: Open) -> None:
    keep_one()
    before = wiring.library().kept(READER), wiring.library().answers(READER)
    exported = to_json(*before).encode()
    wiring.library().wipe(READER)
    app = open_page("kept")
    for told in ("1 new, 0 joined with what was here, 1 answers", "0 new"):
        app.file_uploader[0].set_value(("kept.json", exported, "application/json")).run()
        press(app, "Bring in")
        assert told in words(app)
        assert (wiring.library().kept(READER), wiring.library().answers(READER)) == before


def test_highlights_from_elsewhere_are_shown_letter_for_letter_with_their_source(open_page: Open) -> None:
    app = open_page("kept")
    rows = b"Highlight,Book Title,Book Author,Note\n*Plain* <b>words</b>,The Ferry,A. Writer,Mine\n,The Ferry,,\n"
    app.file_uploader[0].set_value(("readwise.csv", rows, "text/csv")).run()
    press(app, "Bring in")
    page = words(app)
    assert "*Plain* &lt;b&gt;words&lt;/b&gt;" in page
    assert "From <em>The Ferry</em>, A. Writer, kept on" in page
    assert "1 without words were left out" in page


def test_of_files_with_a_fault_none_is_brought_in(open_page: Open) -> None:
    keep_one()
    exported = to_json(wiring.library().kept(READER), ()).encode()
    wiring.library().wipe(READER)
    app = open_page("kept")
    app.file_uploader[0].set_value([("a.json", exported, "application/json"), ("b.txt", b"no", "text/plain")]).run()
    press(app, "Bring in")
    assert 'role="alert"' in words(app)
    assert wiring.library().kept(READER) == ()


def test_what_was_deleted_is_not_written_back_by_an_open_session(open_page: Open) -> None:
    wiring.library().save_draft(READER, "note-x", "half a note")
    app = say(open_page(), SITUATION)
    app.toggle[0].set_value(True).run()
    app.switch_page("holding_space/views/kept.py").run()
    app.checkbox(key="sure-wipe").set_value(True).run()
    press(app, "Delete everything")
    app.switch_page("holding_space/views/reflect.py").run()
    say(app, "we quarrel about the dishes")
    assert wiring.library().drafts(READER) == {}
    assert wiring.library().conversation(READER) is None


def test_deleting_names_the_damaged_copies_that_it_does_not_reach(open_page: Open) -> None:
    database = load_settings().database
    database.parent.mkdir(parents=True)
    database.write_bytes(b"not a database " * 100)
    assert "kept.damaged-" in words(open_page())
    keep_one()
    assert "kept.damaged-" in words(open_page("kept"))


def test_a_passage_that_left_the_library_stays_kept(open_page: Open) -> None:
    keep_one()
    house = wiring.opening().house
    assert house is not None
    kept = wiring.library().kept(READER)[0]
    house.corpus._passages.pop("asked-for-space/the-door")
    page = words(open_page("kept"))
    assert kept.quote.split(".")[0] in page
    assert "no longer has this passage" in page


def test_essays_are_listed_by_theme_with_reading_time(open_page: Open) -> None:
    app = open_page("essays")
    page = words(app)
    assert "When space is asked for" in page
    assert "1 minute to read" in page
    app.pills(key="theme").set_value("Quarrels").run()
    assert "The same quarrel" in words(app)
    assert "A publisher&#x27;s plain essay" not in words(app)


def test_an_essay_opens_at_its_passage(open_page: Open) -> None:
    app = open_page("essays")
    app.query_params["essay"] = "asked-for-space"
    app.query_params["at"] = "their-quiet"
    app.run()
    page = words(app)
    assert '<div class="hs-essay hs-here"><h2 id="their-quiet">' in page
    assert "Nobody has reviewed it." in page


@pytest.mark.parametrize("asked", ["no-such-essay", "../../etc/passwd", "<script>", "\x00"])
def test_an_essay_that_is_not_there_leads_to_the_shelves(open_page: Open, asked: str) -> None:
    app = open_page("essays")
    app.query_params["essay"] = asked
    app.run()
    assert not app.exception
    assert "not in the library" in words(app)
    assert "<script>" not in words(app)


def test_help_now_without_a_country_shows_no_national_number(open_page: Open) -> None:
    page = words(open_page("help_now"))
    assert "local emergency number" in page
    for country in countries():
        for line in country.lines:
            assert not line.phone or line.phone not in page


def test_help_now_shows_the_lines_of_the_chosen_country(open_page: Open) -> None:
    app = open_page("help_now")
    british = next(c for c in countries() if c.code == "GB")
    app.selectbox[0].set_value("GB").run()
    page = words(app)
    assert british.lines
    for line in british.lines:
        assert line.name.replace("'", "&#x27;") in page
        assert line.checked_on in page


def test_the_country_is_remembered_from_page_to_page(open_page: Open) -> None:
    app = open_page("help_now")
    app.selectbox[0].set_value("IE").run()
    app.switch_page("holding_space/views/reflect.py").run()
    say(app, DANGER)
    irish = next(c for c in countries() if c.code == "IE")
    assert irish.lines[0].name in words(app)


def test_help_now_stands_without_essays_index_and_database(
    surroundings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOLDING_SPACE_CORPUS_DIR", "/no/such/folder")
    monkeypatch.setenv("HOLDING_SPACE_DATA_DIR", "/proc/no/such/folder")
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20).run()
    assert not app.exception
    app.switch_page("holding_space/views/help_now.py").run()
    assert not app.exception
    assert "local emergency number" in words(app)


def test_in_care_the_essays_wait_and_kept_asks_first(open_page: Open) -> None:
    keep_one()
    app = say(open_page(), DANGER)
    for page in ("essays", "kept"):
        app.switch_page(f"holding_space/views/{page}.py").run()
        assert not app.exception
        assert "The door closed" not in words(app)
        assert "When space is asked for" not in words(app)
    press(app, "Show what I kept")
    assert "The door closed" in words(app)


@pytest.mark.parametrize("missed", [True, False])
def test_about_says_where_the_larger_model_is_missed(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, missed: bool
) -> None:
    monkeypatch.setattr("holding_space.engine.larger_is_missed", lambda *_: missed)
    assert ("requirements-model.txt" in words(open_page("about"))) is missed


def test_about_says_where_things_are_stored(open_page: Open) -> None:
    page = words(open_page("about"))
    assert str(load_settings().data_dir) in page
    assert "cannot help in an emergency" in page


def test_on_an_open_network_nothing_is_stored(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "may_keep", lambda: False)
    app = say(open_page(), SITUATION)
    assert next(b for b in app.button if b.label == "Save").disabled
    assert not app.toggle
    assert not load_settings().database.exists()
