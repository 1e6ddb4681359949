import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from holding_space.domain import Passage, Span
from holding_space.encoders import HashingEncoder
from holding_space.matching.reasons import LONGEST_QUOTE, LOOKS, Reasons, Sought, quotable, widened

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
    messages = ["the help is on now and the people are in lists, it says help now lists people"]
    for answers in ((), (chosen,)):
        passage = Passage("e/p", "e", "h", text, answers=answers)
        reasons = Reasons(encoder)
        quotes = reasons.quotes(messages)
        sought = Sought(quotes.vectors[0], quotes.vectors[0], None)
        _, sentence = reasons.pair(passage, messages, quotes, sought)
        assert "Help now" not in sentence.of(text)
        if answers:
            assert sentence == chosen


def test_the_question_of_a_long_message_is_what_is_quoted() -> None:
    encoder = HashingEncoder()
    reasons = Reasons(encoder)
    filler = "It rained and rained and nobody came by, and the clock in the hall went on and on all evening as it does."
    messages = [f"The door is shut and dark for good. {filler} Is the door shut and dark for good?"]
    passage = Passage("e/p", "e", "h", "The door is shut, and dark.")
    quotes = reasons.quotes(messages)
    said, _ = reasons.pair(passage, messages, quotes, Sought(*encoder.encode_passages(["door"] * 2), None))
    assert said.endswith("?")
    assert said in messages[0]


def test_where_it_was_learnt_what_a_message_turns_on_that_is_quoted() -> None:
    encoder = HashingEncoder()
    # Weighs nothing but the question mark (the third of the looks).
    heart = np.zeros(encoder.spec.dim + LOOKS + 1, dtype=np.float32)
    heart[encoder.spec.dim + 2] = 100
    reasons = Reasons(encoder, heart)
    filler = "It rained and rained and nobody came by, and the clock in the hall went on and on all evening as it does."
    messages = [f"The door is shut, and dark. {filler} Why?"]
    quotes = reasons.quotes(messages)
    assert quotes.heart is not None
    assert int(np.argmax(quotes.heart)) == len(quotes.parts) - 1
    passage = Passage("e/p", "e", "h", "The door is shut, and dark.")
    said, _ = reasons.pair(passage, messages, quotes, Sought(*encoder.encode_passages(["door"] * 2), None))
    assert said.endswith("Why?")


def test_the_sentence_that_editors_put_first_is_marked_unless_another_is_much_nearer() -> None:
    text = "Rain falls all week. The kettle is on. A letter lies there."
    answers = tuple(Span(text.index(s), text.index(s) + len(s)) for s in ("A letter lies there.", "The kettle is on."))
    passage = Passage("e/p", "e", "h", text, answers=answers)
    encoder = HashingEncoder()
    reasons = Reasons(encoder)
    for message, marked in (("nobody writes", answers[0]), ("the kettle is on", answers[1])):
        quotes = reasons.quotes([message])
        vector = encoder.encode_query([message])[0]
        assert reasons.pair(passage, [message], quotes, Sought(vector, vector, None))[1] == marked


def test_a_quote_takes_in_the_next_half_sentence_while_it_stays_short() -> None:
    messages = ["I planned his birthday. He didn't plan mine.", "So."]
    quotes = Reasons(HashingEncoder()).quotes(messages)
    liked = np.array([1, 0, 0], dtype=np.float32)
    assert widened(messages, quotes, 0, liked) == messages[0]
    assert widened(messages, quotes, 2, liked) == "So."


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4), st.integers(0, 100))
def test_every_quote_stands_in_one_message(messages: list[str], seed: int) -> None:
    quotes = Reasons(HashingEncoder()).quotes(messages)
    liked = np.random.default_rng(seed).random(len(quotes.parts)).astype(np.float32)
    for chosen, part in enumerate(quotes.parts):
        said = widened(messages, quotes, chosen, liked)
        assert part in said
        assert any(said in message for message in messages)
