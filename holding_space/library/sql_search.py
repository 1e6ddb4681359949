"""Keeping `searchable` in step with what it is made of, and asking it, in one transaction opened by `sql.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, insert, or_, select

from holding_space.domain import Answer, Kept, Lens
from holding_space.library import fulltext
from holding_space.library.searching import index_words, matches, page_of, wanted_words
from holding_space.library.tables import answers, kept, kept_tags, searchable


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which kept things are asked for; see `Library.kept`."""

    containing: str = ""
    tag: str | None = None
    essay: str | None = None
    lens: Lens | None = None
    since: datetime | None = None
    until: datetime | None = None


def refresh(connection: Connection, reader_id: str, kept_id: str) -> None:
    """Write down the words of a kept thing as it is now. To be called after every change of it."""
    thing = select(kept.c.quote, kept.c.heading, kept.c.essay_title, kept.c.source, kept.c.note)
    row = connection.execute(thing.where(kept.c.reader_id == reader_id, kept.c.id == kept_id)).one()
    tags = select(kept_tags.c.tag).where(kept_tags.c.reader_id == reader_id, kept_tags.c.kept_id == kept_id)
    written = select(answers.c.ask, answers.c.text)
    written = written.where(answers.c.reader_id == reader_id, answers.c.kept_id == kept_id)
    texts = [*(text or "" for text in row), *connection.execute(tags).scalars()]
    for answer in connection.execute(written):
        texts += answer
    here = and_(searchable.c.reader_id == reader_id, searchable.c.kept_id == kept_id)
    removed = connection.execute(delete(searchable).where(here)).rowcount
    connection.execute(
        insert(searchable).values(reader_id=reader_id, kept_id=kept_id, words=index_words(page_of(texts)))
    )
    if removed:
        fulltext.forget_removed(connection)


def condition(connection: Connection, reader_id: str, wanted: Wanted) -> ColumnElement[bool]:
    """What a row of `kept` must fulfil to be asked for or, where words are asked for, to be a candidate."""
    parts: list[ColumnElement[bool]] = [kept.c.reader_id == reader_id]
    if wanted.tag is not None:
        parts.append(
            exists().where(
                kept_tags.c.reader_id == kept.c.reader_id,
                kept_tags.c.kept_id == kept.c.id,
                kept_tags.c.tag == wanted.tag,
            )
        )
    if wanted.essay is not None:
        parts.append(kept.c.essay_title == wanted.essay)
    if wanted.lens is not None:
        parts.append(kept.c.lens == wanted.lens.value)
    if wanted.since is not None:
        parts.append(kept.c.kept_at >= wanted.since)
    if wanted.until is not None:
        parts.append(kept.c.kept_at < wanted.until)
    words = wanted_words(wanted.containing)
    if words:
        parts.append(
            exists().where(
                searchable.c.reader_id == kept.c.reader_id,
                searchable.c.kept_id == kept.c.id,
                or_(searchable.c.words == "", fulltext.having(connection, words)),
            )
        )
    return and_(*parts)


def found(candidates: Iterable[Kept], written: Iterable[Answer], containing: str) -> tuple[Kept, ...]:
    """Those of the candidates in which every word of `containing` stands."""
    if not containing.strip():
        return tuple(candidates)
    texts: dict[str, list[str]] = {}
    for answer in written:
        texts.setdefault(answer.kept_id, []).extend((answer.ask, answer.text))
    return tuple(
        one
        for one in candidates
        if matches(
            page_of((one.quote, one.heading, one.essay_title, one.source, one.note, *one.tags, *texts.get(one.id, ()))),
            containing,
        )
    )
