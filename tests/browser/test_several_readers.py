"""Readers who log in at a real provider on this machine: each has their own shelf, a guest has none, and no door leads across."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from holding_space.library import open_library
from holding_space.settings import Settings
from tests.browser.conftest import Server, free_port, say, settle
from tests.conftest import ROOT, SMALL_CORPUS

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
SITUATION = "my girlfriend asked for space and i keep looking at the door"
SECRETS = """\
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "{secret}"
client_id = "holding-space"
client_secret = "not-a-secret"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[int]:
    """An OpenID Connect provider as a process of its own."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)], stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://localhost:{port}/.well-known/openid-configuration", timeout=2).close()
            break
        except OSError:
            time.sleep(0.2)
    yield port
    process.terminate()
    process.wait()


@pytest.fixture(scope="module")
def hosted(
    provider: int, small_settings: Settings, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[Server]:
    """The app over the small library, with logins."""
    folder: Path = tmp_path_factory.mktemp("hosted")
    port = free_port()
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(port=port, provider=provider, secret="s" * 40))
    environ = {
        "HOLDING_SPACE_CORPUS_DIR": str(SMALL_CORPUS),
        "HOLDING_SPACE_EMBEDDINGS_DIR": str(small_settings.embeddings_dir),
        "HOLDING_SPACE_ENCODER": "hashing",
        "HOLDING_SPACE_CLASSIFIER_DIR": str(small_settings.classifier_dir),
    }
    made = Server(folder / "data", port, environ, options=("--secrets.files", str(secrets)))
    made.start()
    made.wait_for("/readyz")
    yield made
    made.kill()


def log_in(page: Page, server: Server, name: str) -> None:
    page.goto(f"{server.url}/kept")
    settle(page)
    page.get_by_role("button", name="Log in").click()
    page.get_by_placeholder("sub").fill(name)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(re.compile(re.escape(server.url)))
    settle(page)
    page.goto(f"{server.url}/kept")
    settle(page)
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def keep_one(page: Page, server: Server, note: str) -> None:
    page.goto(server.url)
    settle(page)
    say(page, SITUATION)
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_role("button", name="Saved").first).to_be_visible()
    page.goto(f"{server.url}/kept")
    settle(page)
    page.get_by_text("Note, tags, remove").first.click()
    page.get_by_label("Your note").first.fill(note)
    page.get_by_label("Tags, with commas between them").first.fill(f"tag of {note}")
    page.get_by_role("button", name="Save note and tags").first.click()
    expect(page.locator(".hs-written", has_text=note)).to_be_visible()


def put_draft(server: Server, text: str, cookies: str = "", place: str = "chat") -> int:
    body = json.dumps({"place": place, "text": text}).encode()
    headers = {"X-Holding-Space": "1", "Cookie": cookies}
    request = urllib.request.Request(f"{server.url}/hs/draft", data=body, method="PUT", headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def cookies_of(page: Page) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}  # type: ignore[misc]


def header(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def test_no_door_leads_from_one_reader_to_another(hosted: Server, new_page: Open) -> None:
    anna, bela = new_page(hosted.url), new_page(hosted.url)
    log_in(anna, hosted, "anna")
    keep_one(anna, hosted, "what Anna wrote")
    log_in(bela, hosted, "bela")
    expect(bela.get_by_text("Nothing is kept yet")).to_be_visible()
    keep_one(bela, hosted, "what Bela wrote")

    def sees_only_bela(path: str) -> None:
        bela.goto(f"{hosted.url}/{path}")
        settle(bela)
        assert "what Anna wrote" not in bela.content()

    # Query parameters.
    library = open_library(Settings(ROOT, ROOT, hosted.data))
    with library._file.read() as connection:  # type: ignore[attr-defined]
        rows = connection.exec_driver_sql("SELECT DISTINCT CAST(reader_id AS TEXT), CAST(id AS TEXT) FROM kept").all()
    library.close()
    assert len({reader for reader, _ in rows}) == 2
    assert all(re.fullmatch("login-[0-9a-f]{64}", reader) for reader, _ in rows)
    for reader, kept_id in rows:
        sees_only_bela(f"kept?reader={reader}&reader_id={reader}&id={kept_id}&kept={kept_id}")
    # Exports, and the export of one brought in by the other.
    with anna.expect_download() as found:
        anna.get_by_role("button", name="Export as JSON").click()
    annas = Path(found.value.path()).read_bytes()
    assert b"what Bela wrote" not in annas
    assert not any(reader.encode() in annas for reader, _ in rows)
    with bela.expect_download() as found:
        bela.get_by_role("button", name="Export as JSON").click()
    assert "what Anna wrote" not in Path(found.value.path()).read_text(encoding="utf-8")
    # Drafts: a guest, a forged cookie, another reader's cookie under another name, and one's own.
    own = cookies_of(bela)
    signed = own["_streamlit_user"]
    forged = {"_streamlit_user": signed[:-4] + ("aaaa" if signed[-4:] != "aaaa" else "bbbb")}
    plain = {"_streamlit_user": json.dumps({"is_logged_in": True, "iss": "x", "sub": "anna", "origin": hosted.url})}
    for cookies in ({}, forged, plain, {"_streamlit_user_tokens": signed}):
        assert put_draft(hosted, "forged words", header(cookies)) == 403
    assert put_draft(hosted, "unsent words of Bela", header(own)) == 204
    anna.goto(hosted.url)
    settle(anna)
    expect(anna.get_by_test_id("stChatInputTextArea")).to_have_value("")
    bela.goto(hosted.url)
    settle(bela)
    expect(bela.get_by_test_id("stChatInputTextArea")).to_have_value("unsent words of Bela")
    # What one deletes is one's own.
    bela.goto(f"{hosted.url}/kept")
    settle(bela)
    bela.get_by_text("Delete everything").first.click()
    bela.get_by_text("Delete all of it").click()
    bela.get_by_role("button", name="Delete everything").click()
    expect(bela.get_by_text("Nothing is kept yet")).to_be_visible()
    anna.goto(f"{hosted.url}/kept")
    settle(anna)
    expect(anna.locator(".hs-written", has_text="what Anna wrote")).to_be_visible()


def test_two_readers_of_one_browser_never_meet(hosted: Server, new_page: Open) -> None:
    page = new_page(hosted.url)
    log_in(page, hosted, "first")
    keep_one(page, hosted, "words of the first")
    page.context.clear_cookies()
    page.goto(hosted.url)
    settle(page)
    assert SITUATION not in page.content()
    log_in(page, hosted, "second")
    assert "words of the first" not in page.content()
    expect(page.get_by_text("Nothing is kept yet")).to_be_visible()


def test_a_guest_reads_and_takes_a_page_along_and_nothing_is_stored(hosted: Server, new_page: Open) -> None:
    before = {each.name: each.read_bytes() for each in hosted.data.glob("*.sqlite3*")} if hosted.data.exists() else {}
    page = new_page(hosted.url)
    say(page, f"{SITUATION}, zqxjkcanary")
    expect(page.locator(".hs-passage").first).to_be_visible()
    expect(page.get_by_role("button", name="Save", exact=True).first).to_be_disabled()
    page.get_by_role("button", name="Close this conversation").click()
    settle(page)
    with page.expect_download() as found:
        page.get_by_role("button", name="Take this page along").click()
    assert "The door closed without a sound." in Path(found.value.path()).read_text(encoding="utf-8")
    page.goto(f"{hosted.url}/kept")
    settle(page)
    expect(page.get_by_text("You have not logged in")).to_be_visible()
    for each in hosted.data.glob("*") if hosted.data.exists() else ():
        assert b"zqxjkcanary" not in each.read_bytes()
    assert "zqxjkcanary" not in hosted.log.read_text(errors="replace")
    assert {each.name for each in hosted.data.glob("*.sqlite3")} >= {name for name in before if name.endswith("3")}
