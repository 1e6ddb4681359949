"""Bringing in what a reader has elsewhere: an export of this program, or quotations that other tools collected.

Every reader of a file gives a `Transfer`, which `Library.restore` takes: doing it twice adds nothing.
"""

from __future__ import annotations

from holding_space.errors import TransferError
from holding_space.library.base import Library, Restored
from holding_space.library.bringing import kindle, notes, readwise
from holding_space.library.transfer import Transfer, from_json

WHAT = "a JSON export of this program, Readwise's CSV, Kindle's “My Clippings.txt”, or Markdown notes (.md)"


def read_file(name: str, content: bytes) -> Transfer:
    """What stands in a file that a reader chose; its name says which kind it is.

    Raises:
        TransferError: it is of no kind that can be read, or is not what its name says.
    """
    ending = name.rpartition(".")[2].casefold()
    if ending == "json":
        return from_json(content)
    if ending == "csv":
        return readwise.read(content)
    if ending == "txt":
        return kindle.read(content)
    if ending in ("md", "markdown"):
        return notes.read(name, content)
    raise TransferError("The file is of a kind that cannot be read.", f"Choose {WHAT}.")


def bring_in(library: Library, reader_id: str, brought: Transfer) -> Restored:
    """Add it to what the reader keeps. A kept conversation comes back only where there is none, never over another.

    Raises:
        LibraryError: as every verb of `Library`.
    """
    done = library.restore(reader_id, brought.kept, brought.answers)
    if brought.conversation is not None and library.conversation(reader_id) is None:
        library.save_conversation(reader_id, *brought.conversation)
    return done


__all__ = ["WHAT", "bring_in", "read_file"]
