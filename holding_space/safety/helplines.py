"""Help lines by country, and the lists that cover many countries: only what was read in an official or corroborated source.

A wrong number has killed. What is uncertain, or was seen in a list only, never leaves this file; a doubtful part of an
entry (a number from memory, hours from somewhere else) is left out of what is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from holding_space.errors import SafetyError

FILE = Path(__file__).parent / "helplines.yaml"
CURE = "Put helplines.yaml back as it was published."
CLEARED = ("official", "corroborated")
NOT_CONFIRMED = "hours not confirmed"

_DOUBT = re.compile(r"general knowledge|not confirmed|third-party|conflicting", re.IGNORECASE)
# Notes are the compilers' own; only these are for readers.
_FOR_READERS = {
    "free from landlines and mobiles": "free from landlines and mobiles",
    "any opening word works": "any opening word works",
    "serves women and girls": "for women and girls",
    "English and French": "in English and French",
    "free, not on the bill": "free, and not on the bill",
    "does not appear on the phone bill": "does not appear on the phone bill",
    "also takes calls from people worried about their own behaviour (en.wikipedia.org/wiki/National_Domestic_Violence_Hotline)": (
        "also for people worried about their own behaviour"
    ),
}
_NAMES = {
    "AU": "Australia", "BR": "Brazil", "CA": "Canada", "DE": "Germany", "ES": "Spain", "EU": "Elsewhere in the European Union",
    "FR": "France", "GB": "United Kingdom", "IE": "Ireland", "IN": "India", "IT": "Italy", "JP": "Japan", "MX": "Mexico",
    "NL": "Netherlands", "NZ": "New Zealand", "SG": "Singapore", "US": "United States", "ZA": "South Africa",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One help line, as it may be shown. `checked_on` is the day (ISO) on which `read_at` was read; empty parts are not known."""

    name: str
    categories: tuple[str, ...]
    phone: str
    text: str
    chat: str
    official_site: str
    hours: str
    audience: str
    verification: str
    checked_on: str
    read_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """A list of help lines for many countries."""

    name: str
    categories: tuple[str, ...]
    official_site: str
    checked_on: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country that a reader can choose, with its emergency number and its cleared lines."""

    code: str
    name: str
    emergency: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    countries: tuple[Country, ...]
    directories: tuple[Directory, ...]


def countries() -> tuple[Country, ...]:
    """Every country of the file, by name.

    Raises:
        SafetyError: the file is missing or broken.
    """
    return _read(FILE).countries


def country(code: str) -> Country | None:
    """The country with this two-letter code, or None.

    Raises:
        SafetyError: the file is missing or broken.
    """
    return next((c for c in countries() if c.code == code.upper()), None)


def directories() -> tuple[Directory, ...]:
    """The lists that cover many countries.

    Raises:
        SafetyError: the file is missing or broken.
    """
    return _read(FILE).directories


@lru_cache(maxsize=2)
def _read(file: Path) -> _Known:
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
        checked_on = str(found["compiled"])
        known = [_country(code, fields, checked_on) for code, fields in found["countries"].items()]
        listed = tuple(
            Directory(entry["name"], tuple(entry["categories"]), entry["official_site"], checked_on)
            for entry in found["international"]
            if _is_cleared(entry)
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise SafetyError(f"The help lines in {file.name} cannot be read.", CURE) from error
    if not listed:
        raise SafetyError(f"{file.name} names no list that covers many countries.", CURE)
    return _Known(tuple(sorted(known, key=lambda c: c.name)), listed)


def _country(code: str, fields: dict[str, Any], checked_on: str) -> Country:
    lines = tuple(_line(entry, checked_on) for entry in fields["lines"] if _is_cleared(entry))
    reachable = tuple(line for line in lines if line.phone or line.text or line.chat or line.official_site)
    return Country(code, _NAMES[code], str(fields["emergency"]), reachable)


def _line(entry: dict[str, Any], checked_on: str) -> Line:
    hours = entry["hours"]
    audience = [part for part in (entry.get("audience"), _FOR_READERS.get(entry.get("note", ""))) if part]
    return Line(
        name=entry["name"],
        categories=tuple(entry["categories"]),
        phone=_sure(entry.get("phone")),
        text=_sure(entry.get("text")),
        chat=_sure(entry.get("chat")),
        official_site=_sure(entry.get("official_site")),
        hours="" if hours == "directory" else NOT_CONFIRMED if _DOUBT.search(hours) else hours,
        audience=", ".join(audience),
        verification=entry["verification"],
        checked_on=checked_on,
        read_at=tuple(source["address"] for source in entry["sources"]),
    )


def _is_cleared(entry: dict[str, Any]) -> bool:
    return entry["verification"] in CLEARED and entry["uncertain"] is False and bool(entry["sources"])


def _sure(part: str | None) -> str:
    """A part of an entry, or nothing if the entry itself doubts it."""
    return "" if part is None or _DOUBT.search(part) else part
