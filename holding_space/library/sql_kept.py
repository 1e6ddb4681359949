"""Kept passages and their tags, in one transaction. `sql.py` opens it; nothing here does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, select, update

from holding_space.domain import Kept, Lens, Passage
from holding_space.errors import EditConflict, NotKept
from holding_space.library import fulltext, sql_search
from holding_space.library.tables import kept, kept_tags


def new_id() -> str:
    """A name nobody has used."""
    return uuid4().hex


def keep(connection: Connection, reader_id: str, passage: Passage, essay_title: str) -> Kept:
    """Keep the passage, or find it kept."""
    there = same_words(connection, reader_id, passage.id, passage.text)
    if there is not None:
        return there
    fresh = Kept(
        id=new_id(),
        reader_id=reader_id,
        passage_id=passage.id,
        quote=passage.text,
        essay_title=essay_title,
        heading=passage.heading,
        lens=passage.lens,
        note="",
        tags=(),
        kept_at=datetime.now(UTC),
    )
    put(connection, fresh)
    return fresh


def put(connection: Connection, one: Kept) -> None:
    """Write a kept thing as it is."""
    connection.execute(
        insert(kept).values(
            reader_id=one.reader_id,
            id=one.id,
            passage_id=one.passage_id,
            quote=one.quote,
            quote_sha256=_fingerprint(one.quote),
            essay_title=one.essay_title,
            heading=one.heading,
            lens=one.lens.value if one.lens else "",
            note=one.note,
            kept_at=one.kept_at,
            version=one.version,
            source=one.source,
        )
    )
    _put_tags(connection, one.reader_id, one.id, one.tags)
    sql_search.refresh(connection, one.reader_id, one.id)


def same_words(connection: Connection, reader_id: str, passage_id: str, quote: str) -> Kept | None:
    """The kept thing with these very words of this passage."""
    query = select(kept).where(
        kept.c.reader_id == reader_id,
        kept.c.passage_id == passage_id,
        kept.c.quote_sha256 == _fingerprint(quote),
    )
    return next(iter(_with_tags(connection, reader_id, connection.execute(query).all())), None)


def every(connection: Connection, reader_id: str, wanted: sql_search.Wanted) -> tuple[Kept, ...]:
    """All of the reader's that are asked for or, where words are, all candidates; newest first."""
    query = select(kept).where(sql_search.condition(connection, reader_id, wanted))
    query = query.order_by(kept.c.kept_at.desc(), kept.c.number.desc())
    return _with_tags(connection, reader_id, connection.execute(query).all())


def one(connection: Connection, reader_id: str, kept_id: str) -> Kept:
    """One of the reader's; NotKept if there is none."""
    rows = connection.execute(select(kept).where(_is(reader_id, kept_id))).all()
    found = _with_tags(connection, reader_id, rows)
    if not found:
        raise not_kept()
    return found[0]


def edit(connection: Connection, reader_id: str, kept_id: str, note: str, tags: Iterable[str], version: int) -> Kept:
    """Replace note and tags; EditConflict if `version` is not the one stored."""
    stored = one(connection, reader_id, kept_id).version
    if stored != version:
        raise conflict(version, stored)
    connection.execute(update(kept).where(_is(reader_id, kept_id)).values(note=note, version=version + 1))
    connection.execute(delete(kept_tags).where(kept_tags.c.reader_id == reader_id, kept_tags.c.kept_id == kept_id))
    _put_tags(connection, reader_id, kept_id, tidy(tags))
    sql_search.refresh(connection, reader_id, kept_id)
    return one(connection, reader_id, kept_id)


def remove(connection: Connection, reader_id: str, kept_id: str) -> None:
    """Delete it; foreign keys take its tags and answers along."""
    if connection.execute(delete(kept).where(_is(reader_id, kept_id))).rowcount == 0:
        raise not_kept()
    fulltext.forget_removed(connection)


def tags(connection: Connection, reader_id: str) -> tuple[str, ...]:
    """The reader's tags, once each, in alphabetical order."""
    query = select(kept_tags.c.tag).where(kept_tags.c.reader_id == reader_id).distinct()
    return tuple(sorted(connection.execute(query).scalars(), key=lambda tag: (tag.casefold(), tag)))


def tidy(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without white space at their ends, none empty, none twice, in the order given."""
    return tuple(dict.fromkeys(tag for tag in (raw.strip() for raw in tags) if tag))


def not_kept() -> NotKept:
    """The answer to an id that this reader does not have, whether or not another reader has it."""
    return NotKept("This is no longer among the things you keep.", "Reload the page to see what is there.")


def conflict(seen: int, stored: int) -> EditConflict:
    """The answer to an edit of an old version."""
    return EditConflict(
        f"This was changed elsewhere: you edited version {seen}, and version {stored} is stored now. "
        "Nothing was overwritten.",
        "Read the stored version, add what is missing, and save again.",
    )


def _is(reader_id: str, kept_id: str) -> ColumnElement[bool]:
    return and_(kept.c.reader_id == reader_id, kept.c.id == kept_id)


def _fingerprint(quote: str) -> str:
    return sha256(quote.encode("utf-8", "surrogatepass")).hexdigest()


def _put_tags(connection: Connection, reader_id: str, kept_id: str, tags: Sequence[str]) -> None:
    if tags:
        rows = [
            {"reader_id": reader_id, "kept_id": kept_id, "position": position, "tag": tag}
            for position, tag in enumerate(tags)
        ]
        connection.execute(insert(kept_tags), rows)


def _with_tags(connection: Connection, reader_id: str, rows: Sequence[Row[Any]]) -> tuple[Kept, ...]:
    if not rows:
        return ()
    query = select(kept_tags.c.kept_id, kept_tags.c.tag).where(kept_tags.c.reader_id == reader_id)
    if len(rows) == 1:
        query = query.where(kept_tags.c.kept_id == rows[0].id)
    tags: dict[str, list[str]] = {}
    for kept_id, tag in connection.execute(query.order_by(kept_tags.c.position)):
        tags.setdefault(kept_id, []).append(tag)
    return tuple(
        Kept(
            id=row.id,
            reader_id=row.reader_id,
            passage_id=row.passage_id,
            quote=row.quote,
            essay_title=row.essay_title,
            heading=row.heading,
            lens=Lens(row.lens) if row.lens else None,
            note=row.note,
            tags=tuple(tags.get(row.id, ())),
            kept_at=row.kept_at,
            version=row.version,
            source=row.source or "",
        )
        for row in rows
    )
