"""Judging sheets for the evaluation of matching: the best passages of several systems for each query, in no order, unnamed.

    python -m benchmarks.pooling sheets FOLDER [--judges 6] [--depth 7]   writes passages.md and queries-1.md, queries-2.md, …
    python -m benchmarks.pooling collect FOLDER                           reads grades-*.txt into tests/evaluation/qrels.txt

Pooling as in TREC (Voorhees and Harman 2005): what no system ranks high is not judged and counts as 0. Judges see the reader's
words and codes of passages only; which system brought a passage, and how high, they cannot see. How to judge stands in
tests/evaluation/JUDGING.md. Only pairs that have no grade yet go into a sheet, so that a pool can be deepened later.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
from sklearn.metrics import cohen_kappa_score

from holding_space.domain import Situation
from holding_space.engine import open_engine, open_house
from holding_space.evaluation.matching_sets import (
    FOLDER,
    GOOD,
    Query,
    conversations,
    read_qrels,
    situations,
    write_qrels,
)
from holding_space.evaluation.systems import SYSTEMS, told
from holding_space.matching import Matcher
from holding_space.settings import load_settings


def pools(matcher: Matcher, queries: list[Query], depth: int) -> dict[str, list[str]]:
    """For each query the passages that any system has among its best `depth`, shuffled."""
    found: dict[str, list[str]] = {}
    for query in queries:
        situation = Situation(told(query.situation.messages))
        best: set[str] = set()
        for system in SYSTEMS.values():
            scores = system(matcher, situation)
            best |= {matcher.passages[i].id for i in np.argsort(-scores, kind="stable")[:depth]}
        pool = sorted(best)
        random.Random(query.id).shuffle(pool)
        found[query.id] = pool
    return found


def sheets(folder: Path, judges: int, depth: int) -> None:
    """Write the sheets."""
    matcher = open_engine(open_house(load_settings())).matcher
    queries = [*situations(), *conversations()]
    known = read_qrels() if (FOLDER / "qrels.txt").exists() else {}
    codes = {p.id: f"p{n:03}" for n, p in enumerate(matcher.passages, start=1)}
    folder.mkdir(parents=True, exist_ok=True)
    passages = [f"## {codes[p.id]} ({p.lens}) {p.heading}\n\n{p.text}\n" for p in matcher.passages]
    (folder / "passages.md").write_text("\n".join(passages), encoding="utf-8")
    (folder / "codes.txt").write_text("".join(f"{code} {id_}\n" for id_, code in codes.items()), encoding="utf-8")
    entries = []
    for query_id, pool in pools(matcher, queries, depth).items():
        query = next(q for q in queries if q.id == query_id)
        new = [codes[p] for p in pool if p not in known.get(query_id, {})]
        if new:
            turns = query.situation.messages
            text = turns[0] if len(turns) == 1 else "\n".join(f"[turn {n}] {t}" for n, t in enumerate(turns, start=1))
            entries.append(f"### {query_id}\n{text}\n\nPassages: {' '.join(new)}\n")
    random.Random(0).shuffle(entries)
    for judge in range(judges):
        (folder / f"queries-{judge + 1}.md").write_text("\n".join(entries[judge::judges]), encoding="utf-8")
    print(f"{len(entries)} queries, {sum(len(e.split('Passages:')[1].split()) for e in entries)} pairs to judge")


def collect(folder: Path) -> None:
    """Read the grades; a pair that several judges graded gets the lower middle of their grades."""
    codes = dict(line.split() for line in (folder / "codes.txt").read_text(encoding="utf-8").splitlines())
    given: dict[tuple[str, str], list[int]] = {}
    for path in sorted(folder.glob("grades-*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            query, *grades = line.split()
            for grade in grades:
                code, value = grade.split(":")
                given.setdefault((query, codes[code]), []).append(int(value))
    qrels = read_qrels() if (FOLDER / "qrels.txt").exists() else {}
    for (query, passage), values in given.items():
        qrels.setdefault(query, {})[passage] = sorted(values)[(len(values) - 1) // 2]
    write_qrels(qrels, FOLDER / "qrels.txt")
    twice = np.array([values[:2] for values in given.values() if len(values) > 1])
    print(f"{len(given)} pairs, {len(twice)} of them graded twice")
    if len(twice):
        print(
            f"the same grade: {(twice[:, 0] == twice[:, 1]).mean():.3f}; good (2 or 3) or not, the same: "
            f"{((twice[:, 0] >= GOOD) == (twice[:, 1] >= GOOD)).mean():.3f}; "
            f"weighted kappa (Cohen 1968): {cohen_kappa_score(twice[:, 0], twice[:, 1], weights='quadratic'):.3f}"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["sheets", "collect"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--judges", type=int, default=6)
    parser.add_argument("--depth", type=int, default=7)
    given = parser.parse_args()
    if given.what == "sheets":
        sheets(given.folder, given.judges, given.depth)
    else:
        collect(given.folder)
