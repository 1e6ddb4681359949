"""The library in a database: each verb is one transaction.

What a verb does stands in `sql_kept`, `sql_answers`, `sql_unsent` and `sql_restore`, as plain functions over
a connection; here it is decided whether it reads or writes. `base.py` documents the verbs.
"""

# ruff: noqa: D102
from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, delete

from holding_space.domain import Answer, Kept, Lens, Passage, Prompt
from holding_space.errors import LibraryFull, LibraryLocked
from holding_space.library import fulltext, sql_answers, sql_kept, sql_restore, sql_search, sql_unsent
from holding_space.library.base import Restored
from holding_space.library.tables import metadata


class Store(Protocol):
    """A database: SQLite's file (`connection.Transactions`) or PostgreSQL (`server.ServerTransactions`)."""

    @property
    def name(self) -> str:
        """The database, in a sentence."""
        ...

    def read(self) -> AbstractContextManager[Connection]:
        """A connection that sees one unchanging state."""
        ...

    def write(self, reader_id: str = "") -> AbstractContextManager[Connection]:
        """A connection that alone may write for this reader."""
        ...

    def forget_deleted(self) -> None:
        """Leave no trace of what was deleted in the database's files."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class SqlLibrary:
    """A `Library` on a database whose schema is up to date; `opening.open_library` makes one."""

    def __init__(self, file: Store) -> None:
        self._file = file

    def keep(self, reader_id: str, passage: Passage, essay_title: str) -> Kept:
        with self._file.write(reader_id) as connection:
            return sql_kept.keep(connection, reader_id, passage, essay_title)

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
        wanted = sql_search.Wanted(containing, tag, essay, lens, since, until)
        with self._file.read() as connection:
            candidates = sql_kept.every(connection, reader_id, wanted)
            written = sql_answers.every(connection, reader_id) if containing.strip() else ()
        return sql_search.found(candidates, written, containing)

    def one(self, reader_id: str, kept_id: str) -> Kept:
        with self._file.read() as connection:
            return sql_kept.one(connection, reader_id, kept_id)

    def tags(self, reader_id: str) -> tuple[str, ...]:
        with self._file.read() as connection:
            return sql_kept.tags(connection, reader_id)

    def edit(self, reader_id: str, kept_id: str, *, note: str, tags: Iterable[str], version: int) -> Kept:
        with self._file.write(reader_id) as connection:
            return sql_kept.edit(connection, reader_id, kept_id, note, tags, version)

    def remove(self, reader_id: str, kept_id: str) -> None:
        with self._file.write(reader_id) as connection:
            sql_kept.remove(connection, reader_id, kept_id)

    def answer(self, reader_id: str, kept_id: str, prompt: Prompt, text: str) -> Answer:
        with self._file.write(reader_id) as connection:
            return sql_answers.answer(connection, reader_id, kept_id, prompt, text)

    def answers(self, reader_id: str, kept_id: str | None = None) -> tuple[Answer, ...]:
        with self._file.read() as connection:
            return sql_answers.every(connection, reader_id, kept_id)

    def edit_answer(self, reader_id: str, answer_id: str, text: str, version: int) -> Answer:
        with self._file.write(reader_id) as connection:
            return sql_answers.edit(connection, reader_id, answer_id, text, version)

    def remove_answer(self, reader_id: str, answer_id: str) -> None:
        with self._file.write(reader_id) as connection:
            sql_answers.remove(connection, reader_id, answer_id)

    def draft(self, reader_id: str, place: str) -> str:
        with self._file.read() as connection:
            return sql_unsent.draft(connection, reader_id, place)

    def drafts(self, reader_id: str) -> Mapping[str, str]:
        with self._file.read() as connection:
            return sql_unsent.all_drafts(connection, reader_id)

    def save_draft(self, reader_id: str, place: str, text: str) -> None:
        with self._file.write(reader_id) as connection:
            sql_unsent.save_draft(connection, reader_id, place, text)

    def clear_draft(self, reader_id: str, place: str) -> None:
        self.save_draft(reader_id, place, "")

    def save_conversation(self, reader_id: str, conversation_id: str, payload: str) -> None:
        with self._file.write(reader_id) as connection:
            sql_unsent.save_conversation(connection, reader_id, conversation_id, payload)

    def conversation(self, reader_id: str) -> tuple[str, str] | None:
        with self._file.read() as connection:
            return sql_unsent.conversation(connection, reader_id)

    def forget_conversation(self, reader_id: str, conversation_id: str) -> None:
        with self._file.write(reader_id) as connection:
            sql_unsent.forget_conversation(connection, reader_id, conversation_id)

    def choice(self, reader_id: str, name: str) -> str:
        with self._file.read() as connection:
            return sql_unsent.choice(connection, reader_id, name)

    def choose(self, reader_id: str, name: str, value: str) -> None:
        with self._file.write(reader_id) as connection:
            sql_unsent.choose(connection, reader_id, name, value)

    def restore(self, reader_id: str, kept: Iterable[Kept], answers: Iterable[Answer]) -> Restored:
        with self._file.write(reader_id) as connection:
            return sql_restore.restore(connection, reader_id, kept, answers)

    def wipe(self, reader_id: str) -> None:
        with self._file.write(reader_id) as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table).where(table.c.reader_id == reader_id))
            fulltext.rebuild(connection)
        try:
            self._file.forget_deleted()
        except (LibraryLocked, LibraryFull) as fault:
            raise type(fault)(
                f"Everything was deleted, but {self._file.name} could not be rewritten, and traces of the words may "
                "remain in it.",
                "Close other programs that use it, or make room on that disk, and wipe once more.",
            ) from fault

    def close(self) -> None:
        self._file.close()
