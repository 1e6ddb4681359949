"""What a reader keeps, as JSON that is read back without loss. Markdown and HTML, for people, have modules of their own.

The JSON, with every key always there and no other (docs/export-format.md and its schema say more):

    {"format": "holding-space-kept", "version": 2,
     "kept": [{"id", "passage_id", "quote", "essay_title", "heading", "lens", "note", "kept_at", "version", "source",
               "tags": [text, ...],
               "answers": [{"id", "ask", "kind", "text", "written_at", "version"}, ...]}, ...],
     "conversation": null or {"id", "payload"}}

Version 1 had neither "source" nor "conversation", and always a lens. Every version ever written can be read.

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

FORMAT = "holding-space-kept"
VERSION = 2

ANSWER_KEYS = frozenset({"id", "ask", "kind", "text", "written_at", "version"})
KEPT_KEYS = frozenset(
    {"id", "passage_id", "quote", "essay_title", "heading", "lens", "note", "kept_at", "version"} | {"tags", "answers"}
)
SINCE_2 = frozenset({"source"})


@dataclass(frozen=True, slots=True)
class Transfer:
    """What stood in an export. It belongs to no reader yet (`reader_id` is empty): see `Library.restore`.

    `conversation` is an id and a payload as `Library.conversation` gives them. `left_out` counts what held no words.
    """

    kept: tuple[Kept, ...]
    answers: tuple[Answer, ...]
    conversation: tuple[str, str] | None = None
    left_out: int = 0


def to_json(kept: Iterable[Kept], answers: Iterable[Answer], conversation: tuple[str, str] | None = None) -> str:
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
            "lens": one.lens.value if one.lens else None,
            "note": _text(one.note),
            "kept_at": one.kept_at.isoformat(),
            "version": one.version,
            "source": _text(one.source),
            "tags": [_text(tag) for tag in one.tags],
            "answers": written.get(one.id, []),
        }
        for one in kept
    ]
    spoken = {"id": _text(conversation[0]), "payload": _text(conversation[1])} if conversation else None
    document = {"format": FORMAT, "version": VERSION, "kept": things, "conversation": spoken}
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
    document.has_exactly(frozenset({"format", "version", "kept"} | ({"conversation"} if version > 1 else set())))
    kept: list[Kept] = []
    answers: list[Answer] = []
    for record in document.records("kept"):
        one = _kept(record, version)
        kept.append(one)
        answers.extend(_answer(each, one.id) for each in record.records("answers"))
    _no_doubles("kept things", [one.id for one in kept])
    _no_doubles("answers", [one.id for one in answers])
    return Transfer(tuple(kept), tuple(answers), _conversation(document))


def _text(text: str) -> str | list[int]:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return [ord(character) for character in text]
    return text


def _conversation(document: Record) -> tuple[str, str] | None:
    record = document.record_or_none("conversation")
    if record is None:
        return None
    record.has_exactly(frozenset({"id", "payload"}))
    return record.text("id"), record.text("payload")


def _kept(record: Record, version: int) -> Kept:
    record.has_exactly(KEPT_KEYS if version == 1 else KEPT_KEYS | SINCE_2)
    return Kept(
        id=record.text("id"),
        reader_id="",
        passage_id=record.text("passage_id"),
        quote=record.text("quote"),
        essay_title=record.text("essay_title"),
        heading=record.text("heading"),
        lens=record.choice("lens", Lens) if version == 1 or record.content["lens"] is not None else None,
        note=record.text("note"),
        tags=record.texts("tags"),
        kept_at=record.moment("kept_at"),
        version=record.number("version"),
        source="" if version == 1 else record.text("source"),
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
