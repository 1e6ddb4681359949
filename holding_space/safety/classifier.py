"""The second ear: how much a message resembles what people in danger write.

Two logistic regressions, one on top of the other, trained by `python -m holding_space train-screen` on lines written for it
(tests/evaluation/safety/). The first hears each part of a message, in the language model's layers: is there danger, and of which
category? The second weighs a message as a whole: its loudest parts, how many parts there are (the more are heard, the louder
the loudest by chance), and whether a quiet pattern was found. The weights are small files with a manifest that says by which
encoder, from which texts and with which thresholds; files that were changed, or made for another encoder, are refused.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from holding_space.encoders import Encode, EncoderSpec, Vectors
from holding_space.errors import SafetyError
from holding_space.safety.parts import VERSION, has_whole, parts
from holding_space.safety.patterns import Category

FORMAT = 1
MANIFEST, WEIGHTS = "manifest.json", "weights.npy"
CURE = (
    "Put the folder back as it was published, or run 'python -m holding_space train-screen'. "
    "Until then the help card is always shown."
)
INPUTS = ("loudest", "second", "whole", "category", "quiet_pattern", "log_parts")
"""What the second regression sees of a message, in this order."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities (0 to 1) of the second regression from which the classifier is enough to stop, and to show the help card."""

    stop: float
    help: float


@dataclass(frozen=True, slots=True)
class ClassifierManifest:
    """What a classifier is. `weights` is the sha256 of the weights, `training` that of the lines it learnt from.

    `second` holds the second regression: a coefficient for each of `INPUTS`, and the intercept last.
    """

    format: int
    encoder: EncoderSpec
    parts: str
    categories: tuple[str, ...]
    second: tuple[float, ...]
    thresholds: Thresholds
    training: str
    training_lines: int
    how: str
    weights: str


@dataclass(frozen=True, slots=True)
class Heard:
    """How likely a message is to speak of danger (0 to 1), and of which kind if it does."""

    probability: float
    category: Category


@dataclass(frozen=True)
class Classifier:
    """Weights of the first regressions, shape (1 + categories, width + 1): danger of any kind first; the last column is the intercept."""

    manifest: ClassifierManifest
    weights: NDArray[np.float32]

    @property
    def thresholds(self) -> Thresholds:
        """See `Thresholds`."""
        return self.manifest.thresholds

    def hear(self, text: str, encode: Encode, *, quiet_pattern: bool) -> Heard:
        """Weigh a message; `encode` is `Encoder.encode_layers`, `quiet_pattern` says whether the patterns found something that is not enough by itself."""
        found = logits(self.weights, encode(parts(text)))
        inputs = of_message(found, whole=has_whole(text), quiet_pattern=quiet_pattern)
        category = Category(self.manifest.categories[int(found[:, 1:].max(axis=0).argmax())])
        return Heard(float(second_stage(np.array(self.manifest.second), inputs[None])[0]), category)


def logits(weights: NDArray[np.float32], vectors: Vectors) -> Floats:
    """Log-odds of danger and of each category for each part, shape (parts, 1 + categories)."""
    return np.asarray(vectors @ weights[:, :-1].T + weights[:, -1], dtype=np.float64)


def of_message(found: Floats, *, whole: bool, quiet_pattern: bool) -> Floats:
    """What the second regression sees of a message, shape (inputs,); `found` as `logits` gives, the whole text first if `whole`."""
    danger = np.sort(found[:, 0])[::-1]
    return np.array(
        [
            danger[0],
            danger[min(1, len(danger) - 1)],
            found[0, 0] if whole else danger[0],
            found[:, 1:].max(),
            float(quiet_pattern),
            np.log(len(found)),
        ]
    )


def second_stage(second: Floats, inputs: Floats) -> Floats:
    """Probabilities of danger, from inputs of shape (messages, inputs)."""
    return np.asarray(1 / (1 + np.exp(-(inputs @ second[:-1] + second[-1]))), dtype=np.float64)


def read_classifier(folder: Path, encoder: EncoderSpec) -> Classifier:
    """Read a classifier and make sure that it is whole and belongs to this encoder.

    Raises:
        SafetyError: it is missing, not as it was written, or was made for another encoder or another way of parting texts.
    """
    try:
        manifest = _manifest(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        raw = (folder / WEIGHTS).read_bytes()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SafetyError(f"The classifier in {folder} cannot be read ({type(error).__name__}).", CURE) from error
    if hashlib.sha256(raw).hexdigest() != manifest.weights:
        raise SafetyError(f"The weights of the classifier in {folder} are not as they were written.", CURE)
    if manifest.format != FORMAT or manifest.parts != VERSION or manifest.encoder != encoder:
        raise SafetyError(f"The classifier in {folder} was made for another version or encoder.", CURE)
    weights = np.load(io.BytesIO(raw), allow_pickle=False)
    if weights.ndim != 2 or len(weights) != 1 + len(manifest.categories) or len(manifest.second) != len(INPUTS) + 1:
        raise SafetyError(f"The classifier in {folder} has weights of the wrong shape.", CURE)
    return Classifier(manifest, weights)


def write_classifier(folder: Path, manifest: ClassifierManifest, weights: NDArray[np.float32]) -> None:
    """Write a classifier; the manifest's hash of the weights is filled in here.

    Raises:
        OSError: the folder cannot be written.
    """
    array = io.BytesIO()
    np.save(array, np.asarray(weights, dtype="<f4"), allow_pickle=False)
    raw = array.getvalue()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WEIGHTS).write_bytes(raw)
    known = asdict(manifest) | {"weights": hashlib.sha256(raw).hexdigest()}
    (folder / MANIFEST).write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _manifest(found: dict[str, Any]) -> ClassifierManifest:
    fields = {
        **found,
        "encoder": EncoderSpec(**found["encoder"]),
        "thresholds": Thresholds(**found["thresholds"]),
        "categories": tuple(Category(name).value for name in found["categories"]),
        "second": tuple(map(float, found["second"])),
    }
    return ClassifierManifest(**fields)
