"""From a situation to a reading: scores, the floor, lenses, few passages of one essay, reasons.

A reading never pads. One passage that is close is better than three of which two are not.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field

import numpy as np

from holding_space.domain import Lens, Match, Passage, Ranking, Situation
from holding_space.encoders import Encoder, Vectors
from holding_space.encoders.base import unit
from holding_space.index import Index, Places, Scores
from holding_space.matching.blend import Blend, blend, nearest_rows, standard
from holding_space.matching.lexical import Words
from holding_space.matching.reasons import Quotes, Reasons, Sought

STANDS_ALONE = 8
"""Words from which a message says enough to be weighed by itself."""


def _anything(_: Passage) -> bool:
    return True


@dataclass(frozen=True)
class Wish:
    """What a reading should be like, beyond fitting the situation.

    `lens`: only this lens. `like`: more like this passage (and its essay may come again). `put_aside`: passages the reader
    did not want. `seen`: passages already shown. `allowed`: the safety gate.
    """

    lens: Lens | None = None
    like: str | None = None
    put_aside: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    allowed: Callable[[Passage], bool] = field(default=_anything)
    count: int = 3


@dataclass(frozen=True)
class Query:
    """What is sought: one vector for all that was said, shape (dim,), and the reader's sentences with vectors of their own."""

    vector: Vectors
    quotes: Quotes


class Matcher:
    """Matches situations with the passages of one library. Shared by all readers; holds nothing of theirs."""

    def __init__(self, index: Index, encoder: Encoder, weights: Blend | None = None) -> None:
        self._index = index
        self._encoder = encoder
        self._words = Words(index.passages)
        self._reasons = Reasons(encoder)
        self.weights = weights or Blend()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages, in the order of every array of scores."""
        return self._index.passages

    @property
    def places(self) -> Places:
        """Where each passage lies in the picture of the library, shape (passages, 2), from 0 to 1."""
        return self._index.places

    def locate(self, situation: Situation) -> tuple[float, float]:
        """Where a situation lies in the picture of the library: among the passages nearest to it."""
        return self._index.locate(self.vector(situation))

    def with_weights(self, weights: Blend) -> Matcher:
        """The same matcher with other numbers, for evaluation."""
        other = copy(self)
        other.weights = weights
        return other

    def warm_up(self) -> None:
        """Encode one word, so that the first reader does not wait for what a model does once."""
        self._encoder.encode_query(["hello"])

    def match(self, situation: Situation, wish: Wish | None = None) -> Ranking:
        """The passages to show, best first; none when nothing in the library is close."""
        wish = wish or Wish()
        vector = self.vector(situation)
        if not self._is_close(vector):
            return Ranking(situation, ())
        query = Query(vector, self._reasons.quotes(situation.messages))
        scores, closest = self.score(situation, query, wish)
        chosen = self._reading(scores, closest, wish)
        return Ranking(situation, self._with_reasons(query, chosen, scores))

    def nearest(self, situation: Situation) -> tuple[Passage, float]:
        """The passage whose text or line is nearest to a situation, and how near (cosine)."""
        closest = self._index.similarities(self.vector(situation)).closest
        best = int(np.argmax(closest))
        return self._index.passages[best], float(closest[best])

    def closeness(self, situation: Situation) -> float:
        """How near the library comes to a situation (cosine)."""
        return self.nearest(situation)[1]

    def _is_close(self, query: Vectors) -> bool:
        rows = nearest_rows(self._index.rows)
        return self._index.density(query, rows) >= self.weights.floor(rows)

    def query(self, situation: Situation) -> Query:
        """What is sought: a situation's vector, and its sentences with theirs."""
        return Query(self.vector(situation), self._reasons.quotes(situation.messages))

    def vector(self, situation: Situation) -> Vectors:
        """One vector for all that was said, shape (dim,), in which the newest message weighs most."""
        last = situation.messages[-1]
        if len(situation.messages) == 1:
            return self._one(last)
        if len(last.split()) < STANDS_ALONE:
            return self._one(situation.text)
        whole, newest = self._encoder.encode_query([situation.text, last])
        share = self.weights.last_message
        return unit((1 - share) * whole + share * newest)

    def _one(self, text: str) -> Vectors:
        vector: Vectors = self._encoder.encode_query([text])[0]
        return vector

    def score(self, situation: Situation, query: Query, wish: Wish | None = None) -> tuple[Scores, Scores]:
        """Blended score and plain closeness of every passage, shape (passages,) each."""
        wish = wish or Wish()
        found = self._index.similarities(query.vector, query.quotes.told)
        scores = blend(found, self._words.scores(situation.text), self.weights)
        if wish.like is not None:
            scores = scores + self.weights.like_this * self._likeness(wish.like)
        for passage_id in wish.put_aside:
            scores = scores - self.weights.not_this * self._likeness(passage_id)
        return scores, found.closest

    def _likeness(self, passage_id: str) -> Scores:
        """How like every passage is to one of them, as z-scores, shape (passages,)."""
        return standard(self._index.texts @ self._index.texts[self._index.position(passage_id)])

    def _reading(self, scores: Scores, closest: Scores, wish: Wish) -> list[int]:
        passages = self._index.passages
        gone = wish.seen | wish.put_aside
        near = [
            i
            for i in np.argsort(-scores, kind="stable").tolist()
            if closest[i] >= self.weights.passage_floor
            and passages[i].id not in gone
            and (wish.lens is None or passages[i].lens is wish.lens)
        ]
        # What the gate lets through must be near by itself: none is better than a poor one beside a help card.
        open_ = [i for i in near if scores[i] >= scores[near[0]] - self.weights.margin and wish.allowed(passages[i])]
        chosen: list[int] = []
        while open_ and len(chosen) < wish.count:
            best = max(open_, key=lambda i: scores[i] - self.weights.same_lens * self._same_lens(i, chosen))
            chosen.append(best)
            open_ = [
                i
                for i in open_
                if i != best and (wish.like or self._of_one_essay(i, chosen) < self.weights.of_one_essay)
            ]
        return chosen

    def _of_one_essay(self, candidate: int, chosen: list[int]) -> int:
        essay = self._index.passages[candidate].essay_id
        return sum(self._index.passages[i].essay_id == essay for i in chosen)

    def _same_lens(self, candidate: int, chosen: list[int]) -> int:
        lens = self._index.passages[candidate].lens
        return sum(self._index.passages[i].lens is lens for i in chosen)

    def _with_reasons(self, query: Query, chosen: list[int], scores: Scores) -> tuple[Match, ...]:
        quotes, vector = query.quotes, query.vector
        matches = []
        for position in chosen:
            passage = self._index.passages[position]
            sought = Sought(vector, self._index.texts[position], self._index.closest_line(position, vector))
            said, sentence = self._reasons.pair(passage, quotes, sought)
            matches.append(Match(passage, float(scores[position]), sentence, quotes.parts[said]))
        return tuple(matches)
