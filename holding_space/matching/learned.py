"""What judged messages teach: which passages a kind of message wants, and whether the library covers it at all.

Likeness of meaning hardly tells who left whom. Messages for which somebody who knows the whole library chose the passages do.
From them are learnt (`python -m holding_space train-ranking`): small changes to a language model, one regression over passages on
top of it, beside the parts of the blend, and one that says whether the library has anything. All of it belongs to one language model, which need not
be the one that reads everything else, and to the passages that were judged. Passages that came later are ranked by the blend beside them; a library that shares less than half of
its passages with the judged one goes without.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from holding_space.encoders import Adapter, EncoderSpec
from holding_space.errors import DamagedIndex
from holding_space.index import Scores
from holding_space.matching.blend import standard

FORMAT = 2
MANIFEST = "manifest.json"
ADAPTER, PASSAGES, COVERAGE, HEART = "adapter.npz", "passages.npy", "coverage.npy", "heart.npy"
FEATURES = ("passage", "speaks_to", "sentence", "essay", "bm25_passage", "bm25_essay")
"""What the regression sees of a passage besides the message, in this order: z-scores over the corpus of the parts of the blend."""
CLOSENESS = 6
"""How many numbers `Index.closeness` gives."""
CURE = "Put the folder back as it was published, or run 'python -m holding_space train-ranking'."

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LearnedManifest:
    """What has been learnt, and from what.

    `passages` are the ids of those that were judged; `features` holds a weight for each of `FEATURES`; `threshold` is the
    log-odds of coverage from which a message is covered; `training` the sha256 of the judged messages, `messages` how many they were and
    `authors` whose; `files` maps each other file's name to its sha256.
    """

    format: int
    encoder: EncoderSpec
    passages: tuple[str, ...]
    features: tuple[float, ...]
    threshold: float
    training: str
    messages: int
    authors: tuple[str, ...]
    how: str
    files: dict[str, str]


@dataclass(frozen=True)
class Learned:
    """Weights over what the adapted model makes of a message (`seen`, shape (width,)), the intercept last.

    `known` says of each passage of the library whether it was judged, shape (passages,). `passages` has shape (width + 1, passages); `coverage` has shape (width + CLOSENESS + 1,); `heart`, which says what a message turns
    on, is described where it is used (`Reasons`), and is empty where that has not been learnt.
    """

    manifest: LearnedManifest
    adapter: Adapter
    passages: Floats
    coverage: Floats
    heart: Floats
    known: NDArray[np.bool_]

    def scores(self, features: Floats, seen: Floats, others: Scores) -> Scores:
        """Z-scores of all passages, shape (passages,), from features of shape (passages, features) and `seen`.

        Passages that were not judged keep their scores among `others`, which are z-scores too.
        """
        weights = np.array(self.manifest.features, dtype=np.float32)
        found = features @ weights + seen @ self.passages[:-1] + self.passages[-1]
        scores = np.array(others, dtype=np.float32)
        scores[self.known] = standard(np.asarray(found[self.known], dtype=np.float32))
        return scores

    def odds(self, seen: Floats, closeness: Floats) -> float:
        """Log-odds that the library has something for a message; `closeness` as `Index.closeness` gives it."""
        return float(np.concatenate([seen, closeness]) @ self.coverage[:-1] + self.coverage[-1])


def read_learned(folder: Path, encoder: EncoderSpec, passages: Sequence[str]) -> Learned | None:
    """What has been learnt for the passages of a library with this language model.

    None when nothing has, when it was with another model or in an older format, or when fewer than half of the passages were judged.

    Raises:
        DamagedIndex: its files are not as they were written.
    """
    if not (folder / MANIFEST).is_file():
        return None
    try:
        written = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if written["format"] != FORMAT:
            return None
        manifest = _manifest(written)
        judged = {passage: number for number, passage in enumerate(manifest.passages)}
        known = np.array([passage in judged for passage in passages], dtype=bool)
        if manifest.encoder != encoder or known.sum() < len(known) / 2:
            return None
        names = (ADAPTER, PASSAGES, COVERAGE, HEART)
        adapter, weights, coverage, heart = (_read(folder / name, manifest.files[name]) for name in names)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedIndex(
            f"What has been learnt in {folder} cannot be read ({type(error).__name__}).", CURE
        ) from error
    if weights.shape[1:] != (len(judged),) or coverage.shape != (len(weights) + CLOSENESS,):
        raise DamagedIndex(f"What has been learnt in {folder} has the wrong shape.", CURE)
    # In the order of this library; a passage that was not judged has a column that nobody reads.
    columns = [judged.get(passage, 0) for passage in passages]
    return Learned(manifest, adapter, weights[:, columns], coverage, heart, known)


def write_learned(folder: Path, learned: Learned) -> None:
    """Write what has been learnt for all passages of a library; the hashes of the files are filled in here.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    hashes = {}
    contents = (learned.adapter, learned.passages, learned.coverage, learned.heart)
    for name, content in zip((ADAPTER, PASSAGES, COVERAGE, HEART), contents, strict=True):
        raw = io.BytesIO()
        if isinstance(content, Mapping):
            np.savez(raw, **content)
        else:
            np.save(raw, np.asarray(content, dtype="<f4"), allow_pickle=False)
        (folder / name).write_bytes(raw.getvalue())
        hashes[name] = hashlib.sha256(raw.getvalue()).hexdigest()
    known = asdict(learned.manifest) | {"files": hashes}
    (folder / MANIFEST).write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _read(path: Path, sha256: str) -> Any:
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise DamagedIndex(f"{path} is not as it was written.", CURE)
    found = np.load(io.BytesIO(raw), allow_pickle=False)
    return {name: found[name] for name in found.files} if path.suffix == ".npz" else found


def _manifest(found: dict[str, Any]) -> LearnedManifest:
    fields = {
        **found,
        "encoder": EncoderSpec(**found["encoder"]),
        "features": tuple(map(float, found["features"])),
        "passages": tuple(map(str, found["passages"])),
        "authors": tuple(map(str, found["authors"])),
    }
    return LearnedManifest(**fields)
