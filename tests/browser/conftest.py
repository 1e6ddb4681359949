"""The real app in a real browser. The server is a process of its own, so that it can be killed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from tests.conftest import ROOT, skip_aloud

CHROMIUM = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@dataclass
class Server:
    """The app as a process over a data folder of its own."""

    data: Path
    port: int
    environ: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> Path:
        return self.data.parent / "server.log"

    def start(self) -> None:
        environ = {**os.environ, "HOLDING_SPACE_DATA_DIR": str(self.data), **self.environ}
        command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(self.port)]
        command += self.options
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
        self.wait_for("/healthz")

    def wait_for(self, path: str, seconds: float = 120) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(self.url + path, timeout=5) as answer:
                    if answer.status == 200:
                        return
            except urllib.error.HTTPError as refused:
                refused.close()
            except (urllib.error.URLError, OSError):
                pass  # not listening yet
            time.sleep(0.2)
        raise AssertionError(f"{path} did not answer:\n{self.log.read_text(errors='replace')[-3000:]}")

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        skip_aloud("Chromium is not installed; the browser tests did not run")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Server]:
    """One server for the tests of a file, with the real model and the checked-in index."""
    made = Server(tmp_path_factory.mktemp("browser") / "data", free_port())
    made.start()
    made.wait_for("/readyz")
    yield made
    made.kill()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page in a new, empty browser profile."""
    contexts: list[BrowserContext] = []

    def open_(url: str, size: dict[str, int] = DESK, scheme: str = "light") -> Page:
        context = browser.new_context(viewport=size, color_scheme=scheme, accept_downloads=True)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        settle(page)
        return page

    yield open_
    for context in contexts:
        context.close()


def settle(page: Page) -> None:
    """Wait until the script of the page has run."""
    page.wait_for_selector('.stApp[data-test-script-state="notRunning"]', timeout=60_000)


def say(page: Page, text: str) -> None:
    """Type a message, send it, and wait for what comes back."""
    before = page.locator("[data-hs-reply]").evaluate_all("found => found.map(e => e.dataset.hsReply)")
    page.get_by_test_id("stChatInputTextArea").fill(text)
    page.keyboard.press("Enter")
    page.wait_for_function(
        "before => { const e = document.querySelector('[data-hs-reply]'); return e && !before.includes(e.dataset.hsReply); }",
        arg=before,
        timeout=60_000,
    )
    settle(page)


def saved(words: str) -> Callable[[Response], bool]:
    """Whether an answer of the server says that a draft with all of these words is stored.

    Another field's draft, or the first half of this one, may be stored just before.
    """

    def is_it(answer: Response) -> bool:
        sent = answer.request.post_data or ""
        return answer.url.endswith("/hs/draft") and answer.status == 204 and words in sent

    return is_it
