"""The ways of ranking that are compared: ours, and the baselines that it has to beat, over the same corpus and queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from holding_space.conversation.turns import Turn, kind_of_turn
from holding_space.corpus import plain
from holding_space.domain import Situation
from holding_space.encoders import Adaptable, Vectors
from holding_space.encoders.base import unit
from holding_space.index import Scores
from holding_space.matching import Blend, Matcher

System = Callable[[Matcher, Situation], Scores]
"""Scores of every passage for a situation, shape (passages,)."""

BASELINES = ("the blend alone", "plain MiniLM cosine", "BM25")
OURS = "the learned ranking"

COSINE = Blend(passage=1, speaks_to=0, sentence=0, essay=0, bm25_passage=0, bm25_essay=0)
LINES = replace(COSINE, passage=0.5, speaks_to=0.5)


def told(messages: tuple[str, ...]) -> tuple[str, ...]:
    """The messages of a conversation that tell something; greetings, requests and thanks are not matched."""
    kept = tuple(message for message in messages if kind_of_turn(message) is Turn.SITUATION)
    return kept or messages


def _learned(matcher: Matcher, situation: Situation) -> Scores:
    return matcher.score(situation, matcher.query(situation))[0]


def _weighed(weights: Blend) -> System:
    def scores(matcher: Matcher, situation: Situation) -> Scores:
        used = matcher.with_weights(weights, learned=False)
        return used.score(situation, used.query(situation))[0]

    return scores


def _cosine_by(model: Adaptable, matcher: Matcher) -> System:
    """Plain cosine by a model as it was published, read as the encoder is: passages without markup, the newest message weighing most."""
    layers = model.adapted({})

    def encode(texts: Sequence[str]) -> Vectors:
        return unit(layers(texts)[:, : model.spec.dim])  # the last layer comes first

    passages = encode([plain(passage.text) for passage in matcher.passages])

    def scores(matcher: Matcher, situation: Situation) -> Scores:
        found: Scores = passages @ matcher.weighed(situation, encode)
        return found

    return scores


def compared(matcher: Matcher) -> Mapping[str, System]:
    """The systems of a report, ours first; by the larger model's cosine too, where that model ranks."""
    systems = {name: SYSTEMS[name] for name in (OURS, *BASELINES)}
    if matcher.ranker.spec != matcher.encoder.spec:
        systems["plain mpnet cosine"] = _cosine_by(matcher.ranker, matcher)
    return systems


SYSTEMS: Mapping[str, System] = MappingProxyType(
    {
        OURS: _learned,
        "the blend alone": _weighed(Blend()),
        "plain MiniLM cosine": _weighed(COSINE),
        "BM25": _weighed(replace(COSINE, passage=0, bm25_passage=1)),
        "passage and line": _weighed(LINES),
        "line and essay": _weighed(replace(COSINE, passage=0, speaks_to=0.5, essay=0.5)),
    }
)
