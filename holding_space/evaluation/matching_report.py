"""The matching, measured: rankings against judgements, readings in the running conversation, and "nothing close".

Measures come from ir-measures (MacAvaney, Macdonald and Ounis 2022). Every figure has a 95 % bootstrap interval over queries, and
our ranking is compared with the baselines query by query. The safety screen is part of the conversation, as it is for readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import ir_measures
from ir_measures import RR, Success, nDCG

from holding_space.conversation import Aside, AskMore, Care, Conversation, NothingClose, Reading, Reply, respond
from holding_space.domain import Situation
from holding_space.engine import Engine
from holding_space.evaluation.intervals import Estimate, gain, mean, share
from holding_space.evaluation.matching_sets import (
    GOOD,
    Qrels,
    Query,
    Run,
    conversations,
    half,
    outside,
    read_qrels,
    run_lines,
    situations,
)
from holding_space.evaluation.systems import OURS, System, compared, told

DEPTH = 100
MEASURES: tuple[tuple[str, Any], ...] = (
    ("nDCG@10", nDCG @ 10),
    ("MRR", RR(rel=GOOD)),
    ("success@3", Success(rel=GOOD) @ 3),
)


def report(engine: Engine, *, held_back: bool, runs: Path | None = None) -> str:
    """All tables as Markdown, for one half of the queries."""
    qrels = read_qrels()
    alone = [q for q in situations() if q.held_back is held_back]
    spoken = [q for q in conversations() if q.held_back is held_back]
    parts = [f"Queries with {'even' if held_back else 'odd'} numbers. 95 % bootstrap intervals over queries."]
    systems = compared(engine.matcher)
    for title, queries in (("situations", alone), ("conversations", spoken)):
        by_system = {name: run_of(engine, system, queries) for name, system in systems.items()}
        parts.append(f"\n## Ranking: {len(queries)} {title}\n")
        parts.append(ranking_table(by_system, qrels))
        if runs is not None:
            write_runs(runs, title, by_system)
    parts.append("\n## In the running conversation\n")
    parts.append(conversation_table(engine, alone, spoken, qrels, held_back=held_back))
    return "\n".join(parts)


def run_of(engine: Engine, system: System, queries: Sequence[Query]) -> dict[str, dict[str, float]]:
    """A system's best passages for each query."""
    found = {}
    for query in queries:
        scores = system(engine.matcher, Situation(told(query.situation.messages)))
        order = (-scores).argsort(kind="stable")[:DEPTH]
        found[query.id] = {engine.matcher.passages[i].id: float(scores[i]) for i in order}
    return found


def measured(run: Run, qrels: Qrels) -> dict[str, dict[str, float]]:
    """Each measure's value for each query of the run; recall@3 counts graded 2 and 3, of at most three that there could be."""
    known = {query: dict(qrels.get(query, {})) for query in run}
    plain = {query: dict(scores) for query, scores in run.items()}
    values: dict[str, dict[str, float]] = {name: {} for name, _ in MEASURES}
    names = {str(measure): name for name, measure in MEASURES}
    for found in ir_measures.iter_calc([m for _, m in MEASURES], known, plain):
        values[names[str(found.measure)]][found.query_id] = found.value
    values["recall@3"] = {query: _recall(scores, known[query]) for query, scores in plain.items()}
    return values


