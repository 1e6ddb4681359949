"""The signals as data: read from `signals/*.yaml`, checked, and compiled once.

The folder is a closed schema. Whatever is wrong in it is a `SafetyError` that names the entry, so that a slip in a
pattern is found when the program starts and not when somebody needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from holding_space.errors import SafetyError

FOLDER = Path(__file__).parent / "signals"
NOT_SIGNALS = ("words", "idioms", "minors")
CURE = "Put the file back as it was published, or mend the entry; until then no passage is shown."

_BRACKETS = re.compile(r"\\.|\[[^\]]*\]|[(|)]")
_BEGIN = re.compile(r"(?<!\[)\^")
_NAME = re.compile(r"<([a-z][a-z0-9_]*)>")
_START, _ENDS = r"(?<= \. )", r"(?![a-z0-9])"

SOMEONE = "<who>"
OPENING = " . "
"""Stands before every text that a pattern is tried on, so that `^` and the first word are like any other."""


class Level(IntEnum):
    """How firmly help is offered. There is no level that says that someone is safe."""

    NOTHING = 0
    HELP = 1
    STOP = 2


class Category(StrEnum):
    """What kind of danger the words speak of."""

    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    PARTNER_VIOLENCE = "partner_violence"
    CONTROL = "control"
    STALKING = "stalking"
    SEXUAL_VIOLENCE = "sexual_violence"
    CHILD = "child"
    HARM_TO_OTHERS = "harm_to_others"
    EMERGENCY = "emergency"
    THIRD_PARTY = "third_party"


TIERS = {"stop": Level.STOP, "help": Level.HELP, "weak": Level.HELP}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One alternative of a signal. `of_someone` if it can only begin at a word for a person, such as `he`.

    Those are half of all patterns; trying them only where somebody is named makes the screen twice as fast.
    """

    regex: re.Pattern[str]
    of_someone: bool

    def find(self, text: str, someone: Sequence[int]) -> Iterator[re.Match[str]]:
        """Every place where it is found in a text that begins with `OPENING`; `someone` as `Signals.someone` gives."""
        if not self.of_someone:
            yield from self.regex.finditer(text)
            return
        for place in someone:
            if found := self.regex.match(text, place):
                yield found


@dataclass(frozen=True, slots=True)
class Signal:
    """One family of phrases. `patterns` are alternatives; `catches` and `leaves` are its tests.

    A weak signal opens the quiet door and never adds up to more.
    """

    id: str
    category: Category
    level: Level
    weak: bool
    patterns: tuple[Pattern, ...]
    catches: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mask:
    """A phrase that only sounds dangerous (idioms), or that tells an age (minors)."""

    id: str
    pattern: re.Pattern[str]
    catches: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signals:
    """Everything that is listened for."""

    signals: tuple[Signal, ...]
    idioms: tuple[Mask, ...]
    minors: tuple[Mask, ...]
    person: re.Pattern[str]

    def someone(self, text: str) -> list[int]:
        """Where a word for a person begins, counting the space before it."""
        return [found.start() for found in self.person.finditer(text)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    id: str
    pattern: str | list[str]
    catches: list[str]
    leaves: list[str]


class _SignalEntry(_Entry):
    category: str
    tier: str


_E = TypeVar("_E", bound=_Entry)


def load_signals(folder: Path = FOLDER) -> Signals:
    """Read and compile all signals.

    Raises:
        SafetyError: a file is missing or not as described in `words.yaml`, or a pattern does not compile.
    """
    words = _words(_read(folder / "words.yaml"))
    paths = sorted(p for p in folder.glob("*.yaml") if p.stem not in NOT_SIGNALS)
    entries = [entry for path in paths for entry in _entries(path, _SignalEntry)]
    if not entries:
        raise SafetyError(f"There are no signals in {folder}.", CURE)
    signals = tuple(_signal(entry, words) for entry in entries)
    ids = [signal.id for signal in signals]
    for twice in sorted({i for i in ids if ids.count(i) > 1}):
        raise SafetyError(f"The signal {twice} stands twice in {folder}.", CURE)
    return Signals(
        signals=signals,
        idioms=tuple(_mask(e, words) for e in _entries(folder / "idioms.yaml", _Entry)),
        minors=tuple(_mask(e, words) for e in _entries(folder / "minors.yaml", _Entry)),
        person=_compiled("words.yaml", SOMEONE, words),
    )


def _read(path: Path) -> object:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SafetyError(f"The safety data {path} cannot be read: {type(error).__name__}.", CURE) from error


def _words(found: object) -> Mapping[str, str]:
    try:
        return TypeAdapter(dict[str, str]).validate_python(found, strict=True)
    except ValidationError as error:
        raise SafetyError(f"words.yaml: {error.error_count()} entries are not a name and a text.", CURE) from error


def _entries(path: Path, kind: type[_E]) -> list[_E]:
    found = _read(path)
    if not isinstance(found, list) or not found:
        raise SafetyError(f"The safety data {path} is not a list of entries.", CURE)
    entries = []
    for number, raw in enumerate(found, start=1):
        try:
            entries.append(kind.model_validate(raw))
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors()[0]["loc"])
            raise SafetyError(f"{path.name}, entry {number}: {where or 'the entry'} is wrong.", CURE) from error
    return entries


