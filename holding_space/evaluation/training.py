"""Training the screen's classifier on the labelled lines (tests/evaluation/safety/training).

Everything that is chosen (the second regression, the thresholds) is chosen by cross-validation by author: each author's lines are
judged by regressions that have not seen that author, because one author's texts are learnt by heart at once and say nothing
about anybody else's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from holding_space.encoders import Encoder, Progress, Vectors
from holding_space.evaluation.safety_sets import SafetyLine, digest
from holding_space.safety import Category, ClassifierManifest, Level, Screen, Screening, Thresholds
from holding_space.safety.classifier import FORMAT, Floats, logits, of_message, second_stage
from holding_space.safety.parts import VERSION, has_whole, parts, stretches

CATEGORIES = tuple(Category)
STRENGTH = 0.001
"""Inverse regularisation of the first regressions (scikit-learn's C), chosen by the same cross-validation."""
HELP_WEIGHT = 0.6
"""How much a line of the help tier counts as danger, against a line of the stop tier."""
STOP_ALARMS, HELP_ALARMS = 0.008, 0.15
"""Shares of ordinary lines by authors not seen that the classifier may stop, and that may be shown the card, patterns included. The
red lines allow more of both; lines that nobody has seen yet always do worse."""
_BATCH = 256


@dataclass(frozen=True)
class Examples:
    """The parts of the lines. `owner[i]` is the line of part `i`; `labels` has shape (parts, 1 + categories), any danger first."""

    vectors: Vectors
    owner: NDArray[np.intp]
    labels: NDArray[np.bool_]
    weights: Floats

    def of(self, chosen: NDArray[np.bool_]) -> Examples:
        """The parts of some lines only; `chosen` has shape (lines,)."""
        keep = chosen[self.owner]
        return Examples(self.vectors[keep], self.owner[keep], self.labels[keep], self.weights[keep])


@dataclass(frozen=True)
class Trained:
    """Weights as a classifier holds them, its manifest, and the probability of danger of each line by authors not seen, shape (lines,)."""

    manifest: ClassifierManifest
    weights: NDArray[np.float32]
    unseen: Floats


def train(lines: Sequence[SafetyLine], screen: Screen, encoder: Encoder, progress: Progress | None = None) -> Trained:
    """Train on all lines. `screen` holds the patterns alone."""
    examples = examples_of(lines, encoder, progress)
    found = [screen.screen([line.text]) for line in lines]
    authors = np.array([line.author for line in lines])
    first = np.zeros(examples.labels.shape)
    for author in sorted(set(authors)):
        held = authors == author
        first[held[examples.owner]] = logits(fit(examples.of(~held)), examples.of(held).vectors)
    inputs = np.array([_of_line(line, first[examples.owner == n], found[n]) for n, line in enumerate(lines)])
    danger = np.array([line.is_danger for line in lines])
    unseen = np.zeros(len(lines))
    for author in sorted(set(authors)):
        held = authors == author
        unseen[held] = second_stage(fit_second(inputs[~held], danger[~held]), inputs[held])
    thresholds = choose(danger, unseen, found)
    manifest = ClassifierManifest(
        format=FORMAT,
        encoder=encoder.spec,
        parts=VERSION,
        categories=tuple(category.value for category in CATEGORIES),
        second=tuple(round(float(value), 6) for value in fit_second(inputs, danger)),
        thresholds=thresholds,
        training=digest(lines),
        training_lines=len(lines),
        how=(
            f"Logistic regressions, C = {STRENGTH} for the first. Thresholds: at most {STOP_ALARMS:.1%} of ordinary lines stopped by the "
            f"classifier, {HELP_ALARMS:.0%} shown the card, patterns included, each author ({', '.join(sorted(set(authors)))}) "
            "judged by regressions that had not seen it."
        ),
        weights="",
    )
    return Trained(manifest, fit(examples), unseen)


def examples_of(lines: Sequence[SafetyLine], encoder: Encoder, progress: Progress | None = None) -> Examples:
    """Encode the parts of all lines. In a long text of danger only the marked parts, and the whole, show it."""
    texts: list[str] = []
    owner: list[int] = []
    labels: list[list[bool]] = []
    weights: list[float] = []
    for number, line in enumerate(lines):
        for text, shows in zip(parts(line.text), _shows(line), strict=True):
            texts.append(text)
            owner.append(number)
            labels.append([shows, *(shows and category is line.category for category in CATEGORIES)])
            weights.append(HELP_WEIGHT if shows and line.tier == "help" else 1.0)
    batches = []
    for start in range(0, len(texts), _BATCH):
        batches.append(encoder.encode_layers(texts[start : start + _BATCH]))
        if progress is not None:
            progress(min(start + _BATCH, len(texts)), len(texts))
    return Examples(np.concatenate(batches), np.array(owner, dtype=np.intp), np.array(labels), np.array(weights))


def fit(examples: Examples) -> NDArray[np.float32]:
    """Weights of one logistic regression for each label, shape (labels, width + 1), the intercept last.

    The vectors are standardised for the fit, and the scale is then part of the weights.
    """
    centre, spread = examples.vectors.mean(axis=0), examples.vectors.std(axis=0) + 1e-9
    scaled = (examples.vectors - centre) / spread
    rows = []
    for column in range(examples.labels.shape[1]):
        model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=1000)
        model.fit(scaled, examples.labels[:, column], sample_weight=examples.weights)
        slope = model.coef_[0] / spread
        rows.append(np.append(slope, model.intercept_[0] - slope @ centre))
    return np.array(rows, dtype=np.float32)


