"""The judged messages that the ranking learns from."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from holding_space.corpus import load_corpus
from holding_space.encoders import EncoderSpec, larger, sentence
from holding_space.errors import HoldingSpaceError
from holding_space.evaluation.judged import JUDGED, digest, read_judged, read_reasons
from holding_space.evaluation.matching_sets import conversations, situations
from holding_space.index import folder_for
from holding_space.matching import read_learned
from holding_space.settings import ROOT, Settings

IDS = [passage.id for passage in load_corpus(ROOT / "corpus").passages]
LINE = {"id": "a1", "topic": "SP", "text": "he left", "good": {"a/b": 3}, "misses": {"a/c": 1}}


def write(folder: Path, *lines: str) -> Path:
    (folder / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_line_is_read_with_its_grades(tmp_path: Path) -> None:
    (message,) = read_judged({"a/b", "a/c"}, write(tmp_path, json.dumps(LINE), ""))
    assert message.author == "a"
    assert message.grades == {"a/b": 3, "a/c": 1}
    assert message.good == {"a/b": 3}


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "x"}', json.dumps({**LINE, "good": ["a/b"]}), json.dumps({**LINE, "good": {"a/b": "x"}})])  # fmt: skip
def test_a_broken_line_is_named_by_file_and_number(tmp_path: Path, line: str) -> None:
    with pytest.raises(HoldingSpaceError, match=r"a\.jsonl:2 is not a judged message"):
        read_judged({"a/b", "a/c"}, write(tmp_path, json.dumps(LINE), line))


def test_a_passage_that_is_not_in_the_library_is_named(tmp_path: Path) -> None:
    with pytest.raises(HoldingSpaceError, match=r"a\.jsonl:1 .*not in the library: a/c"):
        read_judged({"a/b"}, write(tmp_path, json.dumps(LINE)))


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(HoldingSpaceError, match="no judged messages"):
        read_judged(IDS, tmp_path)


@pytest.mark.parametrize("spec", [sentence.SPEC, larger.SPEC], ids=lambda spec: spec.model)
def test_what_is_published_was_learnt_from_the_messages_that_are_published(spec: EncoderSpec) -> None:
    """If this fails: python -m holding_space train-ranking --model, with the name of the model."""
    settings = Settings(ROOT / "corpus", ROOT / "embeddings", ROOT / "unused")
    learned = read_learned(folder_for(settings.learned_dir, spec), spec, IDS)
    assert learned is not None
    assert learned.manifest.training == digest(
        [m for m in read_judged(IDS) if m.author in learned.manifest.authors], read_reasons()
    )


def test_the_larger_model_learnt_from_all_of_them() -> None:
    settings = Settings(ROOT / "corpus", ROOT / "embeddings", ROOT / "unused")
    learned = read_learned(folder_for(settings.learned_dir, larger.SPEC), larger.SPEC, IDS)
    assert learned is not None
    assert learned.manifest.messages == len(read_judged(IDS))
    assert set(learned.manifest.authors) == {m.author for m in read_judged(IDS)}


def test_there_are_many_authors_and_no_message_twice() -> None:
    """Two authors may have come upon the same few words (two did, upon eleven: he does an impression of me for his friends)."""
    messages = read_judged(IDS)
    assert len(messages) >= 11500
    assert len({m.author for m in messages}) >= 50
    assert len({m.id for m in messages}) == len(messages)
    assert len({(m.author, told(m.text)) for m in messages}) == len(messages)
    longer = [told(m.text) for m in messages if len(m.text.split()) > 12]
    assert len(set(longer)) == len(longer)
    assert len({told(m.text) for m in messages}) > 0.999 * len(messages)


def test_which_mark_answers_whom_names_marks_that_stand_in_the_essays() -> None:
    messages = {m.id for m in read_judged(IDS)}
    marks = {p.id: {" ".join(s.of(p.text).split()) for s in p.answers} for p in load_corpus(ROOT / "corpus").passages}
    labels = [json.loads(line) for line in (JUDGED.parent / "marks.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(labels) > 2500
    for label in labels:
        assert label["message"] in messages
        assert label["mark"] is None or label["mark"] in marks[label["passage"]]


def test_no_held_back_message_is_among_them() -> None:
    held = {
        told(text)
        for query in [*situations(), *conversations()]
        if query.held_back
        for text in query.situation.messages
    }
    assert not [m.id for m in read_judged(IDS, JUDGED) if told(m.text) in held]


def test_every_reason_quotes_its_message_letter_for_letter() -> None:
    texts = {message.id: message.text for message in read_judged(IDS)}
    reasons = read_reasons()
    assert len(reasons) >= 4000
    assert all(reason.quote in texts[reason.message] for reason in reasons)
    assert {reason.passage for reason in reasons} <= set(IDS)


def test_a_broken_reason_is_named_by_file_and_number(tmp_path: Path) -> None:
    with pytest.raises(HoldingSpaceError, match=r"a\.jsonl:1 is not a labelled reason"):
        read_reasons(write(tmp_path, '{"message": "a1"}'))


def told(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
