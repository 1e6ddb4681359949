"""Each signal against its own examples, and the files against slips."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from holding_space.errors import SafetyError
from holding_space.safety import Screen, open_screen
from holding_space.safety.normalise import normalise
from holding_space.safety.patterns import FOLDER, OPENING, load_signals

SIGNALS = load_signals()
MASKS = [*SIGNALS.idioms, *SIGNALS.minors]


def found(screen: Screen, signal_id: str, line: str) -> bool:
    text = OPENING + screen._without_idioms(normalise(line))
    signal = next(s for s in SIGNALS.signals if s.id == signal_id)
    someone = SIGNALS.someone(text)
    return any(True for pattern in signal.patterns for _ in pattern.find(text, someone))


def test_there_are_many_signals_in_every_category() -> None:
    assert len(SIGNALS.signals) >= 90
    assert all(len(s.catches) >= 2 and s.leaves for s in SIGNALS.signals)


@pytest.mark.parametrize(("signal", "line"), [(s.id, line) for s in SIGNALS.signals for line in s.catches])
def test_a_signal_catches_its_examples(screen: Screen, signal: str, line: str) -> None:
    assert found(screen, signal, line)


@pytest.mark.parametrize(("signal", "line"), [(s.id, line) for s in SIGNALS.signals for line in s.leaves])
def test_a_signal_leaves_its_counterexamples(screen: Screen, signal: str, line: str) -> None:
    assert not found(screen, signal, line)


@pytest.mark.parametrize(
    ("mask", "line"), [(m, line) for m in MASKS for line in m.catches], ids=lambda v: getattr(v, "id", v)
)
def test_a_mask_covers_its_examples(mask, line) -> None:  # type: ignore[no-untyped-def]
    assert mask.pattern.search(OPENING + normalise(line))


@pytest.mark.parametrize(
    ("mask", "line"), [(m, line) for m in MASKS for line in m.leaves], ids=lambda v: getattr(v, "id", v)
)
def test_a_mask_never_covers_its_dangerous_neighbours(mask, line) -> None:  # type: ignore[no-untyped-def]
    assert not mask.pattern.search(OPENING + normalise(line))


def test_trying_patterns_only_at_persons_loses_nothing() -> None:
    """The shortcut must find whatever the pattern finds anywhere."""
    lines = [line for s in SIGNALS.signals for line in (*s.catches, *s.leaves)]
    for line in lines:
        text = OPENING + normalise(line)
        someone = SIGNALS.someone(text)
        for signal in SIGNALS.signals:
            for pattern in signal.patterns:
                everywhere = pattern.regex.search(text) is not None
                assert everywhere == any(True for _ in pattern.find(text, someone)), (signal.id, line)


def test_no_pattern_repeats_a_repetition_without_bound() -> None:
    unbounded = re.compile(r"\((?:[^()\\]|\\.)*[*+](?:[^()\\]|\\.)*\)[*+]")
    for signal in SIGNALS.signals:
        for pattern in signal.patterns:
            assert not unbounded.search(pattern.regex.pattern), signal.id


def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "signals"))


def test_a_pattern_that_does_not_compile_is_named(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    path = folder / "stalking.yaml"
    path.write_text(
        path.read_text()
        + "- {id: stalking.new, category: stalking, tier: stop, pattern: '(', catches: [], leaves: []}\n"
    )
    with pytest.raises(SafetyError, match=r"stalking\.new"):
        load_signals(folder)


@pytest.mark.parametrize(
    "entry",
    [
        "{id: x, category: stalking, tier: stop, pattern: a, catches: [], leaves: [], extra: 1}",
        "{id: x, category: weather, tier: stop, pattern: a, catches: [], leaves: []}",
        "{id: x, category: stalking, tier: loud, pattern: a, catches: [], leaves: []}",
        "{id: x, category: stalking, tier: stop, pattern: <nowhere>, catches: [], leaves: []}",
        "{id: stalking.named, category: stalking, tier: stop, pattern: a, catches: [], leaves: []}",
        "just words",
    ],
)
def test_an_entry_of_another_form_is_refused(tmp_path: Path, entry: str) -> None:
    folder = copy(tmp_path)
    path = folder / "stalking.yaml"
    path.write_text(f"{path.read_text()}- {entry}\n")
    with pytest.raises(SafetyError):
        load_signals(folder)


@pytest.mark.parametrize("name", ["words.yaml", "idioms.yaml", "minors.yaml"])
def test_a_missing_file_is_an_error(tmp_path: Path, name: str) -> None:
    folder = copy(tmp_path)
    (folder / name).unlink()
    with pytest.raises(SafetyError):
        load_signals(folder)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SafetyError):
        load_signals(tmp_path)


def test_the_screen_opens() -> None:
    assert isinstance(open_screen(), Screen)
