"""A conversation as text, for readers who ask to keep it: what was shown comes back word for word, whatever became of the essays."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from holding_space.conversation.values import Conversation, Reply
from holding_space.errors import TransferError

FORMAT = 1
_KINDS: dict[str, TypeAdapter[Any]] = {kind.__name__: TypeAdapter(kind) for kind in get_args(Reply)}
_CONVERSATION = TypeAdapter(Conversation)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the reader said (None when they used a button) and what came back."""

    said: str | None
    reply: Reply


def to_text(conversation: Conversation, exchanges: tuple[Exchange, ...]) -> str:
    """JSON of a conversation and everything that was shown in it."""
    turns = [
        {
            "said": e.said,
            "kind": type(e.reply).__name__,
            "reply": _KINDS[type(e.reply).__name__].dump_python(e.reply, mode="json"),
        }
        for e in exchanges
    ]
    held = {"format": FORMAT, "conversation": _CONVERSATION.dump_python(conversation, mode="json"), "exchanges": turns}
    return json.dumps(held)


def from_text(text: str) -> tuple[Conversation, tuple[Exchange, ...]]:
    """What `to_text` wrote.

    Raises:
        TransferError: the text is not a conversation that this version can read.
    """
    try:
        held = json.loads(text)
        if held["format"] != FORMAT:
            raise KeyError("format")
        exchanges = tuple(Exchange(e["said"], _KINDS[e["kind"]].validate_python(e["reply"])) for e in held["exchanges"])
        return _CONVERSATION.validate_python(held["conversation"]), exchanges
    except (ValueError, KeyError, TypeError, ValidationError):
        # Not chained: the cause would quote the reader's words.
        raise TransferError(
            "The kept conversation cannot be read by this version.", "Begin a new one; nothing else is affected."
        ) from None
