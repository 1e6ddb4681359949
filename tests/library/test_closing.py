"""The page with which a conversation closes holds what was kept and the plan, as they were written."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from holding_space.library import Closing, Plan
from holding_space.library.markdown import shown
from tests.library.test_transfer_html import ALLOWED, seen
from tests.library.test_transfer_markdown import ANSWER, KEPT

PLAN = Plan("it is midnight and I want to write to her", "put the phone in the kitchen")


def test_the_page_holds_plan_passages_and_answers() -> None:
    closing = Closing((KEPT,), (ANSWER,), PLAN, KEPT.kept_at)
    sentence = "If it is midnight and I want to write to her, then I will put the phone in the kitchen"
    for page in (seen(closing.as_html()).words, closing.as_markdown()):
        assert (
            page.index("1 March 2026") < page.index(sentence) < page.index("The door is closed.") < page.index("A key.")
        )
    assert "default-src 'none'" in closing.as_html()


def test_without_a_plan_there_is_no_word_of_one() -> None:
    closing = Closing((), (), Plan(" ", ""), KEPT.kept_at)
    assert "plan" not in seen(closing.as_html()).words.casefold()
    assert closing.as_markdown() == "# 1 March 2026\n\n"
    assert Plan("", "walk").text == "If …, then I will walk"


@settings(deadline=None, database=None, max_examples=60)
@given(st.text(st.characters(), max_size=20), st.text(st.characters(), max_size=20))
def test_no_plan_at_all_breaks_the_page(when: str, then: str) -> None:
    closing = Closing((), (), Plan(when, then), KEPT.kept_at)
    found = seen(closing.as_html())
    assert found.tags <= ALLOWED
    for words in (when, then):
        assert shown(words.strip()).replace("\r\n", "\n").replace("\r", "\n") in found.words.replace("\r", "\n")
    closing.as_markdown().encode("utf-8")
