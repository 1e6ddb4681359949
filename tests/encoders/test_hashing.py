import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from holding_space.encoders import HashingEncoder

ENCODER = HashingEncoder()


@given(st.lists(st.text(), max_size=5))
def test_every_text_gets_a_vector_of_length_one_or_zero(texts: list[str]) -> None:
    vectors = ENCODER.encode_query(texts)
    assert vectors.shape == (len(texts), ENCODER.spec.dim)
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.all(np.isclose(lengths, 1, atol=1e-5) | (lengths == 0))


def test_shared_words_make_texts_alike() -> None:
    one, two, three = ENCODER.encode_query(["she asked for space", "he asked for space", "beans in the garden"])
    assert one @ two > one @ three
