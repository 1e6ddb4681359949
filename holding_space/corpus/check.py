"""What a careful editor would ask of the essays, as far as a program can tell.

The format itself is checked on reading (`parse`, `load`). This looks at the writing: lengths, prompts, worn-out words,
safety marks, and sameness across the library, which no one notices who reads one essay at a time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from holding_space.corpus.frontmatter import split_front_matter
from holding_space.corpus.load import Reading, read_corpus
from holding_space.corpus.prose import plain
from holding_space.corpus.rules import Problem, Rule
from holding_space.domain import Essay, Lens, Passage

WORDS = (90, 180)
SPEAKS_TO = (4, 16)
PROMPTS = (2, 4)
LIGHT_MINUTES = 2
OPENING_WORDS = 4
REPEATED_WORDS = 8
NEAR_DUPLICATE = 0.75

# Words that the library's guide asks its writers to do without.
PET_WORDS = (
    "toxic", "narcissist", "gaslight", "red flag", "valid", "journey", "boundaries are", "at the end of the day", "it's okay to",
    "hold space", "holding space", "lean into", "sit with", "give yourself permission", "self-care", "heal", "you deserve", "be kind to yourself",
)  # fmt: skip
_PET = re.compile(rf"\b({'|'.join(map(re.escape, PET_WORDS))})\b", re.IGNORECASE)
_HTML = re.compile(r"</?[a-zA-Z][^>\n]*>")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True)
class _Place:
    """Finds the line of a passage's parts in its file again, for messages."""

    path: Path
    lines: tuple[str, ...]
    body_line: int

    def of(self, words: str, *, body: bool = False) -> int:
        start = self.body_line - 1 if body else 0
        for number, line in enumerate(self.lines[start:], start=start + 1):
            if words in line:
                return number
        return 0


def check(folder: Path) -> Reading:
    """Read a folder of essays and judge the writing too; problems come in the order of files and lines.

    Raises:
        CorpusError: there is no such folder.
    """
    reading = read_corpus(folder)
    places = {essay.id: _place(folder / f"{essay.id}.md") for essay in reading.corpus.essays}
    problems = list(reading.problems)
    plain_essays = {p.path.stem for p in problems if p.rule is Rule.PLAIN_ESSAY}
    for essay in reading.corpus.essays:
        problems.extend(_essay(essay, places[essay.id], described=essay.id not in plain_essays))
    described = [p for p in reading.corpus.passages if p.speaks_to]
    problems.extend(_repeated_openings(reading.corpus.passages, places))
    problems.extend(_repeated_words(reading.corpus.essays, places))
    problems.extend(_near_duplicates(described, places))
    problems.sort(key=lambda p: (p.path.name, p.line, p.rule))
    return Reading(reading.corpus, tuple(problems))


def _place(path: Path) -> _Place:
    text = path.read_text(encoding="utf-8-sig")
    return _Place(path, tuple(text.split("\n")), split_front_matter(text)[2])


def _essay(essay: Essay, place: _Place, *, described: bool) -> Iterator[Problem]:
    if not essay.themes:
        yield Problem(Rule.NO_THEME, place.path, 1, "The essay names no theme.")
    for passage in essay.passages:
        yield from _prose(passage, place)
        if described:
            yield from _description(passage, place)


def _prose(passage: Passage, place: _Place) -> Iterator[Problem]:
    line = place.of(passage.heading, body=True)
    if not WORDS[0] <= passage.words <= WORDS[1]:
        yield Problem(Rule.LENGTH, place.path, line, f"{passage.heading!r} has {passage.words} words.")
    for found in _PET.finditer(passage.text):
        yield Problem(Rule.PET_WORD, place.path, place.of(found[0], body=True), f"{found[0]!r} is a worn-out word.")
    if _HTML.search(passage.text):
        yield Problem(Rule.HTML, place.path, line, f"{passage.heading!r} holds HTML.")
    if _IMAGE.search(passage.text):
        yield Problem(Rule.REMOTE_IMAGE, place.path, line, f"{passage.heading!r} holds an image.")
    if passage.lens is Lens.OTHER_SIDE and "?" not in plain(passage.text)[-200:]:
        yield Problem(
            Rule.NO_QUESTION, place.path, line, f"{passage.heading!r} shows another side and ends without a question."
        )


