"""Making the precomputed embeddings: only what is new is encoded, and the whole is swapped in at once."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from holding_space.domain import Corpus
from holding_space.encoders import Encoder, EncoderSpec, Progress, Vectors
from holding_space.encoders.base import unit
from holding_space.errors import DamagedIndex, MissingIndex, StaleIndex
from holding_space.index.artefact import FORMAT, MANIFEST, MAP, ROWS, VECTORS, Manifest, key_of, read
from holding_space.index.projection import project
from holding_space.index.recipe import RECIPE, Aspect, Row, rows_of


@dataclass(frozen=True, slots=True)
class Built:
    """What a rebuild did: rows encoded anew, rows taken over, rows dropped."""

    encoded: int
    reused: int
    dropped: int


def build(folder: Path, corpus: Corpus, encoder: Encoder, progress: Progress | None = None) -> Built:
    """Make or renew the index in `folder`: only rows whose text is new are encoded, and the whole is swapped in at once.

    Raises:
        OSError: the folder cannot be written.
    """
    rows = rows_of(corpus)
    known = _known_vectors(folder, encoder.spec)
    # Equal texts are encoded once, in the order of their first row.
    missing = {row.sha256: row.text for row in rows if row.sha256 not in known}
    texts = list(missing.values())
    fresh = encoder.encode_passages(texts, progress) if texts else np.zeros((0, encoder.spec.dim), np.float32)
    by_hash = known | dict(zip(missing, fresh, strict=True))
    vectors = np.array([by_hash[row.sha256] for row in rows], dtype="<f4").reshape(len(rows), encoder.spec.dim)
    _write(folder, rows, vectors, encoder.spec)
    used = {row.sha256 for row in rows}
    return Built(len(missing), len(used - missing.keys()), len(known.keys() - used))


def _known_vectors(folder: Path, spec: EncoderSpec) -> dict[str, Vectors]:
    try:
        artefact = read(folder)
    except (MissingIndex, DamagedIndex, StaleIndex):
        return {}
    if artefact.manifest.encoder != spec or artefact.manifest.recipe != RECIPE:
        return {}
    return {sha256: vector for (_, _, sha256), vector in zip(artefact.rows, artefact.vectors, strict=True)}


def _write(folder: Path, rows: tuple[Row, ...], vectors: Vectors, spec: EncoderSpec) -> None:
    array = io.BytesIO()
    np.save(array, vectors, allow_pickle=False)
    ids = [row.passage_id for row in rows if row.aspect is Aspect.PASSAGE]
    places = project(_of_passages(rows, vectors))
    contents = {
        ROWS: _csv(["passage", "aspect", "sha256"], [key_of(row) for row in rows]),
        VECTORS: array.getvalue(),
        MAP: _csv(["passage", "x", "y"], [(id_, x, y) for id_, (x, y) in zip(ids, places.tolist(), strict=True)]),
    }
    files = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(contents.items())}
    manifest = asdict(Manifest(FORMAT, spec, RECIPE, len(rows), files))
    contents[MANIFEST] = (json.dumps(manifest, indent=2, sort_keys=True) + "\n").encode()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as temporary:
        new, old = Path(temporary) / "new", Path(temporary) / "old"
        new.mkdir()
        for name, data in contents.items():
            with (new / name).open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _of_passages(rows: tuple[Row, ...], vectors: Vectors) -> Vectors:
    """One vector for each passage, its text and its lines half and half, shape (passages, dim)."""
    found: dict[str, list[Vectors]] = {}
    for row, vector in zip(rows, vectors, strict=True):
        found.setdefault(row.passage_id, []).append(vector)
    return unit(np.array([(own[0] + np.mean(own[1:], axis=0)) if len(own) > 1 else own[0] for own in found.values()]))


def _csv(header: list[str], rows: Sequence[Sequence[object]]) -> bytes:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return table.getvalue().encode()
