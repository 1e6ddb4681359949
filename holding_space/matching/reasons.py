"""Why a passage was chosen: the reader's own words that it answers, and the sentence of it that answers them.

Which sentences of a passage answer is decided by its editors, which of the reader's words by likeness and by what was learnt of what a message
turns on. Both are looked for only in the passages that are shown: over the whole corpus it would cost much and gain nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from holding_space.corpus import plain, sentences
from holding_space.domain import Passage, Span
from holding_space.encoders import Encoder, Vectors
from holding_space.encoders.base import unit

LONGEST_QUOTE = 28
"""Words; a longer sentence of the reader's is quoted in part."""
SHORTEST = 4
"""Words; shorter sentences are chosen only when there is nothing else."""
QUESTION = 0.1
"""How much a quote gains by being a question, where it has not been learnt what is quoted."""
HEART = 0.25
"""How much the log-odds of being what a message turns on count for a quote, against cosines with the passage and its line."""
PLACE = 0.3
"""How much a sentence loses (cosine) for each place that its passage's editors put it below their first."""
LOOKS = 6
MOST_QUOTES = 80
"""Parts of the reader's words that are compared; of a very long text the newest ones."""
_CAVEAT = re.compile(
    r"\b(help now|help line|suicid\w*|dying|afraid|frighten\w*|unsafe|another (parent|person|one) may)\b|^\(",
    re.IGNORECASE,
)
"""Where a passage draws the line to danger: beside a reader's words such a sentence would look like a verdict on them."""
_PAUSES = tuple(
    re.compile(pause, re.IGNORECASE)
    for pause in (
        r"[;:–—\n]+\s*|\.{2,}\s*|\s-+\s",
        r",\s*|\s+(?=(?:and|but|because|bc|so|then)\b)",
        r"\s+(?=(?:when|if|while|which|that)\b)",
        r"\s+(?=(?:i|he|she|they|we)\b)",
    )
)
"""Where a long sentence may be parted, the strongest pauses first."""


@dataclass(frozen=True)
class Quotes:
    """Parts of what the reader wrote, letter for letter, with their vectors, shape (parts, dim).

    `heart` says of each, as log-odds, how likely the message turns on it, shape (parts,); None where that has not been learnt.
    """

    parts: tuple[str, ...]
    vectors: Vectors
    heart: NDArray[np.float32] | None = None

    @property
    def told(self) -> Vectors:
        """The vectors of the parts that say something by themselves, or of all where none does."""
        long = [number for number, part in enumerate(self.parts) if len(part.split()) >= SHORTEST]
        return self.vectors[long] if long else self.vectors


@dataclass(frozen=True)
class Sought:
    """What a reason is looked for between: vectors of the situation, of the passage's text, and of its closest line, shape (dim,) each."""

    situation: Vectors
    passage: Vectors
    line: Vectors | None


class Reasons:
    """Finds reasons with an encoder; remembers the sentences of passages that have been shown (they never change)."""

    def __init__(self, encoder: Encoder, heart: NDArray[np.float32] | None = None) -> None:
        """`heart`: weights over a part's layers and `looks_of` it, the intercept last, shape (width + LOOKS + 1,)."""
        self._encoder = encoder
        self._heart = heart
        self._known: dict[str, tuple[list[Span], Vectors]] = {}
        self._lock = Lock()

    def quotes(self, messages: Sequence[str]) -> Quotes:
        """The parts of these messages that can be quoted."""
        parts = tuple(part for message in messages for part in quotable(message))[-MOST_QUOTES:]
        if self._heart is None:
            return Quotes(parts, self._encoder.encode_query(parts))
        layers = self._encoder.encode_layers(parts)
        seen = np.concatenate([layers, looks_of(parts)], axis=1)
        return Quotes(parts, unit(layers[:, -self._encoder.spec.dim :]), seen @ self._heart[:-1] + self._heart[-1])

    def pair(self, passage: Passage, messages: Sequence[str], quotes: Quotes, sought: Sought) -> tuple[str, Span]:
        """Which of the reader's words a passage answers, and the sentence of it that answers them. `quotes` are those of `messages`.

        A quote should be near the passage and what the message turns on; a sentence the one that the editors put first, unless a later
        one is much nearer to the situation. Where the editors chose none, quote and sentence should also be near each other.
        """
        spans, vectors = self._sentences(passage)
        said = _liked(quotes, sought)
        answering = vectors @ sought.situation
        if passage.answers:
            quote, sentence = int(np.argmax(said)), int(np.argmax(answering - PLACE * np.arange(len(spans))))
        else:
            answering = answering - 0.3 * np.array([len(s.of(passage.text).split()) < SHORTEST for s in spans])
            together = said[:, None] + answering[None, :] + quotes.vectors @ vectors.T
            quote, sentence = map(int, np.unravel_index(int(np.argmax(together)), together.shape))
        return widened(messages, quotes, quote, said), spans[sentence]

    def _sentences(self, passage: Passage) -> tuple[list[Span], Vectors]:
        with self._lock:
            known = self._known.get(passage.id)
        if known is None:
            spans = list(passage.answers) or _fit_to_be_marked(passage.text)
            known = (spans, self._encoder.encode_passages([plain(s.of(passage.text)) or "." for s in spans]))
            with self._lock:
                self._known[passage.id] = known
        return known


