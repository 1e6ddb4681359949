"""Markdown notes: what stands in block quotes is a quotation, what follows it is the reader's note on it.

    # The title of a book

    > The words.
    — Its Author, page 12

    A note on them.

The title is that of the heading above, or of the front matter, or the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from holding_space.errors import TransferError
from holding_space.library.bringing.quotation import Quotation, as_text, transfer_of
from holding_space.library.transfer import Transfer

_MARKDOWN = MarkdownIt("commonmark")
_QUOTE_MARK = re.compile(r"^ {0,3}> ?", re.MULTILINE)
_SIGNED = re.compile(r"^(?:—|–|--)\s*(\S.*)$")
_FRONT = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)(?:\n|\Z)", re.DOTALL)
_OWN_EXPORT = "# What I kept"


@dataclass
class _Quoting:
    """A quotation, and the paragraphs found below it so far."""

    quotation: Quotation
    notes: list[str] = field(default_factory=list)


def read(name: str, content: bytes) -> Transfer:
    """The quotations of a file of notes.

    Raises:
        TransferError: there is none in it, or it is this program's own Markdown export.
    """
    text = as_text(content)
    if text.startswith(_OWN_EXPORT):
        raise TransferError(
            "The file is this program's own Markdown, which is for reading and cannot be read back whole.",
            "Choose the JSON export instead.",
        )
    front, body = _front_matter(text)
    title = str(front.get("title") or name.rpartition(".")[0] or name)
    tags = front.get("tags")
    marked = tuple(str(tag) for tag in tags) if isinstance(tags, list) else ()
    quotations = [replace(one, tags=marked) for one in _quotations(body, title, str(front.get("author") or ""))]
    if not quotations:
        raise TransferError("There is no quotation in the file.", "Quotations are lines that begin with “> ”.")
    return transfer_of(quotations, 0)


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    found = _FRONT.match(text)
    if found is None:
        return {}, text
    try:
        front = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError):
        return {}, text
    return (front, text[found.end() :]) if isinstance(front, dict) else ({}, text)


def _quotations(body: str, title: str, author: str) -> Iterator[Quotation]:
    lines = body.split("\n")
    open_: _Quoting | None = None
    for token, following in _blocks(body):
        words = "\n".join(lines[slice(*token.map)]) if token.map else ""
        if token.type == "heading_open":
            title = following.content or title
        elif token.type == "blockquote_open":
            if open_ is not None:
                yield _closed(open_)
            open_ = _Quoting(_signed(_QUOTE_MARK.sub("", words).strip("\n"), title, author))
            continue
        elif open_ is not None:
            signed = _SIGNED.match(words.strip())
            if signed and not open_.notes and open_.quotation.source == author:
                open_.quotation = replace(open_.quotation, source=signed[1])
            else:
                open_.notes.append(words.strip("\n"))
            continue
        if open_ is not None:
            yield _closed(open_)
            open_ = None
    if open_ is not None:
        yield _closed(open_)


def _blocks(body: str) -> Iterator[tuple[Token, Token]]:
    """The outermost blocks, each with the token after it, which holds a heading's words."""
    tokens = _MARKDOWN.parse(body)
    for at, token in enumerate(tokens):
        if token.level == 0 and token.nesting >= 0 and token.type != "hr":
            yield token, tokens[min(at + 1, len(tokens) - 1)]


def _signed(words: str, title: str, author: str) -> Quotation:
    """A quotation whose last line may say who is quoted."""
    above, _, last = words.rpartition("\n")
    signed = _SIGNED.match(last)
    if signed and above.strip():
        return Quotation(words=above.strip("\n"), title=title, source=signed[1])
    return Quotation(words=words, title=title, source=author)


def _closed(quoting: _Quoting) -> Quotation:
    return replace(quoting.quotation, note="\n\n".join(quoting.notes))
