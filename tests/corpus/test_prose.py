import itertools

from hypothesis import given
from hypothesis import strategies as st

from holding_space.corpus import plain, render, sentences
from holding_space.domain import Span


def test_emphasis_is_shown_and_not_matched() -> None:
    assert plain("One *word* here.\n\nTwo\nlines.") == "One word here.\n\nTwo lines."
    assert render("One *word* here.") == "<p>One <em>word</em> here.</p>\n"


def test_html_is_shown_as_it_stands() -> None:
    assert "<script>" not in render("<script>alert(1)</script>")
    assert "&lt;script&gt;" in render("<script>alert(1)</script>")
    assert "<img" not in render('a <img src=x onerror="alert(1)"> b ![x](https://example.org/x.png)')


def test_a_sentence_is_marked_where_it_stands() -> None:
    text = "One. Two *and* more. Three."
    start = text.index("Two")
    assert "<mark>Two <em>and</em> more.</mark>" in render(text, Span(start, start + len("Two *and* more.")))


def test_a_mark_that_would_cut_through_emphasis_is_left_out() -> None:
    text = "He said *no. Never* again."
    assert render(text, Span(0, text.index("Never"))) == render(text)


def test_a_mark_stays_within_its_paragraph() -> None:
    text = "One.\n\nTwo."
    assert render(text, Span(0, len(text))) == render(text)


def test_sentences_are_spans_of_the_text() -> None:
    text = "First one. “Second?” she asked.\n\nThird"
    assert [span.of(text) for span in sentences(text)] == ["First one.", "“Second?” she asked.", "Third"]


def test_emphasised_speech_is_not_cut_in_two() -> None:
    text = "Ask: *When is it? And where?* Then wait."
    assert [span.of(text) for span in sentences(text)] == [text]
    assert render(text, sentences(text)[0]) == "<p><mark>Ask: <em>When is it? And where?</em> Then wait.</mark></p>\n"


@given(st.text())
def test_sentences_lose_nothing_but_white_space(text: str) -> None:
    spans = sentences(text)
    kept = "".join(span.of(text) for span in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_any_text_with_any_mark_renders_with_at_most_one_mark(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    assert render(text, Span(min(start, end), end)).count("<mark>") <= 1
