"""Drafts, conversations and choices, which a reload or a killed server must not lose. `sql.py` opens transactions."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from holding_space.library.tables import choices, conversations, drafts


def all_drafts(connection: Connection, reader_id: str) -> dict[str, str]:
    """Every draft of the reader, by place."""
    query = select(drafts.c.place, drafts.c.text).where(drafts.c.reader_id == reader_id)
    return {row.place: row.text for row in connection.execute(query.order_by(drafts.c.place))}


def draft(connection: Connection, reader_id: str, place: str) -> str:
    """The draft of one place, or empty."""
    query = select(drafts.c.text).where(drafts.c.reader_id == reader_id, drafts.c.place == place)
    found: str | None = connection.execute(query).scalar_one_or_none()
    return found or ""


def save_draft(connection: Connection, reader_id: str, place: str, text: str) -> None:
    """Replace the draft of one place; empty text only removes it."""
    connection.execute(delete(drafts).where(drafts.c.reader_id == reader_id, drafts.c.place == place))
    if text:
        connection.execute(
            insert(drafts).values(reader_id=reader_id, place=place, text=text, saved_at=datetime.now(UTC))
        )


def save_conversation(connection: Connection, reader_id: str, conversation_id: str, payload: str) -> None:
    """Replace a conversation. Its new row has the highest number, which makes it the newest."""
    forget_conversation(connection, reader_id, conversation_id)
    connection.execute(
        insert(conversations).values(
            reader_id=reader_id, id=conversation_id, payload=payload, saved_at=datetime.now(UTC)
        )
    )


def conversation(connection: Connection, reader_id: str) -> tuple[str, str] | None:
    """Id and payload of the newest conversation."""
    query = (
        select(conversations.c.id, conversations.c.payload)
        .where(conversations.c.reader_id == reader_id)
        .order_by(conversations.c.number.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else (row.id, row.payload)


def forget_conversation(connection: Connection, reader_id: str, conversation_id: str) -> None:
    """Delete a conversation, if it is there."""
    connection.execute(
        delete(conversations).where(conversations.c.reader_id == reader_id, conversations.c.id == conversation_id)
    )


def choice(connection: Connection, reader_id: str, name: str) -> str:
    """A choice, or empty."""
    query = select(choices.c.value).where(choices.c.reader_id == reader_id, choices.c.name == name)
    found: str | None = connection.execute(query).scalar_one_or_none()
    return found or ""


def choose(connection: Connection, reader_id: str, name: str, value: str) -> None:
    """Replace a choice; empty text only removes it."""
    connection.execute(delete(choices).where(choices.c.reader_id == reader_id, choices.c.name == name))
    if value:
        connection.execute(insert(choices).values(reader_id=reader_id, name=name, value=value))
