"""The parts are joined here and nowhere else.

Two steps, because they take so different a time: a `House` (essays, safety data) opens in a fraction of a second and
carries the pages and the safety screen; an `Engine` adds the index and the language models, which take about ten seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from holding_space.corpus import load_corpus
from holding_space.domain import Corpus
from holding_space.encoders import Encoder, EncoderSpec, larger, open_encoder, sentence, spec_of
from holding_space.errors import SafetyError
from holding_space.index import Index, folder_for, read, verify
from holding_space.matching import Learned, Matcher, read_learned
from holding_space.safety import Screen, open_screen, read_classifier
from holding_space.settings import Settings


@dataclass(frozen=True)
class House:
    """What stands without a model. `screen` is None when the safety data cannot be read: then only help is shown."""

    settings: Settings
    corpus: Corpus
    screen: Screen | None


@dataclass(frozen=True)
class Engine:
    """Everything a conversation needs. Immutable, shared by all sessions, and knows nothing of any reader."""

    corpus: Corpus
    screen: Screen | None
    matcher: Matcher


def open_house(settings: Settings) -> House:
    """Open the essays and the safety data.

    Raises:
        CorpusError: the essays cannot be read.
    """
    try:
        screen = open_screen()
    except SafetyError:
        screen = None
    return House(settings, load_corpus(settings.corpus_dir), screen)


def open_engine(house: House, encoder: Encoder | None = None) -> Engine:
    """Open the index and the language model. The index is verified first: that is quick, and the model is not.

    Raises:
        IndexArtefactError: the precomputed embeddings are missing, damaged or stale, or what was learnt is damaged.
        EncoderError: the language model is missing or altered.
    """
    spec = encoder.spec if encoder else spec_of(house.settings.encoder)
    index = open_index(house, spec)
    encoder = encoder or open_encoder(house.settings.encoder)
    learned = learned_for(house.settings, spec, [passage.id for passage in index.passages])
    ranker = larger.open_larger() if learned and learned.manifest.encoder == larger.SPEC else encoder
    return Engine(
        house.corpus, _with_both_ears(house, encoder), Matcher(index, encoder, learned=learned, ranker=ranker)
    )


def open_index(house: House, spec: EncoderSpec) -> Index:
    """The precomputed embeddings of the essays.

    Raises:
        IndexArtefactError: they are missing, damaged or stale.
    """
    artefact = read(folder_for(house.settings.embeddings_dir, spec))
    verify(artefact, house.corpus, spec)
    return Index(artefact, house.corpus)


def learned_for(settings: Settings, encoder: EncoderSpec, passages: Sequence[str]) -> Learned | None:
    """What has been learnt for these passages, by the larger model where that is wanted and there, else by the encoder; None where nothing has.

    Raises:
        DamagedIndex: its files are not as they were written.
    """
    learned = _by_larger(settings, encoder, passages) if larger.installed() else None
    return learned or read_learned(folder_for(settings.learned_dir, encoder), encoder, passages)


def larger_is_missed(settings: Settings, encoder: EncoderSpec, passages: Sequence[str]) -> bool:
    """Whether the larger model would rank these passages if it were installed.

    Raises:
        DamagedIndex: what has been learnt is not as it was written.
    """
    return not larger.installed() and _by_larger(settings, encoder, passages) is not None


def _by_larger(settings: Settings, encoder: EncoderSpec, passages: Sequence[str]) -> Learned | None:
    if encoder != sentence.SPEC or settings.ranking_model != larger.MODEL:
        return None
    return read_learned(folder_for(settings.learned_dir, larger.SPEC), larger.SPEC, passages)


def _with_both_ears(house: House, encoder: Encoder) -> Screen | None:
    """The screen with its classifier. Where that cannot be read, the screen shows the help card above everything."""
    if house.screen is None:
        return None
    try:
        classifier = read_classifier(house.settings.classifier_dir, encoder.spec)
    except SafetyError:
        return house.screen.without_classifier()
    return house.screen.with_classifier(classifier, encoder.encode_layers)
