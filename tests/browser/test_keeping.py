"""What is kept: saved, written on, still there after the server was killed, found, tagged, taken out, wiped and brought in again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from holding_space.library import open_library
from holding_space.settings import Settings
from tests.browser.conftest import DESK, PHONE, Server, free_port, say, settle
from tests.conftest import ROOT, SMALL_CORPUS

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
SITUATION = "my girlfriend asked for space and i keep looking at the door"
WRITTEN = "A blue door, “quoted” & <angled> 🙂 夜"


@pytest.fixture(scope="module")
def small(small_settings: Settings, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Server]:
    """The app over the small library."""
    environ = {
        "HOLDING_SPACE_CORPUS_DIR": str(SMALL_CORPUS),
        "HOLDING_SPACE_EMBEDDINGS_DIR": str(small_settings.embeddings_dir),
        "HOLDING_SPACE_ENCODER": "hashing",
        "HOLDING_SPACE_CLASSIFIER_DIR": str(small_settings.classifier_dir),
    }
    made = Server(tmp_path_factory.mktemp("keeping") / "data", free_port(), environ)
    made.start()
    made.wait_for("/readyz")
    yield made
    made.kill()


def to_kept(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/kept")
    settle(page)


def download(page: Page, label: str) -> Path:
    """Click as a person would: again, if the page was just being drawn anew under the click."""
    settle(page)
    button = page.get_by_role("button", name=label, exact=True)
    for timeout in (8_000, 8_000, 30_000):
        try:
            with page.expect_download(timeout=timeout) as found:
                button.click()
            return Path(found.value.path())
        except TimeoutError:
            if timeout > 8_000:
                raise
    raise AssertionError(label)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_keep_write_kill_find_tag_search_export_wipe_import(
    small: Server, new_page: Open, size: dict[str, int]
) -> None:
    open_library(Settings(ROOT, ROOT, small.data)).wipe("reader")
    page = new_page(small.url, size)
    say(page, SITUATION)
    card = page.locator('[class*="st-key-card-"]').first
    card.get_by_role("button", name="Save", exact=True).click()
    expect(card.get_by_role("button", name="Saved")).to_be_visible()
    card.locator('[class*="st-key-prompts-"] button').first.click()
    card.locator("textarea").fill(WRITTEN)
    card.get_by_role("button", name="Keep what I wrote").click()
    expect(card.locator(".hs-ack")).to_contain_text("kept", ignore_case=True)

    small.kill()
    small.start()
    small.wait_for("/readyz")

    page = new_page(small.url, size)
    to_kept(page, small)
    expect(page.get_by_text("The door closed without a sound.")).to_be_visible()
    expect(page.locator(".hs-written", has_text=WRITTEN)).to_be_visible()
    page.get_by_text("Note, tags, remove").click()
    page.get_by_label("Your note").fill("Read on the ferry.")
    page.get_by_label("Tags, with commas between them").fill("harbour")
    page.get_by_role("button", name="Save note and tags").click()
    expect(page.locator(".hs-written", has_text="Read on the ferry.")).to_be_visible()

    search = page.get_by_label("Search what you kept")
    for words, there in (("aeroplane", False), ("ferr 夜", True)):
        search.fill(words)
        search.press("Enter")
        expect(page.get_by_text("Nothing that you kept fits all of this.")).to_have_count(0 if there else 1)
        expect(page.get_by_text("The door closed without a sound.")).to_have_count(1 if there else 0)
    search.fill("")
    search.press("Enter")
    settle(page)

    exported = download(page, "Export as JSON")
    before = json.loads(exported.read_text(encoding="utf-8"))
    (thing,) = before["kept"]
    assert (thing["note"], thing["tags"], thing["answers"][0]["text"]) == ("Read on the ferry.", ["harbour"], WRITTEN)
    web_page = download(page, "Export as a web page")

    page.get_by_text("Delete everything").first.click()
    page.get_by_text("Delete all of it").click()
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_text("Nothing is kept yet")).to_be_visible()
    for each in small.data.iterdir():
        assert b"Read on the ferry." not in each.read_bytes()

    settle(page)
    expect(page.get_by_text("Bring something in")).to_have_count(1)
    page.get_by_text("Bring something in").click()
    named = exported.with_suffix(".json")
    named.write_bytes(exported.read_bytes())
    page.locator('input[type="file"]').set_input_files(named)
    page.get_by_role("button", name="Bring in", exact=True).click()
    expect(page.get_by_text("Brought in: 1 new")).to_be_visible()
    expect(page.locator(".hs-written", has_text=WRITTEN)).to_be_visible()
    expect(page.locator(".hs-written", has_text="Read on the ferry.")).to_be_visible()
    again = json.loads(download(page, "Export as JSON").read_text(encoding="utf-8"))
    assert again == before

    file = web_page.with_suffix(".html")
    file.write_bytes(web_page.read_bytes())
    reading = new_page(small.url).context.new_page()
    asked: list[str] = []
    reading.on("request", lambda request: asked.append(request.url))
    reading.goto(file.as_uri())
    expect(reading.get_by_text(WRITTEN)).to_be_visible()
    assert asked == [file.as_uri()]


def test_a_plan_that_is_being_written_survives_a_reload(small: Server, new_page: Open) -> None:
    page = new_page(small.url)
    say(page, SITUATION)
    page.get_by_role("button", name="Close this conversation").click()
    settle(page)
    field = page.locator('[class*="st-key-draft-plan-when"] textarea')
    with page.expect_response(
        lambda answer: answer.url.endswith("/hs/draft") and "midnight" in (answer.request.post_data or "")
    ):
        field.press_sequentially("it is midnight", delay=5)
    again = new_page(small.url)
    say(again, SITUATION)
    again.get_by_role("button", name="Close this conversation").click()
    expect(again.locator('[class*="st-key-draft-plan-when"] textarea')).to_have_value("it is midnight")
