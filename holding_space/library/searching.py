"""Finding words in what a reader keeps.

It is done here and not in the database, because SQLite ignores case only for the letters A to Z, and because
a reader keeps hundreds of passages and not millions (1,000 are searched in a few hundredths of a second).
"""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

from holding_space.domain import Answer, Kept


def folded(text: str) -> str:
    """The text without differences of case and encoding (Unicode's compatibility caseless match)."""
    return normalize("NFKC", normalize("NFKD", text).casefold())


def search(kept: Iterable[Kept], answers: Iterable[Answer], containing: str) -> tuple[Kept, ...]:
    """Those in which every word of `containing` occurs; all of them if it has no words."""
    wanted = [folded(word) for word in containing.split()]
    if not wanted:
        return tuple(kept)
    written: dict[str, list[str]] = {}
    for answer in answers:
        written.setdefault(answer.kept_id, []).extend((answer.ask, answer.text))
    found = []
    for one in kept:
        texts = (one.quote, one.heading, one.essay_title, one.note, *one.tags, *written.get(one.id, ()))
        page = folded("\n".join(texts))
        if all(word in page for word in wanted):
            found.append(one)
    return tuple(found)
