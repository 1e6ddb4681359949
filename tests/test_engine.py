"""Which of the models ranks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from holding_space.encoders import EncoderSpec, HashingEncoder, larger, sentence
from holding_space.engine import larger_is_missed, learned_for
from holding_space.index import folder_for
from holding_space.matching import write_learned
from holding_space.settings import Settings
from tests.matching.test_learned import learned

PASSAGES = ["an-essay/one", "an-essay/two"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a place where both models have learnt about two passages."""
    for spec in (larger.SPEC, sentence.SPEC):
        write_learned(folder_for(tmp_path, spec), learned(PASSAGES, spec=spec))
    return Settings(tmp_path, tmp_path, tmp_path, learned_dir=tmp_path)


def ranks(settings: Settings, encoder: EncoderSpec = sentence.SPEC, passages: list[str] = PASSAGES) -> str | None:
    found = learned_for(settings, encoder, passages)
    return found.manifest.encoder.model if found else None


def test_the_larger_model_ranks_where_it_is_installed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(larger, "installed", lambda: True)
    assert ranks(settings) == larger.MODEL
    assert not larger_is_missed(settings, sentence.SPEC, PASSAGES)


def test_without_it_the_smaller_one_ranks_and_the_larger_is_missed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(larger, "installed", lambda: False)
    assert ranks(settings) == sentence.MODEL
    assert larger_is_missed(settings, sentence.SPEC, PASSAGES)


@pytest.mark.parametrize("there", [True, False])
def test_who_wants_the_smaller_one_gets_it_and_misses_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    monkeypatch.setattr(larger, "installed", lambda: there)
    smaller = replace(settings, ranking_model=sentence.MODEL)
    assert ranks(smaller) == sentence.MODEL
    assert not larger_is_missed(smaller, sentence.SPEC, PASSAGES)


@pytest.mark.parametrize("there", [True, False])
def test_a_library_that_nothing_was_learnt_for_needs_no_larger_model(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    monkeypatch.setattr(larger, "installed", lambda: there)
    others = ["another-essay/one", "another-essay/two"]
    assert ranks(settings, passages=others) is None
    assert not larger_is_missed(settings, sentence.SPEC, others)


def test_with_another_encoder_nothing_that_was_learnt_is_used(settings: Settings) -> None:
    assert ranks(settings, HashingEncoder().spec) is None
    assert not larger_is_missed(settings, HashingEncoder().spec, PASSAGES)
