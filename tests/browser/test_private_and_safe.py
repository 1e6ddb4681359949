"""What leaves the page, what the page lets in, help and leaving: all in the running app."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, Server, saved, say, settle

pytestmark = pytest.mark.browser

TYPED = "she said she needs a break from us for a while and i keep rereading her last text"
DANGER = "i want to kill myself tonight"
CANARY = "canary seven seven three one"
Open = Callable[..., Page]


def refused(request: str | urllib.request.Request) -> int:
    """The status of an answer that is an error."""
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(request)
    with told.value as answer:
        return answer.code


def test_no_request_goes_anywhere_but_to_the_own_server(server: Server, browser: Browser) -> None:
    page = browser.new_context(viewport=DESK).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url.replace("ws://", "http://")))
    refused: list[str] = []
    page.on(
        "console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.goto(server.url)
    settle(page)
    say(page, f"{TYPED} {CANARY}")
    for path in ("kept", "essays", "essays?essay=when-your-partner-asks-for-space", "help_now", "about"):
        page.goto(f"{server.url}/{path}")
        settle(page)
    assert len(asked) > 20
    assert [url for url in asked if not url.startswith((server.url, "data:", "blob:"))] == []
    assert [url for url in asked if "canary" in url] == []
    assert refused == []
    page.context.close()


def test_every_page_comes_with_the_headers_that_keep_it_closed(server: Server) -> None:
    for path in ("/", "/kept", "/essays", "/help_now", "/about"):
        with urllib.request.urlopen(server.url + path) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe-eval" not in policy
            assert "script-src 'self' 'sha256-" in policy
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Cache-Control"] == "no-store"
            body = answer.read().decode()
            assert "<title>Reading</title>" in body


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_what_need_not_be_public_is_closed(server: Server, path: str) -> None:
    assert refused(server.url + path) == 404


def test_another_site_cannot_write_a_draft(server: Server) -> None:
    request = urllib.request.Request(f"{server.url}/hs/draft", data=b'{"place": "chat", "text": "x"}', method="PUT")
    assert refused(request) == 403


def test_the_readers_words_are_in_no_log_and_no_title(server: Server, new_page: Open) -> None:
    page = new_page(server.url)
    say(page, f"{CANARY} {TYPED}")
    assert "canary" not in page.title()
    assert "canary" not in page.url
    assert "canary" not in server.log.read_text(errors="replace")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", ["", "kept", "essays", "help_now", "about"])
def test_help_and_leaving_are_the_first_two_stops_on_every_page(
    server: Server, new_page: Open, size: dict[str, int], path: str
) -> None:
    page = new_page(f"{server.url}/{path}", size)
    page.wait_for_selector("#hs-exits")
    page.evaluate("document.activeElement.blur()")
    stops = []
    for _ in range(2):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.textContent"))
    assert stops == ["Help now", "Leave this page"]


def test_help_now_keeps_the_conversation(server: Server, new_page: Open) -> None:
    page = new_page(server.url, PHONE)
    say(page, TYPED)
    page.locator("#hs-exits a").click()
    expect(page.get_by_text("These are people, by text, chat or phone.")).to_be_visible()
    page.go_back()
    expect(page.get_by_text(TYPED).first).to_be_visible()


def test_danger_shows_help_and_no_passage(server: Server, new_page: Open) -> None:
    page = new_page(server.url, PHONE)
    say(page, TYPED)
    expect(page.locator(".hs-passage").first).to_be_visible()
    for text in (DANGER, TYPED, "their side"):
        say(page, text)
        expect(page.get_by_role("region", name="Help").last).to_be_visible()
        expect(page.locator(".hs-passage")).to_have_count(0)


@pytest.mark.parametrize("way", ["button", "shift"])
def test_leaving_blanks_the_page_at_once_and_back_shows_nothing(server: Server, new_page: Open, way: str) -> None:
    page = new_page(server.url)
    page.route(
        re.compile("^https://"),
        lambda route: route.fulfill(body="<title>Weather</title>rain", content_type="text/html"),
    )
    say(page, TYPED)
    field = page.get_by_test_id("stChatInputTextArea")
    with page.expect_response(saved("words not sent")):
        field.press_sequentially("words not sent", delay=5)
    if way == "button":
        page.get_by_role("button", name="Leave this page").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url(re.compile("^https://"))
    page.go_back()
    page.wait_for_timeout(1500)
    assert TYPED not in page.content()
    assert "words not sent" not in page.content()
    again = new_page(server.url)
    expect(again.get_by_test_id("stChatInputTextArea")).to_have_value("")


def test_three_capital_letters_do_not_leave_the_page(server: Server, new_page: Open) -> None:
    page = new_page(server.url)
    field = page.get_by_test_id("stChatInputTextArea")
    field.click()
    for letter in "ABC":
        page.keyboard.press(f"Shift+{letter}")
    expect(field).to_have_value("ABC")
    field.fill("")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "kept", "essays", "essays?essay=asking-for-room", "help_now", "about"])
def test_the_pages_have_no_fault_that_axe_can_find(server: Server, new_page: Open, path: str, scheme: str) -> None:
    page = new_page(f"{server.url}/{path}", DESK, scheme)
    if not path:
        say(page, TYPED)
    page.wait_for_timeout(600)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response["violations"]
    told = [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found]
    assert told == []


def test_a_reply_is_announced_to_a_screen_reader(server: Server, new_page: Open) -> None:
    page = new_page(server.url)
    say(page, TYPED)
    expect(page.locator("#hs-live")).to_have_text("Passages have been found.")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_is_wider_than_the_page(server: Server, new_page: Open, size: dict[str, int]) -> None:
    page = new_page(server.url, size)
    say(page, "word" * 200 + " " + TYPED)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
