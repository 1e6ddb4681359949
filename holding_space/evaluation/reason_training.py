"""Learning what a message turns on, from words that were picked as those that a passage answers (`judged.read_reasons`).

A logistic regression over the language model's layers of a part of a message, and over what shows of it without reading: its place, its length.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from holding_space.encoders import Encoder, Progress
from holding_space.evaluation.judged import Judged, Reason
from holding_space.matching.reasons import looks_of, quotable

STRENGTH = 0.5
"""Inverse regularisation (scikit-learn's C) of vectors scaled to a length of about one."""
OVERLAP = 0.6
"""Share of the shorter of two stretches of a message that both must hold to count as the same."""
_BATCH = 256


def learn_heart(
    reasons: Sequence[Reason], messages: Sequence[Judged], encoder: Encoder, progress: Progress | None = None
) -> NDArray[np.float32]:
    """Weights as `Reasons` takes them, shape (width + LOOKS + 1,)."""
    texts = {message.id: message.text for message in messages}
    quotes: dict[str, list[str]] = {}
    for reason in reasons:
        if reason.quote in texts.get(reason.message, ""):
            quotes.setdefault(reason.message, []).append(reason.quote)
    parts: list[str] = []
    looks, wanted = [], []
    for message, quoted in quotes.items():
        own = quotable(texts[message])
        if len(own) > 1:
            parts += own
            looks.append(looks_of(own))
            wanted += [any(_same(texts[message], part, quote) for quote in quoted) for part in own]
    layers = []
    for start in range(0, len(parts), _BATCH):
        layers.append(encoder.encode_layers(parts[start : start + _BATCH]))
        if progress is not None:
            progress(min(start + _BATCH, len(parts)), len(parts))
    seen = np.concatenate(layers)
    centre, spread = seen.mean(axis=0), (seen.std(axis=0) + 1e-4) * np.sqrt(seen.shape[1])
    scaled = np.concatenate([(seen - centre) / spread, np.concatenate(looks)], axis=1)
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(scaled, np.array(wanted))
    slope = model.coef_[0].copy()
    slope[: seen.shape[1]] /= spread
    intercept = model.intercept_[0] - slope[: seen.shape[1]] @ centre
    return np.append(slope, intercept).astype(np.float32)


def _same(message: str, part: str, quote: str) -> bool:
    """Whether two stretches of a message are the same, or nearly; each is taken where it first stands."""
    start, from_ = message.find(part), message.find(quote)
    shared = min(start + len(part), from_ + len(quote)) - max(start, from_)
    return shared > OVERLAP * min(len(part), len(quote))
