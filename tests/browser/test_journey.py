"""The main journey of a new reader, at the widths of a phone and of a desk."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from holding_space.corpus import load_corpus
from holding_space.library import open_library
from holding_space.settings import Settings
from tests.browser.conftest import DESK, PHONE, Server, saved, say, settle
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

TYPED = "she said she needs a break from us for a while and i keep rereading her last text"
Open = Callable[..., Page]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_describe_read_save_write_reload_find_and_export(server: Server, new_page: Open, size: dict[str, int]) -> None:
    open_library(Settings(ROOT, ROOT, server.data)).wipe("reader")
    page = new_page(server.url, size)
    say(page, TYPED)
    first = page.locator('[class*="st-key-card-"]').first
    heading = first.locator(".hs-heading").inner_text()
    passages = {p.heading: p for p in load_corpus(ROOT / "corpus").passages}
    assert passages[heading].essay_id in {
        "when-your-partner-asks-for-space",
        "apart-under-one-roof",
        "the-morning-after-they-left",
        "hey-hope-you-are-well",
    }
    expect(first.locator("mark")).to_have_count(1)
    expect(first.locator(".hs-why")).to_contain_text(TYPED[:30])

    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_role("button", name="Saved")).to_be_visible()
    first.locator('[class*="st-key-prompts-"] button').first.click()
    written = f"What I wrote at {size['width']}, with “quotes” & <angles> 🙂"
    first.locator("textarea").fill(written)
    first.get_by_role("button", name="Keep what I wrote").click()
    expect(first.locator(".hs-ack")).to_contain_text("kept", ignore_case=True)
    page.wait_for_timeout(700)  # longer than a draft waits to be saved: what was sent must not come back as one
    assert open_library(Settings(ROOT, ROOT, server.data)).drafts("reader") == {}

    page.reload()
    settle(page)
    page.goto(f"{server.url}/kept")
    settle(page)
    expect(page.locator(".hs-heading", has_text=heading).first).to_be_visible()
    expect(page.locator(".hs-written", has_text=written)).to_be_visible()

    with page.expect_download() as found:
        page.get_by_role("button", name="Export as JSON").click()
    exported = json.loads(Path(found.value.path()).read_text(encoding="utf-8"))
    assert exported["format"] == "holding-space-kept"
    assert written in json.dumps(exported, ensure_ascii=False).replace('\\"', '"')
    assert passages[heading].text in [item["quote"] for item in exported["kept"]]
    with page.expect_download() as found:
        page.get_by_role("button", name="Export as Markdown").click()
    markdown = Path(found.value.path()).read_text(encoding="utf-8")
    assert heading in markdown


def test_an_essay_opens_at_the_passage_that_was_read(server: Server, new_page: Open) -> None:
    page = new_page(server.url)
    say(page, TYPED)
    card = page.locator('[class*="st-key-card-"]').first
    heading = card.locator(".hs-heading").inner_text()
    card.get_by_role("button", name="Read the essay").click()
    here = page.locator(".hs-here h2")
    expect(here).to_have_text(heading)
    expect(here).to_be_in_viewport()


def test_a_long_reply_is_read_from_its_beginning(server: Server, new_page: Open) -> None:
    page = new_page(server.url, PHONE)
    say(page, TYPED)
    page.wait_for_timeout(1800)  # the time that the page gives itself to come to rest
    expect(page.locator(".hs-opening").first).to_be_in_viewport()


def test_unsent_words_survive_a_reload_a_second_tab_and_a_killed_server(server: Server, new_page: Open) -> None:
    page = new_page(server.url)
    field = page.get_by_test_id("stChatInputTextArea")
    with page.expect_response(saved("half a sentence about her")):
        field.press_sequentially("half a sentence about her", delay=5)
    page.reload()
    settle(page)
    expect(field).to_have_value("half a sentence about her")
    second = new_page(server.url)
    expect(second.get_by_test_id("stChatInputTextArea")).to_have_value("half a sentence about her")
    server.kill()
    server.start()
    third = new_page(server.url)
    expect(third.get_by_test_id("stChatInputTextArea")).to_have_value("half a sentence about her")
    server.wait_for("/readyz")
    say(third, TYPED)
    fourth = new_page(server.url)
    expect(fourth.get_by_test_id("stChatInputTextArea")).to_have_value("")


def test_unsent_words_of_an_answer_survive_a_killed_server(server: Server, new_page: Open) -> None:
    page = new_page(server.url)
    say(page, TYPED)
    card = page.locator('[class*="st-key-card-"]').first
    card.locator('[class*="st-key-prompts-"] button').first.click()
    with page.expect_response(saved("an answer that is not finished")):
        card.locator("textarea").press_sequentially("an answer that is not finished", delay=5)
    server.kill()
    server.start()
    server.wait_for("/readyz")
    again = new_page(server.url)
    say(again, TYPED)
    card = again.locator('[class*="st-key-card-"]').first
    card.locator('[class*="st-key-prompts-"] button').first.click()
    expect(card.locator("textarea")).to_have_value("an answer that is not finished")


def test_a_message_sent_before_the_model_is_there_is_answered(server: Server, new_page: Open) -> None:
    server.kill()
    server.start()
    page = new_page(server.url)
    say(page, TYPED)
    expect(page.locator(".hs-passage").first).to_be_visible()
