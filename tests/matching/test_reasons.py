from hypothesis import given
from hypothesis import strategies as st

from holding_space.domain import Passage, Span
from holding_space.encoders import HashingEncoder
from holding_space.matching.reasons import LONGEST_QUOTE, Reasons, Sought, quotable

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


def test_only_what_the_editors_chose_is_marked() -> None:
    text = "Help now lists people. The door stays shut. You may go to bed while it is unsaid."
    chosen = Span(text.index("You may"), len(text))
    encoder = HashingEncoder()
    for answers in ((), (chosen,)):
        passage = Passage("e/p", "e", "h", text, answers=answers)
        reasons = Reasons(encoder)
        quotes = reasons.quotes(["the help is on now and the people are in lists, it says help now lists people"])
        sought = Sought(quotes.vectors[0], quotes.vectors[0], None)
        _, sentence = reasons.pair(passage, quotes, sought)
        assert "Help now" not in sentence.of(text)
        if answers:
            assert sentence == chosen


def test_the_question_of_a_long_message_is_what_is_quoted() -> None:
    encoder = HashingEncoder()
    reasons = Reasons(encoder)
    quotes = reasons.quotes(["The door is shut and dark for good. Is the door shut and dark for good?"])
    passage = Passage("e/p", "e", "h", "The door is shut, and dark.")
    said, _ = reasons.pair(passage, quotes, Sought(*encoder.encode_passages(["door"] * 2), None))
    assert quotes.parts[said].endswith("?")
