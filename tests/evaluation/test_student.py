"""The parts of what is trained to rank that are our own."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from holding_space.domain import Corpus
from holding_space.encoders.larger import LargerModel
from holding_space.encoders.transformer import layer_means
from holding_space.evaluation.student import Student, _Dropout
from holding_space.matching.learned import CLOSENESS


def test_dropout_drops_its_share_and_keeps_the_sum() -> None:
    torch.manual_seed(1)
    dropout = _Dropout(0.25).train()
    x = torch.ones(400, 500)
    dropped = dropout(x)
    assert float((dropped == 0).float().mean()) == pytest.approx(0.25, abs=0.01)
    assert float(dropped.mean()) == pytest.approx(1.0, abs=0.01)
    assert not torch.equal(dropped, dropout(x))


def test_dropout_makes_its_mask_larger_for_a_larger_text_and_keeps_the_type() -> None:
    dropout = _Dropout(0.5).train()
    dropout(torch.ones(4))
    large = dropout(torch.ones((1 << 22) + 1, 3, dtype=torch.bfloat16))
    assert large.dtype is torch.bfloat16
    assert 0 < float((large == 0).float().mean()) < 1


def test_dropout_changes_nothing_when_nothing_is_trained() -> None:
    x = torch.ones(3, 3)
    assert _Dropout(0.5).eval()(x) is x
    assert _Dropout(0.0).train()(x) is x


@pytest.fixture
def student(larger_model: LargerModel, small_corpus: Corpus) -> Student:
    return Student(larger_model, small_corpus.passages, np.zeros((2, CLOSENESS), dtype=np.float32))


@pytest.mark.model
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_the_layers_computed_once_and_those_above_make_what_the_whole_model_makes(
    student: Student, larger_model: LargerModel
) -> None:
    texts = [
        "he left",
        "she said that she needs some room, and I do not know for how long, or what I am to do",
        "he left",
    ]
    student._model.eval()
    with torch.no_grad():
        found = student._upper_means(student._lower(texts))
        expected = layer_means(larger_model.model, larger_model.tokenizer, texts, 512)
    assert len(found) == 4
    for mine, whole in zip(found, expected[-4:], strict=True):
        assert torch.cosine_similarity(mine, whole).min() > 0.995  # bfloat16 rounds


@pytest.mark.model
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_what_is_trained_is_learnt_with_dropout_and_what_is_not_is_read_without(student: Student) -> None:
    active = {n for n, m in student._model.named_modules() if isinstance(m, _Dropout) and m.training and m.p}
    assert {name.split("encoder.layer.")[1].split(".")[0] for name in active} == {"8", "9", "10", "11"}
    assert any("lora_dropout" in name for name in active)
    assert any(name.endswith("layer.11.output.dropout") for name in active)


@pytest.mark.model
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_only_the_upper_layers_are_changed_and_all_of_their_changes_are_learnt(student: Student) -> None:
    seen = student.seen(["he left", "she stayed"])
    student.over_passages(seen).sum().backward()  # the heads are zero, so that nothing comes through them yet
    with torch.no_grad():
        student.head += 1
    student.over_passages(student.seen(["he left", "she stayed"])).square().sum().backward()
    upper = [p for name, p in student._model.named_parameters() if "lora_B" in name]
    assert len(upper) == 4 * 6
    assert all(p.grad is not None and p.grad.abs().sum() > 0 for p in upper)
