"""What a reader keeps, as a file: JSON that is read back without loss; Markdown for people (`markdown.py`).

The JSON, with every key always there and no other:

    {"format": "holding-space-kept", "version": 1,
     "kept": [{"id", "passage_id", "quote", "essay_title", "heading", "lens", "note", "kept_at", "version",
               "tags": [text, ...],
               "answers": [{"id", "ask", "kind", "text", "written_at", "version"}, ...]}, ...]}

Times are ISO 8601 with their offset. A text is a JSON string; only one that is not valid Unicode (it holds
half of a surrogate pair, which no UTF-8 file can) is a list of its code points instead. The reader's id is
not in the file: it is a key to their other things, and an export may be shown to somebody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from holding_space.domain import Answer, Kept, Lens, PromptKind
from holding_space.errors import TransferError
from holding_space.library.fields import CURE, Record, read_document
from holding_space.library.markdown import to_markdown

FORMAT = "holding-space-kept"
VERSION = 1

ANSWER_KEYS = frozenset({"id", "ask", "kind", "text", "written_at", "version"})
KEPT_KEYS = frozenset(
    {"id", "passage_id", "quote", "essay_title", "heading", "lens", "note", "kept_at", "version"} | {"tags", "answers"}
)


@dataclass(frozen=True, slots=True)
class Transfer:
    """What stood in an export. It belongs to no reader yet (`reader_id` is empty): see `Library.restore`."""

    kept: tuple[Kept, ...]
    answers: tuple[Answer, ...]


def to_json(kept: Iterable[Kept], answers: Iterable[Answer]) -> str:
    """An export of these kept things, with those of the answers that belong to them."""
    written: dict[str, list[dict[str, Any]]] = {}
    for answer in answers:
        written.setdefault(answer.kept_id, []).append(
            {
                "id": _text(answer.id),
                "ask": _text(answer.ask),
                "kind": answer.kind.value,
                "text": _text(answer.text),
                "written_at": answer.written_at.isoformat(),
                "version": answer.version,
            }
        )
    things = [
        {
            "id": _text(one.id),
            "passage_id": _text(one.passage_id),
            "quote": _text(one.quote),
            "essay_title": _text(one.essay_title),
            "heading": _text(one.heading),
            "lens": one.lens.value,
            "note": _text(one.note),
            "kept_at": one.kept_at.isoformat(),
            "version": one.version,
            "tags": [_text(tag) for tag in one.tags],
            "answers": written.get(one.id, []),
        }
        for one in kept
    ]
    document = {"format": FORMAT, "version": VERSION, "kept": things}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def from_json(file: str | bytes) -> Transfer:
    """Read an export, in the order it was written.

    Raises:
        TransferError: it is not an export of this program, a newer program made it, or something in it is
            missing, unknown, doubled or of the wrong kind. The message names the place and quotes nothing.
    """
    document = Record("the file", read_document(file))
    if document.content.get("format") != FORMAT:
        raise TransferError(
            "The file is not an export of kept things.",
            f'Choose a JSON file that this program wrote: it begins with "format": "{FORMAT}".',
        )
    version = document.number("version")
    if version > VERSION:
        raise TransferError(
            f"A newer version of this program wrote the file (format {version}; this one reads {VERSION}).",
            "Install the newer version.",
        )
    document.has_exactly(frozenset({"format", "version", "kept"}))
    kept: list[Kept] = []
    answers: list[Answer] = []
    for record in document.records("kept"):
        one = _kept(record)
        kept.append(one)
        answers.extend(_answer(each, one.id) for each in record.records("answers"))
    _no_doubles("kept things", [one.id for one in kept])
    _no_doubles("answers", [one.id for one in answers])
    return Transfer(tuple(kept), tuple(answers))


def _text(text: str) -> str | list[int]:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return [ord(character) for character in text]
    return text


def _kept(record: Record) -> Kept:
    record.has_exactly(KEPT_KEYS)
    return Kept(
        id=record.text("id"),
        reader_id="",
        passage_id=record.text("passage_id"),
        quote=record.text("quote"),
        essay_title=record.text("essay_title"),
        heading=record.text("heading"),
        lens=record.choice("lens", Lens),
        note=record.text("note"),
        tags=record.texts("tags"),
        kept_at=record.moment("kept_at"),
        version=record.number("version"),
    )


def _answer(record: Record, kept_id: str) -> Answer:
    record.has_exactly(ANSWER_KEYS)
    return Answer(
        id=record.text("id"),
        reader_id="",
        kept_id=kept_id,
        ask=record.text("ask"),
        kind=record.choice("kind", PromptKind),
        text=record.text("text"),
        written_at=record.moment("written_at"),
        version=record.number("version"),
    )


def _no_doubles(what: str, ids: list[str]) -> None:
    if len(set(ids)) != len(ids):
        raise TransferError(f"Two {what} in the file have the same id.", CURE)


__all__ = ["FORMAT", "VERSION", "Transfer", "from_json", "to_json", "to_markdown"]
