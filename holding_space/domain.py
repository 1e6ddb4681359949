"""The values that everything else speaks in: frozen, comparable, without any storage identity."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from math import ceil

READING_WORDS_PER_MINUTE = 200


class Lens(StrEnum):
    """What a passage is for."""

    FEELING = "feeling"
    OTHER_SIDE = "other_side"
    STEP = "step"


class PromptKind(StrEnum):
    """What a reflection prompt invites to."""

    NAME = "name"
    NOTICE = "notice"
    STEP_BACK = "step_back"
    ASK = "ask"
    PLAN = "plan"
    REST = "rest"


class SafeIf(StrEnum):
    """For whom an editor has judged a passage safe. Unmarked means not safe."""

    ABUSE = "abuse"
    DESPAIR = "despair"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question or small task written for a passage. `minutes` is a guess at the time it takes."""

    ask: str
    kind: PromptKind
    minutes: int


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a text: `text[start:end]`, in characters."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Passage:
    """One idea of an essay, whole in itself.

    `id` is `<essay id>/<passage id>` and permanent: kept passages point at it. `text` is the author's
    words as they stand in the file, paragraphs separated by one empty line. `answers` are the sentences that its editors chose
    as fit to be marked; empty means that any may be.
    """

    id: str
    essay_id: str
    heading: str
    text: str
    lens: Lens = Lens.FEELING
    speaks_to: tuple[str, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    safe_if: frozenset[SafeIf] = frozenset()
    answers: tuple[Span, ...] = ()

    @property
    def slug(self) -> str:
        """Its own part of the id, unique within the essay."""
        return self.id.split("/", 1)[1]

    @property
    def words(self) -> int:
        """Number of words, split at white space."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Essay:
    """One file of the corpus."""

    id: str
    title: str
    passages: tuple[Passage, ...]
    summary: str = ""
    author: str = ""
    licence: str = ""
    themes: tuple[str, ...] = ()
    reviewed: str = "none"
    sources: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """Reading time in whole minutes, at least one."""
        return max(1, ceil(sum(p.words for p in self.passages) / READING_WORDS_PER_MINUTE))


@dataclass(frozen=True, slots=True)
class Theme:
    """A shelf of the library."""

    id: str
    title: str
    about: str


@dataclass(frozen=True)
class Corpus:
    """All essays, in reading order, with the themes they may name."""

    essays: tuple[Essay, ...]
    themes: tuple[Theme, ...] = ()
    _passages: dict[str, Passage] = field(init=False, repr=False, compare=False)
    _essays: dict[str, Essay] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_passages", {p.id: p for e in self.essays for p in e.passages})
        object.__setattr__(self, "_essays", {e.id: e for e in self.essays})

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage, in the order of the essays."""
        return tuple(self._passages.values())

    def passage(self, passage_id: str) -> Passage | None:
        """The passage with this id, or None if it is (no longer) in the library."""
        return self._passages.get(passage_id)

    def essay(self, essay_id: str) -> Essay | None:
        """The essay with this id, or None if it is (no longer) in the library."""
        return self._essays.get(essay_id)


@dataclass(frozen=True, slots=True)
class Situation:
    """What the reader has said so far, oldest first, exactly as typed."""

    messages: tuple[str, ...]

    @property
    def text(self) -> str:
        """All messages joined by line breaks."""
        return "\n".join(self.messages)

    def then(self, message: str) -> Situation:
        """The situation with one more message."""
        return Situation((*self.messages, message))


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that speaks to a situation, and why.

    `sentence` is the span of `passage.text` that answers most closely; `because` is the part of the
    reader's own words that it answers, letter for letter; `score` is comparable within one ranking only.
    """

    passage: Passage
    score: float
    sentence: Span
    because: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """The matches for a situation, best first. Empty means that nothing in the library is close."""

    situation: Situation
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A passage that a reader saved, word for word as it was then, with what they added to it.

    `version` counts the edits: an edit names the version it was made from, so that two tabs never
    overwrite each other. What was brought along from elsewhere has no lens; `essay_title` is then the title of the
    work, and `source` says the rest (its author, the page).
    """

    id: str
    reader_id: str
    passage_id: str
    quote: str
    essay_title: str
    heading: str
    lens: Lens | None
    note: str
    tags: tuple[str, ...]
    kept_at: datetime
    version: int = 1
    source: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader wrote to a prompt. It belongs to the kept passage that the prompt stood under."""

    id: str
    reader_id: str
    kept_id: str
    ask: str
    kind: PromptKind
    text: str
    written_at: datetime
    version: int = 1