def _liked(quotes: Quotes, sought: Sought) -> NDArray[np.float32]:
    """How fit each part is to be quoted beside a passage, shape (parts,)."""
    near = sought.passage if sought.line is None else sought.passage + sought.line
    said = quotes.vectors @ near
    if quotes.heart is not None:
        return np.asarray(said + HEART * quotes.heart, dtype=np.float32)
    said = said - 0.15 * np.array([len(part.split()) < SHORTEST for part in quotes.parts])
    said = said + QUESTION * np.array([part.rstrip().endswith("?") for part in quotes.parts])
    return np.asarray(said, dtype=np.float32)


def looks_of(parts: Sequence[str]) -> NDArray[np.float32]:
    """What shows of the parts without reading them, shape (parts, LOOKS): place, being the last, a question mark, length, being short, how few there are."""
    count = len(parts)
    rows = [
        (
            number / count,
            number == count,
            part.rstrip().endswith("?"),
            min(len(part.split()), 30) / 30,
            len(part.split()) < SHORTEST,
            1 / count,
        )
        for number, part in enumerate(parts, start=1)
    ]
    return np.array(rows, dtype=np.float32).reshape(count, LOOKS)


def widened(messages: Sequence[str], quotes: Quotes, chosen: int, liked: NDArray[np.float32]) -> str:
    """The chosen part with its neighbours in the same message, the better liked first, as long as it stays short: a hurt often stands in
    the next half sentence. An exact substring of a message.

    `liked` says how fit each part is to be quoted, shape (parts,).
    """
    spans = _where(messages, quotes.parts)
    message, start, end = spans[chosen]
    first = last = chosen
    while True:
        beside = [i for i in (first - 1, last + 1) if 0 <= i < len(spans) and spans[i][0] == message]
        fitting = [i for i in beside if _words(messages[message], start, end, spans[i]) <= LONGEST_QUOTE]
        if not fitting:
            return messages[message][start:end]
        best = max(fitting, key=lambda i: float(liked[i]))
        start, end = min(start, spans[best][1]), max(end, spans[best][2])
        first, last = min(first, best), max(last, best)


def _words(message: str, start: int, end: int, other: tuple[int, int, int]) -> int:
    return len(message[min(start, other[1]) : max(end, other[2])].split())


def _where(messages: Sequence[str], parts: Sequence[str]) -> list[tuple[int, int, int]]:
    """Number of its message, start and end of each part; the parts are in order, and the last ones of all messages."""
    found: list[tuple[int, int, int]] = []
    number, end = len(messages) - 1, len(messages[-1])
    for part in reversed(parts):
        start = messages[number].rfind(part, 0, end)
        while start < 0:
            number -= 1
            start = messages[number].rfind(part)
        found.append((number, start, start + len(part)))
        end = start
    return found[::-1]


def _fit_to_be_marked(text: str) -> list[Span]:
    """The sentences of a passage whose editors chose none, without those that draw the line to danger."""
    found = sentences(text) or [Span(0, len(text))]
    return [span for span in found if not _CAVEAT.search(span.of(text))] or found


def quotable(message: str) -> list[str]:
    """The sentences of a message, long ones cut at commas and connecting words; exact substrings of it."""
    parts: list[str] = []
    for span in sentences(message):
        sentence = span.of(message)
        if len(sentence.split()) <= LONGEST_QUOTE:
            parts.append(sentence)
        else:
            parts.extend(_clauses(sentence))
    return parts or [message.strip() or message]


def _clauses(sentence: str) -> list[str]:
    """Neighbouring clauses joined to stretches of at most LONGEST_QUOTE words, so that each makes sense alone."""
    parts: list[str] = []
    start = end = 0
    for piece in _pieces(sentence, _PAUSES):
        end += len(piece)
        if len(sentence[start:end].split()) > LONGEST_QUOTE:
            parts.append(sentence[start : end - len(piece)])
            start = end - len(piece)
    parts.append(sentence[start:])
    return [trimmed for part in parts for trimmed in _chopped(part) if trimmed]


def _pieces(text: str, pauses: tuple[re.Pattern[str], ...]) -> list[str]:
    """The text cut at its strongest pauses; only what is still too long is cut at weaker ones. Joined they are the text again."""
    if not pauses or len(text.split()) <= LONGEST_QUOTE:
        return [text]
    cuts = [0, *(m.end() for m in pauses[0].finditer(text)), len(text)]
    return [piece for start, end in pairwise(cuts) for piece in _pieces(text[start:end], pauses[1:]) if piece]


def _chopped(text: str) -> list[str]:
    """A stretch without any place to pause is cut every LONGEST_QUOTE words."""
    found = list(re.finditer(r"\S+", text))
    chunks = [found[i : i + LONGEST_QUOTE] for i in range(0, len(found), LONGEST_QUOTE)]
    return [text[chunk[0].start() : chunk[-1].end()].rstrip(",;:–— ") for chunk in chunks]
