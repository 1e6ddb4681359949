"""Means and shares with 95 % intervals: no figure is reported without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest

ROUNDS = 5000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval, from `count` cases."""

    value: float
    low: float
    high: float
    count: int

    def __str__(self) -> str:
        if not self.count:
            return "no cases"
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"


def share(hits: Sequence[bool]) -> Estimate:
    """The share of hits, with Wilson's interval (Wilson 1927), which also holds for shares near 0 and 1."""
    if not hits:
        return Estimate(float("nan"), float("nan"), float("nan"), 0)
    test = binomtest(sum(map(bool, hits)), len(hits))
    interval = test.proportion_ci(method="wilson")
    return Estimate(float(test.statistic), float(interval.low), float(interval.high), len(hits))


def mean(values: Sequence[float]) -> Estimate:
    """The mean, with a percentile bootstrap interval over the cases (Efron 1979), shape (cases,)."""
    if not len(values):
        return Estimate(float("nan"), float("nan"), float("nan"), 0)
    cases = np.asarray(values, dtype=float)
    rng = np.random.default_rng(0)
    means = cases[rng.integers(0, len(cases), (ROUNDS, len(cases)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return Estimate(float(cases.mean()), float(low), float(high), len(cases))


def gain(ours: Sequence[float], theirs: Sequence[float]) -> Estimate:
    """The mean of the differences, case by case: two systems on the same cases, shape (cases,) each."""
    return mean(np.asarray(ours, dtype=float) - np.asarray(theirs, dtype=float))
