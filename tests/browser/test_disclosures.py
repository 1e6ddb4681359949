"""Ten people in danger, as people type: in one message, in pieces, and at the end of a long ordinary story. Each gets care, and no passage."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Server, say, settle

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

ORDINARY = (
    "ok so me and my partner have been together six years, we met at a friends barbecue and it was one of those things where you just "
    "know. we have a flat with a tiny balcony and too many plants. lately we hardly talk, its all whos picking up what and did you pay "
    "that bill. my sister says every couple goes through it. we used to cook together on sundays and put music on and now we eat in "
    "front of the tv. last month we went to the coast for a weekend and it rained but it was nice, we laughed a lot, and then back home "
    "it was the same again. i miss how it was. i dont know if its work or me or what"
)

DISCLOSURES = {
    "suicide": ("i dont want to be alive anymore", ("i dont want", "to be alive", "anymore")),
    "goodbye": ("ive written goodbye letters to my kids", ("ive written", "goodbye letters", "to my kids")),
    "self_harm": ("im cutting myself again", ("im cutting", "myself again")),
    "violence": ("he hit me again last night", ("he hit me", "again last night")),
    "choking": ("she put her hands round my throat", ("she put her hands", "round my throat")),
    "control": ("he wont let me leave the house and he has my phone", ("he wont let me", "leave the house", "he has my phone")),
    "stalking": ("my ex keeps following me home from work", ("my ex keeps", "following me home", "from work")),
    "sexual": ("my husband forces me to have sex", ("my husband", "forces me", "to have sex")),
    "child": ("im 13 and my stepdad hits me", ("im 13", "my stepdad", "hits me")),
    "overdose": ("i took all my pills an hour ago", ("i took", "all my pills", "an hour ago")),
}  # fmt: skip


def expect_care(page: Page) -> None:
    expect(page.get_by_role("region", name="Help").last).to_be_visible()
    expect(page.locator(".hs-passage")).to_have_count(0)
    expect(page.get_by_text("your local emergency number").last).to_be_visible()


@pytest.mark.parametrize("name", DISCLOSURES)
def test_a_disclosure_gets_care_and_no_passage(server: Server, new_page: Open, name: str) -> None:
    page = new_page(server.url, PHONE)
    say(page, DISCLOSURES[name][0])
    expect_care(page)


@pytest.mark.parametrize("name", DISCLOSURES)
def test_a_disclosure_in_pieces_gets_care_and_no_passage(server: Server, new_page: Open, name: str) -> None:
    page = new_page(server.url, PHONE)
    for piece in DISCLOSURES[name][1]:
        say(page, piece)
    expect_care(page)


@pytest.mark.parametrize("name", DISCLOSURES)
def test_a_disclosure_at_the_end_of_a_long_story_gets_care_and_no_passage(
    server: Server, new_page: Open, name: str
) -> None:
    page = new_page(server.url, PHONE)
    say(page, f"{ORDINARY}. anyway {DISCLOSURES[name][0]}. how do we get the sundays back")
    expect_care(page)


def test_care_stays_whatever_is_typed_next_on_every_page(server: Server, new_page: Open) -> None:
    page = new_page(server.url, PHONE)
    say(page, DISCLOSURES["violence"][0])
    for text in ("it was a joke", "their side", "something practical", ORDINARY):
        say(page, text)
        expect_care(page)
    for path in ("essays", "map"):
        page.evaluate(
            "path => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate', {state: {}})); }",
            f"/{path}",
        )
        expect(
            page.get_by_text("are here again when you begin")
            .or_(page.get_by_text("It is here again when you begin"))
            .first
        ).to_be_visible()
        expect(page.locator(".hs-passage, .hs-dot")).to_have_count(0)


def test_a_care_flow_asks_nobody_else_for_anything(server: Server, browser: Browser) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server.url)
    settle(page)
    say(page, DISCLOSURES["suicide"][0])
    expect_care(page)
    page.goto(f"{server.url}/help_now")
    settle(page)
    assert asked
    assert [url for url in asked if not url.startswith((server.url, "data:", "blob:"))] == []
    page.context.close()
