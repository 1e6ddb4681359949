"""How long the parts take on this machine: run by hand; the table goes into benchmarks/README.md with machine and date.

python -m benchmarks.speed
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from holding_space.conversation import Conversation, respond
from holding_space.domain import Corpus, Essay
from holding_space.engine import Engine, open_engine, open_house
from holding_space.safety import open_screen
from holding_space.settings import load_settings
from holding_space.views import picture

SHORT = "she said she needs a break from us for a while and i keep rereading her last text"
LONG = (SHORT + ", and yesterday her brother told me that she is fine and sleeping and I could not say anything. ") * 12


def timed(action: Callable[[], object], rounds: int = 15) -> str:
    """Median and worst of several rounds, in milliseconds."""
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        took.append((time.perf_counter() - start) * 1000)
    return f"{statistics.median(took):.0f} ms (worst {max(took):.0f})"


def _large_library(engine: Engine, count: int) -> tuple[Corpus, np.ndarray]:
    """The essays again and again, under other ids, until there are so many passages."""
    essays: list[Essay] = []
    while sum(len(essay.passages) for essay in essays) < count:
        for essay in engine.corpus.essays:
            new = f"{essay.id}-{len(essays)}"
            passages = tuple(replace(p, id=f"{new}/{p.slug}", essay_id=new) for p in essay.passages)
            essays.append(replace(essay, id=new, passages=passages))
    corpus = Corpus(tuple(essays), engine.corpus.themes)
    return corpus, np.random.default_rng(0).uniform(size=(len(corpus.passages), 2))


def main() -> None:
    """Print the table."""
    start = time.perf_counter()
    house = open_house(load_settings())
    house_took = time.perf_counter() - start
    start = time.perf_counter()
    engine = open_engine(house)
    engine.matcher.warm_up()
    engine_took = time.perf_counter() - start
    screen = open_screen()
    hostile = "i feel like i cant do this and he never " * 250
    print("| what | figure |\n|---|---|")
    print(f"| essays and safety data opened | {house_took:.2f} s |")
    print(f"| index verified, model loaded, first encoding | {engine_took:.1f} s |")
    print(
        f"| a message of {len(SHORT.split())} words to a reading | {timed(lambda: respond(engine, Conversation(), SHORT))} |"
    )
    print(
        f"| a message of {len(LONG.split())} words to a reading | {timed(lambda: respond(engine, Conversation(), LONG), 5)} |"
    )
    print(f"| the patterns alone, {len(hostile):,} characters | {timed(lambda: screen.screen((hostile,)), 5)} |")
    assert engine.screen is not None
    both = engine.screen
    story = LONG * 4
    print(
        f"| the screen with its classifier, {len(story[:10_000]):,} characters | {timed(lambda: both.screen((story[:10_000],)), 5)} |"
    )
    print(f"| the screen with its classifier, {len(SHORT)} characters | {timed(lambda: both.screen((SHORT,)))} |")
    print(f"| the patterns alone, {len(SHORT)} characters | {timed(lambda: screen.screen((SHORT,)))} |")
    big, places = _large_library(engine, 2000)
    print(
        f"| the map of 2,000 passages as markup | {timed(lambda: picture.draw(big, places, picture.Marks(), by_theme=True), 5)} |"
    )
    print(f"| most memory held | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB |")


if __name__ == "__main__":
    main()
