"""Quotations that other tools collected come in word for word, with where they are from, and once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holding_space.domain import Kept
from holding_space.errors import TransferError
from holding_space.library import Library, Restored, bring_in, read_file, to_json

SECRET = "nobody must see this"
HERE = Path(__file__).parent
READWISE, KINDLE, NOTES = ((HERE / name).read_bytes() for name in ("readwise.csv", "My Clippings.txt", "notes.md"))


def essence(one: Kept) -> tuple[str, str, str, str, tuple[str, ...]]:
    return one.quote, one.essay_title, one.source, one.note, one.tags


def test_readwise_highlights_come_in_with_note_tags_place_and_time() -> None:
    found = read_file("Readwise-data.CSV", READWISE)
    assert [essence(one) for one in found.kept] == [
        ("A harbour, at night.\n*Two* lines.", "The Ferry", "A. Writer, page 12", 'My "note"', ("calm", "sea")),
        ("Plain words.", "The Ferry", "A. Writer, location 180", "", ()),
    ]
    assert found.kept[0].kept_at == datetime(2026, 3, 2, 22, 15, 23, tzinfo=UTC)
    assert found.kept[1].kept_at == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert {one.lens for one in found.kept} == {None}
    assert found.left_out == 1


def test_kindle_highlights_come_in_with_the_note_at_their_place() -> None:
    found = read_file("My Clippings.txt", KINDLE)
    by_words = {one.quote: one for one in found.kept}
    assert len(by_words) == 3
    ferry = by_words["A harbour, at night. _Not_ emphasis."]
    assert essence(ferry)[1:] == ("The Ferry (a novel)", "Writer, A., page 12, location 180-182", "Like ours.", ())
    assert ferry.kept_at == datetime(2026, 3, 2, 22, 15, 23).astimezone(UTC)
    light = by_words["Licht unter der Tür."]
    assert (light.essay_title, light.note) == ("Nur Licht", "Wie damals.")
    assert "Ihre Markierung bei Position 1234-35" in light.source
    assert "2. März 2026" in light.source
    alone = by_words[""]
    assert (alone.essay_title, alone.source, alone.note) == ("No author", "page 7", "Only a note.")
    assert found.left_out == 1


def test_quotations_in_notes_come_in_with_title_source_and_what_follows() -> None:
    found = read_file("evening.md", NOTES)
    assert sorted(essence(one) for one in found.kept) == [
        ("A harbour,\nat night.\n\n*Second* paragraph.", "The Ferry", "A. Writer, page 12", "Like ours.\n\nSecond thought.", ("sea", "us")),
        ("Another.", "The Ferry", "Somebody", "", ("sea", "us")),
        ("Before any heading.", "From the front", "Front Author", "", ("sea", "us")),
    ]  # fmt: skip
    (plain,) = read_file("evening.md", b"> Words.").kept
    assert essence(plain) == ("Words.", "evening", "", "", ())


@pytest.mark.parametrize(("name", "content"), [("a.csv", READWISE), ("a.txt", KINDLE), ("a.md", NOTES)])
def test_bringing_a_file_in_twice_adds_nothing(library: Library, name: str, content: bytes) -> None:
    first = bring_in(library, "r", read_file(name, content))
    assert first.added == len(library.kept("r")) > 0
    before = library.kept("r")
    assert bring_in(library, "r", read_file(name, content)) == Restored(0, 0, 0)
    assert library.kept("r") == before


def test_what_was_brought_along_is_found_and_comes_back_from_an_export(library: Library) -> None:
    bring_in(library, "r", read_file("a.csv", READWISE))
    assert len(library.kept("r", containing="writer harbour")) == 1
    assert len(library.kept("r", essay="The Ferry")) == 2
    exported = read_file("kept.json", to_json(library.kept("r"), ()).encode())
    bring_in(library, "somebody", exported)
    assert [essence(one) for one in library.kept("somebody")] == [essence(one) for one in library.kept("r")]


def test_the_first_version_of_the_export_is_read() -> None:
    found = read_file("v1.json", (HERE / "v1.json").read_bytes())
    (kept,), (answer,) = found.kept, found.answers
    assert (kept.note, kept.source, kept.version, answer.text) == ("Größe", "", 3, "\ud800a")
    assert found.conversation is None


def test_a_conversation_comes_back_only_where_there_is_none(library: Library) -> None:
    exported = read_file("kept.json", to_json((), (), ("c", "payload \ud800")).encode())
    bring_in(library, "r", exported)
    assert library.conversation("r") == ("c", "payload \ud800")
    library.save_conversation("r", "d", "newer")
    bring_in(library, "r", exported)
    assert library.conversation("r") == ("d", "newer")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"", "of a kind that cannot be read"),
        ("a.csv", b"", "no column 'Highlight'"),
        ("a.csv", f"{SECRET},b\n1,2\n".encode(), "no column 'Highlight'"),
        ("a.csv", f'Highlight,Book Title\n"{SECRET}"x,2\n'.encode(), "not CSV .after line 1."),
        ("a.csv", b"\xff" + SECRET.encode(), "not UTF-8"),
        ("a.txt", SECRET.encode(), "not Kindle"),
        ("a.txt", f"{SECRET}\nno particulars\n==========\n".encode(), "not Kindle"),
        ("a.md", f"# {SECRET}\n\nno quotation".encode(), "no quotation"),
        ("a.md", f"# What I kept\n\n> {SECRET}".encode(), "this program's own Markdown"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_the_cure(name: str, content: bytes, message: str) -> None:
    with pytest.raises(TransferError, match=message) as caught:
        read_file(name, content)
    assert caught.value.cure
    assert SECRET not in str(caught.value)


def kindle(words: str) -> bytes:
    return (
        f"T (A)\n- Your Highlight on page 1 | Added on Monday, 2 March 2026 22:18:00\n\n{words}\n==========\n".encode()
    )


def quoted(words: str) -> bytes:
    return "\n".join(f"> {line}" for line in words.split("\n")).encode()


def field(words: str) -> bytes:
    return ('Highlight,Book Title\n"' + words.replace('"', '""') + '",T\n').encode()


plain = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30).filter(
    lambda text: text.strip() == text and not set(text) & set("\ufeff\x85")
)


@settings(deadline=None, database=None, max_examples=80)
@given(plain)
def test_the_words_themselves_are_never_altered(words: str) -> None:
    makers: dict[str, Callable[[str], bytes]] = {"a.csv": field, "a.md": quoted}
    if "==========" not in words:
        makers["a.txt"] = kindle
    for name, make in makers.items():
        assert [one.quote for one in read_file(name, make(words)).kept] == [words]


@settings(deadline=None, database=None, max_examples=120)
@given(
    st.sampled_from(["a.json", "a.csv", "a.txt", "a.md"]),
    st.binary(max_size=80) | st.text(max_size=80).map(lambda t: t.encode("utf-8", "surrogatepass")),
)
def test_no_bytes_at_all_bring_the_reading_down(name: str, content: bytes) -> None:
    header = {"a.csv": b"Highlight,Book Title,Location,Highlighted at\n", "a.txt": b"T (A)\n- Your Note on page 9"}
    for each in (content, header.get(name, b"> ") + content):
        with suppress(TransferError):
            read_file(name, each)
