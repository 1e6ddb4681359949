"""Fixtures that all tests share: a small library of essays, and an engine over it with a small real encoder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import hypothesis
import numpy as np
import pytest

from holding_space.corpus import load_corpus
from holding_space.domain import Corpus
from holding_space.encoders import Encoder, HashingEncoder, larger, open_encoder
from holding_space.encoders.larger import LargerModel
from holding_space.engine import Engine, House, open_engine, open_house
from holding_space.index import build, folder_for
from holding_space.safety import Category, ClassifierManifest, Thresholds, write_classifier
from holding_space.safety.classifier import FORMAT, INPUTS
from holding_space.safety.parts import VERSION
from holding_space.settings import Settings

ROOT = Path(__file__).parent.parent
SMALL_CORPUS = Path(__file__).parent / "small_corpus"

# Examples are slow on a busy machine, and no test is about time.
hypothesis.settings.register_profile("house", deadline=None, max_examples=60)
hypothesis.settings.load_profile("house")

# No test may reach for the network, and none may write where a reader's things are.
os.environ["HF_HUB_OFFLINE"] = "1"


def skip_aloud(reason: str) -> None:
    """Skip a test that needs what this machine lacks. In CI nothing may be lacking."""
    if os.environ.get("HOLDING_SPACE_SKIP_IS_FAILURE"):
        pytest.fail(f"CI must not skip: {reason}")
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def _own_data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDING_SPACE_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def corpus_dir(tmp_path: Path) -> Path:
    """A copy of the small library that a test may change."""
    return Path(shutil.copytree(SMALL_CORPUS, tmp_path / "corpus"))


def write_deaf_classifier(folder: Path, encoder: Encoder) -> None:
    """A classifier for an encoder without meaning: it is there, and never raises what the patterns found."""
    manifest = ClassifierManifest(
        format=FORMAT,
        encoder=encoder.spec,
        parts=VERSION,
        categories=tuple(category.value for category in Category),
        second=(0.0,) * len(INPUTS) + (-20.0,),
        thresholds=Thresholds(stop=0.9, help=0.5),
        training="",
        training_lines=0,
        how="",
        weights="",
    )
    write_classifier(folder, manifest, np.zeros((1 + len(Category), encoder.spec.dim + 1), dtype=np.float32))


@pytest.fixture(scope="session")
def small_corpus() -> Corpus:
    """Four short essays."""
    return load_corpus(SMALL_CORPUS)


@pytest.fixture(scope="session")
def small_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings under which the small library has an index by the hashing encoder."""
    folder = tmp_path_factory.mktemp("small")
    settings = Settings(
        SMALL_CORPUS, folder / "embeddings", folder / "data", encoder="hashing", classifier_dir=folder / "classifier"
    )
    encoder = HashingEncoder()
    write_deaf_classifier(settings.classifier_dir, encoder)
    build(folder_for(settings.embeddings_dir, encoder.spec), load_corpus(SMALL_CORPUS), encoder)
    return settings


@pytest.fixture(scope="session")
def house(small_settings: Settings) -> House:
    """The small library with the real safety screen."""
    return open_house(small_settings)


@pytest.fixture(scope="session")
def engine(house: House) -> Engine:
    """An engine over the small library."""
    return open_engine(house)


@pytest.fixture(scope="session")
def real_encoder() -> Encoder:
    """The model that readers get. Loading it takes about ten seconds, once."""
    return open_encoder("all-MiniLM-L6-v2")


@pytest.fixture(scope="session")
def larger_model() -> LargerModel:
    """The model that ranks. Loading it takes some seconds, once."""
    if not larger.installed():
        skip_aloud(f"the larger language model is not installed. {larger.INSTALL}")
    return larger.open_larger()


@pytest.fixture(scope="session")
def real_engine(real_encoder: Encoder) -> Engine:
    """The essays and the index as they are checked in."""
    settings = Settings(ROOT / "corpus", ROOT / "embeddings", ROOT / "unused")
    return open_engine(open_house(settings), real_encoder)