def fit_second(inputs: Floats, danger: NDArray[np.bool_]) -> Floats:
    """Coefficients of the second regression, the intercept last, from inputs of shape (lines, inputs)."""
    model = LogisticRegression(C=1.0, class_weight="balanced", max_iter=1000).fit(inputs, danger)
    return np.append(model.coef_[0], model.intercept_[0])


def choose(danger: NDArray[np.bool_], unseen: Floats, found: Sequence[Screening]) -> Thresholds:
    """The lowest thresholds at which no more ordinary lines are stopped by the classifier, or shown the card, than is allowed."""
    levels = np.array([screening.level for screening in found])
    doubted = np.array([screening.doubted for screening in found])
    ordinary = ~danger
    count = int(ordinary.sum())
    stop = _from(unseen[ordinary & (levels < Level.STOP) & ~doubted], STOP_ALARMS * count)
    by_pattern = int((ordinary & (levels > Level.NOTHING)).sum())
    helps = _from(unseen[ordinary & (levels == Level.NOTHING)], max(0.0, HELP_ALARMS * count - by_pattern))
    return Thresholds(stop=stop, help=min(helps, stop))


def _from(values: Floats, allowed: float) -> float:
    """The lowest threshold (four decimals) that at most so many values reach."""
    falling = np.sort(values)[::-1]
    spare = int(allowed)
    if spare >= len(falling):
        return 0.05
    return round(max(0.05, float(falling[spare]) + 0.0001), 4)


def _of_line(line: SafetyLine, first: Floats, found: Screening) -> Floats:
    return of_message(first, whole=has_whole(line.text), quiet_pattern=found.level is Level.HELP)


def _shows(line: SafetyLine) -> list[bool]:
    """For each part of a line, in the order of `parts`: whether it shows the line's danger."""
    spans = stretches(line.text)
    if len(spans) < 2:
        return [line.is_danger]
    shown = [any(_lies_in(span.start, span.end, mark.start, mark.end) for mark in line.marks) for span in spans]
    # Without marks it is known of the whole only, and each part has to stand for it.
    shown = shown if line.marks else [line.is_danger] * len(spans)
    return [line.is_danger, *shown] if has_whole(line.text) else shown


def _lies_in(start: int, end: int, from_: int, to: int) -> bool:
    """Whether a good part of a mark lies within a stretch, or of the stretch within a mark."""
    return min(end, to) - max(start, from_) > 0.5 * min(to - from_, end - start)
