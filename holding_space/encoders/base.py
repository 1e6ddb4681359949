"""The one seam to language models: text in, unit vectors out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Unit-length rows, shape (texts, dim), float32."""

Encode = Callable[[Sequence[str]], Vectors]
"""Texts to vectors, shape (texts, width)."""

Adapter = Mapping[str, NDArray[np.float32]]
"""Changes of low rank to a model's weights (LoRA; Hu et al. 2021, arXiv 2106.09685). For each changed module two matrices, named after it
with `.A`, shape (rank, inputs), and `.B`, shape (outputs, rank): the product B A is added to its weights."""

Progress = Callable[[int, int], None]
"""Called with the number of texts done and the number of all texts."""


@dataclass(frozen=True, slots=True)
class EncoderSpec:
    """What makes an encoder's vectors what they are. Two encoders with equal specs give the same vectors.

    `sha256` is the hash of the weights; `max_tokens` is where one piece of text ends and the next begins.
    """

    model: str
    sha256: str
    dim: int
    max_tokens: int
    normalized: bool = True


class Adaptable(Protocol):
    """A model whose weights can be changed by what was learnt."""

    @property
    def spec(self) -> EncoderSpec:
        """What this model is."""
        ...

    def adapted(self, adapter: Adapter) -> Encode:
        """The same model with changed weights: an encoding of messages for what has been learnt from judged ones (holding_space/matching/learned.py).

        Each vector, shape (width,), has parts of unit length; the width is the model's own.

        Raises:
            DamagedIndex: the adapter does not fit the model.
        """
        ...


class Trainable(Adaptable, Protocol):
    """A transformer that such changes can be learnt for. It is not changed itself."""

    @property
    def model(self) -> Any:
        """The transformer."""
        ...

    @property
    def tokenizer(self) -> Any:
        """Its tokenizer."""
        ...


class Encoder(Adaptable, Protocol):
    """Encodes queries and passages. Texts of any length are read whole; implementations say how."""

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what readers write, shape (len(texts), dim)."""
        ...

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Vectors of what stands in the library, shape (len(texts), dim)."""
        ...

    def encode_layers(self, texts: Sequence[str]) -> Vectors:
        """What the layers of the model make of short texts, for classifying: mean token vectors, layer after layer, joined.

        Shape (len(texts), width), the width being the encoder's own; not of unit length. The last `dim` columns are the layer that
        `encode_query` gives, before it is scaled. Texts over `max_tokens` are read in pieces.
        """
        ...


def unit(vectors: NDArray[np.floating]) -> Vectors:
    """Rows scaled to length one, shape unchanged; a row of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)
