"""What a reader searches for is found, in any script, and nothing is a wildcard."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from holding_space.domain import Kept, Passage, Prompt
from holding_space.library import Library

Make = Callable[..., Passage]


@pytest.fixture
def shelf(library: Library, passage: Make, prompt: Prompt) -> dict[str, Kept]:
    """Three things, each with words nowhere else."""
    plain = library.keep("r", passage("Straße im Regen, 100% nass.", 1), "Ferries")
    noted = library.keep("r", passage("Nothing here.", 2), "A lamp")
    noted = library.edit("r", noted.id, note="Καλημέρα, ЛЮБЛЮ", tags=["snake_case"], version=1)
    written = library.keep("r", passage("Nothing there.", 3), "A lamp")
    library.answer("r", written.id, prompt, "I heard CAF\u00c9 music")
    return {"plain": plain, "noted": noted, "written": written}


@pytest.mark.parametrize(
    ("containing", "found"),
    [
        ("regen", ["plain"]),
        ("STRASSE", ["plain"]),
        ("FERRIES", ["plain"]),
        ("καλημερα", []),
        ("ΚΑΛΗΜΈΡΑ", ["noted"]),
        ("люблю", ["noted"]),
        ("snake_case", ["noted"]),
        ("cafe\u0301", ["written"]),
        ("hear", ["written"]),
        ("lamp nothing", ["written", "noted"]),
        ("lamp nothing люблю", ["noted"]),
        ("light", ["written", "noted", "plain"]),
        ("100%", ["plain"]),
        ("%", ["plain"]),
        ("_", ["noted"]),
        ("n_thing", []),
        ("Str%nass", []),
        ("ferries lamp", []),
        (" \t", ["written", "noted", "plain"]),
    ],
)
def test_every_word_must_occur_somewhere(
    library: Library, shelf: dict[str, Kept], containing: str, found: list[str]
) -> None:
    assert library.kept("r", containing=containing) == tuple(shelf[name] for name in found)


def test_a_tag_is_matched_exactly_and_together_with_words(library: Library, shelf: dict[str, Kept]) -> None:
    assert library.kept("r", tag="snake_case") == (shelf["noted"],)
    assert library.kept("r", tag="snake") == ()
    assert library.kept("r", tag="SNAKE_CASE") == ()
    assert library.kept("r", tag="snake_case", containing="lamp") == (shelf["noted"],)
    assert library.kept("r", tag="snake_case", containing="ferries") == ()
