"""What all sessions share (the house, the engine, the library), and who the reader is.

The engine opens in the background, so that the first page never waits for the model.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import os
import threading
import time
from functools import lru_cache

import streamlit as st

from holding_space.engine import Engine, House, open_engine, open_house
from holding_space.errors import HoldingSpaceError, LibraryError
from holding_space.library import Library, database_path, is_sealed, open_library, seal, unseal
from holding_space.settings import Settings, load_settings
from holding_space.views import readers

# Threads that spin while they wait for each other: 532 ms an encoding on two, 27 ms on one, with another process busy.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

_LOG = logging.getLogger(__name__)
_LOCK = threading.Lock()
_LIBRARIES: list[Library] = []
_PASSPHRASE: list[str] = []
"""As it was typed since this server started; at most one, and in memory only."""
_SENT: dict[tuple[str, str], tuple[str, float]] = {}
LATE_SECONDS = 30


class Opening:
    """A house, and the engine that is being opened behind it. `error` says why there will be none."""

    def __init__(self, settings: Settings) -> None:
        self.house: House | None = None
        self.engine: Engine | None = None
        self.error: HoldingSpaceError | None = None
        self._done = threading.Event()
        try:
            self.house = open_house(settings)
        except HoldingSpaceError as error:
            self.error = error
            self._done.set()
            return
        threading.Thread(target=self._open, args=(self.house,), name="open-engine", daemon=True).start()

    @property
    def done(self) -> bool:
        """Whether the engine is there, or it is certain that it will not be."""
        return self._done.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait until `done`, at most so long."""
        return self._done.wait(seconds)

    def _open(self, house: House) -> None:
        try:
            engine = open_engine(house)
            engine.matcher.warm_up()
            # Streamlit collects all garbage after every run of the script: 309 ms with the model's objects in it, unless
            # they are taken out of sight (streamlit issue 8977).
            gc.collect()
            gc.freeze()
            self.engine = engine
        except HoldingSpaceError as error:
            self.error = error
        except Exception as error:  # noqa: BLE001
            # A fault nobody foresaw must be said too, or the page would wait for ever. No reader's words are near.
            _LOG.exception("The engine could not be opened")
            self.error = HoldingSpaceError(
                f"The language model could not be started ({type(error).__name__}).",
                "The server's output says more. Installing the requirements again often mends it.",
            )
        finally:
            self._done.set()


@lru_cache(maxsize=4)
def _opening(settings: Settings) -> Opening:
    return Opening(settings)


@lru_cache(maxsize=4)
def _library(settings: Settings) -> Library:
    opened = open_library(settings, passphrase=_PASSPHRASE[0] if _PASSPHRASE else None)
    _LIBRARIES.append(opened)
    return opened


def opening() -> Opening:
    """The shared house and engine; the first call starts opening them.

    Raises:
        SettingsError: a setting cannot be used.
    """
    with _LOCK:
        return _opening(load_settings())


def house() -> House | None:
    """The essays and the safety data, or None where they cannot be opened (the first page says why)."""
    try:
        return opening().house
    except HoldingSpaceError:
        return None


def listener() -> Engine | House | None:
    """What can screen a text at once: the engine, or the house alone while the model is not there."""
    try:
        return opening().engine or opening().house
    except HoldingSpaceError:
        return None


def library() -> Library:
    """What readers keep.

    Raises:
        LibraryError: it cannot be opened. The next call tries again.
    """
    with _LOCK:
        return _library(load_settings())


def forget() -> None:
    """Let go of everything shared, so that the next call opens it anew: for tests that change the settings."""
    with _LOCK:
        _opening.cache_clear()
        _PASSPHRASE.clear()
        _close_libraries()


def _close_libraries() -> None:
    for held in _LIBRARIES:
        held.close()
    _LIBRARIES.clear()
    _library.cache_clear()


def open_with(passphrase: str) -> None:
    """Open what is sealed, for all windows of this server.

    Raises:
        PassphraseWrong: it does not open it.
    """
    with _LOCK:
        _PASSPHRASE[:] = [passphrase]
        try:
            _library(load_settings())
        except HoldingSpaceError:
            _PASSPHRASE.clear()
            raise


def close_again() -> None:
    """Forget the passphrase: from here on it must be typed again."""
    with _LOCK:
        _PASSPHRASE.clear()
        _close_libraries()


def set_passphrase(passphrase: str, again: str) -> None:
    """Seal what is kept, and stay open.

    Raises:
        LibraryError: nothing was changed.
    """
    with _LOCK:
        _close_libraries()
        seal(database_path(load_settings()), passphrase, again)
        _PASSPHRASE[:] = [passphrase]


def take_passphrase_away(passphrase: str) -> None:
    """Undo it. The passphrase is asked for again: an open window is not enough.

    Raises:
        LibraryError: nothing was changed.
    """
    with _LOCK:
        _close_libraries()
        unseal(database_path(load_settings()), passphrase)
        _PASSPHRASE.clear()


def has_passphrase() -> bool:
    """Whether what is kept is sealed, open or not."""
    settings = load_settings()
    return is_sealed(database_path(settings))


def mark_sent(reader: str, place: str, text: str) -> None:
    """Remember for a moment, as a hash only, that these words of a place were sent: their draft may still be on its way."""
    now = time.monotonic()
    for old in [key for key, (_, at) in list(_SENT.items()) if now - at >= LATE_SECONDS]:
        _SENT.pop(old, None)
    _SENT[reader, place] = (_digest(text), now)


def was_just_sent(reader: str, place: str, text: str) -> bool:
    """Whether the reader sent these words of a place just now, so that their draft comes too late."""
    digest, at = _SENT.get((reader, place), ("", 0.0))
    return digest == _digest(text) and time.monotonic() - at < LATE_SECONDS


def _digest(text: str) -> str:
    return hashlib.sha256(text.strip().encode("utf-8", "surrogatepass")).hexdigest()


def may_keep() -> bool:
    """Whether things may be kept: by the one reader of this machine, or by somebody who has logged in."""
    return readers.reader() is not None


def reader_id() -> str:
    """Who is reading. To be asked only where things may be kept."""
    found = readers.reader()
    if found is None:
        raise LibraryError("Nothing is stored for guests.", "Log in first, or take the page along when you close it.")
    return found


def rerun_when_done(opened: Opening) -> None:
    """Run the page again as soon as the engine is there (looked at once a second)."""

    @st.fragment(run_every=1.0)
    def look() -> None:
        if opened.done:
            st.rerun()

    look()
