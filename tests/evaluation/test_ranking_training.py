"""Training on a few judged messages with the real model: enough to see that it learns what they say."""

from __future__ import annotations

import random

import numpy as np
import pytest

from holding_space.domain import Situation
from holding_space.encoders import Trainable
from holding_space.encoders.larger import LargerModel
from holding_space.encoders.sentence import SentenceEncoder
from holding_space.engine import Engine
from holding_space.evaluation import ranking_training as training
from holding_space.evaluation.judged import Judged, read_judged
from holding_space.matching import Learned, Matcher

pytestmark = [
    pytest.mark.model,
    pytest.mark.timeout(900),  # the larger model learns for a minute or two
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


@pytest.fixture(scope="module", params=["smaller", "larger"])
def base(request: pytest.FixtureRequest, real_engine: Engine) -> Trainable:
    """What is taught: the encoder, all of whose layers are changed, or the larger model, whose upper ones are."""
    if request.param == "larger":
        larger: LargerModel = request.getfixturevalue("larger_model")
        return larger
    smaller = real_engine.matcher.encoder
    assert isinstance(smaller, SentenceEncoder)
    return smaller


@pytest.fixture(scope="module")
def matcher(real_engine: Engine, base: Trainable) -> Matcher:
    return Matcher(real_engine.matcher.index, real_engine.matcher.encoder, ranker=base)


@pytest.fixture(scope="module")
def messages(matcher: Matcher) -> list[Judged]:
    known = [m for m in read_judged({p.id for p in matcher.passages}) if len(m.text.split()) < 40]
    random.Random(1).shuffle(known)
    covered = [m for m in known if m.good][:40]
    return [*covered, *[m for m in known if not m.good][:20]]


@pytest.fixture(scope="module")
def learned(matcher: Matcher, base: Trainable, messages: list[Judged]) -> Learned:
    examples = training.examples_of(messages, matcher)
    return training.train(messages, examples, matcher, base, epochs=15)


def rank_of_the_best(matcher: Matcher, message: Judged) -> int:
    situation = Situation((message.text,))
    scores = matcher.score(situation, matcher.query(situation))[0]
    good = [matcher.index.position(passage) for passage in message.good]
    return int((scores > scores[good].max()).sum())


def test_it_learns_which_passages_the_messages_want(matcher: Matcher, messages: list[Judged], learned: Learned) -> None:
    taught, plain = matcher.with_learned(learned), matcher.with_weights(matcher.weights, learned=False)
    covered = [m for m in messages if m.good]
    found = [rank_of_the_best(taught, m) < 3 for m in covered]
    before = [rank_of_the_best(plain, m) < 3 for m in covered]
    assert np.mean(found) > 0.8
    assert np.mean(found) > np.mean(before) + 0.1


def test_it_learns_which_messages_the_library_covers(
    matcher: Matcher, messages: list[Judged], learned: Learned
) -> None:
    taught = matcher.with_learned(learned)
    odds = {m.id: taught.odds(taught.query(Situation((m.text,)))) for m in messages}
    covered = [odds[m.id] for m in messages if m.good]
    others = [odds[m.id] for m in messages if not m.good]
    right = np.mean([one > other for one in covered for other in others])
    assert right > 0.7, right


def test_the_threshold_turns_away_few_of_the_odd_situations(matcher: Matcher, learned: Learned) -> None:
    chosen = training.with_threshold(learned, matcher)
    assert chosen.manifest.threshold != 0
    assert chosen.passages is learned.passages


def test_the_model_itself_is_left_as_it_was(base: Trainable, learned: Learned) -> None:
    assert not any("lora" in name for name, _ in base.model.named_parameters())
    assert learned.manifest.encoder == base.spec
    assert {name.rsplit(".", 1)[1] for name in learned.adapter} == {"A", "B"}
