"""From a situation to a reading: scores, the floor, lenses, few passages of one essay, reasons.

A reading never pads. One passage that is close is better than three of which two are not.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field

import numpy as np

from holding_space.domain import Lens, Match, Passage, Ranking, Situation
from holding_space.encoders import Adaptable, Encode, Encoder, Vectors
from holding_space.encoders.base import unit
from holding_space.index import Index, Places, Scores, Similarities
from holding_space.matching.blend import Blend, blend, features, nearest_rows, standard
from holding_space.matching.learned import Floats, Learned
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
    """What is sought: one vector for all that was said, shape (dim,), and the reader's sentences with vectors of their own.

    `seen` is what the learned part looks at, shape (width,); None where nothing has been learnt.
    """

    vector: Vectors
    quotes: Quotes
    seen: Floats | None = None


class Matcher:
    """Matches situations with the passages of one library. Shared by all readers; holds nothing of theirs.

    `ranker` is the model that `learned` belongs to, where it is not the encoder itself.
    """

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        weights: Blend | None = None,
        learned: Learned | None = None,
        ranker: Adaptable | None = None,
    ) -> None:
        self._index = index
        self._encoder = encoder
        self._words = Words(index.passages)
        self._reasons = Reasons(encoder, learned.heart if learned and len(learned.heart) else None)
        self.weights = weights or Blend()
        self.learned = learned
        self._ranker = ranker or encoder
        self._look = self._ranker.adapted(learned.adapter) if learned else None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages, in the order of every array of scores."""
        return self._index.passages

    @property
    def encoder(self) -> Encoder:
        """What texts are encoded with."""
        return self._encoder

    @property
    def ranker(self) -> Adaptable:
        """The model that ranks by what was learnt."""
        return self._ranker

    @property
    def index(self) -> Index:
        """The library's vectors."""
        return self._index

    @property
    def places(self) -> Places:
        """Where each passage lies in the picture of the library, shape (passages, 2), from 0 to 1."""
        return self._index.places

    def locate(self, situation: Situation) -> tuple[float, float]:
        """Where a situation lies in the picture of the library: among the passages nearest to it."""
        return self._index.locate(self.vector(situation))

    def with_learned(self, learned: Learned) -> Matcher:
        """The same matcher with what has been learnt, for evaluation."""
        return Matcher(self._index, self._encoder, self.weights, learned, self._ranker)

    def with_weights(self, weights: Blend, *, learned: bool = True) -> Matcher:
        """The same matcher with other numbers, or without what has been learnt: for evaluation."""
        other = copy(self)
        other.weights = weights
        other.learned = self.learned if learned else None
        return other

    def warm_up(self) -> None:
        """Encode one word, so that the first reader does not wait for what a model does once."""
        for encode in (self._encoder.encode_query, self._look):
            if encode:
                encode(["hello"])

    def match(self, situation: Situation, wish: Wish | None = None) -> Ranking:
        """The passages to show, best first; none when nothing in the library is close."""
        wish = wish or Wish()
        query = self.query(situation)
        if not self.covers(situation, query):
            return Ranking(situation, ())
        scores, closest = self.score(situation, query, wish)
        chosen = self._reading(scores, closest, wish)
        return Ranking(situation, self._with_reasons(situation, query, chosen, scores))

    def nearest(self, situation: Situation) -> tuple[Passage, float]:
        """The passage whose text or line is nearest to a situation, and how near (cosine)."""
        closest = self._index.similarities(self.vector(situation)).closest
        best = int(np.argmax(closest))
        return self._index.passages[best], float(closest[best])

    def closeness(self, situation: Situation) -> float:
        """How near the library comes to a situation (cosine)."""
        return self.nearest(situation)[1]

    def covers(self, situation: Situation, query: Query) -> bool:
        """Whether anything in the library is close to what is sought."""
        rows = nearest_rows(self._index.rows)
        density = self._index.density(query.vector, rows)
        if self.learned is None or query.seen is None:
            return density >= self.weights.floor(rows)
        if not self.learned.known.all() and not self._best_was_judged(situation, query):
            return density >= self.weights.floor(rows)
        # A text of a kind that nobody judged can look like anything to what was learnt: it must come near by itself as well.
        near = density >= self.weights.floor(rows) - self.weights.learned_eases
        return near and self.odds(query) >= self.learned.manifest.threshold

    def _best_was_judged(self, situation: Situation, query: Query) -> bool:
        """Whether the passage that the blend would put first is one of those that something was learnt about."""
        best = int(np.argmax(blend(*self.parts(situation, query), self.weights)))
        return self.learned is not None and bool(self.learned.known[best])

    def odds(self, query: Query) -> float:
        """Log-odds, as learnt, that the library has something for what is sought; 0 where nothing has been learnt."""
        if self.learned is None or query.seen is None:
            return 0.0
        return self.learned.odds(query.seen, self._index.closeness(query.vector))

    def query(self, situation: Situation) -> Query:
        """What is sought: a situation's vector, and its sentences with theirs."""
        vector, quotes = self.vector(situation), self._reasons.quotes(situation.messages)
        return Query(vector, quotes, self.weighed(situation, self._look) if self.learned and self._look else None)

    def vector(self, situation: Situation) -> Vectors:
        """One vector for all that was said, shape (dim,), in which the newest message weighs most."""
        return unit(self.weighed(situation, self._encoder.encode_query))

    def weighed(self, situation: Situation, encode: Encode) -> Vectors:
        """What an encoding makes of all that was said, shape (width,), in which the newest message weighs most, if it says enough by itself."""
        last = situation.messages[-1]
        if len(situation.messages) == 1 or len(last.split()) < STANDS_ALONE:
            found: Vectors = encode([situation.text])[0]
            return found
        whole, newest = encode([situation.text, last])
        share = self.weights.last_message
        mixed: Vectors = (1 - share) * whole + share * newest
        return mixed

    def parts(self, situation: Situation, query: Query) -> tuple[Similarities, tuple[Scores, Scores]]:
        """What a score is made of: cosines with every passage, and z-scores of BM25, each of shape (passages,)."""
        return self._index.similarities(query.vector, query.quotes.told), self._words.scores(situation.text)

    def score(self, situation: Situation, query: Query, wish: Wish | None = None) -> tuple[Scores, Scores]:
        """Blended score and plain closeness of every passage, shape (passages,) each."""
        wish = wish or Wish()
        found, words = self.parts(situation, query)
        scores = blend(found, words, self.weights)
        if self.learned is not None and query.seen is not None:
            scores = self.learned.scores(features(found, words), query.seen, standard(scores))
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
        floor = self.weights.learned_floor if self.learned else self.weights.passage_floor
        near = [
            i
            for i in np.argsort(-scores, kind="stable").tolist()
            if closest[i] >= floor
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

    def _with_reasons(self, situation: Situation, query: Query, chosen: list[int], scores: Scores) -> tuple[Match, ...]:
        quotes, vector = query.quotes, query.vector
        matches = []
        for position in chosen:
            passage = self._index.passages[position]
            sought = Sought(vector, self._index.texts[position], self._index.closest_line(position, vector))
            said, sentence = self._reasons.pair(passage, situation.messages, quotes, sought)
            matches.append(Match(passage, float(scores[position]), sentence, said))
        return tuple(matches)
