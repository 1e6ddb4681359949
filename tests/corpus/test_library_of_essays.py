"""The essays that come with the program keep the house rules."""

from pathlib import Path

import pytest

from holding_space.corpus import Reading, check, render, sentences
from holding_space.domain import Lens, PromptKind, SafeIf
from tests.conftest import skip_aloud

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return check(CORPUS)


def test_the_check_finds_nothing(reading: Reading) -> None:
    assert [str(problem) for problem in reading.problems] == []


def test_the_ground_theme_has_its_three_angles_and_its_neighbours(reading: Reading) -> None:
    ids = {essay.id for essay in reading.corpus.essays}
    assert {
        "when-your-partner-asks-for-space",
        "asking-for-room",
        "apart-under-one-roof",
        "one-of-you-refuels-alone",
        "three-days-without-a-word",
        "asking-again",
        "the-quarrel-that-always-returns",
    } <= ids


def test_every_essay_has_a_feeling_another_side_and_a_step(reading: Reading) -> None:
    for essay in reading.corpus.essays:
        assert {p.lens for p in essay.passages} == set(Lens), essay.id


def test_no_passage_about_another_side_is_marked_safe_for_abuse(reading: Reading) -> None:
    others = [p for p in reading.corpus.passages if p.lens is Lens.OTHER_SIDE]
    assert others
    assert [p.id for p in others if SafeIf.ABUSE in p.safe_if] == []


def test_every_kind_of_prompt_is_used_and_none_asks_why(reading: Reading) -> None:
    prompts = [prompt for p in reading.corpus.passages for prompt in p.prompts]
    assert {prompt.kind for prompt in prompts} == set(PromptKind)
    assert [prompt.ask for prompt in prompts if prompt.ask.lower().startswith("why")] == []


def test_every_sentence_of_every_passage_can_be_marked(reading: Reading) -> None:
    unmarked = [
        (passage.id, span.of(passage.text))
        for passage in reading.corpus.passages
        for span in sentences(passage.text)
        if "<mark>" not in render(passage.text, span)
    ]
    assert unmarked == []


def test_nothing_claims_a_review_that_nobody_made(reading: Reading) -> None:
    assert {essay.reviewed for essay in reading.corpus.essays} == {"none"}


def test_no_sentence_of_the_seed_is_copied(reading: Reading) -> None:
    seed = CORPUS.parents[1] / "shared" / "seed_essay.txt"
    if not seed.is_file():
        skip_aloud("the seed essay is not beside this checkout")
    words = seed.read_text(encoding="utf-8").lower().split()
    runs = {" ".join(words[i : i + 7]) for i in range(len(words) - 6)}
    for passage in reading.corpus.passages:
        said = passage.text.lower().split()
        assert not [run for i in range(len(said) - 6) if (run := " ".join(said[i : i + 7])) in runs], passage.id
