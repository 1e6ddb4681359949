"""Training on a small made-up set with the hashing encoder: it learns words, and that is enough to see that it learns."""

import numpy as np
import pytest

from holding_space.domain import Span
from holding_space.encoders import HashingEncoder
from holding_space.evaluation.safety_sets import SafetyLine
from holding_space.evaluation.training import CATEGORIES, HELP_ALARMS, STOP_ALARMS, choose, examples_of, train
from holding_space.safety import Category, Classifier, Level, Screen, Screening, open_screen

SIGNS = ("lantern", "copper", "thistle", "walnut", "marble", "velvet", "cinder", "anchor", "pepper", "saddle")
OTHERS = (
    "river",
    "window",
    "garden",
    "letter",
    "morning",
    "kettle",
    "ribbon",
    "ladder",
    "meadow",
    "candle",
    "orchard",
    "harbour",
)


def lines() -> list[SafetyLine]:
    """Four authors; each category has a word of its own that stands in its lines and in no ordinary one."""
    rng = np.random.default_rng(5)
    found = []
    for author in "abcd":
        for number in range(8 * len(CATEGORIES) * 2):
            words = list(rng.choice(OTHERS, 6))
            danger = number % 2 == 0
            category = CATEGORIES[(number // 2) % len(CATEGORIES)] if danger else None
            if danger:
                words.insert(int(rng.integers(7)), SIGNS[CATEGORIES.index(category)])  # type: ignore[arg-type]
            found.append(
                SafetyLine(
                    f"{author}-{number}", author, "stop" if danger else "none", category, "x", "gb", " ".join(words), ()
                )
            )
    return found


@pytest.fixture(scope="module")
def screen() -> Screen:
    return open_screen()


def test_it_learns_each_category_and_hears_it_by_authors_it_has_not_seen(screen: Screen) -> None:
    known, encoder = lines(), HashingEncoder(64)
    trained = train(known, screen, encoder)
    danger = np.array([line.is_danger for line in known])
    assert trained.unseen[danger].mean() > trained.unseen[~danger].mean() + 0.3
    classifier = Classifier(trained.manifest, trained.weights)
    right = [
        classifier.hear(line.text, encoder.encode_layers, quiet_pattern=False).category is line.category
        for line in known
        if line.is_danger
    ]
    assert np.mean(right) > 0.9


def test_training_twice_gives_the_same_weights(screen: Screen) -> None:
    first, second = (train(lines(), screen, HashingEncoder(64)) for _ in range(2))
    assert np.array_equal(first.weights, second.weights)
    assert first.manifest == second.manifest


def test_only_the_marked_part_of_a_long_text_teaches_danger() -> None:
    told = "We have two cats and a garden and friends who come by. He keeps the only key and decides who may go out. We like soup very much in winter and we often cook it."
    mark = Span(told.index("He keeps"), told.index(" We like"))
    line = SafetyLine("a-1", "a", "stop", Category.CONTROL, "x", "gb", told, (mark,))
    examples = examples_of([line], HashingEncoder(64))
    assert examples.labels[:, 0].tolist() == [True, False, True, False]


def test_thresholds_let_through_no_more_false_alarms_than_allowed() -> None:
    rng = np.random.default_rng(1)
    danger = np.r_[np.ones(500, bool), np.zeros(1000, bool)]
    unseen = np.r_[rng.uniform(0.3, 1, 500), rng.uniform(0, 0.8, 1000)]
    found = [Screening(Level.NOTHING)] * 1500
    chosen = choose(danger, unseen, found)
    assert (unseen[~danger] >= chosen.stop).mean() <= STOP_ALARMS
    assert (unseen[~danger] >= chosen.help).mean() <= HELP_ALARMS
    assert chosen.help < chosen.stop
