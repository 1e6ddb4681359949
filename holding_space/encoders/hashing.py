"""A small encoder for tests: words hashed into a vector. It finds shared words and knows no meaning."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from holding_space.encoders.base import Adapter, Encode, EncoderSpec, Progress, Vectors, unit

_WORD = re.compile(r"\w+")


class HashingEncoder:
    """Bag of hashed words and word beginnings, `dim` wide (Weinberger et al. 2009, feature hashing with signs)."""

    def __init__(self, dim: int = 384) -> None:
        self.spec = EncoderSpec(model="hashing", sha256="0" * 64, dim=dim, max_tokens=1_000_000)

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return unit(np.array([self._one(text) for text in texts], dtype=np.float32).reshape(len(texts), self.spec.dim))

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See `Encoder`."""
        vectors = self.encode_query(texts)
        if progress is not None:
            progress(len(texts), len(texts))
        return vectors

    def encode_layers(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`: it has one layer."""
        return self.encode_query(texts)

    def adapted(self, adapter: Adapter) -> Encode:
        """See `Encoder`: it has no weights that could be changed."""
        return self.encode_query

    def _one(self, text: str) -> np.ndarray:
        vector = np.zeros(self.spec.dim, dtype=np.float32)
        for word in _WORD.findall(text.lower()):
            for feature in (word, word[:5]):
                code = zlib.crc32(feature.encode())
                vector[code % self.spec.dim] += 1 if code & (1 << 31) else -1
        return vector
