"""What is trained to rank: the language model with changes of low rank, a head over passages on top of it, and one that says "covered"."""

from __future__ import annotations

import copy
import random
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from holding_space.domain import Passage
from holding_space.encoders import Trainable, larger, sentence
from holding_space.encoders.transformer import adapted_width, layer_means, looked_at, token_mean
from holding_space.matching.learned import CLOSENESS, FEATURES

RANK, DROPOUT = 16, 0.1
ALPHA = 2 * RANK
"""The changes count ALPHA / RANK times."""
HEAD_RATE = 1e-2
_MASK = 1 << 23
"""Numbers in a mask of `_Dropout`, at least."""
LONGEST, CROP = 220, 200
"""Words from which a message is read in a stretch of CROP words, another one each time, where all layers are changed: for speed, and so that no
ending is learnt by heart."""
LONGEST_STATE = 320
"""Tokens of a text that are kept where its lower layers are computed once; a longer one is read to there."""


@dataclass(frozen=True)
class Plan:
    """How a model is trained: the kinds of modules that are changed; how many of its layers, the lower ones, stay as they are, so that what they
    make of each text need be computed only once (that way knows MPNet's layers only); epochs; the rate at which the changes are learnt."""

    modules: str
    frozen: int
    epochs: int
    rate: float

    def changed(self, layers: int) -> str:
        """A pattern for the names of the modules that are changed, of a model with so many layers."""
        return rf".*encoder\.layer\.({'|'.join(map(str, range(self.frozen, layers)))})\..*\.({self.modules})"


PLANS = {
    sentence.MODEL: Plan("query|key|value|dense", 0, 5, 4e-4),
    # A third of the time that changing all twelve layers takes.
    larger.MODEL: Plan("q|k|v|o|dense", 8, 4, 6e-4),
}


