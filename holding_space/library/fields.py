"""Reading JSON that anybody may have written: every field is checked, and a fault names its place.

A message says `kept[3].lens` and what belongs there, never what stands there: that may be a reader's words.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from holding_space.errors import TransferError

Choice = TypeVar("Choice", bound=StrEnum)

LARGEST = 2**31 - 1
CURE = "Choose a file that this program exported, or mend this place by hand."


def read_document(file: str | bytes) -> dict[str, Any]:
    """The JSON object in the file.

    Raises:
        TransferError: not UTF-8, not JSON, or not an object.
    """
    try:
        text = file.decode("utf-8") if isinstance(file, bytes) else file
        found = json.loads(text.removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        raise TransferError(f"The file is not UTF-8 text (byte {error.start}).", CURE) from None
    except json.JSONDecodeError as error:
        raise TransferError(f"The file is not JSON (line {error.lineno}, column {error.colno}).", CURE) from None
    except (ValueError, RecursionError):
        # Numbers of thousands of digits, or brackets thousands deep.
        raise TransferError("The file is JSON that this program cannot have written.", CURE) from None
    if not isinstance(found, dict):
        raise TransferError("The file is JSON, but not an export of kept things.", CURE)
    return found


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON object and where it stands. Each verb raises TransferError where the field does not fit."""

    place: str
    content: dict[str, Any]

    def has_exactly(self, keys: frozenset[str]) -> None:
        """Refuse missing and unknown keys."""
        missing = keys - self.content.keys()
        if missing:
            raise self._fault(sorted(missing)[0], "is missing")
        unknown = len(self.content.keys() - keys)
        if unknown:
            raise TransferError(
                f"{self.place} has {unknown} key(s) that this program does not know.",
                f"Its keys are: {', '.join(sorted(keys))}.",
            )

    def text(self, key: str) -> str:
        """A string, or a list of code points (see `transfer`)."""
        return self._as_text(key, self.content.get(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(self._as_text(f"{key}[{at}]", value) for at, value in enumerate(self._list(key)))

    def number(self, key: str) -> int:
        """A whole number, counted from one."""
        value = self.content.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= LARGEST:
            raise self._fault(key, "must be a whole number from 1")
        return value

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        """A member of a closed enumeration."""
        value = self.content.get(key)
        for member in kind:
            if value == member.value:
                return member
        raise self._fault(key, f"must be one of: {', '.join(member.value for member in kind)}")

    def moment(self, key: str) -> datetime:
        """A time with its offset, in UTC."""
        value = self.content.get(key)
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else None
            if moment is not None and moment.tzinfo is not None:
                return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise self._fault(key, "must be a time such as 2026-03-01T21:15:00+00:00")

    def records(self, key: str) -> tuple[Record, ...]:
        """A list of objects."""
        found = []
        for at, value in enumerate(self._list(key)):
            if not isinstance(value, dict):
                raise self._fault(f"{key}[{at}]", "must be an object")
            found.append(Record(self._place(f"{key}[{at}]"), value))
        return tuple(found)

    def record_or_none(self, key: str) -> Record | None:
        """An object, or nothing."""
        value = self.content.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self._fault(key, "must be an object or null")
        return Record(self._place(key), value)

    def _list(self, key: str) -> list[Any]:
        value = self.content.get(key)
        if not isinstance(value, list):
            raise self._fault(key, "must be a list")
        return value

    def _as_text(self, key: str, value: Any) -> str:
        if isinstance(value, str):
            return value
        points = value if isinstance(value, list) else [None]
        if all(isinstance(point, int) and 0 <= point <= 0x10FFFF for point in points):
            return "".join(map(chr, points))
        raise self._fault(key, "must be text")

    def _place(self, key: str) -> str:
        return key if self.place == "the file" else f"{self.place}.{key}"

    def _fault(self, key: str, what: str) -> TransferError:
        return TransferError(f"In the file, {self._place(key)} {what}.", CURE)
