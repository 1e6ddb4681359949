"""The ranking on the held-back half of the situations stays where it was measured (docs/matching.md), less what chance may take."""

from __future__ import annotations

import numpy as np
import pytest

from holding_space.engine import Engine
from holding_space.evaluation.matching_report import measured, run_of
from holding_space.evaluation.matching_sets import read_qrels, situations
from holding_space.evaluation.systems import OURS, SYSTEMS

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def found(real_engine: Engine) -> dict[str, float]:
    queries = [query for query in situations() if query.held_back]
    values = measured(run_of(real_engine, SYSTEMS[OURS], queries), read_qrels())
    return {name: float(np.mean([by_query.get(q.id, 0.0) for q in queries])) for name, by_query in values.items()}


@pytest.mark.parametrize(("measure", "least"), [("nDCG@10", 0.60), ("MRR", 0.69), ("success@3", 0.78), ("recall@3", 0.55)])  # fmt: skip
def test_the_ranking_is_as_good_as_it_was(found: dict[str, float], measure: str, least: float) -> None:
    assert found[measure] >= least
