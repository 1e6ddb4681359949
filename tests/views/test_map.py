"""The map: the picture as markup, and the page in the running script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from holding_space.domain import Corpus
from holding_space.views import picture
from tests.views.conftest import DANGER, SITUATION, say, words

Open = Callable[..., AppTest]


@pytest.fixture
def places(small_corpus: Corpus) -> np.ndarray:
    return np.random.default_rng(0).uniform(size=(len(small_corpus.passages), 2))


def test_every_passage_is_a_point_that_opens_it(small_corpus: Corpus, places: np.ndarray) -> None:
    drawn = picture.draw(small_corpus, places, picture.Marks(), by_theme=False)
    assert drawn.count("hs-dot") == len(small_corpus.passages)
    for passage in small_corpus.passages:
        assert f'href="{picture.address(passage)}"' in drawn


def test_the_list_says_the_same_as_the_picture(small_corpus: Corpus) -> None:
    listed = picture.listed(small_corpus, picture.Marks())
    assert all(picture.address(passage) in listed for passage in small_corpus.passages)


def test_what_was_found_and_kept_is_marked_in_both(small_corpus: Corpus, places: np.ndarray) -> None:
    found, kept = small_corpus.passages[0], small_corpus.passages[1]
    marks = picture.Marks((0.2, 0.3), frozenset({found.id}), frozenset({kept.id}))
    drawn, listed = picture.draw(small_corpus, places, marks, by_theme=False), picture.listed(small_corpus, marks)
    assert drawn.count("hs-found") == 1
    assert drawn.count("hs-ringed") == 1
    assert drawn.count("hs-thread") == 1
    assert "where you are" in drawn
    assert "Found for your situation" in listed
    assert "kept" in listed


@pytest.mark.parametrize("by_theme", [False, True])
def test_each_colour_is_explained(small_corpus: Corpus, places: np.ndarray, by_theme: bool) -> None:
    drawn = picture.draw(small_corpus, places, picture.Marks(), by_theme=by_theme)
    used = {part.split()[0].rstrip('"') for part in drawn.split("hs-dot hs-k-")[1:]}
    assert used
    assert all(f'hs-swatch hs-k-{kind}"' in drawn for kind in used)


def test_authors_words_cannot_break_the_markup(small_corpus: Corpus, places: np.ndarray) -> None:
    essay = small_corpus.essays[0]
    passages = (
        replace(essay.passages[0], heading='<b onclick="x">', text='"><script>alert(1)</script> said so.'),
        *essay.passages[1:],
    )
    corpus = Corpus((replace(essay, passages=passages), *small_corpus.essays[1:]), small_corpus.themes)
    drawn = picture.draw(corpus, places, picture.Marks(), by_theme=False) + picture.listed(corpus, picture.Marks())
    assert "<script" not in drawn
    assert "<b onclick" not in drawn


def go_to_the_map(app: AppTest) -> str:
    app.switch_page("holding_space/views/map.py").run()
    assert not app.exception
    return words(app)


def test_before_anything_was_said_the_map_shows_the_library_alone(open_page: Open, small_corpus: Corpus) -> None:
    page = words(open_page("map"))
    assert page.count("hs-go hs-dot") == len(small_corpus.passages)
    assert "where you are" not in page
    assert "stored nowhere" in page


def test_a_situation_and_what_was_found_for_it_are_on_the_map(open_page: Open) -> None:
    page = go_to_the_map(say(open_page(), SITUATION))
    assert "where you are" in page
    assert "hs-found" in page
    assert SITUATION not in page


def test_the_map_is_coloured_by_theme_on_request(open_page: Open) -> None:
    app = open_page("map")
    app.button_group(key="map-colour").set_value("By theme").run()
    assert not app.exception
    assert "hs-k-theme-0" in words(app)


def test_in_care_there_is_no_map(open_page: Open) -> None:
    page = go_to_the_map(say(open_page(), DANGER))
    assert "hs-dot" not in page
    assert "ring your local emergency number" in page or "people to talk to" in page
