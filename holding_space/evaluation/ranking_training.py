"""Training what `matching/learned.py` holds, on judged messages.

The language model gets changes of low rank (LoRA; Hu et al. 2021, arXiv 2106.09685), and on top of it a softmax over all passages is
trained end to end, beside the parts of the blend. The `speaks_to` lines of the passages take part, each as a message for its own passage.
A second head says whether there is anything for a message at all. How long and how fast was chosen with three authors left out; where
coverage begins is chosen on the odd situations, which take no part in the training.
"""

from __future__ import annotations

import copy
import os
import random
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from holding_space.domain import Situation
from holding_space.encoders import Encoder, Progress
from holding_space.encoders.sentence import ADAPTED_WIDTH, SentenceEncoder, layer_means, looked_at
from holding_space.evaluation.judged import Judged, Reason, digest
from holding_space.evaluation.matching_sets import GOOD, read_qrels, situations
from holding_space.evaluation.reason_training import learn_heart
from holding_space.matching import Learned, LearnedManifest, Matcher
from holding_space.matching.blend import features
from holding_space.matching.learned import CLOSENESS, FEATURES, FORMAT

RANK, DROPOUT = 16, 0.1
EPOCHS, BATCH, LINES = 7, 16, 16
MODEL_RATE, HEAD_RATE = 4e-4, 1e-2
LINES_WEIGHT, COVERAGE_WEIGHT = 0.3, 0.3
LONGEST, CROP = 220, 200
"""Words from which a message is read in a stretch of CROP words, another one each time: for speed, and so that no ending is learnt by heart."""
FALSE_REJECTS = 0.03
"""Share of the covered situations of the odd half that may be turned away."""
TARGETS = r".*encoder\.layer\..*\.(query|key|value|dense)"
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
    encoder: SentenceEncoder,
    epochs: int = EPOCHS,
    progress: Progress | None = None,
) -> Learned:
    """Train on all messages. The threshold of coverage is still to be chosen (`with_threshold`), and the heart to be learnt (`with_heart`)."""
    import torch
    from torch.nn import functional as f

    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    threads = torch.get_num_threads()
    torch.set_num_threads(os.cpu_count() or 1)
    model = _with_lora(encoder.model)
    tokenizer = encoder.tokenizer
    passages = matcher.passages
    lines = [(line, number) for number, p in enumerate(passages) for line in p.speaks_to]
    shown, targets = torch.from_numpy(examples.features), torch.from_numpy(examples.targets)
    centre, spread = examples.closeness.mean(axis=0), examples.closeness.std(axis=0) + 1e-6
    near = torch.from_numpy((examples.closeness - centre) / spread)
    covered = targets.sum(dim=1)
    essays = list(dict.fromkeys(p.essay_id for p in passages))
    of_essay = torch.tensor([essays.index(p.essay_id) for p in passages])

    head = torch.nn.Parameter(torch.zeros(ADAPTED_WIDTH, len(passages)))
    essay_head = torch.nn.Parameter(torch.zeros(ADAPTED_WIDTH, len(essays)))
    bias = torch.nn.Parameter(torch.zeros(len(passages)))
    parts = torch.nn.Parameter(torch.full((len(FEATURES),), 0.4))
    coverage = torch.nn.Linear(ADAPTED_WIDTH + CLOSENESS, 1)
    dropout = torch.nn.Dropout(DROPOUT)
    changed = [p for p in model.parameters() if p.requires_grad]
    groups: list[dict[str, Any]] = [
        {"params": changed, "lr": MODEL_RATE, "weight_decay": 0.01},
        {"params": [head, essay_head], "lr": HEAD_RATE, "weight_decay": 0.02},
        {"params": [parts, bias, *coverage.parameters()], "lr": HEAD_RATE / 2, "weight_decay": 0.0},
    ]
    rates = [group["lr"] for group in groups]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98))

    def seen(texts: list[str]) -> torch.Tensor:
        found: torch.Tensor = dropout(looked_at(layer_means(model, tokenizer, [_cropped(t, rng) for t in texts])))
        return found

    def over_passages(x: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = x @ head + (x @ essay_head)[:, of_essay] + bias
        return found

    batches_an_epoch = -(-len(examples.texts) // BATCH)
    steps, step = epochs * batches_an_epoch, 0
    model.train()
    for _ in range(epochs):
        for batch in _batches(examples.texts, rng):
            step += 1
            share = min(1.0, step / 40) * max(0.02, 1 - step / steps)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * share
            x = seen([examples.texts[i] for i in batch])
            scores = shown[batch] @ parts + over_passages(x)
            loss = -(targets[batch] * f.log_softmax(scores, dim=1)).sum() / len(batch)
            said = coverage(torch.cat([x, near[batch]], dim=1))[:, 0]
            loss = loss + COVERAGE_WEIGHT * f.binary_cross_entropy_with_logits(said, covered[batch])
            own = rng.sample(lines, min(LINES, len(lines)))
            if own:
                wanted = torch.tensor([number for _, number in own])
                loss = loss + LINES_WEIGHT * f.cross_entropy(over_passages(seen([line for line, _ in own])), wanted)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(changed, 1.0)
            optimiser.step()
            if progress is not None:
                progress(step, steps)
    torch.set_num_threads(threads)
    weights = torch.cat([head + essay_head[:, of_essay], bias[None]]).detach().numpy()
    slope, intercept = coverage.weight[0].detach().numpy().copy(), float(coverage.bias.detach()[0])
    # The scale of closeness becomes part of the weights, so that nobody has to know it later.
    slope[ADAPTED_WIDTH:] /= spread
    intercept -= float(slope[ADAPTED_WIDTH:] @ centre)
    manifest = LearnedManifest(
        format=FORMAT,
        encoder=encoder.spec,
        passages=tuple(p.id for p in passages),
        features=tuple(round(value, 4) for value in parts.tolist()),
        threshold=0.0,
        training=digest(messages, ()),
        messages=len(messages),
        how=f"LoRA of rank {RANK}, {epochs} epochs over judged messages and speaks_to lines; see ranking_training.py.",
        files={},
    )
    slopes = np.append(slope, intercept).astype(np.float32)
    known = np.ones(len(passages), dtype=bool)
    return Learned(manifest, _adapter(model), weights, slopes, np.zeros(0, dtype=np.float32), known)


def with_heart(
    learned: Learned,
    messages: Sequence[Judged],
    reasons: Sequence[Reason],
    encoder: Encoder,
    progress: Progress | None = None,
) -> Learned:
    """The same with what messages turn on, learnt from labelled reasons."""
    manifest = replace(learned.manifest, training=digest(messages, reasons))
    return replace(learned, manifest=manifest, heart=learn_heart(reasons, messages, encoder, progress))


def with_threshold(learned: Learned, matcher: Matcher) -> Learned:
    """The same with the threshold of coverage at which FALSE_REJECTS of the covered situations of the odd half are turned away."""
    asked = matcher.with_learned(learned)
    qrels = read_qrels()
    covered = [q for q in situations() if not q.held_back and any(g >= GOOD for g in qrels.get(q.id, {}).values())]
    odds = [asked.odds(asked.query(query.situation)) for query in covered]
    chosen = round(float(np.quantile(odds, FALSE_REJECTS)), 4)
    return replace(learned, manifest=replace(learned.manifest, threshold=chosen))


def _with_lora(model: Any) -> Any:
    from peft import LoraConfig, get_peft_model

    config = LoraConfig(r=RANK, lora_alpha=2 * RANK, lora_dropout=DROPOUT, target_modules=TARGETS)
    with warnings.catch_warnings():  # of transformers, about a name that peft still uses
        warnings.simplefilter("ignore", FutureWarning)
        return get_peft_model(copy.deepcopy(model), config)


def _adapter(model: Any) -> dict[str, NDArray[np.float32]]:
    """The changes as the encoder takes them: alpha over rank becomes part of B."""
    found = {}
    for name, value in model.state_dict().items():
        if ".lora_" not in name:
            continue
        module, _, kind = name.removeprefix("base_model.model.").removesuffix(".default.weight").rpartition(".lora_")
        array = value.detach().numpy().astype(np.float32)
        found[f"{module}.{kind}"] = array * 2 if kind == "B" else array
    return found


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


def _cropped(text: str, rng: random.Random) -> str:
    words = text.split()
    if len(words) <= LONGEST:
        return text
    start = rng.randint(0, len(words) - CROP)
    return " ".join(words[start : start + CROP])
