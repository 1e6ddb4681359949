"""The parts of what is trained to rank that are our own."""

from __future__ import annotations

import pytest
import torch

from holding_space.evaluation.student import _Dropout


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
