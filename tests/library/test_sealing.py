"""A passphrase encrypts what is kept; no mistake of typing and no crash in the middle loses anything."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from holding_space.domain import Passage, Prompt
from holding_space.errors import LibraryLocked, PassphraseNeeded, PassphraseWrong
from holding_space.library import Library, copies_put_aside, open_library, seal, sealing, unseal
from holding_space.settings import Settings
from tests.conftest import ROOT
from tests.library.conftest import environ

Make = Callable[..., Passage]
pytestmark = pytest.mark.sqlite
WORDS = "zqxjkcanary"
PASSPHRASE = "four quiet ferries “Größe”"
State = tuple[object, ...]


@pytest.fixture
def filled(settings: Settings, passage: Make, prompt: Prompt) -> State:
    """Everything that can be kept, closed again."""
    library = open_library(settings)
    for at in range(20):
        kept = library.keep("r", passage(f"{WORDS} {at} \x00\ud800", at), "The door")
        library.edit("r", kept.id, note=f"{WORDS} note", tags=[WORDS], version=1)
        library.answer("r", kept.id, prompt, WORDS)
    library.save_draft("r", "chat", WORDS)
    library.save_conversation("r", "c", WORDS)
    state = everything(library)
    library.close()
    return state


def everything(library: Library) -> State:
    return library.kept("r"), library.answers("r"), library.drafts("r"), library.conversation("r"), library.tags("r")


def opened(settings: Settings, passphrase: str | None = None) -> State:
    library = open_library(settings, passphrase=passphrase)
    state = everything(library)
    library.close()
    return state


def files_with(words: str, folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if words.encode() in each.read_bytes())


def test_sealed_words_are_in_no_file_and_come_back_with_the_passphrase(
    settings: Settings, path: Path, filled: State, passage: Make
) -> None:
    assert files_with(WORDS, path.parent)
    seal(path, PASSPHRASE, PASSPHRASE)
    assert [each.name for each in path.parent.iterdir()] == ["kept-sealed.sqlite3"]
    assert files_with(WORDS, path.parent) == []
    assert opened(settings, PASSPHRASE) == filled

    library = open_library(settings, passphrase=PASSPHRASE)
    assert len(library.kept("r", containing=WORDS)) == 20
    more = library.keep("r", passage(f"{WORDS} more", 99), "The door")
    assert files_with(WORDS, path.parent) == []
    assert {each.stat().st_mode & 0o777 for each in path.parent.iterdir()} == {0o600}
    library.remove("r", more.id)
    library.close()
    assert opened(settings, PASSPHRASE) == filled


def test_unsealed_everything_is_there_without_a_passphrase(settings: Settings, path: Path, filled: State) -> None:
    seal(path, PASSPHRASE, PASSPHRASE)
    unseal(path, PASSPHRASE)
    assert [each.name for each in path.parent.iterdir()] == ["kept.sqlite3"]
    assert opened(settings) == filled


@pytest.mark.parametrize(
    ("typed", "again", "says"), [(PASSPHRASE, PASSPHRASE + " ", "not the same"), ("short", "short", "fewer than 8")]
)
def test_a_mistake_in_setting_it_changes_nothing(
    settings: Settings, path: Path, filled: State, typed: str, again: str, says: str
) -> None:
    with pytest.raises(PassphraseWrong, match=says) as caught:
        seal(path, typed, again)
    assert typed not in str(caught.value)
    assert opened(settings) == filled


@pytest.mark.parametrize("typed", ["", "Four quiet ferries “Größe”", "another passphrase", "'; DROP TABLE kept; --"])
def test_a_wrong_passphrase_is_said_clearly_and_harms_nothing(
    settings: Settings, path: Path, filled: State, typed: str
) -> None:
    seal(path, PASSPHRASE, PASSPHRASE)
    with pytest.raises(PassphraseNeeded, match="locked with a passphrase"):
        open_library(settings)
    for attempt in (lambda: open_library(settings, passphrase=typed), lambda: unseal(path, typed)):
        with pytest.raises(PassphraseWrong, match="does not open") as caught:
            attempt()
        assert typed == "" or typed not in str(caught.value)
    assert copies_put_aside(path) == ()
    assert opened(settings, PASSPHRASE) == filled


def test_the_same_passphrase_from_another_keyboard_opens_it(settings: Settings, path: Path, filled: State) -> None:
    seal(path, PASSPHRASE, PASSPHRASE)
    assert opened(settings, PASSPHRASE.replace("ö", "o\u0308")) == filled


def test_any_sqlcipher_program_opens_the_file(path: Path, filled: State) -> None:
    seal(path, PASSPHRASE, PASSPHRASE)
    connection = sqlcipher.connect(str(sealing.sealed_path(path)))
    connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
    assert connection.execute("SELECT count(*) FROM kept").fetchone() == (20,)
    connection.close()


def test_while_somebody_has_it_open_nothing_is_changed(settings: Settings, path: Path, filled: State) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environ(settings)
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"open\n"
    with pytest.raises(LibraryLocked):
        seal(path, PASSPHRASE, PASSPHRASE)
    child.communicate(b"!")
    assert opened(settings) == filled
    seal(path, PASSPHRASE, PASSPHRASE)
    assert opened(settings, PASSPHRASE) == filled


HOLD = """
import sys
from holding_space.library import open_library
from holding_space.settings import load_settings
library = open_library(load_settings())
library.kept("r")
print("open", flush=True)
sys.stdin.read(1)
library.close()
"""


class Crash(BaseException):
    """The machine stops."""


@pytest.mark.parametrize("number", range(12))
@pytest.mark.parametrize("back", [False, True])
def test_a_crash_at_any_step_loses_nothing(
    settings: Settings, path: Path, filled: State, monkeypatch: pytest.MonkeyPatch, number: int, back: bool
) -> None:
    if back:
        seal(path, PASSPHRASE, PASSPHRASE)
    left = number

    def counted(call: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object, **more: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                raise Crash
            return call(*args, **more)

        return step

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", counted(os.fsync))
        patched.setattr(Path, "rename", counted(Path.rename))
        patched.setattr(Path, "unlink", counted(Path.unlink))
        with suppress(Crash):
            unseal(path, PASSPHRASE) if back else seal(path, PASSPHRASE, PASSPHRASE)
    sealed = sealing.is_sealed(path)
    assert opened(settings, PASSPHRASE if sealed else None) == filled
    # And it can be done, or undone, from there.
    unseal(path, PASSPHRASE) if sealed else seal(path, PASSPHRASE, PASSPHRASE)
    assert opened(settings, None if sealed else PASSPHRASE) == filled