def _description(passage: Passage, place: _Place) -> Iterator[Problem]:
    line = place.of(f"id: {passage.slug}")
    if not SPEAKS_TO[0] <= len(passage.speaks_to) <= SPEAKS_TO[1]:
        yield Problem(
            Rule.FEW_SPEAKS_TO,
            place.path,
            line,
            f"{passage.heading!r} has this many speaks_to lines: {len(passage.speaks_to)}.",
        )
    if not PROMPTS[0] <= len(passage.prompts) <= PROMPTS[1]:
        yield Problem(
            Rule.FEW_PROMPTS, place.path, line, f"{passage.heading!r} has this many prompts: {len(passage.prompts)}."
        )
    elif min(p.minutes for p in passage.prompts) > LIGHT_MINUTES:
        yield Problem(Rule.NO_LIGHT_PROMPT, place.path, line, f"{passage.heading!r} has no light prompt.")
    for prompt in passage.prompts:
        if re.match(r"why\b", prompt.ask, re.IGNORECASE):
            yield Problem(Rule.PROMPT_WHY, place.path, place.of(prompt.ask[:30]), "The prompt begins with 'why'.")


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _repeated_openings(passages: tuple[Passage, ...], places: dict[str, _Place]) -> Iterator[Problem]:
    first: dict[tuple[str, ...], Passage] = {}
    for passage in passages:
        opening = tuple(_words(plain(passage.text))[:OPENING_WORDS])
        other = first.setdefault(opening, passage)
        if other is not passage:
            place = places[passage.essay_id]
            line = place.of(passage.heading, body=True)
            yield Problem(
                Rule.REPEATED_OPENING,
                place.path,
                line,
                f"{passage.id} and {other.id} both begin {' '.join(opening)!r}.",
            )


def _repeated_words(essays: tuple[Essay, ...], places: dict[str, _Place]) -> Iterator[Problem]:
    first: dict[tuple[str, ...], Passage] = {}
    told: set[tuple[str, str]] = set()
    for essay in essays:
        for passage in essay.passages:
            words = _words(plain(passage.text))
            for start in range(len(words) - REPEATED_WORDS + 1):
                run = tuple(words[start : start + REPEATED_WORDS])
                other = first.setdefault(run, passage)
                if other is not passage and (passage.id, other.id) not in told:
                    told.add((passage.id, other.id))
                    place = places[essay.id]
                    line = place.of(passage.heading, body=True)
                    yield Problem(
                        Rule.REPEATED_WORDS, place.path, line, f"{passage.id} and {other.id} share {' '.join(run)!r}."
                    )


def _near_duplicates(passages: list[Passage], places: dict[str, _Place]) -> Iterator[Problem]:
    """Pairs of `speaks_to` lines of different passages whose word sets overlap by three quarters (Jaccard)."""
    lines = [(line, frozenset(_words(line)), passage) for passage in passages for line in passage.speaks_to]
    by_word: dict[str, list[int]] = defaultdict(list)
    for number, (_, words, _) in enumerate(lines):
        for word in words:
            by_word[word].append(number)
    # Lines that are alike share a rare word, so only those sharing one need comparing.
    pairs = {pair for numbers in by_word.values() if len(numbers) <= 50 for pair in combinations(numbers, 2)}
    for one, two in sorted(pairs):
        (line, words, passage), (other, other_words, other_passage) = lines[two], lines[one]
        if passage is not other_passage and len(words & other_words) >= NEAR_DUPLICATE * len(words | other_words):
            place = places[passage.essay_id]
            fault = f"A speaks_to line of {passage.id} is nearly one of {other_passage.id}: {line!r} and {other!r}."
            yield Problem(Rule.NEAR_DUPLICATE_LINE, place.path, place.of(line[:30]), fault)
