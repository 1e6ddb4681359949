from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holding_space.safety.normalise import normalise


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("I don’t WANT to", "i do not want to"),
        ("i dont wanna", "i do not want to"),
        ("he's hit me", "he is hit me"),
        ("my husband's fist", "my husband s fist"),
        ("k m s", "kms"),
        ("k.m.s. now", "kms . now"),
        ("s u i c i d e", "suicide"),
        ("su1cide", "suicide"),
        ("su*cide", "suicide"),
        ("d!e", "die"),
        ("k\u200bill myself", "kill myself"),
        ("kil my self", "kill myself"),
        ("suiside, sucidal", "suicide , suicidal"),
        ("he hit meeee sooo hard", "he hit me so hard"),
        ("ｋｉｌｌ", "kill"),
        ("my mum and dad", "my mother and father"),
        ("I'll kill, i'll jump, ill jump", "i will kill , i will jump , i will jump"),
        ("i got SA'd", "i got sexually assaulted"),
        ("one. two!! three?\n\nfour", "one . two . three . four"),
        ("take all the 💊", "take all the pills"),
        ("café", "cafe"),
        ("b4 2nite me@home a+b", "before tonight me home a b"),
        ("", ""),
        ("...", ""),
    ],
)
def test_what_people_type_has_one_plain_spelling(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


@given(st.text(max_size=300))
def test_doing_it_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet="abkmsd ie.'!*@13-\u2019\n", max_size=120))
def test_doing_it_twice_changes_nothing_for_awkward_text(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=200))
def test_words_are_lower_case_and_marks_stand_alone(text: str) -> None:
    for word in normalise(text).split(" "):
        assert word in ("", ".", ",") or not set(word) & set(".,'\n\t ")


@pytest.mark.parametrize("part", ["a", "a ", "k.", "don't ", "\u0301", "(((", "a*", "\n\n", "É"])
def test_long_texts_take_linear_time(part: str) -> None:
    def seconds(length: int) -> float:
        start = time.process_time()
        normalise(part * length)
        return time.process_time() - start

    assert seconds(40_000) < 2.0
