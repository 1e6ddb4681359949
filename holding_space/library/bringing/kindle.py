"""Kindle's "My Clippings.txt": entries of a title, a line of particulars, an empty line and the words.

    A Book (Its Author)
    - Your Highlight on page 12 | Location 180-181 | Added on Monday, 2 March 2026 22:15:23

    The words.
    ==========

A note is an entry of its own; it is set beside the highlight at its place. The device writes in the reader's language:
particulars in one that is not known here are kept as they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from holding_space.errors import TransferError
from holding_space.library.bringing.quotation import Quotation, as_text, moment, transfer_of
from holding_space.library.transfer import Transfer

BETWEEN = re.compile(r"^={10}\s*$", re.MULTILINE)
_TITLE = re.compile(r"(?P<title>.*\S)\s*\((?P<author>.+)\)")
# "Your Note", "Notiz", "Note", "Nota", "Notitie", "メモ", "笔记"; "Bookmark", "Lesezeichen", "Signet", ...
_NOTE = re.compile(r"\b(note|notiz|nota|notitie)\b|メモ|笔记|筆記", re.IGNORECASE)
_BOOKMARK = re.compile(
    r"\b(bookmark|lesezeichen|signet|marcador|segnalibro|bladwijzer)\b|ブックマーク|书签|書籤", re.IGNORECASE
)
_PLACE = re.compile(r"\b(pages?|location|loc\.)\s+([\w.]+(?:-\w+)?)", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)(?:-(\d+))?\D*$")
_ADDED = re.compile(r"^\s*Added on\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clipping:
    """One entry. `first` and `last` are the place that it covers."""

    title: str
    author: str
    place: str
    first: int
    last: int
    words: str
    kind: str
    at: datetime | None


def read(content: bytes) -> Transfer:
    """The highlights, each with its notes. Bookmarks and empty entries are left out and counted.

    Raises:
        TransferError: no entry in it is a clipping.
    """
    entries = [entry for entry in BETWEEN.split(as_text(content)) if entry.strip()]
    clippings = [found for found in map(_clipping, entries) if found is not None]
    if not clippings:
        raise TransferError(
            "The file is not Kindle's “My Clippings.txt”.",
            "Choose that file from the folder “documents” of the device, as it is.",
        )
    told = [one for one in clippings if one.kind != "bookmark" and one.words]
    highlights = [one for one in told if one.kind == "highlight"]
    found = [_quotation(one) for one in highlights]
    for note in (one for one in told if one.kind == "note"):
        at = next((i for i, one in enumerate(highlights) if _covers(one, note)), None)
        if at is None:
            found.append(replace(_quotation(note), words="", note=note.words))
        elif note.words not in found[at].note.split("\n\n"):
            joined = "\n\n".join(part for part in (found[at].note, note.words) if part)
            found[at] = replace(found[at], note=joined)
    return transfer_of(found, len(entries) - len(told))


def _clipping(entry: str) -> Clipping | None:
    lines = entry.strip("\n").split("\n")
    if len(lines) < 2 or not lines[1].lstrip().startswith("- "):
        return None
    title = lines[0].strip().strip("\ufeff")
    named = _TITLE.fullmatch(title)
    particulars = lines[1].strip().removeprefix("- ").split("|")
    added = particulars[-1] if len(particulars) > 1 else ""
    at = moment(_ADDED.sub("", added)) if _ADDED.match(added) else None
    places = particulars[:-1] if at is not None else particulars
    first, last = _range(places)
    kind = "bookmark" if _BOOKMARK.search(particulars[0]) else "note" if _NOTE.search(particulars[0]) else "highlight"
    return Clipping(
        title=named["title"] if named else title,
        author=named["author"] if named else "",
        place=_place(places),
        first=first,
        last=last,
        words="\n".join(lines[2:]).strip("\n"),
        kind=kind,
        at=at,
    )


def _range(places: list[str]) -> tuple[int, int]:
    """The last place that is named, which is the finest; in "1234-35" the end is 1235."""
    for place in reversed(places):
        found = _RANGE.search(place)
        if found:
            start, end = found[1][-15:], (found[2] or found[1])[-15:]
            return int(start), int(start[: -len(end)] + end if len(end) < len(start) else end)
    return -1, -1


def _place(places: list[str]) -> str:
    known = [f"{name.lower().replace('loc.', 'location')} {where}" for name, where in _PLACE.findall(" ".join(places))]
    return ", ".join(known or [place.strip() for place in places])


def _covers(highlight: Clipping, note: Clipping) -> bool:
    return (highlight.title, highlight.author) == (note.title, note.author) and (
        0 <= highlight.first <= note.last <= highlight.last
    )


def _quotation(one: Clipping) -> Quotation:
    source = ", ".join(part for part in (one.author, one.place) if part)
    return Quotation(words=one.words, title=one.title, source=source, at=one.at)
