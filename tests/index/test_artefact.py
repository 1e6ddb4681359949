import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from holding_space.corpus import load_corpus
from holding_space.domain import Corpus
from holding_space.encoders import HashingEncoder
from holding_space.errors import DamagedIndex, MissingIndex, StaleIndex
from holding_space.index import Aspect, Built, build, read, rows_of, verify

ENCODER = HashingEncoder()


@pytest.fixture
def folder(tmp_path: Path, small_corpus: Corpus) -> Path:
    made = tmp_path / "embeddings" / "hashing"
    build(made, small_corpus, ENCODER)
    return made


def test_an_index_that_was_just_built_fits(folder: Path, small_corpus: Corpus) -> None:
    artefact = read(folder)
    verify(artefact, small_corpus, ENCODER.spec)
    assert artefact.vectors.dtype == np.dtype("<f4")
    assert np.allclose(np.linalg.norm(artefact.vectors, axis=1), 1, atol=1e-6)
    assert len(artefact.rows) == len(rows_of(small_corpus))


def test_an_unchanged_corpus_rebuilds_to_the_same_bytes(folder: Path, small_corpus: Corpus) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert build(folder, small_corpus, ENCODER) == Built(0, len({r.sha256 for r in rows_of(small_corpus)}), 0)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_only_what_changed_is_encoded_again(folder: Path, corpus_dir: Path) -> None:
    essay = corpus_dir / "same-quarrel.md"
    essay.write_text(essay.read_text(encoding="utf-8").replace("jaw is tight", "jaw is sore"), encoding="utf-8")
    changed = load_corpus(corpus_dir)
    built = build(folder, changed, ENCODER)
    assert (built.encoded, built.dropped) == (1, 1)
    verify(read(folder), changed, ENCODER.spec)


def test_nothing_is_left_beside_a_new_index(folder: Path, small_corpus: Corpus) -> None:
    build(folder, small_corpus, ENCODER)
    assert [path.name for path in folder.parent.iterdir()] == ["hashing"]


def test_no_index_is_told_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(MissingIndex, match="python -m holding_space index"):
        read(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["vectors.npy", "rows.csv"])
def test_a_changed_file_is_found_and_named(folder: Path, name: str) -> None:
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(bytes(data))
    with pytest.raises(DamagedIndex, match=name):
        read(folder)


@pytest.mark.parametrize("name", ["vectors.npy", "rows.csv"])
def test_a_missing_file_is_found_and_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(DamagedIndex, match=name):
        read(folder)


@pytest.mark.parametrize("text", ["", "{}", "[]", "not json", '{"format": 2, "files": 3}'])
def test_a_broken_manifest_is_damage(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(DamagedIndex):
        read(folder)


def test_a_manifest_that_points_elsewhere_is_damage(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"]["../../secret"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(DamagedIndex):
        read(folder)


def test_a_damaged_index_is_mended_by_building_again(folder: Path, small_corpus: Corpus) -> None:
    (folder / "vectors.npy").write_bytes(b"")
    build(folder, small_corpus, ENCODER)
    verify(read(folder), small_corpus, ENCODER.spec)


def test_changed_essays_make_the_index_stale_and_are_named(folder: Path, corpus_dir: Path) -> None:
    (corpus_dir / "silent-phone.md").unlink()
    with pytest.raises(StaleIndex, match=r"2 removed \(silent-phone/no-reply, silent-phone/write-once\)"):
        verify(read(folder), load_corpus(corpus_dir), ENCODER.spec)


def test_another_encoder_makes_the_index_stale(folder: Path, small_corpus: Corpus) -> None:
    with pytest.raises(StaleIndex, match="made by hashing"):
        verify(read(folder), small_corpus, replace(ENCODER.spec, sha256="1" * 64))


def test_rows_are_the_text_and_each_line_it_speaks_to(small_corpus: Corpus) -> None:
    rows = [row for row in rows_of(small_corpus) if row.passage_id == "asked-for-space/the-door"]
    assert [row.aspect for row in rows] == [Aspect.PASSAGE, Aspect.SPEAKS_TO, Aspect.SPEAKS_TO]
    assert rows[1].text == "my girlfriend asked for space and i keep looking at the door"
