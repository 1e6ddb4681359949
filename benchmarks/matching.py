"""How well situations find their essays, and how well "nothing close" is told: run by hand, figures for docs/matching.md.

    python benchmarks/matching.py [--half dev|held] [--plain]

A situation counts as answered when one of the essays of its topic (or of the other topics it was written for) is among
the passages shown. Intervals are 95 % percentile bootstrap intervals over situations. Weights and thresholds may be
chosen on the half `dev` (odd ids) only; `held` (even ids) is for reporting.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml

from holding_space.conversation import AskMore, Conversation, NothingClose, Reading, respond
from holding_space.domain import Situation
from holding_space.engine import Engine, open_engine, open_house
from holding_space.matching import Blend, Matcher
from holding_space.settings import load_settings

DATA = Path(__file__).parent.parent / "tests" / "evaluation"
PLAIN = Blend(passage=1, essay=0, speaks_to=0, hubness=0, bm25=0)


def load(name: str) -> list[dict] | dict:
    """A data file of the evaluation."""
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


def interval(hits: Sequence[float], rounds: int = 2000) -> str:
    """Mean with a 95 % bootstrap interval."""
    values = np.asarray(hits, dtype=float)
    means = np.random.default_rng(0).choice(values, (rounds, len(values))).mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return f"{values.mean():.3f} ({low:.3f} to {high:.3f})"


def situations(half: str) -> list[dict]:
    """The situations of one half: odd ids to choose on, even ids to report."""
    wanted = 1 if half == "dev" else 0
    return [s for s in load("situations.yaml") if int(s["id"][1:]) % 2 == wanted]


def ranks(matcher: Matcher, some: list[dict]) -> list[int]:
    """For each situation the rank (from 1) of the first passage of a fitting essay, in the whole ranking."""
    topics = load("topics.yaml")
    found = []
    for situation in some:
        good = {e for code in [situation["topic"], *(situation.get("also") or [])] for e in topics.get(code, [])}
        said = Situation((situation["text"],))
        scores, _ = matcher.score(said, matcher.query(said))
        order = [matcher.passages[i].essay_id for i in np.argsort(-scores, kind="stable")]
        found.append(next(rank for rank, essay in enumerate(order, start=1) if essay in good))
    return found


def report(engine: Engine, half: str) -> None:
    """Print the table."""
    some = situations(half)
    topics = load("topics.yaml")
    print(
        f"{len(some)} situations, half {half}\n\n| | first passage | among the first three | MRR |\n|---|---|---|---|"
    )
    for name, weights in (("plain MiniLM cosine", PLAIN), ("the blend", engine.matcher.weights)):
        found = ranks(engine.matcher.with_weights(weights), some)
        print(
            f"| {name} | {interval([r == 1 for r in found])} | {interval([r <= 3 for r in found])} | {interval([1 / r for r in found])} |"
        )
    answered, rejected, shown = [], [], []
    for situation in some:
        good = {e for code in [situation["topic"], *(situation.get("also") or [])] for e in topics.get(code, [])}
        reply = respond(engine, Conversation(), situation["text"]).reply
        rejected.append(isinstance(reply, NothingClose))
        matches = reply.matches if isinstance(reply, Reading) else ()
        answered.append(any(m.passage.essay_id in good for m in matches))
        shown += [m.passage.essay_id in good for m in matches]
    outside = load("outside.yaml")
    print("\n| | share |\n|---|---|")
    print(f"| readings that hold a fitting essay | {interval(answered)} |")
    print(f"| passages shown that are of a fitting essay | {interval(shown)} |")
    print(f'| situations answered with "nothing close" (false reject) | {interval(rejected)} |')
    for kind in ("off_topic", "neighbouring"):
        texts = outside[kind][half == "held" :: 2]
        accepted = [isinstance(respond(engine, Conversation(), text).reply, Reading) for text in texts]
        print(f"| {kind} answered with passages (false accept, {len(texts)}) | {interval(accepted)} |")
    vague = [
        isinstance(respond(engine, Conversation(), t).reply, AskMore) for t in outside["vague"][half == "held" :: 2]
    ]
    print(f"| vague messages answered with a question ({len(vague)}) | {interval(vague)} |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=["dev", "held"], default="held")
    chosen = parser.parse_args()
    report(open_engine(open_house(load_settings())), chosen.half)
