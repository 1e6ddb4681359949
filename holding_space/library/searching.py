"""Finding words in what a reader keeps.

A database's full-text index narrows the search; which of its candidates are found is decided here, because no
database folds the case of every script, and because SQLite and PostgreSQL must find the same things. `index_words` and
`wanted_words` belong together: whatever `matches` accepts, the index offers (a property test compares the two).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

LONGEST = 60
"""Characters of a word that are indexed; PostgreSQL refuses words of over 2,046 bytes."""
ROOM = 400_000
"""Characters of words that are indexed of one thing; PostgreSQL refuses more than a million bytes. Of a longer one
nothing is indexed, and it is always a candidate."""
MOST_WANTED = 20

_RUN = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """The text without differences of case and encoding (Unicode's compatibility caseless match)."""
    return normalize("NFKC", normalize("NFKD", text).casefold())


def page_of(texts: Iterable[str]) -> str:
    """All texts of one kept thing, folded, as they are searched."""
    return folded("\n".join(texts))


def index_words(page: str) -> str:
    """The distinct words of a folded page in ASCII, with spaces between, for a full-text index.

    ASCII, because every index has its own idea of what a letter is. Plain words stay readable.
    """
    words = " ".join(sorted({_ascii(run) for run in _RUN.findall(page)}))
    return words if len(words) <= ROOM else ""


def wanted_words(containing: str) -> tuple[str, ...]:
    """The beginnings of indexed words that a page must have to be found: the longest of them say most."""
    words = {_ascii(run) for run in _RUN.findall(folded(containing))}
    return tuple(sorted(words, key=lambda word: (-len(word), word))[:MOST_WANTED])


def matches(page: str, containing: str) -> bool:
    """Whether every word of `containing` stands in the folded page, at the beginning of a word of it.

    What begins with neither letter nor digit may stand anywhere.
    """
    return all(_stands_in(page, folded(word)) for word in containing.split())


def _stands_in(page: str, word: str) -> bool:
    if _RUN.match(word):
        return re.search(rf"(?<![^\W_]){re.escape(word)}", page) is not None
    return word in page


def _ascii(run: str) -> str:
    return "".join(c if c.isascii() else f"_{ord(c):x}" for c in run[:LONGEST])
