"""Prose as authors write it: Markdown sections, plain text for the encoder, and sentences.

The only markup that a passage needs is emphasis. Whatever else Markdown allows is read as CommonMark; raw HTML is
text like any other and is never interpreted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from markdown_it import MarkdownIt
from sentencex import get_sentence_boundaries

from holding_space.domain import Span

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])


@dataclass(frozen=True, slots=True)
class Section:
    """A `##` heading and the text below it. `line` is the heading's, from 1; an empty heading is the text before the first."""

    heading: str
    text: str
    line: int


def sections(body: str) -> list[Section]:
    """Cut a body at its second-level headings, as Markdown sees them (not inside code or quotations)."""
    lines = body.split("\n")
    tokens = _MARKDOWN.parse(body)
    starts: list[tuple[int, int, str]] = []
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0 and token.map:
            starts.append((token.map[0], token.map[1], plain(inline.content)))
    first = starts[0][0] if starts else len(lines)
    found = [Section("", "\n".join(lines[:first]).strip(), 1)] if "\n".join(lines[:first]).strip() else []
    ends = [start for start, _, _ in starts[1:]] + [len(lines)]
    for (start, after, heading), end in zip(starts, ends, strict=True):
        found.append(Section(heading, "\n".join(lines[after:end]).strip(), start + 1))
    return found


def title_heading(body: str) -> tuple[str, str] | None:
    """The first-level heading that a body opens with, and the body without it; None if it opens otherwise."""
    tokens = _MARKDOWN.parse(body)
    if len(tokens) > 1 and tokens[0].type == "heading_open" and tokens[0].tag == "h1" and tokens[0].map:
        # The heading's lines stay as empty ones, so that line numbers still hold.
        lines = body.split("\n")
        after = tokens[0].map[1]
        return plain(tokens[1].content), "\n".join([""] * after + lines[after:])
    return None


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The words of a Markdown text without its markup, paragraphs separated by one empty line."""
    paragraphs = []
    for token in _MARKDOWN.parse(text):
        if token.type == "inline":
            parts = (child.content if child.content else " " for child in token.children or ())
            paragraphs.append("".join(p if p.strip() else " " for p in parts).strip())
        elif token.type in ("fence", "code_block"):
            paragraphs.append(token.content.strip())
    return "\n\n".join(re.sub(r"[ \t]+", " ", p) for p in paragraphs if p)


def render(text: str, mark: Span | None = None) -> str:
    """HTML of a passage, with the span `mark` of its source set in `<mark>`. Raw HTML in the text is escaped.

    Where the span would cut through other markup the passage is rendered without a mark.
    """
    whole = str(_MARKDOWN.render(text))
    if mark is None:
        return whole
    # Rare brackets: Markdown passes them through, and takes them for punctuation, so that emphasis beside them still ends.
    start, end = "\u2045", "\u2046"
    if start in text or end in text:
        return whole
    marked = str(_MARKDOWN.render(text[: mark.start] + start + text[mark.start : mark.end] + end + text[mark.end :]))
    if marked.replace(start, "").replace(end, "") != whole:
        return whole
    inside = marked[marked.index(start) + 1 : marked.index(end)]
    if re.search(r"</?(p|ul|ol|li|blockquote|h\d|pre)\b", inside) or inside.count("<em>") != inside.count("</em>"):
        return whole
    return marked.replace(start, "<mark>").replace(end, "</mark>")


def sentences(text: str) -> list[Span]:
    """The sentences of a text as spans of it, without the white space around them.

    Boundaries come from Wikimedia's sentencex, which also ends a sentence at a paragraph. What stands in emphasis, as speech
    often does here, is never cut in two.
    """
    spans: list[Span] = []
    for found in get_sentence_boundaries("en", text):
        start, end = int(found["start_index"]), int(found["end_index"])
        words = text[start:end]
        kept = words.strip()
        if not kept:
            continue
        start += len(words) - len(words.lstrip())
        before = spans[-1].of(text) if spans else ""
        if before.count("*") % 2 and "\n\n" not in text[spans[-1].end : start]:
            spans[-1] = Span(spans[-1].start, start + len(kept))
        else:
            spans.append(Span(start, start + len(kept)))
    return spans
