"""What readers wrote to prompts, in one transaction. `sql.py` opens it; nothing here does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, select, update

from holding_space.domain import Answer, Prompt, PromptKind
from holding_space.library import sql_kept, sql_search
from holding_space.library.tables import answers


def answer(connection: Connection, reader_id: str, kept_id: str, prompt: Prompt, text: str) -> Answer:
    """Write an answer under a kept thing; NotKept if the reader has no such thing."""
    sql_kept.one(connection, reader_id, kept_id)
    fresh = Answer(
        id=sql_kept.new_id(),
        reader_id=reader_id,
        kept_id=kept_id,
        ask=prompt.ask,
        kind=prompt.kind,
        text=text,
        written_at=datetime.now(UTC),
    )
    put(connection, fresh)
    return fresh


def put(connection: Connection, one: Answer) -> None:
    """Write an answer as it is."""
    connection.execute(
        insert(answers).values(
            reader_id=one.reader_id,
            id=one.id,
            kept_id=one.kept_id,
            ask=one.ask,
            kind=one.kind.value,
            text=one.text,
            written_at=one.written_at,
            version=one.version,
        )
    )
    sql_search.refresh(connection, one.reader_id, one.kept_id)


def every(connection: Connection, reader_id: str, kept_id: str | None = None) -> tuple[Answer, ...]:
    """All of the reader's, or those of one kept thing, oldest first."""
    query = select(answers).where(answers.c.reader_id == reader_id)
    if kept_id is not None:
        query = query.where(answers.c.kept_id == kept_id)
    query = query.order_by(answers.c.written_at, answers.c.number)
    return tuple(_value(row) for row in connection.execute(query))


def edit(connection: Connection, reader_id: str, answer_id: str, text: str, version: int) -> Answer:
    """Replace the text; EditConflict if `version` is not the one stored."""
    stored = one(connection, reader_id, answer_id)
    if stored.version != version:
        raise sql_kept.conflict(version, stored.version)
    connection.execute(update(answers).where(_is(reader_id, answer_id)).values(text=text, version=version + 1))
    sql_search.refresh(connection, reader_id, stored.kept_id)
    return one(connection, reader_id, answer_id)


def remove(connection: Connection, reader_id: str, answer_id: str) -> None:
    """Delete an answer; NotKept if the reader has no such answer."""
    stored = one(connection, reader_id, answer_id)
    connection.execute(delete(answers).where(_is(reader_id, answer_id)))
    sql_search.refresh(connection, reader_id, stored.kept_id)


def one(connection: Connection, reader_id: str, answer_id: str) -> Answer:
    """One of the reader's; NotKept if there is none."""
    row = connection.execute(select(answers).where(_is(reader_id, answer_id))).one_or_none()
    if row is None:
        raise sql_kept.not_kept()
    return _value(row)


def _is(reader_id: str, answer_id: str) -> ColumnElement[bool]:
    return and_(answers.c.reader_id == reader_id, answers.c.id == answer_id)


def _value(row: Row[Any]) -> Answer:
    return Answer(
        id=row.id,
        reader_id=row.reader_id,
        kept_id=row.kept_id,
        ask=row.ask,
        kind=PromptKind(row.kind),
        text=row.text,
        written_at=row.written_at,
        version=row.version,
    )