def _signal(entry: _SignalEntry, words: Mapping[str, str]) -> Signal:
    try:
        category, level = Category(entry.category), TIERS[entry.tier]
    except (ValueError, KeyError) as error:
        raise SafetyError(f"The signal {entry.id} has an unknown category or tier.", CURE) from error
    return Signal(
        id=entry.id,
        category=category,
        level=level,
        weak=entry.tier == "weak",
        patterns=tuple(p for source in _alternatives(entry) for p in _patterns(entry.id, source, words)),
        catches=tuple(entry.catches),
        leaves=tuple(entry.leaves),
    )


def _patterns(name: str, source: str, words: Mapping[str, str]) -> Iterator[Pattern]:
    """One alternative, parted into what begins with somebody and what does not."""
    parts = _parted(source)
    of_someone = [part for part in parts if part.startswith(f"{SOMEONE} ")]
    others = [part for part in parts if not part.startswith(f"{SOMEONE} ")]
    if of_someone:
        yield Pattern(_compiled(name, "|".join(of_someone), words), of_someone=True)
    if others:
        yield Pattern(_compiled(name, "|".join(others), words), of_someone=False)


def _parted(source: str) -> list[str]:
    """The source cut at each `|` that stands outside all brackets."""
    parts, depth, start = [], 0, 0
    for found in _BRACKETS.finditer(source):
        mark = found[0]
        depth += (mark == "(") - (mark == ")")
        if mark == "|" and depth == 0:
            parts.append(source[start : found.start()])
            start = found.end()
    return [*parts, source[start:]]


def _mask(entry: _Entry, words: Mapping[str, str]) -> Mask:
    source = "|".join(_alternatives(entry))
    return Mask(entry.id, _compiled(entry.id, source, words), tuple(entry.catches), tuple(entry.leaves))


def _alternatives(entry: _Entry) -> list[str]:
    return [entry.pattern] if isinstance(entry.pattern, str) else entry.pattern


def _compiled(name: str, source: str, words: Mapping[str, str]) -> re.Pattern[str]:
    try:
        # A literal space first: the engine then tries word starts only, which is several times faster.
        return re.compile(f" (?:{_BEGIN.sub(_START, _spelt(source, words))}){_ENDS}")
    except (re.error, KeyError, RecursionError) as error:
        raise SafetyError(f"The pattern of {name} does not compile: {error}.", CURE) from error


def _spelt(source: str, words: Mapping[str, str]) -> str:
    """The pattern with every <name> written out. A negated set (`[^`) keeps its sign."""
    return _NAME.sub(lambda found: f"(?:{_spelt(words[found[1]], words)})", source)
