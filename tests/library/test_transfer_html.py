"""The HTML page shows every text as it was typed, and neither loads nor runs anything."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from holding_space.library import to_html
from holding_space.library.markdown import shown
from tests.library.test_transfer_markdown import ANSWER, HOSTILE, KEPT

ALLOWED = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "main",
    "h1",
    "h2",
    "article",
    "blockquote",
    "p",
    "em",
    "strong",
    "cite",
    "span",
    "br",
}


class Seen(HTMLParser):
    """The elements, their attributes, and the words that a person sees."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def seen(page: str) -> Seen:
    found = Seen()
    found.feed(page)
    found.close()
    return found


def test_the_page_holds_everything_that_is_kept() -> None:
    page = to_html([KEPT], [ANSWER])
    words = " ".join(seen(page).words.split())
    for part in (
        "The door is closed.",
        "A closed door",
        "Light",
        "Another side",
        "1 March 2026",
        "night, us",
        "All of it.",
    ):
        assert part in words
    assert "What did you hear?" in words
    assert "A key." in words


def test_the_page_forbids_that_anything_is_loaded_or_run() -> None:
    page = to_html([KEPT], [ANSWER])
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert not seen(page).attributes & {"src", "href", "srcset", "action", "onload", "onerror"}
    assert "url(" not in page
    assert "@import" not in page


def check(text: str) -> None:
    # As brought along, where the quote is shown letter for letter; an essay's own emphasis is tested with `render`.
    everywhere = replace(
        KEPT, quote=text, essay_title=text, heading=text, note=text, tags=(text,), source=text, lens=None
    )
    page = to_html([everywhere], [replace(ANSWER, ask=text, text=text)])
    page.encode("utf-8")
    found = seen(page)
    assert found.tags <= ALLOWED
    assert not found.attributes & {"src", "href", "onerror"}
    words = shown(text).replace("\r\n", "\n").replace("\r", "\n")
    if text.strip():
        assert found.words.replace("\r\n", "\n").replace("\r", "\n").count(words) >= 7


@pytest.mark.parametrize("text", HOSTILE)
def test_no_markup_in_a_text_is_markup_on_the_page(text: str) -> None:
    check(text)
    assert seen(to_html([replace(KEPT, quote=text)], [])).tags <= ALLOWED | {
        "a",
        "code",
        "pre",
        "ol",
        "ul",
        "li",
        "h1",
        "hr",
    }


@settings(deadline=None, database=None, max_examples=120)
@example("</main></body>")
@example("{{ 7 * 7 }}{% raw %}")
@given(st.text(st.characters(), max_size=20) | st.text("<>&\"'=/ !-{}%#a\n", max_size=20))
def test_no_text_at_all_breaks_the_page(text: str) -> None:
    check(text)
