"""What is shown to somebody who may be in danger: a line that acknowledges, the limits of this program, and people.

Texts stand in `care.yaml`, numbers in `helplines.yaml`. Where no country was chosen there is no national number at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from holding_space.errors import SafetyError
from holding_space.safety.helplines import Country, Directory, Line, directories
from holding_space.safety.patterns import Category
from holding_space.safety.screen import FAILED
from holding_space.safety.screening import Screening

FILE = Path(__file__).parent / "care.yaml"
MOST_LINES = 3
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CareReply:
    """Everything that a care reply says, in the order in which it is shown."""

    category: Category | None
    acknowledge: str
    limits: str
    emergency: str
    lines: tuple[Line, ...]
    directories: tuple[Directory, ...]
    more: tuple[str, ...]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Shared(_Closed):
    limits: str
    limits_again: str
    emergency: str
    emergency_unknown: str
    person: str
    leave: str
    watched: str
    failed: str
    card: str


class _Texts(_Closed):
    acknowledge: tuple[str, ...] = Field(min_length=3)
    more: tuple[str, ...]
    lines: tuple[str, ...] = Field(min_length=1)


class _Care(_Closed):
    shared: _Shared
    categories: dict[str, _Texts]


def care_for(screening: Screening, country: Country | None, times_shown: int) -> CareReply:
    """The care reply for a screening; `times_shown` care replies came before it, so that no text comes twice in a row.

    Raises:
        SafetyError: the texts or the help lines cannot be read.
    """
    care = _read(FILE)
    texts = care.categories[screening.category.value if screening.category else UNKNOWN]
    failed = screening.evidence == (FAILED,)
    shared = care.shared.model_dump()
    first = care.shared.failed if failed else texts.acknowledge[times_shown % len(texts.acknowledge)]
    return CareReply(
        category=screening.category,
        acknowledge=first,
        limits=care.shared.limits if times_shown % 2 == 0 else care.shared.limits_again,
        emergency=care.shared.emergency.format(number=country.emergency) if country else care.shared.emergency_unknown,
        lines=_fitting(country, texts.lines),
        directories=_listed(texts.lines),
        more=tuple(shared.get(part, part) for part in texts.more),
    )


def help_card(screening: Screening, country: Country | None) -> CareReply:
    """The quiet card above a reading: the same help, said lower.

    Raises:
        SafetyError: the texts or the help lines cannot be read.
    """
    care = _read(FILE)
    texts = care.categories[screening.category.value if screening.category else UNKNOWN]
    emergency = care.shared.emergency.format(number=country.emergency) if country else care.shared.emergency_unknown
    return CareReply(
        screening.category,
        care.shared.card,
        "",
        emergency,
        _fitting(country, texts.lines)[:2],
        _listed(texts.lines)[:1],
        (),
    )


def _fitting(country: Country | None, wanted: tuple[str, ...]) -> tuple[Line, ...]:
    """At most three lines of a country: the best fitting category first, and within it those that take text or chat."""
    if country is None:
        return ()
    fitting = [line for line in country.lines if set(line.categories) & set(wanted)]

    def order(line: Line) -> tuple[int, bool]:
        return (min(wanted.index(c) for c in line.categories if c in wanted), not (line.text or line.chat))

    return tuple(sorted(fitting, key=order)[:MOST_LINES])


def _listed(wanted: tuple[str, ...]) -> tuple[Directory, ...]:
    """The general lists, and those that are kept for one of these categories."""
    return tuple(d for d in directories() if set(d.categories) <= {"directory", *wanted})


@lru_cache(maxsize=2)
def _read(file: Path) -> _Care:
    try:
        care = _Care.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise SafetyError(
            f"The care replies in {file.name} cannot be read.", f"Put {file.name} back as it was published."
        ) from error
    lacking = {category.value for category in Category} | {UNKNOWN}
    if missing := sorted(lacking - care.categories.keys()):
        raise SafetyError(
            f"{file.name} has no reply for {', '.join(missing)}.", f"Put {file.name} back as it was published."
        )
    return care
