from hypothesis import given
from hypothesis import strategies as st

from holding_space.safety.parts import MOST, WHOLE, has_whole, parts, stretches

WORDS = st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=9), min_size=1, max_size=700)


def test_a_short_message_is_one_part() -> None:
    assert parts("he left me") == ["he left me"]


def test_a_story_is_heard_as_a_whole_and_in_its_sentences() -> None:
    first, second = (
        "We have been together for six years and have two cats.",
        "Last night he locked the door and kept the key himself.",
    )
    assert parts(f"{first} {second}") == [f"{first} {second}", first, second]


def test_scraps_are_heard_with_their_neighbours() -> None:
    text = "Yes. No. I do not know what to say to him any more at all. Help."
    assert [span.of(text) for span in stretches(text)] == [text]


def test_a_long_text_is_heard_in_parts_only() -> None:
    text = "We talked about it for a long time and nothing came of it. " * 40
    assert not has_whole(text)
    assert text not in parts(text)


@given(WORDS)
def test_every_word_stands_in_a_part_and_no_part_is_long(words: list[str]) -> None:
    text = " ".join(words)
    spans = stretches(text)
    heard = {at for span in spans for at in range(span.start, span.end)}
    assert all(at in heard or text[at].isspace() for at in range(len(text)))
    assert all(len(span.of(text).split()) <= MOST + 8 for span in spans)


@given(st.text(max_size=400))
def test_any_text_can_be_parted(text: str) -> None:
    found = parts(text)
    assert found
    assert len(text.split()) > WHOLE or found[0] == text
