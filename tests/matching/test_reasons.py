from hypothesis import given
from hypothesis import strategies as st

from holding_space.matching.reasons import LONGEST_QUOTE, quotable

LONG = (
    "so basically we were together four years and last week he said he needs time and i said ok but then he went to his "
    "brothers and hasnt called and his mum says to give it a month and i cant eat, i just sit in the car outside work"
)


def test_a_long_sentence_is_quoted_in_stretches_that_make_sense() -> None:
    parts = quotable(LONG)
    assert len(parts) > 1
    assert all(part in LONG for part in parts)
    assert all(len(part.split()) <= LONGEST_QUOTE for part in parts)


def test_short_sentences_are_quoted_whole() -> None:
    assert quotable("He left. I stayed!  Now what?") == ["He left.", "I stayed!", "Now what?"]


@given(st.text(min_size=1))
def test_every_part_stands_in_the_message(message: str) -> None:
    parts = quotable(message)
    assert parts
    assert all(part in message for part in parts)


@given(
    st.lists(
        st.sampled_from(["and", "but", "she", "left", "i", "wait,", "because", "quiet", "\n", "..."]),
        min_size=1,
        max_size=120,
    )
)
def test_no_word_of_a_long_message_is_lost(words: list[str]) -> None:
    message = " ".join(words)
    quoted = sum(len(part.split()) for part in quotable(message))
    loose = sum(1 for word in message.split() if not any(c.isalnum() for c in word))
    assert quoted >= len(message.split()) - loose
