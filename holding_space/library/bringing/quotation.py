"""A quotation from elsewhere, and how it becomes a kept thing.

Its ids are made from what it is, so that the same quotation is the same thing however often it is brought in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from dateutil import parser as dates

from holding_space.domain import Kept
from holding_space.errors import TransferError
from holding_space.library.transfer import Transfer


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words, the title of what they are from, and the rest of what is known of them. `at` None: brought in now."""

    words: str
    title: str
    source: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    at: datetime | None = None


def as_text(content: bytes) -> str:
    """The text of a file, without a byte order mark and with plain line ends.

    Raises:
        TransferError: it is not text in UTF-8 or UTF-16.
    """
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise TransferError(
            f"The file is not UTF-8 text (byte {error.start}).", "Save or export it as UTF-8, and choose it again."
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def moment(words: str) -> datetime | None:
    """A time that another tool wrote, in English or ISO 8601; without a zone it is this machine's. None if it is neither."""
    try:
        return dates.parse(words).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def transfer_of(quotations: Iterable[Quotation], left_out: int) -> Transfer:
    """Kept things, newest first, each quotation once."""
    now = datetime.now(UTC)
    things = dict.fromkeys(_kept(each, now) for each in quotations)
    newest_first = sorted(things, key=lambda one: one.kept_at, reverse=True)
    return Transfer(tuple(newest_first), (), left_out=left_out)


def _kept(one: Quotation, now: datetime) -> Kept:
    work = _digest(one.title, one.source)
    return Kept(
        id=_digest(work, one.words, one.note if not one.words else ""),
        reader_id="",
        passage_id=f"brought/{work}",
        quote=one.words,
        essay_title=one.title,
        heading="",
        lens=None,
        note=one.note,
        tags=one.tags,
        kept_at=one.at or now,
        source=one.source,
    )


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
