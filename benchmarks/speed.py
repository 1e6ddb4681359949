"""How long the parts take on this machine: run by hand; the table goes into benchmarks/README.md with machine and date.

python benchmarks/speed.py
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable

from holding_space.conversation import Conversation, respond
from holding_space.engine import open_engine, open_house
from holding_space.safety import open_screen
from holding_space.settings import load_settings

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
    print(f"| the screen alone, {len(hostile):,} characters | {timed(lambda: screen.screen((hostile,)), 5)} |")
    print(f"| the screen alone, {len(SHORT)} characters | {timed(lambda: screen.screen((SHORT,)))} |")
    print(f"| most memory held | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB |")


if __name__ == "__main__":
    main()
