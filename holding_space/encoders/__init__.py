"""Language models behind one protocol."""

from holding_space.encoders.base import Adaptable, Adapter, Encode, Encoder, EncoderSpec, Progress, Trainable, Vectors
from holding_space.encoders.hashing import HashingEncoder
from holding_space.encoders.sentence import SPEC, open_sentence_encoder
from holding_space.errors import SettingsError

__all__ = [
    "Adaptable",
    "Adapter",
    "Encode",
    "Encoder",
    "EncoderSpec",
    "HashingEncoder",
    "Progress",
    "Trainable",
    "Vectors",
    "open_encoder",
    "spec_of",
]


def spec_of(name: str) -> EncoderSpec:
    """What the encoder with this name is, without loading its model.

    Raises:
        SettingsError: there is no encoder of that name.
    """
    if name == "hashing":
        return HashingEncoder().spec
    if name == SPEC.model:
        return SPEC
    raise SettingsError(f"There is no encoder named {name!r}.", f"Use {SPEC.model} or hashing.")


def open_encoder(name: str) -> Encoder:
    """The encoder with this name (`all-MiniLM-L6-v2`, or `hashing` for tests).

    Raises:
        SettingsError: there is no encoder of that name.
        EncoderError: its model is missing or altered.
    """
    return HashingEncoder() if spec_of(name).model == "hashing" else open_sentence_encoder()
