"""What is trained to rank: the language model with changes of low rank, a head over passages on top of it, and one that says "covered"."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from holding_space.domain import Passage
from holding_space.encoders.sentence import ADAPTED_WIDTH, SentenceEncoder, layer_means, looked_at
from holding_space.matching.learned import CLOSENESS, FEATURES

RANK, DROPOUT = 16, 0.1
ALPHA = 2 * RANK
"""The changes count ALPHA / RANK times."""
MODEL_RATE, HEAD_RATE = 4e-4, 1e-2
_MASK = 1 << 23
"""Numbers in a mask of `_Dropout`, at least."""
TARGETS = r".*encoder\.layer\.\d+\..*\.(query|key|value|dense)"


class Student:
    """The low-rank changes (LoRA; Hu et al. 2021, arXiv 2106.09685) and the heads.

    `closeness`, shape (messages, CLOSENESS), gives the scale of what the head for coverage sees.
    """

    def __init__(self, encoder: SentenceEncoder, passages: Sequence[Passage], closeness: NDArray[np.float32]) -> None:
        self._tokenizer = encoder.tokenizer
        self._model = _with_lora(encoder.model).train()
        essays = list(dict.fromkeys(p.essay_id for p in passages))
        self._of_essay = torch.tensor([essays.index(p.essay_id) for p in passages])
        self._centre, self._spread = closeness.mean(axis=0), closeness.std(axis=0) + 1e-6
        self.head = nn.Parameter(torch.zeros(ADAPTED_WIDTH, len(passages)))
        self.essay_head = nn.Parameter(torch.zeros(ADAPTED_WIDTH, len(essays)))
        self.bias = nn.Parameter(torch.zeros(len(passages)))
        self.parts = nn.Parameter(torch.full((len(FEATURES),), 0.4))
        self.coverage = nn.Linear(ADAPTED_WIDTH + CLOSENESS, 1)
        self._dropout = _Dropout(DROPOUT)
        # Where the processor has bfloat16 it is three times as fast, and as good.
        self._bfloat16 = bool(torch.cpu.get_capabilities().get("avx512_bf16"))

    @property
    def changes(self) -> list[nn.Parameter]:
        """The changes to the language model."""
        return [p for p in self._model.parameters() if p.requires_grad]

    def groups(self) -> list[dict[str, Any]]:
        """The parameters as an optimiser takes them, each group with its own rate."""
        rest = [self.parts, self.bias, *self.coverage.parameters()]
        return [
            {"params": self.changes, "lr": MODEL_RATE, "weight_decay": 0.01},
            {"params": [self.head, self.essay_head], "lr": HEAD_RATE, "weight_decay": 0.02},
            {"params": rest, "lr": HEAD_RATE / 2, "weight_decay": 0.0},
        ]

    def seen(self, texts: list[str]) -> torch.Tensor:
        """What the heads look at, shape (texts, ADAPTED_WIDTH), with dropout."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self._bfloat16):
            means = layer_means(self._model, self._tokenizer, texts)
        found: torch.Tensor = self._dropout(looked_at([mean.float() for mean in means]))
        return found

    def over_passages(self, seen: torch.Tensor) -> torch.Tensor:
        """What the message alone says for each passage, shape (texts, passages)."""
        found: torch.Tensor = seen @ self.head + (seen @ self.essay_head)[:, self._of_essay] + self.bias
        return found

    def odds(self, seen: torch.Tensor, closeness: NDArray[np.float32]) -> torch.Tensor:
        """Log-odds that the library has something, shape (texts,)."""
        near = torch.from_numpy((closeness - self._centre) / self._spread).float()
        found: torch.Tensor = self.coverage(torch.cat([seen, near], dim=1))[:, 0]
        return found

    def adapter(self) -> dict[str, NDArray[np.float32]]:
        """The changes as the encoder takes them: alpha over rank becomes part of B."""
        found = {}
        for name, value in self._model.state_dict().items():
            if ".lora_" not in name:
                continue
            module, _, kind = (
                name.removeprefix("base_model.model.").removesuffix(".default.weight").rpartition(".lora_")
            )
            array = value.detach().numpy().astype(np.float32)
            found[f"{module}.{kind}"] = array * (ALPHA / RANK) if kind == "B" else array
        return found

    def passage_weights(self) -> NDArray[np.float32]:
        """The heads over passages, the intercepts last, shape (ADAPTED_WIDTH + 1, passages)."""
        weights = torch.cat([self.head + self.essay_head[:, self._of_essay], self.bias[None]])
        found: NDArray[np.float32] = weights.detach().numpy()
        return found

    def coverage_weights(self) -> NDArray[np.float32]:
        """The head for coverage, the intercept last. The scale of closeness is part of the weights, so that nobody has to know it later."""
        slope, intercept = self.coverage.weight[0].detach().numpy().copy(), float(self.coverage.bias.detach()[0])
        slope[ADAPTED_WIDTH:] /= self._spread
        return np.append(slope, intercept - slope[ADAPTED_WIDTH:] @ self._centre).astype(np.float32)


class _Dropout(nn.Module):  # type: ignore[misc]  # torch's modules have no type here
    """Dropout whose masks are stretches of one that was drawn before: drawing them took more than a third of the training's time."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.p = share  # the name under which the attention looks for it
        self._masks: dict[torch.dtype, torch.Tensor] = {}

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`x` with some of its numbers put to zero and the others raised to make up for it."""
        if not self.training or self.p == 0:
            return x
        mask = self._masks.get(x.dtype)
        if mask is None or len(mask) < 2 * x.numel():
            kept = torch.empty(max(_MASK, 3 * x.numel())).bernoulli_(1 - self.p)
            mask = self._masks[x.dtype] = (kept / (1 - self.p)).to(x.dtype)
        start = int(torch.randint(len(mask) - x.numel(), (1,)))
        return x * mask[start : start + x.numel()].view(x.shape)


def _with_lora(model: Any) -> Any:
    from peft import LoraConfig, get_peft_model

    config = LoraConfig(r=RANK, lora_alpha=ALPHA, lora_dropout=DROPOUT, target_modules=TARGETS)
    with warnings.catch_warnings():  # of transformers, about a name that peft still uses
        warnings.simplefilter("ignore", FutureWarning)
        changed = get_peft_model(copy.deepcopy(model), config)
    made: dict[float, _Dropout] = {}  # few, since each keeps a mask
    for name, module in list(changed.named_modules()):
        if isinstance(module, nn.Dropout):
            parent, _, own = name.rpartition(".")
            # Without dropout the attention has a much faster way.
            share = 0.0 if name.endswith("attention.self.dropout") else module.p
            setattr(changed.get_submodule(parent), own, made.setdefault(share, _Dropout(share)))
    return changed
