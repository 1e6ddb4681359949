"""A judging sheet for "why": does the quote name what the passage answers, and does the marked sentence answer it?

    python -m benchmarks.reasons FILE [--count 100]

Takes held-back situations in the order of a fixed shuffle; of each the first passage of its reading. A judge writes `yes`, `partly` or `no` for each.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from holding_space.engine import open_engine, open_house
from holding_space.evaluation.matching_sets import situations
from holding_space.settings import load_settings


def main(file: Path, count: int) -> None:
    """Write the sheet."""
    matcher = open_engine(open_house(load_settings())).matcher
    queries = [query for query in situations() if query.held_back]
    random.Random(4).shuffle(queries)
    entries: list[str] = []
    for query in queries:
        matches = matcher.match(query.situation).matches
        if matches and len(entries) < count:
            first = matches[0]
            entries.append(
                f"### {query.id}\nREADER: {query.situation.text}\n\nPASSAGE ({first.passage.heading}): {first.passage.text}\n\n"
                f"QUOTED WORDS OF THE READER: “{first.because}”\nMARKED SENTENCE OF THE PASSAGE: “{first.sentence.of(first.passage.text)}”\n"
            )
    file.write_text("\n".join(entries), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--count", type=int, default=100)
    given = parser.parse_args()
    main(given.file, given.count)
