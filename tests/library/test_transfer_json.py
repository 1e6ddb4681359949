"""An export can be read back without loss; anything else is refused with the place and the cure."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from holding_space.domain import Answer, Kept, Lens, PromptKind
from holding_space.errors import TransferError
from holding_space.library import from_json, to_json
from holding_space.library.transfer import VERSION

SECRET = "nobody must see this"

words = st.text(st.characters(), max_size=30)
moments = st.datetimes(timezones=st.just(UTC))
versions = st.integers(1, 2**31 - 1)


@st.composite
def shelves(draw: st.DrawFn) -> tuple[tuple[Kept, ...], tuple[Answer, ...]]:
    """Kept things and answers to them, as a library hands them out."""
    ids = draw(st.lists(words, max_size=4, unique=True))
    kept = tuple(
        Kept(
            id=one,
            reader_id="",
            passage_id=draw(words),
            quote=draw(words),
            essay_title=draw(words),
            heading=draw(words),
            lens=draw(st.none() | st.sampled_from(Lens)),
            note=draw(words),
            tags=tuple(draw(st.lists(words, max_size=2))),
            kept_at=draw(moments),
            version=draw(versions),
            source=draw(words),
        )
        for one in ids
    )
    answers = tuple(
        Answer(
            id=f"{at} {number}",
            reader_id="",
            kept_id=one,
            ask=draw(words),
            kind=draw(st.sampled_from(PromptKind)),
            text=draw(words),
            written_at=draw(moments),
            version=draw(versions),
        )
        for at, one in enumerate(ids)
        for number in range(draw(st.integers(0, 2)))
    )
    return kept, answers


KEPT = Kept("k", "", "e/p", "quote", "title", "heading", Lens.STEP, "note", ("a",), datetime(2026, 3, 1, tzinfo=UTC))
ANSWER = Answer("a", "", "k", "Ask?", PromptKind.PLAN, "text", datetime(2026, 3, 2, tzinfo=UTC), 7)


@settings(deadline=None, database=None, max_examples=80)
@example(shelf=((replace(KEPT, note="\ud83d\ude00 \ud800"),), (ANSWER,)))
@given(shelf=shelves())
def test_what_was_exported_comes_back(shelf: tuple[tuple[Kept, ...], tuple[Answer, ...]]) -> None:
    kept, answers = shelf
    exported = to_json(kept, answers)
    for file in (exported, exported.encode("utf-8"), b"\xef\xbb\xbf" + exported.encode("utf-8")):
        back = from_json(file)
        assert (back.kept, back.answers) == (kept, answers)


def test_the_file_is_as_documented() -> None:
    assert json.loads(to_json([KEPT], [ANSWER])) == {
        "format": "holding-space-kept",
        "version": 2,
        "kept": [
            {
                "id": "k",
                "passage_id": "e/p",
                "quote": "quote",
                "essay_title": "title",
                "heading": "heading",
                "lens": "step",
                "note": "note",
                "kept_at": "2026-03-01T00:00:00+00:00",
                "version": 1,
                "source": "",
                "tags": ["a"],
                "answers": [
                    {
                        "id": "a",
                        "ask": "Ask?",
                        "kind": "plan",
                        "text": "text",
                        "written_at": "2026-03-02T00:00:00+00:00",
                        "version": 7,
                    }
                ],
            }
        ],
        "conversation": None,
    }


SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "kept-export.schema.json").read_text(encoding="utf-8"))


@settings(deadline=None, database=None, max_examples=60)
@given(shelf=shelves(), conversation=st.none() | st.tuples(words, words))
def test_every_export_fits_the_schema_in_the_docs(
    shelf: tuple[tuple[Kept, ...], tuple[Answer, ...]], conversation: tuple[str, str] | None
) -> None:
    exported = to_json(*shelf, conversation)
    Draft202012Validator(SCHEMA).validate(json.loads(exported))
    assert from_json(exported).conversation == conversation


def test_the_schema_is_one_and_closed() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["version"] == {"const": VERSION}


def test_letters_stay_readable_and_the_reader_stays_unnamed() -> None:
    exported = to_json([replace(KEPT, note="Größe 夜", reader_id="the-cookie")], [])
    assert "Größe 夜" in exported
    assert "the-cookie" not in exported


def test_a_selection_leaves_the_answers_to_other_passages_out() -> None:
    other = replace(ANSWER, id="b", kept_id="elsewhere")
    assert from_json(to_json([KEPT], [other, ANSWER])).answers == (ANSWER,)


def test_a_time_of_another_zone_is_read_as_the_same_moment() -> None:
    zone = timezone(timedelta(hours=-5))
    moved = replace(KEPT, kept_at=KEPT.kept_at.astimezone(zone))
    (back,) = from_json(to_json([moved], [])).kept
    assert back == KEPT
    assert back.kept_at.tzinfo is UTC


Change = Callable[[dict[str, Any]], object]

FAULTS: dict[str, tuple[Change, str]] = {
    "another format": (lambda d: d.update(format=SECRET), "not an export"),
    "no format": (lambda d: d.pop("format"), "not an export"),
    "a newer version": (lambda d: d.update(version=3), "newer version"),
    "no version": (lambda d: d.pop("version"), "version must be a whole number"),
    "a true version": (lambda d: d.update(version=True), "version must be a whole number"),
    "an unknown key": (lambda d: d.update({SECRET: 1}), r"1 key\(s\)"),
    "kept is no list": (lambda d: d.update(kept=SECRET), "kept must be a list"),
    "kept holds text": (lambda d: d["kept"].append(SECRET), r"kept\[1\] must be an object"),
    "no quote": (lambda d: d["kept"][0].pop("quote"), r"kept\[0\].quote is missing"),
    "a null note": (lambda d: d["kept"][0].update(note=None), r"kept\[0\].note must be text"),
    "no code point": (lambda d: d["kept"][0].update(note=[0x110000]), r"kept\[0\].note must be text"),
    "words for points": (lambda d: d["kept"][0].update(note=[SECRET]), r"kept\[0\].note must be text"),
    "an unknown lens": (lambda d: d["kept"][0].update(lens=SECRET), r"kept\[0\].lens must be one of: feel"),
    "no lens at all": (lambda d: d["kept"][0].pop("lens"), r"kept\[0\].lens is missing"),
    "a spoken word": (lambda d: d.update(conversation=SECRET), "conversation must be an object or null"),
    "half a conversation": (lambda d: d.update(conversation={"id": "c"}), "conversation.payload is missing"),
    "a listed lens": (lambda d: d["kept"][0].update(lens=[]), r"kept\[0\].lens must be one of"),
    "tags as text": (lambda d: d["kept"][0].update(tags=SECRET), r"kept\[0\].tags must be a list"),
    "a tag of 1": (lambda d: d["kept"][0].update(tags=["a", 1]), r"kept\[0\].tags\[1\] must be text"),
    "no zone": (lambda d: d["kept"][0].update(kept_at="2026-03-01T00:00:00"), r"kept\[0\].kept_at must be a"),
    "no time": (lambda d: d["kept"][0].update(kept_at=SECRET), r"kept\[0\].kept_at must be a time"),
    "before time": (lambda d: d["kept"][0].update(kept_at="0001-01-01T00:00+23:00"), "must be a time"),
    "version 0": (lambda d: d["kept"][0].update(version=0), r"kept\[0\].version must be a whole"),
    "a huge version": (lambda d: d["kept"][0].update(version=2**63), r"kept\[0\].version must be a whole"),
    "an unknown kind": (
        lambda d: d["kept"][0]["answers"][0].update(kind=SECRET),
        r"kept\[0\].answers\[0\].kind must be one of",
    ),
    "an answer too much": (
        lambda d: d["kept"][0]["answers"].append(d["kept"][0]["answers"][0]),
        "Two answers in the file have the same id",
    ),
    "a thing too much": (lambda d: d["kept"].append(d["kept"][0] | {"answers": []}), "Two kept things"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_does_not_fit_is_refused_with_the_place(fault: str) -> None:
    document = json.loads(to_json([replace(KEPT, note=SECRET)], [ANSWER]))
    change, message = FAULTS[fault]
    change(document)
    with pytest.raises(TransferError, match=message) as caught:
        from_json(json.dumps(document))
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("", "not JSON .line 1, column 1."),
        (f"# {SECRET}", "not JSON"),
        (b"\xff\xfe", "not UTF-8 text .byte 0."),
        ("[]", "not an export"),
        ("null", "not an export"),
        ("[" * 200_000, "cannot have written"),
        ('{"format": ' + "1" * 5000 + "}", "cannot have written"),
    ],
)
def test_a_file_that_is_no_export_is_refused(file: str | bytes, message: str) -> None:
    with pytest.raises(TransferError, match=message) as caught:
        from_json(file)
    assert caught.value.cure
    assert SECRET not in str(caught.value)


@settings(deadline=None, database=None, max_examples=80)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | words | st.sampled_from(["holding-space-kept"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["format", "version", "kept", "id", "note"]), inner, max_size=4)
        ),
    )
)
def test_no_json_at_all_brings_the_reading_down(anything: object) -> None:
    document = {"format": "holding-space-kept", "version": 2, "kept": anything, "conversation": None}
    if anything != []:
        with pytest.raises(TransferError):
            from_json(json.dumps(document))
