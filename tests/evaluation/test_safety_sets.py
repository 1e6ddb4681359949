"""The labelled lines: their form, their number, and that the two sets are apart."""

import json
from collections import Counter
from pathlib import Path

import pytest

from holding_space.errors import SafetyError
from holding_space.evaluation.safety_sets import HELDOUT, TRAINING, digest, read_lines, training_lines
from holding_space.safety import Category
from holding_space.settings import CLASSIFIER

LINE = {
    "tier": "stop",
    "category": "control",
    "kind": "money",
    "english": "gb",
    "text": "I ask and [[he counts the coins]] first.",
}


def write(folder: Path, *lines: dict[str, object] | str) -> Path:
    folder.mkdir(exist_ok=True)
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    (folder / "one.jsonl").write_text("\n".join(texts), encoding="utf-8")
    return folder


def test_marks_are_taken_out_and_remembered(tmp_path: Path) -> None:
    (line,) = read_lines(write(tmp_path, LINE))
    assert line.text == "I ask and he counts the coins first."
    assert [mark.of(line.text) for mark in line.marks] == ["he counts the coins"]
    assert (line.id, line.author, line.category) == ("one-1", "one", Category.CONTROL)


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        LINE | {"tier": "loud"},
        LINE | {"category": "weather"},
        LINE | {"category": "none"},
        LINE | {"tier": "none"},
        LINE | {"text": " "},
        LINE | {"extra": 1},
    ],
)
def test_a_line_of_another_form_is_named_without_its_text(tmp_path: Path, line: dict[str, object] | str) -> None:
    with pytest.raises(SafetyError, match=r"one\.jsonl:2") as told:
        read_lines(write(tmp_path, LINE, line))
    assert "coins" not in str(told.value)


def test_an_empty_set_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SafetyError):
        read_lines(tmp_path)


@pytest.mark.parametrize(("folder", "fewest"), [(TRAINING, 2500), (HELDOUT, 800)])
def test_the_sets_are_large_and_cover_everything(folder: Path, fewest: int) -> None:
    lines = read_lines(folder)
    assert len(lines) >= fewest
    assert {line.category for line in lines if line.tier == "stop"} == set(Category)
    assert min(Counter(line.category for line in lines if line.tier == "stop").values()) >= 50
    assert {
        "idiom",
        "heartbreak",
        "quarrel",
        "grief",
        "jealousy",
        "self_dislike",
        "anger",
        "fiction",
        "third_person",
        "negated",
        "professional",
    } <= {line.kind for line in lines if not line.is_danger}
    assert {"gb", "us", "in", "au"} <= {line.english for line in lines}


def test_no_line_is_in_both_sets() -> None:
    training, heldout = ({" ".join(line.text.lower().split()) for line in read_lines(f)} for f in (TRAINING, HELDOUT))
    assert not training & heldout


def test_the_classifier_was_trained_on_the_training_set_as_it_is() -> None:
    manifest = json.loads((CLASSIFIER / "manifest.json").read_text())
    lines = training_lines()
    assert manifest["training"] == digest(lines), (
        "The training set has changed: run 'python -m holding_space train-screen'."
    )
    assert manifest["training_lines"] == len(lines)
