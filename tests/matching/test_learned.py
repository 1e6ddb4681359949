"""What was learnt from judged messages: as files, and what it does to a ranking."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from holding_space.domain import Situation
from holding_space.encoders import Encoder, EncoderSpec, HashingEncoder
from holding_space.engine import Engine
from holding_space.errors import DamagedIndex
from holding_space.matching import Learned, LearnedManifest, Matcher, read_learned, write_learned
from holding_space.matching.learned import CLOSENESS, FEATURES, FORMAT

SPACE = Situation(("my girlfriend asked for space and i keep looking at the door",))
WIDTH = HashingEncoder().spec.dim


def learned(ids: list[str], *, spec: EncoderSpec | None = None, favours: str = "", threshold: float = -9.0) -> Learned:
    """Knows nothing, except that it may favour one passage whatever is said."""
    weights = np.zeros((WIDTH + 1, len(ids)), dtype=np.float32)
    if favours:
        weights[-1, ids.index(favours)] = 50
    manifest = LearnedManifest(
        format=FORMAT,
        encoder=spec or HashingEncoder().spec,
        passages=tuple(ids),
        features=(0.4,) * len(FEATURES),
        threshold=threshold,
        training="",
        messages=0,
        authors=("a", "b"),
        how="",
        files={},
    )
    coverage = np.zeros(WIDTH + CLOSENESS + 1, dtype=np.float32)
    return Learned(manifest, {}, weights, coverage, np.zeros(0, dtype=np.float32), np.ones(len(ids), dtype=bool))


@pytest.fixture
def matcher(engine: Engine) -> Matcher:
    return engine.matcher


@pytest.fixture
def passage_ids(matcher: Matcher) -> list[str]:
    return [passage.id for passage in matcher.passages]


def test_what_is_written_is_read_again(tmp_path: Path, passage_ids: list[str]) -> None:
    given = replace(learned(passage_ids, favours=passage_ids[2]), adapter={"a.A": np.ones((1, 2), dtype=np.float32)})
    write_learned(tmp_path, given)
    found = read_learned(tmp_path, HashingEncoder().spec, passage_ids)
    assert found is not None
    assert found.passages.tolist() == given.passages.tolist()
    assert found.adapter["a.A"].tolist() == [[1, 1]]
    assert replace(found.manifest, files={}) == given.manifest


def test_the_same_is_written_as_the_same_bytes(tmp_path: Path, passage_ids: list[str]) -> None:
    given = replace(learned(passage_ids), adapter={"a.A": np.ones((1, 2), dtype=np.float32)})
    write_learned(tmp_path / "one", given)
    write_learned(tmp_path / "two", given)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_nothing_learnt_is_no_fault(tmp_path: Path, passage_ids: list[str]) -> None:
    assert read_learned(tmp_path / "none", HashingEncoder().spec, passage_ids) is None


def test_what_was_learnt_with_another_encoder_or_for_another_library_is_not_used(
    tmp_path: Path, passage_ids: list[str]
) -> None:
    write_learned(tmp_path, learned(passage_ids))
    assert read_learned(tmp_path, replace(HashingEncoder().spec, sha256="1" * 64), passage_ids) is None
    others = [f"other/{number}" for number in range(len(passage_ids) + 1)]
    assert read_learned(tmp_path, HashingEncoder().spec, [*passage_ids, *others]) is None


def test_a_library_that_lost_passages_and_won_some_keeps_what_was_learnt_of_the_others(
    tmp_path: Path, passage_ids: list[str]
) -> None:
    favourite = passage_ids[3]
    write_learned(tmp_path, learned(passage_ids, favours=favourite))
    now = ["new/one", *passage_ids[2:]]
    found = read_learned(tmp_path, HashingEncoder().spec, now)
    assert found is not None
    assert found.known.tolist() == [False] + [True] * (len(now) - 1)
    assert found.passages[-1].argmax() == now.index(favourite)


def test_a_passage_that_was_not_judged_is_ranked_by_the_blend_beside_the_others(matcher: Matcher) -> None:
    ids = [passage.id for passage in matcher.passages]
    beans = Situation(("mother planted beans along the fence and left",))
    given = learned(ids, favours="asked-for-space/the-door", threshold=99.0)
    taught = matcher.with_learned(replace(given, known=np.array([id_ != "plain-prose/the-garden" for id_ in ids])))
    assert "plain-prose/the-garden" in {match.passage.id for match in taught.match(beans).matches}
    # What was learnt still says of the others that nothing is covered.
    assert not taught.match(SPACE).matches


@pytest.mark.parametrize("name", ["adapter.npz", "passages.npy", "coverage.npy", "heart.npy"])
def test_a_changed_file_is_named_with_the_cure(tmp_path: Path, passage_ids: list[str], name: str) -> None:
    write_learned(tmp_path, learned(passage_ids))
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:-1] + b"x")
    with pytest.raises(DamagedIndex, match=r"not as it was written.*train-ranking"):
        read_learned(tmp_path, HashingEncoder().spec, passage_ids)


def test_what_was_written_in_an_older_format_is_passed_over(tmp_path: Path, passage_ids: list[str]) -> None:
    (tmp_path / "manifest.json").write_text('{"format": 1}', encoding="utf-8")
    assert read_learned(tmp_path, HashingEncoder().spec, passage_ids) is None


@pytest.mark.parametrize("broken", ["", "[]", "{}", f'{{"format": {FORMAT}}}'])
def test_a_broken_manifest_is_named_with_the_cure(tmp_path: Path, passage_ids: list[str], broken: str) -> None:
    write_learned(tmp_path, learned(passage_ids))
    (tmp_path / "manifest.json").write_text(broken, encoding="utf-8")
    with pytest.raises(DamagedIndex, match="cannot be read"):
        read_learned(tmp_path, HashingEncoder().spec, passage_ids)


def test_a_missing_file_is_named_with_the_cure(tmp_path: Path, passage_ids: list[str]) -> None:
    write_learned(tmp_path, learned(passage_ids))
    (tmp_path / "passages.npy").unlink()
    with pytest.raises(DamagedIndex, match="train-ranking"):
        read_learned(tmp_path, HashingEncoder().spec, passage_ids)


def test_weights_of_the_wrong_shape_are_refused(tmp_path: Path, passage_ids: list[str]) -> None:
    given = learned(passage_ids)
    write_learned(tmp_path, replace(given, coverage=given.coverage[:-1]))
    with pytest.raises(DamagedIndex, match="wrong shape"):
        read_learned(tmp_path, HashingEncoder().spec, passage_ids)


def test_the_manifest_is_plain_json_that_a_reviewer_can_read(tmp_path: Path, passage_ids: list[str]) -> None:
    write_learned(tmp_path, learned(passage_ids))
    found = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert found["encoder"]["model"] == "hashing"
    assert set(found["files"]) == {"adapter.npz", "passages.npy", "coverage.npy", "heart.npy"}


def test_what_was_learnt_decides_which_passage_comes_first(matcher: Matcher, passage_ids: list[str]) -> None:
    favourite = "plain-prose/the-garden"
    taught = matcher.with_learned(learned(passage_ids, favours=favourite))
    query = taught.query(SPACE)
    assert passage_ids[int(taught.score(SPACE, query)[0].argmax())] == favourite
    without = taught.with_weights(taught.weights, learned=False)
    assert passage_ids[int(without.score(SPACE, query)[0].argmax())] != favourite


def test_a_message_that_is_said_not_to_be_covered_gets_nothing(matcher: Matcher, passage_ids: list[str]) -> None:
    assert matcher.with_learned(learned(passage_ids, threshold=-1.0)).match(SPACE).matches
    assert not matcher.with_learned(learned(passage_ids, threshold=1.0)).match(SPACE).matches


def test_a_text_that_is_near_nothing_is_not_covered_whatever_was_learnt(
    matcher: Matcher, passage_ids: list[str]
) -> None:
    taught = matcher.with_learned(learned(passage_ids, threshold=-99.0))
    assert not taught.match(Situation(("zyxw qqq vvv",))).matches


@pytest.mark.model
def test_an_adapter_changes_what_the_model_sees_and_leaves_the_model_as_it_was(real_encoder: Encoder) -> None:
    texts = ["he left me on tuesday", "i left him on tuesday"]
    before = real_encoder.encode_query(texts)
    module = "encoder.layer.5.output.dense"
    rng = np.random.default_rng(0)
    lower = rng.normal(size=(2, 1536)).astype(np.float32)
    upper = rng.normal(size=(384, 2)).astype(np.float32) / 10
    plain = real_encoder.adapted({})(texts)
    changed = real_encoder.adapted({f"{module}.A": lower, f"{module}.B": upper})(texts)
    assert np.linalg.norm(plain[:, :384], axis=1) == pytest.approx(1)
    assert np.abs(plain - changed).max() > 0.05
    assert (real_encoder.encode_query(texts) == before).all()


@pytest.mark.model
@pytest.mark.parametrize(
    "adapter",
    [
        {"encoder.layer.9.output.dense.A": np.zeros((1, 1536)), "encoder.layer.9.output.dense.B": np.zeros((384, 1))},
        {"encoder.layer.5.output.dense.A": np.zeros((1, 7)), "encoder.layer.5.output.dense.B": np.zeros((384, 1))},
        {"encoder.layer.5.output.dense.A": np.zeros((1, 1536))},
    ],
)
def test_an_adapter_that_does_not_fit_is_refused(real_encoder: Encoder, adapter: dict[str, np.ndarray]) -> None:
    with pytest.raises(DamagedIndex, match="does not fit"):
        real_encoder.adapted({name: array.astype(np.float32) for name, array in adapter.items()})


@pytest.mark.model
def test_a_message_over_the_models_limit_is_read_whole(real_encoder: Encoder) -> None:
    long = "we sat in the kitchen and said nothing for an hour. " * 80
    endings = [long + "she has been unfaithful to me with my brother", long + "my father died in the spring"]
    for encode in (real_encoder.encode_layers, real_encoder.adapted({})):
        one, other = encode(endings)
        assert np.abs(one - other).max() > 1e-3
