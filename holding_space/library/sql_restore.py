"""Taking an export back without losing or doubling anything, in one transaction opened by `sql.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, Table, exists, select

from holding_space.domain import Answer, Kept
from holding_space.library import sql_answers, sql_kept
from holding_space.library.base import Restored
from holding_space.library.tables import answers as answers_table
from holding_space.library.tables import kept as kept_table


def restore(connection: Connection, reader_id: str, kept: Iterable[Kept], answers: Iterable[Answer]) -> Restored:
    """Add what is not there; see `Library.restore`."""
    added = mended = written = 0
    ids: dict[str, str] = {}
    for one in reversed(tuple(kept)):  # oldest first, so that things kept at one moment stay in order
        there = sql_kept.same_words(connection, reader_id, one.passage_id, one.quote)
        if there is None:
            there = replace(
                one,
                id=_free(connection, kept_table, reader_id, one.id),
                reader_id=reader_id,
                tags=sql_kept.tidy(one.tags),
            )
            sql_kept.put(connection, there)
            added += 1
        else:
            note, tags = _joined(there.note, one.note), sql_kept.tidy((*there.tags, *one.tags))
            if (note, tags) != (there.note, there.tags):
                sql_kept.edit(connection, reader_id, there.id, note, tags, there.version)
                mended += 1
        ids[one.id] = there.id
    seen = {_same(one) for one in sql_answers.every(connection, reader_id)}
    for answer in answers:
        if answer.kept_id not in ids:
            raise sql_kept.not_kept()
        mine = replace(answer, reader_id=reader_id, kept_id=ids[answer.kept_id])
        if _same(mine) in seen:
            continue
        seen.add(_same(mine))
        mine = replace(mine, id=_free(connection, answers_table, reader_id, answer.id))
        sql_answers.put(connection, mine)
        written += 1
    return Restored(added, mended, written)


def _joined(stored: str, brought: str) -> str:
    if not stored or not brought or brought in stored:
        return stored or brought
    return f"{stored}\n\n{brought}"


def _same(answer: Answer) -> tuple[object, ...]:
    """What makes two answers one: an answer edited since the export is another, and both stay."""
    return answer.kept_id, answer.ask, answer.kind, answer.text, answer.written_at


def _free(connection: Connection, table: Table, reader_id: str, wanted: str) -> str:
    taken = select(exists().where(table.c.reader_id == reader_id, table.c.id == wanted))
    return sql_kept.new_id() if connection.execute(taken).scalar_one() else wanted
