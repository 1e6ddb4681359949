"""The precomputed embeddings as files that last: written whole, verified before use.

`vectors.npy` holds little-endian float32 rows of unit length; `rows.csv` says what each row is (the diff that a reviewer
reads); `map.csv` where each passage lies in the picture of the library; `manifest.json` binds them to an encoder and a recipe. No file holds a time, so an unchanged corpus rebuilds to
the same bytes on one machine.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from holding_space.domain import Corpus
from holding_space.encoders import EncoderSpec, Vectors
from holding_space.errors import DamagedIndex, MissingIndex, StaleIndex
from holding_space.index.projection import Places
from holding_space.index.recipe import RECIPE, Aspect, Row, rows_of

FORMAT = 2
MANIFEST, ROWS, VECTORS, MAP = "manifest.json", "rows.csv", "vectors.npy", "map.csv"
CURE = "Run 'python -m holding_space index'."

RowKey = tuple[str, Aspect, str]
"""What identifies a row in a file: passage id, aspect, sha256 of its text."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index is. `files` maps each other file's name to its sha256."""

    format: int
    encoder: EncoderSpec
    recipe: str
    rows: int
    files: dict[str, str]


@dataclass(frozen=True)
class Artefact:
    """An index as read from its files: `vectors[i]` belongs to `rows[i]`; shape (rows, dim).

    `places[i]` is where the i-th passage lies in the picture of the library; shape (passages, 2).
    """

    manifest: Manifest
    rows: tuple[RowKey, ...]
    vectors: Vectors
    places: Places


def folder_for(embeddings_dir: Path, spec: EncoderSpec) -> Path:
    """Where the index of an encoder stands."""
    return embeddings_dir / spec.model


def read(folder: Path) -> Artefact:
    """Read an index and verify its files against each other.

    Raises:
        MissingIndex: there is none.
        DamagedIndex: a file is missing, unreadable, or not as it was written.
    """
    if not (folder / MANIFEST).is_file():
        raise MissingIndex(f"There are no precomputed embeddings in {folder}.", CURE)
    manifest = _manifest(folder / MANIFEST)
    contents = {}
    for name, sha256 in manifest.files.items():
        try:
            contents[name] = (folder / name).read_bytes()
        except OSError as error:
            raise DamagedIndex(f"{folder / name} cannot be read ({error.strerror}).", CURE) from error
        if hashlib.sha256(contents[name]).hexdigest() != sha256:
            raise DamagedIndex(f"{folder / name} is not as it was written.", CURE)
    try:
        rows = tuple((row["passage"], Aspect(row["aspect"]), row["sha256"]) for row in _table(contents[ROWS]))
        vectors = np.load(io.BytesIO(contents[VECTORS]), allow_pickle=False)
        drawn = {row["passage"]: (float(row["x"]), float(row["y"])) for row in _table(contents[MAP])}
        places = np.array([drawn[id_] for id_, aspect, _ in rows if aspect is Aspect.PASSAGE]).reshape(-1, 2)
    except (KeyError, ValueError, EOFError) as error:
        raise DamagedIndex(f"The files in {folder} do not have the form of an index.", CURE) from error
    shape = (manifest.rows, manifest.encoder.dim)
    if len(rows) != manifest.rows or vectors.shape != shape or vectors.dtype != np.dtype("<f4"):
        fault = f"The index in {folder} has {len(rows)} rows and vectors of shape {vectors.shape}; expected {shape}."
        raise DamagedIndex(fault, CURE)
    return Artefact(manifest, rows, vectors, places)


def verify(artefact: Artefact, corpus: Corpus, spec: EncoderSpec) -> None:
    """Make sure that an index belongs to this corpus, encoder and recipe.

    Raises:
        StaleIndex: it does not; the message names what changed.
    """
    manifest = artefact.manifest
    if manifest.encoder != spec:
        raise StaleIndex(
            f"The index was made by {manifest.encoder.model}, as it was then; now it is {spec.model}.", CURE
        )
    if manifest.recipe != RECIPE:
        raise StaleIndex(f"The index was made with the recipe {manifest.recipe}; now it is {RECIPE}.", CURE)
    wanted = tuple(key_of(row) for row in rows_of(corpus))
    if artefact.rows != wanted:
        raise StaleIndex(f"The essays have changed since the index was made: {_changes(artefact.rows, wanted)}.", CURE)


def _table(contents: bytes) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(contents.decode("utf-8"), newline=""))


def _manifest(path: Path) -> Manifest:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise StaleIndex(f"{path} has format {found['format']}; this version reads {FORMAT}.", CURE)
        manifest = Manifest(**{**found, "encoder": EncoderSpec(**found["encoder"])})
        if set(manifest.files) != {ROWS, VECTORS, MAP}:
            raise DamagedIndex(f"{path} names other files than {ROWS}, {VECTORS} and {MAP}.", CURE)
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedIndex(f"{path} is not the manifest of an index.", CURE) from error
    return manifest


def key_of(row: Row) -> RowKey:
    """What identifies a row in a file."""
    return (row.passage_id, row.aspect, row.sha256)


def _changes(old: tuple[RowKey, ...], new: tuple[RowKey, ...]) -> str:
    before, after = set(old), set(new)
    old_ids, new_ids = {key[0] for key in old}, {key[0] for key in new}
    changed = {key[0] for key in before ^ after} & old_ids & new_ids
    kinds = [("added", new_ids - old_ids), ("changed", changed), ("removed", old_ids - new_ids)]
    told = [
        f"{len(ids)} {kind} ({', '.join(sorted(ids)[:3])}{', …' if len(ids) > 3 else ''})" for kind, ids in kinds if ids
    ]
    return "; ".join(told) or "their order"
