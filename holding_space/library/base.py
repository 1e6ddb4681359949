"""What can be done with kept things, whatever stores them.

Every verb names the reader first and touches nothing of any other reader: another reader's id is answered
exactly as an id that was never given out. Words come back letter for letter, whatever characters they hold.
When a verb returns, what it wrote is on the disk; when it raises, nothing of it was written.

Besides what its own docstring names, every verb may raise `LibraryLocked`, `LibraryFull`, `LibraryDamaged`,
or `LibraryError` where the disk refuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from holding_space.domain import Answer, Kept, Lens, Passage, Prompt

LOCAL_READER = "reader"
"""Who reads where there are no logins: on one's own machine there is one reader, on the page and in the terminal."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What `restore` did: new passages, passages that gained a note or tags, new answers."""

    added: int
    mended: int
    answers: int


class Library(Protocol):
    """What readers keep. One object serves all sessions and threads."""

    def keep(self, reader_id: str, passage: Passage, essay_title: str) -> Kept:
        """Keep a passage as it stands now. Kept already in these very words: the one that is there."""
        ...

    def kept(
        self,
        reader_id: str,
        *,
        containing: str = "",
        tag: str | None = None,
        essay: str | None = None,
        lens: Lens | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> tuple[Kept, ...]:
        """What the reader keeps, newest first; only what fits all that is asked for.

        `containing`: every word of it stands, in any case, at the beginning of a word somewhere in the quote, heading,
        essay title, source, note, tags or answers; what begins with neither letter nor digit may stand anywhere. No
        character is a wildcard. `tag`: has exactly this tag. `essay`: has exactly this essay title. `lens`: is for
        this. `since`, `until`: was kept at or after the one, and before the other.
        """
        ...

    def one(self, reader_id: str, kept_id: str) -> Kept:
        """One kept thing.

        Raises:
            NotKept: the reader keeps no such thing.
        """
        ...

    def tags(self, reader_id: str) -> tuple[str, ...]:
        """Every tag the reader uses, once, in alphabetical order."""
        ...

    def edit(self, reader_id: str, kept_id: str, *, note: str, tags: Iterable[str], version: int) -> Kept:
        """Replace note and tags of the version that the reader saw.

        Tags lose white space at their ends; empty and repeated ones are left out.

        Raises:
            NotKept: the reader keeps no such thing.
            EditConflict: it has been edited since `version`; nothing was changed.
        """
        ...

    def remove(self, reader_id: str, kept_id: str) -> None:
        """Stop keeping it. Its note, tags and answers go with it.

        Raises:
            NotKept: the reader keeps no such thing.
        """
        ...

    def answer(self, reader_id: str, kept_id: str, prompt: Prompt, text: str) -> Answer:
        """Keep what the reader wrote to a prompt, with the passage.

        Raises:
            NotKept: the reader keeps no such thing.
        """
        ...

    def answers(self, reader_id: str, kept_id: str | None = None) -> tuple[Answer, ...]:
        """What the reader wrote to prompts, oldest first: all of it, or to one kept thing (perhaps none)."""
        ...

    def edit_answer(self, reader_id: str, answer_id: str, text: str, version: int) -> Answer:
        """Replace the text of the version that the reader saw.

        Raises:
            NotKept: the reader has no such answer.
            EditConflict: it has been edited since `version`; nothing was changed.
        """
        ...

    def remove_answer(self, reader_id: str, answer_id: str) -> None:
        """Delete an answer.

        Raises:
            NotKept: the reader has no such answer.
        """
        ...

    def draft(self, reader_id: str, place: str) -> str:
        """The unsent words of a place (a field of the page); empty if there are none."""
        ...

    def drafts(self, reader_id: str) -> Mapping[str, str]:
        """All unsent words, by place."""
        ...

    def save_draft(self, reader_id: str, place: str, text: str) -> None:
        """Replace the unsent words of a place. Empty text removes them."""
        ...

    def clear_draft(self, reader_id: str, place: str) -> None:
        """Remove the unsent words of a place, if there are any."""
        ...

    def save_conversation(self, reader_id: str, conversation_id: str, payload: str) -> None:
        """Write the conversation, in place of what was saved under this id. It is then the newest."""
        ...

    def conversation(self, reader_id: str) -> tuple[str, str] | None:
        """Id and payload of the conversation saved last, or None."""
        ...

    def forget_conversation(self, reader_id: str, conversation_id: str) -> None:
        """Delete a conversation, if it is there."""
        ...

    def choice(self, reader_id: str, name: str) -> str:
        """What the reader chose about the program itself, under a name; empty if nothing."""
        ...

    def choose(self, reader_id: str, name: str, value: str) -> None:
        """Replace a choice. Empty text removes it."""
        ...

    def restore(self, reader_id: str, kept: Iterable[Kept], answers: Iterable[Answer]) -> Restored:
        """Take back what `transfer.from_json` read, in its order: all of it or, on an error, none.

        Nothing that is there is lost or doubled: of a passage kept in the same words, tags are joined and
        a different note is set below the one there. Doing it twice is the same as doing it once. Whoever
        the values belonged to, they are `reader_id`'s afterwards.

        Raises:
            NotKept: an answer belongs to nothing in `kept`.
        """
        ...

    def wipe(self, reader_id: str) -> None:
        """Delete everything of this reader, and rewrite the file so that no trace of the words stays in it.

        Raises:
            LibraryLocked, LibraryFull: either nothing was deleted, or everything was and another program or
                a full disk keeps traces alive, as the message says. Wiping again removes them.
        """
        ...

    def close(self) -> None:
        """Let go of the file. The object must not be used afterwards."""
        ...
