"""Training what `matching/learned.py` holds, on judged messages.

The language model gets changes of low rank, and on top of it a softmax over all passages is trained end to end, beside the parts of the
blend (`student.py`). The `speaks_to` lines of the passages take part, each as a message for its own passage.
A second head says whether there is anything for a message at all. How long and how fast was chosen with five authors left out; where
coverage begins is chosen on the odd situations, which take no part in the training.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from holding_space.domain import Situation
from holding_space.encoders import Encoder, Progress, Trainable
from holding_space.evaluation.judged import Judged, Reason, digest
from holding_space.evaluation.matching_sets import GOOD, read_qrels, situations
from holding_space.evaluation.reason_training import learn_heart
from holding_space.matching import Learned, LearnedManifest, Matcher
from holding_space.matching.blend import features
from holding_space.matching.learned import FORMAT

if TYPE_CHECKING:
    import torch

    from holding_space.evaluation.student import Student

BATCH, LINES = 16, 16
WARM_UP = 40
"""Steps until the rates are full; from then on they sink."""
LINES_WEIGHT, COVERAGE_WEIGHT = 0.3, 0.3
FALSE_REJECTS = 0.02
"""Share of the covered situations of the odd half that may be turned away."""
SEED = 4


@dataclass(frozen=True)
class Examples:
    """Messages as the training sees them: texts; features, shape (messages, passages, features); targets, shape (messages, passages), each row
    summing to 1, or to 0 where nothing answers; closeness, shape (messages, CLOSENESS)."""

    texts: tuple[str, ...]
    features: NDArray[np.float32]
    targets: NDArray[np.float32]
    closeness: NDArray[np.float32]


def examples_of(messages: Sequence[Judged], matcher: Matcher, progress: Progress | None = None) -> Examples:
    """What is known of the messages without anything learnt; a 3 counts more than twice a 2."""
    plain = matcher.with_weights(matcher.weights, learned=False)
    shown, near = [], []
    with _all_processors():
        for done, message in enumerate(messages, start=1):
            situation = Situation((message.text,))
            query = plain.query(situation)
            shown.append(features(*plain.parts(situation, query)))
            near.append(matcher.index.closeness(query.vector))
            if progress is not None:
                progress(done, len(messages))
    targets = np.zeros((len(messages), len(matcher.passages)), dtype=np.float32)
    for row, message in enumerate(messages):
        for passage, grade in message.good.items():
            targets[row, matcher.index.position(passage)] = 2**grade - 1
    targets /= np.maximum(targets.sum(axis=1, keepdims=True), 1)
    return Examples(tuple(m.text for m in messages), np.array(shown), targets, np.array(near))


def train(
    messages: Sequence[Judged],
    examples: Examples,
    matcher: Matcher,
    base: Trainable,
    epochs: int | None = None,
    progress: Progress | None = None,
) -> Learned:
    """Train changes to `base` and the heads on all messages. The threshold of coverage is still to be chosen (`with_threshold`), and the heart
    to be learnt (`with_heart`)."""
    import torch

    from holding_space.evaluation.student import RANK, Student

    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    student = Student(base, matcher.passages, examples.closeness)
    epochs = epochs or student.plan.epochs
    lines = [(line, number) for number, p in enumerate(matcher.passages) for line in p.speaks_to]
    optimiser = torch.optim.AdamW(student.groups(), betas=(0.9, 0.98))
    rates = [group["lr"] for group in optimiser.param_groups]
    batches = [batch for _ in range(epochs) for batch in _batches(examples.texts, rng)]
    with _all_processors():
        for step, batch in enumerate(batches, start=1):
            share = min(1.0, step / WARM_UP) * max(0.02, 1 - step / len(batches))
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * share
            own = rng.sample(lines, min(LINES, len(lines)))
            loss = _loss(student, examples, batch, rng) + LINES_WEIGHT * _loss_of_lines(student, own)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(student.changes, 1.0)
            optimiser.step()
            if progress is not None:
                progress(step, len(batches))
    manifest = LearnedManifest(
        format=FORMAT,
        encoder=base.spec,
        passages=tuple(p.id for p in matcher.passages),
        features=tuple(round(value, 4) for value in student.parts.tolist()),
        threshold=0.0,
        training=digest(messages, ()),
        messages=len(messages),
        authors=tuple(sorted({message.author for message in messages})),
        how=f"LoRA of rank {RANK}, {epochs} epochs over judged messages and speaks_to lines; see ranking_training.py.",
        files={},
    )
    known = np.ones(len(matcher.passages), dtype=bool)
    no_heart = np.zeros(0, dtype=np.float32)
    return Learned(manifest, student.adapter(), student.passage_weights(), student.coverage_weights(), no_heart, known)


def _loss(student: Student, examples: Examples, batch: list[int], rng: random.Random) -> torch.Tensor:
    """How far the passages for some messages are from those that were judged good, and coverage from what it is."""
    import torch
    from torch.nn import functional as f

    seen = student.seen([student.stretch(examples.texts[i], rng) for i in batch])
    targets = torch.from_numpy(examples.targets[batch])
    scores = torch.from_numpy(examples.features[batch]) @ student.parts + student.over_passages(seen)
    ranked = -(targets * f.log_softmax(scores, dim=1)).sum() / len(batch)
    odds = student.odds(seen, examples.closeness[batch])
    return ranked + COVERAGE_WEIGHT * f.binary_cross_entropy_with_logits(odds, targets.sum(dim=1).clamp(max=1))


def _loss_of_lines(student: Student, lines: Sequence[tuple[str, int]]) -> torch.Tensor:
    """How far `speaks_to` lines are from their own passages (given by number)."""
    import torch
    from torch.nn import functional as f

    if not lines:
        return torch.zeros(())
    wanted = torch.tensor([number for _, number in lines])
    return f.cross_entropy(student.over_passages(student.seen([line for line, _ in lines])), wanted)


def with_heart(
    learned: Learned,
    messages: Sequence[Judged],
    reasons: Sequence[Reason],
    encoder: Encoder,
    progress: Progress | None = None,
) -> Learned:
    """The same with what messages turn on, learnt from labelled reasons."""
    manifest = replace(learned.manifest, training=digest(messages, reasons))
    with _all_processors():
        heart = learn_heart(reasons, messages, encoder, progress)
    return replace(learned, manifest=manifest, heart=heart)


def with_threshold(learned: Learned, matcher: Matcher) -> Learned:
    """The same with the threshold of coverage at which no more than FALSE_REJECTS of the covered situations of the odd half are turned away, those that
    nothing in the library is near to by itself (`Matcher.covers`) included."""
    asked = matcher.with_learned(replace(learned, manifest=replace(learned.manifest, threshold=float("-inf"))))
    qrels = read_qrels()
    odds = []
    for query in situations():
        if query.held_back or not any(g >= GOOD for g in qrels.get(query.id, {}).values()):
            continue
        sought = asked.query(query.situation)
        odds.append(asked.odds(sought) if asked.covers(query.situation, sought) else -np.inf)
    chosen = round(float(np.quantile(odds, FALSE_REJECTS, method="lower")), 4)
    return replace(learned, manifest=replace(learned.manifest, threshold=chosen))


@contextmanager
def _all_processors() -> Iterator[None]:
    """Several threads, where nobody else waits for the model."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(os.cpu_count() or 1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _batches(texts: Sequence[str], rng: random.Random) -> list[list[int]]:
    """All messages once, those of like length together (no time is wasted on padding), in a random order."""
    order = list(range(len(texts)))
    rng.shuffle(order)
    stretch = 16 * BATCH
    batches = []
    for start in range(0, len(order), stretch):
        near = sorted(order[start : start + stretch], key=lambda i: len(texts[i]))
        batches += [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
    rng.shuffle(batches)
    return batches
