"""Three situations an essay, short, middle and long: each must find that essay among the passages of its first reading, but for
two that are named."""

from pathlib import Path

import pytest
import yaml

from holding_space.conversation import Conversation, Reading, respond
from holding_space.corpus import load_corpus
from holding_space.engine import Engine

HERE = Path(__file__).parent
WAVE: dict[str, list[str]] = yaml.safe_load((HERE / "first_wave.yaml").read_text(encoding="utf-8"))
LENGTHS = ("short", "middle", "long")
LOST = {
    ("the-first-three-minutes", 0): "finds passages on evenings that go wrong in other ways",
    ("the-turned-away-screen", 2): "the screen hears harm in it, and shows help alone",
}
"""Situations that found their essay when the library was tuned on them, and no longer do since the ranking is learnt from others."""


def test_every_essay_has_three_situations_short_middle_and_long() -> None:
    corpus = load_corpus(HERE.parent.parent / "corpus")
    assert set(WAVE) == {passage.essay_id for passage in corpus.passages}
    for essay, texts in WAVE.items():
        short, middle, long = (len(text.split()) for text in texts)
        assert 5 <= short <= 14 < middle <= 40 < 60 <= long <= 140, essay


@pytest.mark.model
@pytest.mark.parametrize("length", range(3), ids=LENGTHS)
@pytest.mark.parametrize("essay", WAVE)
def test_a_situation_finds_its_essay(
    real_engine: Engine, request: pytest.FixtureRequest, essay: str, length: int
) -> None:
    if (essay, length) in LOST:
        request.applymarker(pytest.mark.xfail(reason=LOST[essay, length], strict=True))
    reply = respond(real_engine, Conversation(), WAVE[essay][length]).reply
    assert isinstance(reply, Reading)
    assert essay in [match.passage.essay_id for match in reply.matches]
