"""A wrong number has killed: only what was read in a good source, lately enough, may be reachable."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from holding_space.errors import SafetyError
from holding_space.safety import countries, country, directories
from holding_space.safety import helplines as module

RAW: dict[str, Any] = yaml.safe_load(module.FILE.read_text(encoding="utf-8"))
CLEARED = {"official", "corroborated"}


def entries(code: str) -> dict[str, dict[str, Any]]:
    return {entry["name"]: entry for entry in RAW["countries"][code]["lines"]}


def test_every_country_of_the_file_can_be_chosen() -> None:
    assert {one.code for one in countries()} == set(RAW["countries"])
    assert [one.name for one in countries()] == sorted(one.name for one in countries())


def test_only_cleared_lines_are_reachable() -> None:
    for one in countries():
        for line in one.lines:
            entry = entries(one.code)[line.name]
            assert entry["verification"] in CLEARED
            assert entry["uncertain"] is False
            assert line.read_at


def test_uncertain_lines_are_not_reachable_by_any_way() -> None:
    shown = {line.name for one in countries() for line in one.lines}
    assert "RAINN National Sexual Assault Hotline" not in shown
    assert "1800RESPECT" not in shown
    assert "116 123 emotional support" not in shown


def test_nothing_shown_carries_a_doubt() -> None:
    for one in countries():
        for line in one.lines:
            for part in (line.phone, line.text, line.chat, line.hours, line.audience):
                assert "general knowledge" not in part
                assert "conflicting" not in part
    childline = next(line for line in _lines("GB") if line.name == "Childline")
    assert childline.hours == "hours not confirmed"
    assert next(line for line in _lines("IT")).chat == ""


def _lines(code: str) -> tuple[module.Line, ...]:
    found = country(code)
    assert found is not None
    return found.lines


def test_numbers_that_must_not_be_listed_are_not() -> None:
    shown = " ".join(f"{line.phone} {line.text}" for one in countries() for line in one.lines)
    assert "1-800-273-8255" not in shown
    assert "1800-599-0019" not in shown


def test_every_country_names_its_emergency_number() -> None:
    assert all(one.emergency for one in countries())


def test_every_number_was_checked_within_twelve_months() -> None:
    for one in countries():
        for line in one.lines:
            assert date.today() - date.fromisoformat(line.checked_on) <= timedelta(days=366)


def test_directories_are_cleared_and_have_an_address() -> None:
    names = {one.name for one in directories()}
    assert "Find A Helpline (ThroughLine)" in names
    assert "IASP crisis centres" not in names
    assert all(one.official_site.startswith("https://") for one in directories())


def test_an_unknown_country_is_none() -> None:
    assert country("XX") is None


@pytest.mark.parametrize("text", ["", "countries: 3", "[]", "compiled: x\ncountries: {US: {lines: []}}\n"])
def test_a_broken_file_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "helplines.yaml"
    path.write_text(text)
    with pytest.raises(SafetyError):
        module._read(path)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SafetyError):
        module._read(tmp_path / "helplines.yaml")
