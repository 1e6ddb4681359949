"""A message in the parts that the classifier looks at: the whole of it, and stretches of about a sentence or two.

A danger told in half a clause of a long ordinary story is lost in the vector of the whole, and found in that of its
sentence. Every word stands in at least one stretch, so that nothing is cut off.
"""

from __future__ import annotations

from itertools import pairwise

from holding_space.corpus import sentences
from holding_space.domain import Span

FEWEST = 9
"""Words; shorter sentences are joined with the next ones."""
MOST = 36
"""Words; a longer sentence, or a text without full stops, is looked at through a window."""
WINDOW, STEP = 28, 18
LONG = 500
"""Words from which the windows no longer overlap: very long texts would take too long otherwise."""
WHOLE = 220
"""Words up to which the whole text is looked at as well: in the vector of a longer one nothing stands out."""
VERSION = "parts/2"


def stretches(text: str) -> list[Span]:
    """Spans of the text, in order, that together hold every word of it."""
    found: list[Span] = []
    start = -1
    for span in sentences(text):
        start = span.start if start < 0 else start
        if len(text[start : span.end].split()) >= FEWEST:
            found.append(Span(start, span.end))
            start = -1
    if start >= 0:
        # A scrap at the end belongs to what stands before it.
        end = len(text.rstrip())
        found = [*found[:-1], Span(found[-1].start, end)] if found else [Span(start, end)]
    step = WINDOW if len(text.split()) > LONG else STEP
    return [window for span in found for window in _windows(text, span, step)]


def parts(text: str) -> list[str]:
    """The whole text first unless it is long, then its stretches; only the whole where that is one stretch."""
    found = [span.of(text) for span in stretches(text)]
    if len(found) < 2:
        return [text]
    return [text, *found] if has_whole(text) else found


def has_whole(text: str) -> bool:
    """Whether the whole of a text is among its parts."""
    return len(text.split()) <= WHOLE


def _windows(text: str, span: Span, step: int) -> list[Span]:
    words = _words(text, span)
    if len(words) <= MOST:
        return [span]
    starts = [*range(0, max(1, len(words) - WINDOW), step), max(0, len(words) - WINDOW)]
    return [
        Span(words[at].start, words[min(at + WINDOW, len(words)) - 1].end)
        for at, following in pairwise([*starts, len(words)])
        if at != following
    ]


def _words(text: str, span: Span) -> list[Span]:
    found, at = [], span.start
    for word in span.of(text).split():
        start = text.index(word, at)
        at = start + len(word)
        found.append(Span(start, at))
    return found
