"""What kind of turn is this, and which reply fits: pure functions over values."""

from holding_space.conversation.memory import Exchange, from_text, to_text
from holding_space.conversation.respond import Request, answer, not_meant, request, respond, screen_only, start_over
from holding_space.conversation.values import (
    Acknowledged,
    Answered,
    Aside,
    AskMore,
    Care,
    Conversation,
    NothingClose,
    NothingMore,
    Reading,
    Reply,
)

__all__ = [
    "Acknowledged",
    "Answered",
    "Aside",
    "AskMore",
    "Care",
    "Conversation",
    "Exchange",
    "NothingClose",
    "NothingMore",
    "Reading",
    "Reply",
    "Request",
    "answer",
    "from_text",
    "not_meant",
    "request",
    "respond",
    "screen_only",
    "start_over",
    "to_text",
]
