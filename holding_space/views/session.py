"""One reader's sitting: the conversation, what was shown, and what is being written. Lives in Streamlit's session."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

import streamlit as st

from holding_space.conversation import Answered, Conversation, Exchange, from_text, screen_only, to_text
from holding_space.errors import HoldingSpaceError, TransferError
from holding_space.views import readers, wiring

CHAT = "draft-chat"


@dataclass
class Sitting:
    """What a session remembers. `writing` is the place of the prompt that is open, `acknowledged` the place
    of the answer that was kept last and what was said to it; `pending` waits for the engine."""

    conversation: Conversation = field(default_factory=Conversation)
    exchanges: tuple[Exchange, ...] = ()
    pending: str | None = None
    writing: str | None = None
    acknowledged: tuple[str, str] | None = None
    reopened: frozenset[int] = frozenset()
    earlier: bool = False
    closing: bool = False
    keep: bool = False
    id: str = field(default_factory=lambda: uuid4().hex)
    fault: HoldingSpaceError | None = None
    drafts: dict[str, str] = field(default_factory=dict)
    reader: str | None = None

    def take(self, said: str | None, answered: Answered) -> None:
        """Add an exchange, and store the conversation if the reader asked for that."""
        self.conversation = answered.conversation
        self.exchanges = (*self.exchanges, Exchange(said, answered.reply))
        self.earlier = False
        self.store()

    def store(self) -> None:
        """Store the conversation where the reader wants it kept. In care nothing is stored."""
        if not self.keep or not wiring.may_keep():
            return
        if self.conversation.in_care:
            self.forget()
        else:
            text = to_text(self.conversation, self.exchanges)
            self.attempt(lambda: wiring.library().save_conversation(wiring.reader_id(), self.id, text))

    def forget(self) -> None:
        """Take a stored conversation out of the database."""
        if wiring.may_keep():
            self.attempt(lambda: wiring.library().forget_conversation(wiring.reader_id(), self.id))

    def attempt(self, action: Callable[[], object]) -> bool:
        """Do something that may fail for a reason the reader should hear of; the page shows it."""
        try:
            action()
        except HoldingSpaceError as error:
            self.fault = error
            return False
        return True


def try_to(action: Callable[[], object]) -> None:
    """`Sitting.attempt` for a button."""
    sitting().attempt(action)


def sitting() -> Sitting:
    """This session's sitting. A new one takes up unsent words, and the conversation if it was to be kept."""
    reader = readers.reader()
    if "sitting" in st.session_state and st.session_state["sitting"].reader != reader:
        # Somebody else has logged in, or nobody is any more: nothing of the sitting before may be seen.
        st.session_state.clear()
    if "sitting" not in st.session_state:
        new = Sitting(reader=reader)
        if wiring.may_keep():
            new.attempt(lambda: _resume(new))
        st.session_state["sitting"] = new
    found: Sitting = st.session_state["sitting"]
    return found


def take_up() -> None:
    """Unsent words and a kept conversation, once what is kept has been opened, unless a conversation is under way."""
    found = sitting()
    if not found.exchanges:
        found.attempt(lambda: _resume(found))


def _resume(new: Sitting) -> None:
    kept, reader = wiring.library(), wiring.reader_id()
    new.drafts = dict(kept.drafts(reader))
    if "chat" in new.drafts:
        st.session_state[CHAT] = new.drafts["chat"]
    stored = kept.conversation(reader)
    if stored is not None:
        try:
            new.conversation, new.exchanges = from_text(stored[1])
        except TransferError as error:
            new.fault = error
            return
        new.id, new.keep = stored[0], True


def heed(text: str) -> None:
    """Let the screen see words that were written outside the conversation, such as a note: danger there counts too."""
    house = wiring.listener()
    if house is not None:
        found = sitting()
        found.conversation = screen_only(house, found.conversation, text)


def clear_draft(at: str, sent: str) -> None:
    """The unsent words of a place were sent."""
    found = sitting()
    found.drafts.pop(at, None)
    if wiring.may_keep():
        wiring.mark_sent(wiring.reader_id(), at, sent)
        found.attempt(lambda: wiring.library().clear_draft(wiring.reader_id(), at))


def place(*parts: str | int) -> str:
    """A name for a field in which something is written, as Streamlit turns it into a class: letters, digits, hyphens."""
    return re.sub(r"[^a-zA-Z0-9_-]", "-", "--".join(str(part) for part in parts))