def ranking_table(by_system: dict[str, dict[str, dict[str, float]]], qrels: Qrels) -> str:
    """One row a system, one row a difference to a baseline."""
    values = {name: measured(run, qrels) for name, run in by_system.items()}
    columns = list(values[OURS])
    rows = [f"| | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    queries = sorted(by_system[OURS])
    for name, found in values.items():
        cells = [str(mean([found[c].get(q, 0.0) for q in queries])) for c in columns]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    for name in by_system:
        if name == OURS:
            continue
        cells = [
            _signed(
                gain([values[OURS][c].get(q, 0.0) for q in queries], [values[name][c].get(q, 0.0) for q in queries])
            )
            for c in columns
        ]
        rows.append(f"| {OURS} less {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def conversation_table(
    engine: Engine, alone: Sequence[Query], spoken: Sequence[Query], qrels: Qrels, *, held_back: bool
) -> str:
    """What readers get: at least one good passage, what is turned away, what is answered that should not be."""
    first = {query.id: respond(engine, Conversation(), query.situation.text).reply for query in alone}
    covered = [q for q in alone if any(grade >= GOOD for grade in qrels.get(q.id, {}).values())]
    shown = [p for q in covered for p in _passages(first[q.id])]
    graded = [(q.id, p) for q in covered for p in _passages(first[q.id])]
    rows: list[tuple[str, Estimate]] = [
        ("situations for which the library has a passage graded 2 or 3", share([q in covered for q in alone])),
        ("of these: at least one such passage in the first reading", share([_good(first[q.id], q.id, qrels) for q in covered])),
        ("of those that got a reading: at least one such passage in it",
         share([_good(first[q.id], q.id, qrels) for q in covered if _passages(first[q.id])])),
        (f"passages shown that are graded 2 or 3 ({len(shown)} shown)", share([qrels.get(q, {}).get(p, 0) >= GOOD for q, p in graded])),
        ("passages shown that are graded 0", share([qrels.get(q, {}).get(p, 0) == 0 for q, p in graded])),
        ("false rejects: covered, and answered with “nothing close” (no help card)",
         share([isinstance(r, NothingClose) and r.card is None for r in (first[q.id] for q in covered)])),
        ("covered, and answered by help alone (help card without passages, or care)",
         share([isinstance(r, Care) or (isinstance(r, NothingClose) and r.card is not None) for r in (first[q.id] for q in covered)])),
        ("covered, and answered with a question first", share([isinstance(first[q.id], AskMore) for q in covered])),
    ]  # fmt: skip
    played = {query.id: list(_played(engine, query)) for query in spoken}
    reachable = [q for q in spoken if any(g >= GOOD for g in qrels.get(q.id, {}).values())]
    rows.append((
        "conversations: at least one passage graded 2 or 3 in one of its readings",
        share([any(_good(reply, q.id, qrels) for reply in played[q.id]) for q in reachable]),
    ))  # fmt: skip
    others = {kind: half(texts, held_back=held_back) for kind, texts in outside().items()}
    for kind, title in (("off_topic", "off-topic messages answered with passages (false accepts)"),
                        ("neighbouring", "messages on neighbouring subjects answered with passages (false accepts)")):  # fmt: skip
        replies = [respond(engine, Conversation(), text).reply for text in others[kind]]
        rows.append((title, share([isinstance(reply, Reading) for reply in replies])))
    vague = [respond(engine, Conversation(), text).reply for text in others["vague"]]
    rows.append(("vague messages answered with a question", share([isinstance(r, AskMore | Aside) for r in vague])))
    foreign = [respond(engine, Conversation(), t).reply for t in others["other_language"]]
    rows.append(("messages in another language noticed", share([isinstance(r, Aside) for r in foreign])))
    return "\n".join(
        [
            "| | share | cases |",
            "|---|---|---|",
            *(f"| {title} | {figure} | {figure.count} |" for title, figure in rows),
        ]
    )


def write_runs(folder: Path, title: str, by_system: dict[str, dict[str, dict[str, float]]]) -> None:
    """Each system's run as a file in TREC's format."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, run in by_system.items():
        system = name.replace(" ", "-")
        path = folder / f"{title}.{system}.run"
        path.write_text("\n".join(run_lines(run, system)) + "\n", encoding="utf-8")


def _played(engine: Engine, query: Query) -> Iterable[Reply]:
    conversation = Conversation()
    for turn in query.situation.messages:
        answered = respond(engine, conversation, turn)
        conversation = answered.conversation
        yield answered.reply


def _passages(reply: Reply) -> list[str]:
    return [match.passage.id for match in reply.matches] if isinstance(reply, Reading) else []


def _good(reply: Reply, query: str, qrels: Qrels) -> bool:
    return any(qrels.get(query, {}).get(passage, 0) >= GOOD for passage in _passages(reply))


def _recall(scores: dict[str, float], grades: dict[str, int]) -> float:
    good = {passage for passage, grade in grades.items() if grade >= GOOD}
    best = sorted(scores, key=lambda p: -scores[p])[:3]
    return len(good & set(best)) / min(3, len(good)) if good else 0.0


def _signed(figure: Estimate) -> str:
    return f"{figure.value:+.3f} ({figure.low:+.3f} to {figure.high:+.3f})"
