"""What all encoders over a transformer share: texts are read whole, in pieces where they are long, one batch at a time;
and a model's weights can be changed by what was learnt."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from holding_space.encoders.base import Adapter, Encode, Progress, Vectors
from holding_space.errors import DamagedIndex

if TYPE_CHECKING:
    import torch

BATCH = 32
LOOKED_AT = (-1, -3)
"""The layers that are looked at of a changed model."""


class Reader:
    """Reads texts of any length. One lock a model: several encodings by it at once are slower together than one after the other.

    `max_tokens` is where one piece of a text ends and the next begins.
    """

    def __init__(self, tokenizer: Any, max_tokens: int) -> None:
        self._tokenizer = tokenizer
        self._max_tokens = max_tokens
        self._lock = threading.Lock()

    def means(
        self,
        texts: Sequence[str],
        of_batch: Callable[[list[str]], Vectors],
        width: int,
        progress: Progress | None = None,
    ) -> Vectors:
        """The mean of what `of_batch` makes of each text's pieces, by their lengths, shape (len(texts), width)."""
        pieces: list[str] = []
        owners: list[int] = []
        weights: list[int] = []
        for number, given in enumerate(texts):
            for piece, tokens in self._pieces(_readable(given)):
                pieces.append(piece)
                owners.append(number)
                weights.append(tokens)
        sums = np.zeros((len(texts), width), dtype=np.float64)
        # Pieces of like length together waste no time on padding; each goes to its own text, so order does not matter.
        order = np.argsort([-w for w in weights], kind="stable")
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            with self._lock:
                vectors = of_batch([pieces[i] for i in batch])
            for i, vector in zip(batch, vectors, strict=True):
                sums[owners[i]] += weights[i] * vector
            if progress is not None:
                progress(min(start + BATCH, len(order)) * len(texts) // len(order), len(texts))
        return np.asarray(sums / np.bincount(owners, weights, len(texts))[:, None], dtype=np.float32)

    def adapted(self, model: Any, adapter: Adapter) -> Encode:
        """An encoding by the model with its weights changed, see `Encoder.adapted`: LOOKED_AT, each of unit length, side by side.

        Raises:
            DamagedIndex: the adapter does not fit the model.
        """
        import torch

        changed = _changed(model, adapter)

        def of_batch(pieces: list[str]) -> Vectors:
            with torch.inference_mode():
                found: Vectors = looked_at(layer_means(changed, self._tokenizer, pieces, self._max_tokens)).numpy()
                return found

        return lambda texts: self.means(texts, of_batch, adapted_width(model.config.hidden_size))

    def _pieces(self, text: str) -> list[tuple[str, int]]:
        """Cut a text where the model would have cut it off; each piece with its number of tokens."""
        with self._lock:  # tokenizers refuse to be used by two threads at once
            encoding: Any = self._tokenizer(
                text, add_special_tokens=False, return_offsets_mapping=True, truncation=False, verbose=False
            )
        offsets = encoding["offset_mapping"]
        room = self._max_tokens - 2  # the two tokens that the model puts around every text
        if len(offsets) <= room:
            return [(text, max(1, len(offsets)))]
        # Equal pieces, so that the last is never a scrap of three words.
        count = -(-len(offsets) // room)
        edges = [round(i * len(offsets) / count) for i in range(count + 1)]
        cuts = [0, *(offsets[edge][0] for edge in edges[1:-1]), len(text)]
        tokens = [after - before for before, after in pairwise(edges)]
        return [(text[start:end], n) for (start, end), n in zip(pairwise(cuts), tokens, strict=True)]


def adapted_width(dim: int) -> int:
    """How many numbers are looked at of a changed model whose layers are `dim` wide."""
    return len(LOOKED_AT) * dim


def layer_means(model: Any, tokenizer: Any, texts: list[str], max_tokens: int) -> list[torch.Tensor]:
    """The mean token vectors of each layer, lowest first, shape (texts, dim) each; longer texts are cut off here."""
    tokens = tokenizer(texts, padding=True, truncation=True, max_length=max_tokens, return_tensors="pt")
    layers = model(**tokens, output_hidden_states=True).hidden_states[1:]
    return [token_mean(layer, tokens["attention_mask"]) for layer in layers]


def token_mean(layer: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
    """The mean of the vectors of a layer, shape (texts, tokens, dim), over the tokens that are there, shape (texts, tokens)."""
    weights = there.unsqueeze(-1).to(layer.dtype)
    return (layer * weights).sum(1) / weights.sum(1)


def looked_at(means: list[torch.Tensor]) -> torch.Tensor:
    """What is looked at of a changed model's layers, shape (texts, adapted_width(dim))."""
    import torch

    return torch.cat([torch.nn.functional.normalize(means[number], dim=-1) for number in LOOKED_AT], dim=1)


def _changed(model: Any, adapter: Adapter) -> Any:
    """A copy of the model with some of its weights changed; the others, most of its memory, are shared with it.

    Raises:
        DamagedIndex: the adapter names a module that is not there, or has a wrong shape.
    """
    import torch

    names = {key.rsplit(".", 1)[0] for key in adapter}
    shared = {id(p): p for name, p in model.named_parameters() if name.removesuffix(".weight") not in names}
    changed = copy.deepcopy(model, shared)
    try:
        for name in names:
            change = torch.from_numpy(adapter[f"{name}.B"]) @ torch.from_numpy(adapter[f"{name}.A"])
            weight = changed.get_submodule(name).weight
            if change.shape != weight.shape:
                raise ValueError
            weight.data += change
    except (AttributeError, KeyError, RuntimeError, TypeError, ValueError) as error:
        fault = "What has been learnt does not fit the language model."
        raise DamagedIndex(fault, "Run 'python -m holding_space train-ranking'.") from error
    return changed


def _readable(text: str) -> str:
    """The text without halves of surrogate pairs: they are no characters, and the tokenizer refuses them."""
    return text.encode("utf-8", "replace").decode("utf-8")
