"""The precomputed embeddings as files that last: written whole, verified before use.

`vectors.npy` holds little-endian float32 rows of unit length; `rows.csv` says what each row is (the diff that a reviewer
reads); `manifest.json` binds both to an encoder and a recipe. No file holds a time, so an unchanged corpus rebuilds to
the same bytes on one machine.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from holding_space.domain import Corpus
from holding_space.encoders import Encoder, EncoderSpec, Progress, Vectors
from holding_space.errors import DamagedIndex, MissingIndex, StaleIndex
from holding_space.index.recipe import RECIPE, Aspect, Row, rows_of

FORMAT = 1
MANIFEST, ROWS, VECTORS = "manifest.json", "rows.csv", "vectors.npy"
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
    """An index as read from its files: `vectors[i]` belongs to `rows[i]`; shape (rows, dim)."""

    manifest: Manifest
    rows: tuple[RowKey, ...]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Built:
    """What a rebuild did: rows encoded anew, rows taken over, rows dropped."""

    encoded: int
    reused: int
    dropped: int


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
        rows = tuple(
            (row["passage"], Aspect(row["aspect"]), row["sha256"])
            for row in csv.DictReader(io.StringIO(contents[ROWS].decode("utf-8"), newline=""))
        )
        vectors = np.load(io.BytesIO(contents[VECTORS]), allow_pickle=False)
    except (KeyError, ValueError, EOFError) as error:
        raise DamagedIndex(f"The files in {folder} do not have the form of an index.", CURE) from error
    shape = (manifest.rows, manifest.encoder.dim)
    if len(rows) != manifest.rows or vectors.shape != shape or vectors.dtype != np.dtype("<f4"):
        fault = f"The index in {folder} has {len(rows)} rows and vectors of shape {vectors.shape}; expected {shape}."
        raise DamagedIndex(fault, CURE)
    return Artefact(manifest, rows, vectors)


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
    wanted = tuple(_key(row) for row in rows_of(corpus))
    if artefact.rows != wanted:
        raise StaleIndex(f"The essays have changed since the index was made: {_changes(artefact.rows, wanted)}.", CURE)


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
    except (MissingIndex, DamagedIndex):
        return {}
    if artefact.manifest.encoder != spec or artefact.manifest.recipe != RECIPE:
        return {}
    return {sha256: vector for (_, _, sha256), vector in zip(artefact.rows, artefact.vectors, strict=True)}


def _write(folder: Path, rows: tuple[Row, ...], vectors: Vectors, spec: EncoderSpec) -> None:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["passage", "aspect", "sha256"])
    writer.writerows(_key(row) for row in rows)
    array = io.BytesIO()
    np.save(array, vectors, allow_pickle=False)
    contents = {ROWS: table.getvalue().encode(), VECTORS: array.getvalue()}
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


def _manifest(path: Path) -> Manifest:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise StaleIndex(f"{path} has format {found['format']}; this version reads {FORMAT}.", CURE)
        manifest = Manifest(**{**found, "encoder": EncoderSpec(**found["encoder"])})
        if set(manifest.files) != {ROWS, VECTORS}:
            raise DamagedIndex(f"{path} names other files than {ROWS} and {VECTORS}.", CURE)
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedIndex(f"{path} is not the manifest of an index.", CURE) from error
    return manifest


def _key(row: Row) -> RowKey:
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
