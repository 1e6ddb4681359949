"""The Markdown document is readable, and no text in it can pass for its structure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from holding_space.domain import Answer, Kept, Lens, PromptKind
from holding_space.library import to_folder, to_markdown

KEPT = Kept(
    id="k",
    reader_id="r",
    passage_id="e/p",
    quote="The door is closed.\n\nThere is light under it.",
    essay_title="A closed door",
    heading="Light",
    lens=Lens.OTHER_SIDE,
    note="Like that evening.\nAll of it.",
    tags=("night", "us"),
    kept_at=datetime(2026, 3, 1, 22, 15, tzinfo=UTC),
)
ANSWER = Answer("a", "r", "k", "What did you hear?", PromptKind.NOTICE, "A key.", KEPT.kept_at)

DOCUMENT = """\
# What I kept

## Light

> The door is closed.
>
> There is light under it.

From “A closed door”. Another side. Kept on 1 March 2026.

**Tags:** night, us

**Note**

Like that evening.\\
All of it.

**Prompt:** What did you hear?

A key.

Written on 1 March 2026.
"""

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])

NOT_SHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
MARKS = "#>-+*=_`~|<[]()!&;:\\$ \t\n\r0123.)"

HOSTILE = [
    "# heading",
    "heading\n=====\nheading\n-----",
    "> quote\n>> deeper",
    "- list\n+ list\n* list\n1. list\n2) list",
    "    code\n\tcode\n```\ncode\n```\n~~~\ncode",
    "<script>alert(1)</script>\n\n<!-- -->",
    "[link](http://x) ![image](http://x) <http://x>\n\n[ref]: http://x",
    "*a* **b** _c_ __d__ ~~e~~ `f` &amp; &#35; \\",
    "a | b\n--|--\nc | d",
    "---\n***\n___",
    "ends with a backslash\\\nnext",
    "\n\n\n  spaced  \n\n\nout \r\nand\rback",
    "**Note**\n\n**Prompt:** not one",
    "1986. A good year.\n12) not a list",
]


def shown(token: Token) -> str:
    """What a person reads of an inline token."""
    parts = []
    for child in token.children or []:
        breaks = child.type in {"softbreak", "hardbreak"}
        parts.append("\n" if breaks else child.content)
    return "".join(parts)


def skeleton(markdown: str) -> list[str]:
    """The blocks of a document, paragraphs that follow one another counted as one."""
    types = [t.type for t in PARSER.parse(markdown) if t.type != "inline"]
    return re.sub(r"(paragraph_open paragraph_close ?)+", "text ", " ".join(types)).split()


def test_the_document_reads_as_expected() -> None:
    assert to_markdown([KEPT], [ANSWER]) == DOCUMENT


def test_what_is_empty_leaves_no_trace() -> None:
    bare = replace(KEPT, note="", tags=(), heading=" ")
    document = to_markdown([bare], [])
    assert "Note" not in document
    assert "Tags" not in document
    assert "## A closed door" in document
    assert to_markdown([], [ANSWER]) == "# What I kept\n"


def test_ordinary_sentences_need_no_backslashes() -> None:
    plain = "I can't sleep (again) - it's 3:30, she said \"no\"! What now? R&B, 100% & more."
    assert plain in to_markdown([replace(KEPT, note=plain)], [])


def unpacked(packed: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(packed)) as folder:
        assert folder.testzip() is None
        return {name: folder.read(name).decode("utf-8") for name in folder.namelist()}


def test_a_folder_has_a_document_for_each_thing_and_a_list_of_them() -> None:
    odd = replace(KEPT, id="o", heading="../../Straße: 夜?", kept_at=datetime(2026, 3, 2, tzinfo=UTC))
    packed = to_folder([KEPT, replace(KEPT, id="again"), odd], [ANSWER])
    files = unpacked(packed)
    assert list(files) == ["2026-03-01-light.md", "2026-03-01-light-2.md", "2026-03-02-strasse-夜.md", "contents.md"]
    assert files["2026-03-01-light.md"] == DOCUMENT.removeprefix("# What I kept\n\n#")
    assert "- [Light](<2026-03-01-light.md>), kept on 1 March 2026" in files["contents.md"]
    assert to_folder([KEPT, replace(KEPT, id="again"), odd], [ANSWER]) == packed


@settings(deadline=None, database=None, max_examples=60)
@given(st.text(st.characters(), max_size=20))
def test_no_heading_makes_a_name_that_a_system_refuses(heading: str) -> None:
    for name in unpacked(to_folder([replace(KEPT, heading=heading, essay_title=heading)], [])):
        assert not set(name) & set('/\\:*?"<>|\0\n')


def test_what_was_brought_along_names_its_source() -> None:
    brought = replace(KEPT, lens=None, heading="", source="A. Writer, page 12")
    assert "From “A closed door”, A. Writer, page 12. Kept on 1 March 2026." in to_markdown([brought], [])


def check(text: str) -> None:
    """Put the text everywhere and look for it in what a Markdown reader shows."""
    everywhere = replace(KEPT, quote=text, essay_title=text, heading=text, note=text, tags=(text,))
    document = to_markdown([everywhere], [replace(ANSWER, ask=text, text=text)])
    document.encode("utf-8")

    solid = bool(text.strip())
    quote = ["blockquote_open", "text", "blockquote_close"] if solid else []
    assert skeleton(document) == ["heading_open", "heading_close"] * 2 + quote + ["text"]

    inline = [token for token in PARSER.parse(document) if token.type == "inline"]
    marks = {child.type for token in inline for child in token.children or []}
    assert marks <= {"text", "text_special", "strong_open", "strong_close", "hardbreak", "softbreak"}

    if solid:
        seen = " ".join(" ".join(shown(token) for token in inline).split())
        words = " ".join(NOT_SHOWN.sub("\ufffd", text).split())
        one_line = NOT_SHOWN.sub("\ufffd", " ".join(text.split()))
        assert seen.count(words) >= 3  # quote, note and answer keep their lines
        assert seen.count(one_line) >= 4  # title, heading, tag and prompt stand on one


@pytest.mark.parametrize("text", HOSTILE)
def test_no_markup_in_a_text_is_markup_in_the_document(text: str) -> None:
    check(text)


@settings(deadline=None, database=None, max_examples=150)
@example("\x1c")
@example("0.\n0")
@given(
    st.lists(
        st.sampled_from([*MARKS, "    ", "\n\n", "a", "amp", "\x00", "\ud800", "\xa0"]),
        max_size=14,
    ).map("".join)
    | st.text(st.characters(), max_size=20)
)
def test_no_text_at_all_breaks_the_document(text: str) -> None:
    check(text)