class Student:
    """The low-rank changes (LoRA; Hu et al. 2021, arXiv 2106.09685) and the heads.

    `closeness`, shape (messages, CLOSENESS), gives the scale of what the head for coverage sees.
    """

    def __init__(self, base: Trainable, passages: Sequence[Passage], closeness: NDArray[np.float32]) -> None:
        self.plan = PLANS[base.spec.model]
        self._tokenizer, self._max_tokens = base.tokenizer, base.spec.max_tokens
        self._width = adapted_width(base.spec.dim)
        self._model = _with_lora(base.model, self.plan.changed(len(base.model.encoder.layer))).train()
        changed = self._model.base_model.model
        self._embeddings, self._encoder = changed.embeddings, changed.encoder
        if self.plan.frozen:
            for module in (self._embeddings, *self._encoder.layer[: self.plan.frozen]):
                module.eval()
        self._states: dict[str, torch.Tensor] = {}
        essays = list(dict.fromkeys(p.essay_id for p in passages))
        self._of_essay = torch.tensor([essays.index(p.essay_id) for p in passages])
        self._centre, self._spread = closeness.mean(axis=0), closeness.std(axis=0) + 1e-6
        self.head = nn.Parameter(torch.zeros(self._width, len(passages)))
        self.essay_head = nn.Parameter(torch.zeros(self._width, len(essays)))
        self.bias = nn.Parameter(torch.zeros(len(passages)))
        self.parts = nn.Parameter(torch.full((len(FEATURES),), 0.4))
        self.coverage = nn.Linear(self._width + CLOSENESS, 1)
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
            {"params": self.changes, "lr": self.plan.rate, "weight_decay": 0.01},
            {"params": [self.head, self.essay_head], "lr": HEAD_RATE, "weight_decay": 0.02},
            {"params": rest, "lr": HEAD_RATE / 2, "weight_decay": 0.0},
        ]

    def stretch(self, text: str, rng: random.Random) -> str:
        """A text as it is read this time: long ones in part, where nothing is computed once."""
        words = text.split()
        if self.plan.frozen or len(words) <= LONGEST:
            return text
        start = rng.randint(0, len(words) - CROP)
        return " ".join(words[start : start + CROP])

    def seen(self, texts: list[str]) -> torch.Tensor:
        """What the heads look at, shape (texts, width), with dropout."""
        if self.plan.frozen:
            means = self._upper_means(self._lower(texts))
        else:
            with self._cheaper():
                means = layer_means(self._model, self._tokenizer, texts, self._max_tokens)
        found: torch.Tensor = self._dropout(looked_at([mean.float() for mean in means]))
        return found

    def _lower(self, texts: Sequence[str]) -> list[torch.Tensor]:
        """What the layers that stay as they are make of each text, shape (tokens, dim) each: computed when a text is first met, and kept
        (1.5 kB a token; 1.6 GB for all messages and lines)."""
        new = [text for text in dict.fromkeys(texts) if text not in self._states]
        if new:
            tokens = self._tokenizer(new, padding=True, truncation=True, max_length=LONGEST_STATE, return_tensors="pt")
            there = tokens["attention_mask"]
            with torch.no_grad(), self._cheaper():
                layers = self._encoder.layer[: self.plan.frozen]
                *_, state = self._through(layers, self._embeddings(input_ids=tokens["input_ids"]), there.float())
            for text, own, mine in zip(new, state, there.bool(), strict=True):
                self._states[text] = own[mine].to(torch.bfloat16)
        return [self._states[text] for text in texts]

    def _upper_means(self, states: list[torch.Tensor]) -> list[torch.Tensor]:
        """The mean token vectors of the layers that are changed, from what the lower ones made of some texts."""
        hidden = nn.utils.rnn.pad_sequence(states, batch_first=True)
        there = nn.utils.rnn.pad_sequence([torch.ones(len(state)) for state in states], batch_first=True)
        layers = self._encoder.layer[self.plan.frozen :]
        with self._cheaper():
            through = self._through(layers, hidden if self._bfloat16 else hidden.float(), there)
            return [token_mean(layer.float(), there) for layer in through]

    def _through(self, layers: Any, hidden: torch.Tensor, there: torch.Tensor) -> Iterator[torch.Tensor]:
        """What each of some layers makes of the one before it (MPNet's, which take a bias for positions)."""
        mask = ((1 - there) * -1e9)[:, None, None, :].to(hidden.dtype)
        bias = self._encoder.compute_position_bias(hidden)
        for layer in layers:
            hidden = layer(hidden, mask, bias)[0]
            yield hidden

    def _cheaper(self) -> torch.autocast:
        return torch.autocast("cpu", torch.bfloat16, enabled=self._bfloat16)

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
        """The heads over passages, the intercepts last, shape (width + 1, passages)."""
        weights = torch.cat([self.head + self.essay_head[:, self._of_essay], self.bias[None]])
        found: NDArray[np.float32] = weights.detach().numpy()
        return found

    def coverage_weights(self) -> NDArray[np.float32]:
        """The head for coverage, the intercept last. The scale of closeness is part of the weights, so that nobody has to know it later."""
        slope, intercept = self.coverage.weight[0].detach().numpy().copy(), float(self.coverage.bias.detach()[0])
        slope[self._width :] /= self._spread
        return np.append(slope, intercept - slope[self._width :] @ self._centre).astype(np.float32)


class _Dropout(nn.Module):  # type: ignore[misc]  # torch's modules have no type here
    """Dropout whose masks are stretches of one that was drawn before: drawing them took more than a third of the training's time."""

    def __init__(self, share: float, masks: dict[torch.dtype, torch.Tensor] | None = None) -> None:
        super().__init__()
        self.p = share  # the name under which the attention looks for it
        self._masks = {} if masks is None else masks

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


def _with_lora(model: Any, modules: str) -> Any:
    from peft import LoraConfig, get_peft_model

    config = LoraConfig(r=RANK, lora_alpha=ALPHA, lora_dropout=DROPOUT, target_modules=modules)
    with warnings.catch_warnings():  # of transformers, about a name that peft still uses
        warnings.simplefilter("ignore", FutureWarning)
        changed = get_peft_model(copy.deepcopy(model), config)
    # Many share a mask, which is large; each is a module of its own, because some are switched off with the layer they are in.
    masks: dict[float, dict[torch.dtype, torch.Tensor]] = {}
    for name, module in list(changed.named_modules()):
        if isinstance(module, nn.Dropout):
            parent, _, own = name.rpartition(".")
            # None within the attention: without it BERT's has a much faster way, and MPNet's was tried in the same way.
            share = 0.0 if name.endswith(("attention.self.dropout", "attention.attn.dropout")) else module.p
            setattr(changed.get_submodule(parent), own, _Dropout(share, masks.setdefault(share, {})))
    return changed
