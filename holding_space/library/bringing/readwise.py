"""The CSV file that Readwise exports: one row a highlight, with a header that names the columns."""

from __future__ import annotations

import csv
from io import StringIO

from holding_space.errors import TransferError
from holding_space.library.bringing.quotation import Quotation, as_text, moment, transfer_of
from holding_space.library.transfer import Transfer

NEEDED = ("Highlight", "Book Title")
CURE = "Choose the CSV file that Readwise's export page gives, as it is."


def read(content: bytes) -> Transfer:
    """The highlights of an export. Rows without words are left out and counted.

    Raises:
        TransferError: it is not such a file; the message names the line.
    """
    csv.field_size_limit(50_000_000)
    rows = csv.DictReader(StringIO(as_text(content), newline=""), strict=True)
    found: list[Quotation] = []
    left_out = 0
    try:
        missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
        if missing:
            raise TransferError(f"The CSV file has no column {missing[0]!r}.", CURE)
        for row in rows:
            cells = {name: value.strip() for name, value in row.items() if name and isinstance(value, str)}
            words = row.get("Highlight") or ""
            if words.strip():
                found.append(_quotation(words.strip("\n"), cells))
            else:
                left_out += 1
    except csv.Error:
        raise TransferError(f"The file is not CSV (after line {rows.line_num}).", CURE) from None
    return transfer_of(found, left_out)


def _quotation(words: str, cells: dict[str, str]) -> Quotation:
    place = f"{cells.get('Location Type') or 'location'} {cells['Location']}" if cells.get("Location") else ""
    tags = (tag.strip() for tag in cells.get("Tags", "").split(","))
    return Quotation(
        words=words,
        title=cells.get("Book Title", ""),
        source=", ".join(part for part in (cells.get("Book Author", ""), place) if part),
        note=cells.get("Note", ""),
        tags=tuple(tag for tag in tags if tag),
        at=moment(cells.get("Highlighted at", "")),
    )
