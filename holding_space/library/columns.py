"""How words and times lie in the database, so that they come back letter for letter.

A database's own text type is not safe for a diary: SQLite's driver refuses lone surrogates, PostgreSQL
refuses NUL, and both compare text by rules of their own. So every text is stored as bytes: UTF-8, with
surrogates let through. Ordinary words stay readable in any SQLite browser; nothing is ever altered.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class Words(TypeDecorator[str]):
    """Any Python string whatsoever, stored as bytes."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """From the program to the database."""
        return None if value is None else value.encode("utf-8", "surrogatepass")

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """From the database to the program."""
        if value is None:
            return None
        try:
            return value.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            # A disk has flipped a bit. One spoilt character must not take the rest of a diary away.
            return value.decode("utf-8", "replace")


class UtcTime(TypeDecorator[datetime]):
    """A moment. Stored without a zone, in UTC; handed out with its zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the program to the database."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database to the program."""
        return None if value is None else value.replace(tzinfo=UTC)
