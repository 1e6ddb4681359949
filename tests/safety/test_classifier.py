"""The classifier as a file, and what it adds to the patterns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from holding_space.encoders import EncoderSpec, HashingEncoder, Vectors
from holding_space.errors import SafetyError
from holding_space.safety import (
    Category,
    Classifier,
    ClassifierManifest,
    Level,
    Screen,
    Thresholds,
    read_classifier,
    write_classifier,
)
from holding_space.safety.classifier import FORMAT, INPUTS
from holding_space.safety.parts import VERSION
from holding_space.safety.second_ear import MISSING

SPEC = EncoderSpec("loudness", "0" * 64, 1, 512)


def loudness(texts: Sequence[str]) -> Vectors:
    """A small encoder: how much of a text is written in capitals."""
    return np.array(
        [[sum(c.isupper() for c in t) / max(1, sum(c.isalpha() for c in t))] for t in texts], dtype=np.float32
    )


def manifest(spec: EncoderSpec = SPEC, *, second: tuple[float, ...] | None = None) -> ClassifierManifest:
    return ClassifierManifest(
        format=FORMAT,
        encoder=spec,
        parts=VERSION,
        categories=tuple(category.value for category in Category),
        second=second or (1.0, *(0.0,) * (len(INPUTS) - 1), 0.0),
        thresholds=Thresholds(stop=0.9, help=0.6),
        training="",
        training_lines=0,
        how="",
        weights="",
    )


def classifier() -> Classifier:
    """Speaks up for capitals: log-odds from -5 (none) to 5 (all), and says that they are about control."""
    weights = np.zeros((1 + len(Category), 2), dtype=np.float32)
    weights[0] = [10, -5]
    weights[1 + list(Category).index(Category.CONTROL)] = [1, 1]
    return Classifier(manifest(), weights)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_classifier(tmp_path / "c", manifest(), classifier().weights)
    return tmp_path / "c"


@pytest.fixture
def both(screen: Screen) -> Screen:
    return screen.with_classifier(classifier(), loudness)


def test_what_was_written_is_read(folder: Path) -> None:
    found = read_classifier(folder, SPEC)
    assert np.array_equal(found.weights, classifier().weights)
    assert found.thresholds == Thresholds(stop=0.9, help=0.6)


@pytest.mark.parametrize("name", ["manifest.json", "weights.npy"])
def test_a_missing_file_is_an_error(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(SafetyError, match="cannot be read"):
        read_classifier(folder, SPEC)


def test_altered_weights_are_refused(folder: Path) -> None:
    raw = bytearray((folder / "weights.npy").read_bytes())
    raw[-1] ^= 1
    (folder / "weights.npy").write_bytes(raw)
    with pytest.raises(SafetyError, match="not as they were written"):
        read_classifier(folder, SPEC)


def test_a_classifier_of_another_encoder_is_refused(folder: Path) -> None:
    with pytest.raises(SafetyError, match="another version or encoder"):
        read_classifier(folder, HashingEncoder().spec)


@pytest.mark.parametrize("change", [{"parts": "parts/0"}, {"format": 99}])
def test_a_classifier_of_another_version_is_refused(folder: Path, change: dict[str, object]) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(SafetyError, match="another version"):
        read_classifier(folder, SPEC)


@pytest.mark.parametrize("change", [{"categories": ["weather"]}, {"second": "x"}, {"thresholds": {}}])
def test_a_manifest_of_another_form_is_refused(folder: Path, change: dict[str, object]) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(SafetyError):
        read_classifier(folder, SPEC)


def test_it_raises_to_stop_and_names_the_category(both: Screen) -> None:
    found = both.screen(["THE RULES OF THE HOUSE ARE HIS RULES"])
    assert (found.level, found.category) == (Level.STOP, Category.CONTROL)
    assert found.evidence == ("classifier.control",)


def test_it_raises_to_help_when_it_is_less_sure(both: Screen) -> None:
    assert both.screen(["THE RULES OF The House ArE his"]).level is Level.HELP


def test_it_says_nothing_about_what_it_does_not_know(both: Screen) -> None:
    assert both.screen(["we had soup and talked about the garden"]).level is Level.NOTHING


def test_it_never_lowers_what_the_patterns_found(both: Screen, screen: Screen) -> None:
    for text in ("i want to kill myself", "he hit me last night", "I'm not suicidal"):
        assert both.screen([text]).level >= screen.screen([text]).level
        assert both.screen([text]).category is screen.screen([text]).category


def test_what_the_patterns_took_back_it_does_not_raise_to_stop(both: Screen) -> None:
    assert both.screen(["I HAVE NEVER WANTED TO KILL MYSELF"]).level is Level.HELP


def test_a_danger_in_one_sentence_of_a_long_story_is_heard(both: Screen) -> None:
    story = "We have been together for six years and we have two cats and a garden. " * 12
    assert (
        both.screen([f"{story} HE DECIDES WHO COMES INTO THIS HOUSE AND WHO DOES NOT. And how are you?"]).level
        is Level.STOP
    )


def test_pieces_are_heard_together(both: Screen) -> None:
    pieces = ["HE DECIDES", "who comes", "INTO THE HOUSE"]
    assert both.screen(pieces[1:2]).level is Level.NOTHING
    assert max(both.screen(pieces[: n + 1]).level for n in range(3)) is Level.STOP


def test_where_it_is_missing_there_is_a_help_card_above_everything(screen: Screen) -> None:
    found = screen.without_classifier().screen(["we had soup and talked about the garden"])
    assert found.level is Level.HELP
    assert MISSING in found.evidence


def test_evidence_never_holds_a_readers_words(both: Screen) -> None:
    found = both.screen(["CANARY SEVEN SEVEN THREE ONE IS WHAT HE SHOUTED"])
    assert "canary" not in repr(found).lower()
